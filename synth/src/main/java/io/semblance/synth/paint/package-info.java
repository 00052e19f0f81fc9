/// A SALAD painted by code: ten fruits in ten styles, seeded, any size, without data sets, models
/// or fonts.
///
/// [io.semblance.synth.paint.SaladPainter] arranges a scene of fruits (`fruit`, `scene`: what is
/// seen) and hands it to the renderer of a style (`style`: how it is painted). Images are square,
/// opaque, 8 bits a channel, sRGB.
package io.semblance.synth.paint;
