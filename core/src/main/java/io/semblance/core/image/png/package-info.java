/// A PNG decoder: [PngFile] reads the blocks, [PngPixels] decompresses row by row, [RowFilter]
/// undoes the prediction of bytes, [PngRow] turns samples into RGB.
package io.semblance.core.image.png;
