/// How high a feature space ranks the exemplars of an image among a million distractors. Source:
/// AbC (arXiv 2306.09345), sections 4.1 and 5.
package io.semblance.attribution.evaluate;
