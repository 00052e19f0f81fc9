/// How noise is taken from latents, step by step: DDIM and DPM-Solver++ 2M, and DDIM backwards.
/// Source: the schedulers of diffusers (Apache-2.0), whose timesteps and coefficients are kept.
package io.semblance.synth.schedule;
