/// A TIFF decoder for the first page of a file: [TiffFile] reads the directory, [Segments] opens
/// strips and tiles row by row ([Rows]), [Predictor] undoes differences, [TiffRow] turns samples
/// into RGB.
///
/// Sources: Adobe, "TIFF Revision 6.0", cited by section; Adobe, "TIFF Technical Notes" for
/// deflate, JPEG and floating-point prediction; ITU-T T.4 and T.6 for fax; the kinds of pixels are
/// those of Pillow, `TiffImagePlugin.py`.
package io.semblance.core.image.tiff;
