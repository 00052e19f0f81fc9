/// What is painted, apart from how: fruits as parts with form and surface, their arrangement and
/// light, and the planes of bare colour, normal, coverage, shadow and outline that every style
/// starts from.
///
/// Scene units: the picture is the unit square, x to the right, y down, z to the viewer; angles in
/// radians, clockwise.
package io.semblance.synth.paint.scene;
