/// What a diffusion network holds of an image in its middle, as a vector.
package io.semblance.synth.feature;
