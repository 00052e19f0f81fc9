/// A JPEG decoder, bit for bit that of libjpeg-turbo with its default settings, as Pillow uses it.
///
/// [JpegDecoder] walks the file: markers ([MarkerReader]) fill tables ([JpegTables]) and the frame
/// ([Frame], [Component]); each scan's compressed bytes ([ScanData]) become coefficients
/// ([BaselineScan], [ProgressiveScan], [ArithmeticScan]); coefficients become samples
/// ([InverseDct]), samples full-size rows ([Upsampling]), rows RGB ([ColorConversion]). The last
/// three work on a row of blocks at a time ([RowOutput]).
///
/// Hot loops run over plain `int[]` with one or two results each: that is what HotSpot turns into
/// vector instructions; sums that need a neighbour get it in a shifted copy.
///
/// Sources: ITU-T T.81 (JPEG), cited by section; libjpeg-turbo 3, cited by file, where T.81 leaves
/// a choice.
package io.semblance.core.image.jpeg;
