/// Images as pixels: decoding and resampling.
///
/// Pixels are 8-bit RGB, interleaved, `height x width x 3`, row-major.
package io.semblance.core.image;
