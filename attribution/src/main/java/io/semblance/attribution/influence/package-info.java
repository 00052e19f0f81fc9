/// Shares of influence of indexed images on new ones: they sum to 1 over the whole collection.
/// Source: AbC (arXiv 2306.09345), section 4.2, eq. 6.
package io.semblance.attribution.influence;
