package io.semblance.perf;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.file.Json;
import io.semblance.core.table.Compute;
import io.semblance.extract.EmbeddingRun;
import io.semblance.extract.ExtractOptions;
import io.semblance.extract.Extractor;
import io.semblance.extract.Models;
import io.semblance.extract.SourceImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How fast JPEG files become vectors: `EmbeddingRun`, which writes a table, against onnxruntime
/// with Pillow and torchvision's transforms on the same ONNX file in the best of twelve settings,
/// turn by turn in one run.
///
/// `Embeds RUNS IMAGES COUNT MODELS PYTHON`: MODELS has a folder for each model with `model.onnx`,
/// and `model.pt` and `model.int8.onnx` where those shall be timed. One round is not counted. The
/// result goes to `perf/results/embed-models.json`.
public final class Embeds {

  private static final int TUNED_ON = 48;
  private static final int ALONE = 32;
  private static final int ROUNDS = 7;

  private Embeds() {}

  /// The measurement.
  ///
  /// @param schema version of this document
  /// @param commit of this repository
  /// @param cpu the processor's name
  /// @param cores processors the machine offers
  /// @param java version of the JDK
  /// @param peer versions of the peer's libraries
  /// @param images in each run
  /// @param models by name
  public record Result(
      int schema,
      String commit,
      String cpu,
      int cores,
      String java,
      String peer,
      int images,
      Map<String, Model> models) {}

  /// One network.
  ///
  /// @param peerSetting the best for it
  /// @param peerSeconds of each run, float32
  /// @param ours by what it computed in
  public record Model(String peerSetting, List<Double> peerSeconds, Map<String, Ours> ours) {}

  /// One of our ways.
  ///
  /// @param seconds of each run
  /// @param ratio median of the pairwise peer / ours: above 1, ours is faster
  /// @param stages what an image costs
  public record Ours(List<Double> seconds, double ratio, Stages stages) {}

  /// Milliseconds of an image, each stage measured with nothing beside it: medians of seven rounds.
  ///
  /// @param decode of one thread: read, hash, decode
  /// @param resize of one thread: resize, crop, normalise
  /// @param forward of all threads together: the network
  /// @param decodeShare of the work, decode and resize spread over all processors
  /// @param resizeShare of the work
  /// @param forwardShare of the work; 1 / this bounds what faster stages before could gain
  public record Stages(
      double decode,
      double resize,
      double forward,
      double decodeShare,
      double resizeShare,
      double forwardShare) {}

  /// @param args runs, folder of images, how many of them, folder of models, the peer's interpreter
  /// @throws IOException if a file or the peer fails
  public static void main(String[] args) throws IOException {
    if (args.length != 5) {
      throw new SemblanceException("Give five arguments: RUNS IMAGES COUNT MODELS PYTHON.");
    }
    ImageCollection all = ImageCollection.ofFolder(Path.of(args[1]), null);
    ImageCollection images = all.slice(0, Math.min(all.size(), Integer.parseInt(args[2])));
    Process python =
        new ProcessBuilder(args[4], "perf/peers/embed_onnx.py")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader answers = python.inputReader();
        Writer orders = python.outputWriter()) {
      var peer = new Peer(answers, orders);
      String versions = peer.answer();
      var models = new LinkedHashMap<String, Model>();
      for (Path folder : folders(Path.of(args[3]))) {
        String name = folder.getFileName().toString();
        models.put(name, measure(folder, images, Integer.parseInt(args[0]), peer));
        System.out.println(name + ": " + models.get(name));
      }
      Result result =
          new Result(
              1,
              Compare.commit(),
              Compare.cpu(),
              Runtime.getRuntime().availableProcessors(),
              Runtime.version().toString(),
              versions,
              images.size(),
              models);
      Json.write(result, Path.of("perf", "results", "embed-models.json"));
    }
  }

  private record Peer(BufferedReader answers, Writer orders) {

    String answer() throws IOException {
      String line = answers.readLine();
      if (line == null) {
        throw new SemblanceException("The peer ended early: its message stands above.");
      }
      return line;
    }

    String ask(Object... words) throws IOException {
      orders.write(String.join(" ", List.of(words).stream().map(Object::toString).toList()) + "\n");
      orders.flush();
      return answer();
    }
  }

  private static List<Path> folders(Path models) throws IOException {
    try (var entries = Files.list(models)) {
      return entries.filter(f -> Files.exists(f.resolve("model.onnx"))).sorted().toList();
    }
  }

  private static Model measure(Path folder, ImageCollection images, int runs, Peer peer)
      throws IOException {
    Path graph = folder.resolve("model.onnx");
    Path root = images.root().toAbsolutePath();
    String setting = peer.ask("tune", graph, root, Math.min(TUNED_ON, images.size()));
    Path out = Files.createTempDirectory("semblance-perf-");
    var extractors = open(graph, images);
    var ours = new LinkedHashMap<Compute, List<Double>>();
    var theirs = new ArrayList<Double>();
    try {
      for (int run = -1; run < runs; run++) {
        double peerSeconds =
            Double.parseDouble(
                peer.ask("run", graph, root, images.size(), out.resolve("peer.npy")));
        if (run >= 0) {
          theirs.add(peerSeconds);
        }
        for (var entry : extractors.entrySet()) {
          double seconds =
              seconds(images, entry.getValue(), out.resolve(entry.getKey().toString()));
          if (run >= 0) {
            ours.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>()).add(seconds);
          }
        }
      }
      var found = new LinkedHashMap<String, Ours>();
      for (var entry : ours.entrySet()) {
        Stages stages = stages(images, extractors.get(entry.getKey()));
        double ratio = ratio(theirs, entry.getValue());
        found.put(entry.getKey().toString(), new Ours(entry.getValue(), ratio, stages));
      }
      return new Model(setting, theirs, found);
    } finally {
      extractors.values().forEach(Extractor::close);
    }
  }

  private static double ratio(List<Double> theirs, List<Double> ours) {
    var ratios = new ArrayList<Double>();
    for (int i = 0; i < ours.size(); i++) {
      ratios.add(theirs.get(i) / ours.get(i));
    }
    return Compare.median(ratios);
  }

  // Every form of the network that is there.
  private static Map<Compute, Extractor> open(Path graph, ImageCollection images)
      throws SemblanceException {
    var out = new LinkedHashMap<Compute, Extractor>();
    for (Compute compute : Compute.values()) {
      Path form =
          switch (compute) {
            case FP32 -> graph;
            case BF16 -> graph.resolveSibling("model.pt");
            case INT8 -> graph.resolveSibling("model.int8.onnx");
          };
      if (Files.exists(form)) {
        var options = ExtractOptions.defaults().withCompute(compute);
        out.put(compute, Models.open(graph.toString(), images, options));
      }
    }
    return out;
  }

  private static double seconds(ImageCollection images, Extractor extractor, Path out)
      throws IOException {
    long start = System.nanoTime();
    new EmbeddingRun(images, extractor, ExtractOptions.defaults().withFresh(true))
        .writeTo(out, Progress.none(), _ -> {});
    return (System.nanoTime() - start) / 1e9;
  }

  private static Stages stages(ImageCollection images, Extractor extractor) throws IOException {
    int count = Math.min(ALONE, images.size());
    var decodes = new ArrayList<Double>();
    var boths = new ArrayList<Double>();
    var forwards = new ArrayList<Double>();
    for (int round = 0; round < ROUNDS; round++) {
      double decoded = 0;
      double prepared = 0;
      var pixels = new ArrayList<float[]>();
      for (int i = 0; i < count; i++) {
        long start = System.nanoTime();
        SourceImage image = SourceImage.read(images.image(i));
        image.sha256();
        image.pixels();
        long middle = System.nanoTime();
        pixels.add(extractor.prepare(image)); // decodes again
        decoded += (middle - start) / 1e6 / count;
        prepared += (System.nanoTime() - middle) / 1e6 / count;
      }
      long start = System.nanoTime();
      extractor.embed(pixels, new float[count * extractor.dimension()]);
      forwards.add((System.nanoTime() - start) / 1e6 / count);
      decodes.add(decoded);
      boths.add(prepared);
    }
    double decode = Compare.median(decodes);
    double resize = Math.max(0, Compare.median(boths) - decode);
    double forward = Compare.median(forwards);
    int cores = Runtime.getRuntime().availableProcessors();
    double work = (decode + resize) / cores + forward;
    return new Stages(
        decode, resize, forward, decode / cores / work, resize / cores / work, forward / work);
  }
}
