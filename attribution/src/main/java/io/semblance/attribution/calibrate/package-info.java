/// From similarities to influence: shares that sum to 1 over the whole collection. Source: AbC
/// (arXiv 2306.09345), section 4.2, eq. 5-6, and Appendix C.3.
package io.semblance.attribution.calibrate;
