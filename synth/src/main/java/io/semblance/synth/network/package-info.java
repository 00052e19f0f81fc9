/// The networks of Stable Diffusion: CLIP's text encoder, the UNet, the autoencoder.
///
/// A network is made from its configuration and knows the names and shapes of its parameters, but
/// holds none: [io.semblance.synth.weights.Parameters] come with every call. Everything is
/// differentiable by libtorch; what gradients are wanted for is a matter of the parameters.
/// [io.semblance.synth.network.Hooks] see and change what happens inside.
///
/// Layout: feature maps `b x c x h x w`, tokens `b x n x c`, heads `b x heads x n x d`. Every
/// network frees what it makes but its result, which belongs to the caller's `PointerScope`.
/// Source: diffusers (Apache-2.0) and transformers, whose names of parameters are kept.
package io.semblance.synth.network;
