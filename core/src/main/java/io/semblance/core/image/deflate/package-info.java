/// Decompression of zlib streams, for PNG and TIFF.
package io.semblance.core.image.deflate;
