/// Images as pixels, and collections of images with ids and labels.
///
/// Pixels are 8-bit RGB, interleaved, `height x width x 3`, row-major.
package io.semblance.core.image;
