/// A PNG decoder on the platform's inflater: [PngFile] reads the blocks, [PngPixels] decompresses
/// row by row, [PngRow] turns samples into RGB.
package io.semblance.core.image.png;
