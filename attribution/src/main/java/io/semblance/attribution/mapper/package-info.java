/// Learned maps on features, one for training images and one for synthesised ones, and how they are
/// trained. Source: AbC (arXiv 2306.09345), section 4.2, eq. 3-4, and Appendix C.1.
package io.semblance.attribution.mapper;
