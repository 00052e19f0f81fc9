package io.semblance.synth.paint.scene;

/// A small drawn detail on a part, such as a seed, a vein or a ridge: a round-ended bar, clipped to
/// its part.
///
/// @param x0 one end, scene units
/// @param y0 one end, scene units
/// @param x1 other end, scene units
/// @param y1 other end, scene units
/// @param width full width, scene units, above 0
/// @param colour its colour
public record Mark(double x0, double y0, double x1, double y1, double width, Rgb colour) {}
