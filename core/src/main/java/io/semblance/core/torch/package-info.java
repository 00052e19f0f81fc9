/// Networks run by libtorch: TorchScript files, in float32 or bfloat16.
///
/// Everything native lives in the scope of one call, but for the network itself, which its owner
/// closes.
package io.semblance.core.torch;
