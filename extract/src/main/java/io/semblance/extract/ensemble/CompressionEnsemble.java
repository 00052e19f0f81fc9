package io.semblance.extract.ensemble;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.RgbImage;
import io.semblance.core.table.Provenance;
import io.semblance.extract.Extractor;
import io.semblance.extract.ModelCard;
import io.semblance.extract.SourceImage;
import io.semblance.extract.codec.GifLength;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The compression ensemble of an image: sizes of the image and of its transformed versions after
/// compression, and twelve statistics. Source: Karjus et al., EPJ Data Science 12:21 (2023), in the
/// selection of the first author's Python code (86 values), and one of our own.
///
/// All work is done while preparing, by as many threads as prepare images; each holds the native
/// memory of one image. Vectors are the same at every run and for any number of threads.
public final class CompressionEnsemble implements Extractor {

  // JPEG's limit in OpenCV
  private static final int MAX_SIDE = 65_500;
  private static final String SOURCE =
      "Karjus et al., EPJ Data Science 12:21 (2023), as selected in the MIT-licensed"
          + " Collection-Space-Navigator/compression_ensembles; written anew by this project";
  private static final String READING =
      "RGB, transparency on white; above 160,000 pixels shrunk by 400 / sqrt(width * height),"
          + " bilinear without antialiasing; OpenCV 4.13.0, one thread a call; sizes are means over"
          + " the image and its turn by 90 degrees; ensemble 1; ";

  /// The whole ensemble.
  public static final ModelCard CARD =
      new ModelCard(
          "compression-ensemble",
          List.of("CompressionEnsembles"),
          Provenance.Kind.ALGORITHMIC,
          "Compression ensemble, 87 values",
          "How well an image and 58 transformed versions of it compress, and statistics of its"
              + " colours and edges: 86 values of the published Python code; the 87th, the entropy"
              + " of Hough-line angles, is our choice. Scales differ: standardise columns before"
              + " comparing.",
          87,
          null,
          "Apache-2.0",
          SOURCE,
          READING + Codec.VERSIONS,
          false);

  /// The values that cost little.
  public static final ModelCard FAST_CARD =
      new ModelCard(
          "compression-ensemble-fast",
          List.of(),
          Provenance.Kind.ALGORITHMIC,
          "Compression ensemble, 52 fast values",
          "The values of compression-ensemble that take less than about 10 ms each, unchanged: no"
              + " non-local means, k-means, Gabor filters, wide blurs, flood fills or large PNG"
              + " files. For millions of images.",
          52,
          null,
          "Apache-2.0",
          SOURCE,
          READING + Codec.VERSIONS,
          false);

  private final ModelCard card;
  private final List<EnsembleValue> values;
  // of threads that are between two images
  private final Queue<GifLength> idle = new ConcurrentLinkedQueue<>();

  private CompressionEnsemble(ModelCard card) {
    this.card = card;
    this.values = values(card);
    OpenCv.load();
  }

  /// Loads OpenCV, a second or two for the first time in a process.
  ///
  /// @param card [#CARD] or [#FAST_CARD]
  /// @return the extractor
  public static CompressionEnsemble open(ModelCard card) {
    return new CompressionEnsemble(card);
  }

  /// @param card [#CARD] or [#FAST_CARD]
  /// @return what each component of a vector is, in order; stable names
  public static List<String> names(ModelCard card) {
    return values(card).stream().map(EnsembleValue::name).toList();
  }

  private static List<EnsembleValue> values(ModelCard card) {
    return switch (card.id()) {
      case "compression-ensemble" -> EnsembleValue.ALL;
      case "compression-ensemble-fast" -> EnsembleValue.FAST;
      default -> throw new IllegalArgumentException(card.id() + " is no compression ensemble");
    };
  }

  @Override
  public ModelCard card() {
    return card;
  }

  @Override
  public int dimension() {
    return values.size();
  }

  @Override
  public float[] prepare(SourceImage image) throws SemblanceException {
    RgbImage pixels = image.pixels();
    int width = EnsembleImage.shrunk(pixels.width(), pixels);
    int height = EnsembleImage.shrunk(pixels.height(), pixels);
    if (Math.max(width, height) > MAX_SIDE) {
      throw new SemblanceException(
          "%s has %d x %d pixels when shrunk, but sides go up to %d: cut it to pieces."
              .formatted(image.id(), width, height, MAX_SIDE));
    }
    GifLength free = idle.poll();
    GifLength gif = free == null ? new GifLength() : free;
    try (var measured = new EnsembleImage(pixels, gif)) {
      return measure(measured);
    } finally {
      idle.add(gif);
    }
  }

  private float[] measure(EnsembleImage image) {
    float[] vector = new float[values.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) values.get(i).measure().applyAsDouble(image);
    }
    return vector;
  }
}
