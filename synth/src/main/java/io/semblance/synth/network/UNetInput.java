package io.semblance.synth.network;

import org.bytedeco.pytorch.Tensor;

/// What a UNet reads.
///
/// @param latents `b x 4 x h x w`
/// @param timesteps of each image, `b`, 0 to 999
/// @param text `b x 77 x context`
/// @param pooled text as one vector, `b x pooled`, or null where the network wants none
/// @param timeIds height, width, top, left, target height, target width in pixels, `b x 6`, or null
///   where the network wants none
public record UNetInput(
    Tensor latents, Tensor timesteps, Tensor text, Tensor pooled, Tensor timeIds) {}
