/// Figures of attribution results as SVG.
package io.semblance.attribution.figure;
