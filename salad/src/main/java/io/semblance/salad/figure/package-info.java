/// Drawings of boxes, lines, dots and words, written as SVG or painted as PNG.
///
/// Units are pixels of the SVG; x grows to the right, y downwards. PNG text is drawn with strokes
/// that come with the program: no font need be installed and every machine paints the same bytes.
package io.semblance.salad.figure;
