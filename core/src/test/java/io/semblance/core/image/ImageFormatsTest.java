package io.semblance.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every format against Pillow: identical, all of it.
class ImageFormatsTest {

  static Stream<String> files() throws IOException {
    return FormatGoldens.lines().stream().map(l -> l.getField("file"));
  }

  static Stream<String> turned() throws IOException {
    return files().filter(f -> f.startsWith("turned"));
  }

  static Stream<String> grey16() throws IOException {
    return FormatGoldens.lines().stream()
        .filter(l -> !l.getField("saturated").isEmpty())
        .map(l -> l.getField("file"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void pixelsAreThoseOfPillow(String file) throws IOException {
    NamedCsvRecord golden = golden(file);
    RgbImage image = FormatGoldens.read(file);
    assertEquals(golden.getField("width"), Integer.toString(image.width()));
    assertEquals(golden.getField("height"), Integer.toString(image.height()));
    assertEquals(golden.getField("sample"), FormatGoldens.sample(image));
    assertEquals(golden.getField("sha256"), FormatGoldens.hash(image), "elsewhere in the image");
  }

  @ParameterizedTest
  @MethodSource("turned")
  void orientationIsAppliedWhereAskedFor(String file) throws IOException {
    var options = ReadOptions.defaults().withOrientation(Orientation.APPLY);
    RgbImage image = ImageReader.read(FormatGoldens.bytes(file), file, options);
    assertEquals(golden(file).getField("upright"), FormatGoldens.hash(image));
    boolean swapped = file.charAt("turned-".length()) > '4';
    assertEquals(swapped ? 6 : 9, image.width());
  }

  @ParameterizedTest
  @MethodSource("grey16")
  void sixteenBitGreySaturatesWhereAskedFor(String file) throws IOException {
    var options = ReadOptions.defaults().withGrey16(Grey16.SATURATE);
    RgbImage image = ImageReader.read(FormatGoldens.bytes(file), file, options);
    assertEquals(golden(file).getField("saturated"), FormatGoldens.hash(image));
  }

  @ParameterizedTest
  @MethodSource("files")
  void theStructureIsFoundInOrderAndTheEndingIsListed(String file) throws IOException {
    ImageReader.check(FormatGoldens.bytes(file), file);
    String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    assertTrue(ImageReader.EXTENSIONS.contains(ending), ending);
    assertEquals(file.endsWith("png"), ImageReader.isPng(FormatGoldens.bytes(file)), file);
    assertFalse(ImageReader.EXTENSIONS.contains(ending.toUpperCase(Locale.ROOT)));
  }

  private static NamedCsvRecord golden(String file) throws IOException {
    return FormatGoldens.lines().stream()
        .filter(l -> l.getField("file").equals(file))
        .findFirst()
        .orElseThrow();
  }
}
