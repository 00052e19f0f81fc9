/// A decoder for Windows and OS/2 bitmaps, with and without file header: [BmpFile] reads the
/// header, [BmpRows] samples as they are, [RunLengths] compressed ones.
///
/// Source: Microsoft, "Bitmap Storage" and `BITMAPV5HEADER`; as Pillow, `BmpImagePlugin.py`, where
/// files stray from it.
package io.semblance.core.image.bmp;
