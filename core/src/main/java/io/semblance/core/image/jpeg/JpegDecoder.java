package io.semblance.core.image.jpeg;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import io.semblance.core.image.Exif;
import io.semblance.core.image.ImageDecoder;
import io.semblance.core.image.RgbImage;
import java.nio.ByteBuffer;

/// JPEG: baseline, extended and progressive, by Huffman or arithmetic codes, 8 bits, grey, RGB,
/// YCbCr, CMYK and YCCK, as Pillow reads them.
///
/// Stricter than libjpeg, which makes up pixels where data are missing: a file that is cut off, or
/// whose codes make no sense, is refused. Only the end marker may be absent.
public final class JpegDecoder implements ImageDecoder {

  /// Makes a decoder; all are alike.
  public JpegDecoder() {}

  @Override
  public void check(EncodedImage file) throws SemblanceException {
    var header = new JpegHeader(file);
    header.readToScan();
    requirePicture(file, header);
  }

  // Two channels are grey and alpha where a TIFF says so; alone, they have no meaning.
  private static void requirePicture(EncodedImage file, JpegHeader header)
      throws SemblanceException {
    if (header.frame().components().size() == 2) {
      throw file.unsupported("a JPEG of 2 channels");
    }
  }

  @Override
  public int orientation(EncodedImage file) throws SemblanceException {
    var header = new JpegHeader(file);
    header.readToScan();
    ByteBuffer exif = header.exif();
    return exif == null ? 1 : Exif.orientation(exif);
  }

  @Override
  public RgbImage decode(EncodedImage file) throws SemblanceException {
    var header = new JpegHeader(file);
    ScanHeader scan = header.readToScan();
    requirePicture(file, header);
    Component.Geometry size = header.frame().size();
    return new RgbImage(size.width(), size.height(), decode(file, header, scan, true));
  }

  /// Decodes a JPEG that is part of another file.
  ///
  /// @param file the part, with all tables that it needs, named like the whole
  /// @param rgb whether luma and chroma become RGB; else channels stay as they are stored
  /// @return its samples
  /// @throws SemblanceException as [#decode(EncodedImage)]
  public static Samples decodePart(EncodedImage file, boolean rgb) throws SemblanceException {
    var header = new JpegHeader(file);
    ScanHeader scan = header.readToScan();
    int channels = header.frame().components().size();
    boolean converted = rgb && channels == 3;
    if (converted) {
      header.assumeTransformed();
    }
    Component.Geometry size = header.frame().size();
    byte[] bytes = decode(file, header, scan, converted);
    return new Samples(size.width(), size.height(), channels, bytes);
  }

  /// A decoded part of another file.
  ///
  /// @param width samples a row, of each channel
  /// @param height rows
  /// @param channels 1 to 4
  /// @param bytes `height x width x channels`, unsigned
  @SuppressWarnings("ArrayRecordComponent") // handed over once
  public record Samples(int width, int height, int channels, byte[] bytes) {}

  private static byte[] decode(EncodedImage file, JpegHeader header, ScanHeader scan, boolean rgb)
      throws SemblanceException {
    Frame frame = header.frame();
    var output = new RowOutput(frame, header.transformed(), rgb);
    boolean whole = scan.parts().size() == frame.components().size();
    if (whole && !frame.progressive() && !frame.arithmetic()) {
      decodeAtOnce(file, header, scan, output);
    } else {
      decodeStored(file, header, scan, output);
    }
    return output.pixels();
  }

  // One scan has it all: no coefficient is kept longer than for its row.
  private static void decodeAtOnce(
      EncodedImage file, JpegHeader header, ScanHeader scan, RowOutput output)
      throws SemblanceException {
    Frame frame = header.frame();
    BitReader reader = header.bits(scan);
    var decoder = new BaselineScan(scan, header.tables(), true, reader);
    for (int row = 0; row < frame.size().unitsHigh(); row++) {
      file.requireTime();
      decoder.readRow(frame.size().unitsWide(), output.blocks());
      output.finishUnitRow(row);
    }
  }

  private static void decodeStored(
      EncodedImage file, JpegHeader header, ScanHeader first, RowOutput output)
      throws SemblanceException {
    Frame frame = header.frame();
    header.requireFewScans();
    var store = new CoefficientStore(frame);
    var progress = new ScanProgress(frame);
    for (ScanHeader scan = first; scan != null; scan = header.readToScan()) {
      progress.add(scan);
      if (frame.arithmetic()) {
        new ArithmeticScan(scan, header, header.data(), store).readAll(file);
      } else if (frame.progressive()) {
        BitReader reader = header.bits(scan);
        new ProgressiveScan(scan, header.tables(), reader, store, frame.size()).readAll(file);
      } else {
        BitReader reader = header.bits(scan);
        new BaselineScan(scan, header.tables(), false, reader).readAll(store, frame.size(), file);
      }
    }
    progress.requireComplete(header);
    for (int row = 0; row < frame.size().unitsHigh(); row++) {
      file.requireTime();
      for (int c = 0; c < frame.components().size(); c++) {
        store.load(c, frame.components().get(c), row, output.blocks()[c]);
      }
      output.finishUnitRow(row);
    }
  }
}
