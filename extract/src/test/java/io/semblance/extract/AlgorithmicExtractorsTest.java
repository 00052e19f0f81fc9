package io.semblance.extract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.collection.Labels;
import io.semblance.extract.codec.GifEncoder;
import io.semblance.extract.codec.PngEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlgorithmicExtractorsTest {

  private static final ImageCollection NONE = new ImageCollection(Path.of("."), List.of());

  @Test
  void aPngIsCountedAsItLiesOnDisk() throws IOException {
    SourceImage png = SampleImages.source("shapes-palette.png");
    assertArrayEquals(new float[] {1479}, vector("png-filesize", png));
    float gif = GifEncoder.encode(png.pixels()).length;
    assertArrayEquals(new float[] {gif / 1479}, vector("gif-compression", png));
  }

  @Test
  void aJpegIsCountedAsOurReEncoding() throws IOException {
    SourceImage jpeg = SampleImages.source("shapes-420.jpg");
    float png = PngEncoder.encode(jpeg.pixels()).length;
    float gif = GifEncoder.encode(jpeg.pixels()).length;
    assertArrayEquals(new float[] {png}, vector("PNG_filesizes", jpeg));
    assertEquals(gif / png, vector("GIF_compression", jpeg)[0], 1e-6);
    var again = new SourceImage("again", Labels.NONE, PngEncoder.encode(jpeg.pixels()));
    assertArrayEquals(vector("gif-compression", jpeg), vector("gif-compression", again));
  }

  @Test
  void damagedFilesHaveNoSize() throws IOException {
    byte[] bytes = SampleImages.source("shapes.png").bytes();
    byte[] half = java.util.Arrays.copyOf(bytes, bytes.length / 2);
    for (String model : List.of("png-filesize", "gif-compression")) {
      SemblanceException e =
          assertThrows(
              SemblanceException.class,
              () -> vector(model, new SourceImage("half.png", Labels.NONE, half)));
      assertTrue(e.getMessage().startsWith("half.png is a damaged PNG"), e.getMessage());
    }
  }

  private static float[] vector(String model, SourceImage image) throws IOException {
    try (Extractor extractor = Models.open(model, NONE, ExtractOptions.defaults())) {
      assertEquals(1, extractor.dimension());
      return extractor.vector(image);
    }
  }
}
