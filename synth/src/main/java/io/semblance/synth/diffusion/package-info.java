/// Text to image: a pipeline in a folder of diffusers, prompts to conditions, the guided loop,
/// images to latents and back, and the loop backwards.
///
/// [io.semblance.synth.diffusion.TextToImage] is where to begin reading. A pipeline is used by one
/// thread at a time.
package io.semblance.synth.diffusion;
