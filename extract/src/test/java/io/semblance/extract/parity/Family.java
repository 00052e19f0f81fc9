package io.semblance.extract.parity;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.Sha256;
import io.semblance.core.image.RgbImage;
import io.semblance.extract.Execution;
import io.semblance.extract.Extractor;
import io.semblance.extract.ModelCard;
import io.semblance.extract.SourceImage;
import io.semblance.extract.onnx.CardReader;
import io.semblance.extract.onnx.InputStages;
import io.semblance.extract.onnx.OnnxCard;
import io.semblance.extract.onnx.OnnxExtractor;
import io.semblance.extract.onnx.OnnxModelFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A tiny network of one family and what its library makes of images; see the README beside them.
///
/// @param name of the folder
/// @param network the file in it that is run
record Family(String name, String network) {

  private static final Path FOLDER = Path.of("src/test/resources/io/semblance/extract/parity");
  private static final int SAMPLES = 48;
  private static final long STEP = 104_729;
  private static final double INPUT_TOLERANCE = 1e-5;

  Family(String name) {
    this(name, "model.onnx");
  }

  /// Finds an image by the name that the goldens give it.
  interface Opener {
    SourceImage open(String image) throws IOException;
  }

  /// What came of a comparison.
  ///
  /// @param measure of the vectors
  /// @param stage the first at which an image differs, or "none"
  record Outcome(Measure measure, String stage) {}

  static Stream<Family> all() throws IOException {
    List<Path> folders;
    try (Stream<Path> entries = Files.list(FOLDER)) {
      folders = entries.filter(Files::isDirectory).sorted().toList();
    }
    return folders.stream().map(folder -> new Family(folder.getFileName().toString()));
  }

  String cardText() throws IOException {
    return Files.readString(file("model.json"));
  }

  /// Compares every step from file to vector with the goldens.
  ///
  /// @param kind `own` or `photo`
  /// @param cardText the card to use
  Outcome compare(String kind, Opener opener, String cardText) throws IOException {
    OnnxCard card = CardReader.read(cardText.getBytes(StandardCharsets.UTF_8), name);
    List<NamedCsvRecord> lines = lines();
    float[][] inputs = rows("inputs.npy", lines.size(), SAMPLES);
    float[][] vectors = rows("vectors.npy", lines.size(), card.dimension());
    var golden = new ArrayList<float[]>();
    var prepared = new ArrayList<float[]>();
    String stage = null;
    float[] found;
    try (Extractor extractor = open(card)) {
      for (int i = 0; i < lines.size(); i++) {
        NamedCsvRecord line = lines.get(i);
        if (line.getField("kind").equals(kind)) {
          SourceImage image = opener.open(line.getField("image"));
          golden.add(vectors[i]);
          prepared.add(extractor.prepare(image));
          stage = stage == null ? stage(card, line, inputs[i], image) : stage;
        }
      }
      found = new float[prepared.size() * card.dimension()];
      extractor.embed(prepared, found);
    }
    Measure measure =
        Measure.of(golden.toArray(new float[0][]), split(found, prepared.size(), card.dimension()));
    if (stage == null) {
      stage = measure.passes() ? "none" : "network";
    }
    return new Outcome(measure, stage);
  }

  private Extractor open(OnnxCard card) throws SemblanceException {
    ModelCard any = card.modelCard("0".repeat(64));
    return network.endsWith(".pt")
        ? OnnxExtractor.openScript(card, any, file(network), Execution.of(1))
        : OnnxExtractor.open(card, any, new OnnxModelFile.OnDisk(file(network)), Execution.of(1));
  }

  // The first step before the network that differs from the library's, or null.
  private static String stage(
      OnnxCard card, NamedCsvRecord line, float[] sampled, SourceImage image)
      throws SemblanceException {
    String file = line.getField("sha256");
    if (!file.isEmpty() && !file.equals(image.sha256())) {
      return at("file", image);
    }
    RgbImage pixels = image.pixels();
    if (!line.getField("decoded").equals(Sha256.of(pixels.pixels()))) {
      return at("decoding", image);
    }
    RgbImage square = InputStages.square(card, pixels);
    if (!line.getField("square").equals(Sha256.of(square.pixels()))) {
      return at("resizing and cropping", image);
    }
    float[] input = InputStages.normalise(card, square);
    for (int s = 0; s < SAMPLES; s++) {
      if (!(Math.abs(input[(int) (s * STEP % input.length)] - sampled[s]) <= INPUT_TOLERANCE)) {
        return at("normalisation", image);
      }
    }
    return null;
  }

  private static String at(String stage, SourceImage image) {
    return stage + " of " + image.id();
  }

  private List<NamedCsvRecord> lines() throws IOException {
    try (var reader = CsvReader.builder().ofNamedCsvRecord(file("golden.csv"))) {
      return reader.stream().toList();
    }
  }

  private float[][] rows(String npy, int rows, int columns) throws IOException {
    byte[] bytes = Files.readAllBytes(file(npy));
    float[] all = new float[rows * columns];
    int data = bytes.length - Float.BYTES * all.length;
    ByteBuffer.wrap(bytes, data, bytes.length - data)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(all);
    return split(all, rows, columns);
  }

  private static float[][] split(float[] all, int rows, int columns) {
    float[][] out = new float[rows][columns];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(all, i * columns, out[i], 0, columns);
    }
    return out;
  }

  private Path file(String file) {
    return FOLDER.resolve(name).resolve(file);
  }

  @Override
  public String toString() {
    return name;
  }
}
