package io.semblance.perf;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.Json;
import io.semblance.core.image.ImageReader;
import io.semblance.core.image.Resampler;
import io.semblance.core.image.Resampler.Filter;
import io.semblance.core.image.RgbImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// How fast files become crops for a network: decoded, resized to 256 pixels on the shorter side,
/// the middle 224 x 224 cut out, by two workers. Ours, Pillow and torchvision, turn by turn in one
/// run.
///
/// `Decodes RUNS FOLDER DATA PYTHON`: the peer makes the images in FOLDER from those in DATA if
/// they are not there. Two rounds are not counted: files come into memory, and code is compiled.
/// The result goes to `perf/results/decode.json`. Ours and Pillow's crops must be the same bytes.
public final class Decodes {

  private static final int WORKERS = 2;
  private static final int UNCOUNTED = 2;
  private static final List<String> KINDS = List.of("png", "jpg");
  private static final List<Filter> FILTERS = List.of(Filter.BILINEAR, Filter.BICUBIC);
  private static final String OURS = "ours";
  private static final String TORCHVISION = "torchvision-processes";
  private static final List<String> PILLOW = List.of("pillow-processes", "pillow-threads");

  private Decodes() {}

  /// The measurement.
  ///
  /// @param schema version of this document
  /// @param commit of this repository
  /// @param cpu the processor's name
  /// @param cores processors the machine offers
  /// @param java version of the JDK
  /// @param peer versions of the peer's libraries
  /// @param jobs by kind of file and filter
  public record Result(
      int schema,
      String commit,
      String cpu,
      int cores,
      String java,
      String peer,
      Map<String, Job> jobs) {}

  /// One kind of file, one filter.
  ///
  /// @param images files, each once a run
  /// @param seconds of each run, by way: ours, and the peer's
  /// @param imagesPerSecond at the median, by way
  /// @param timesPillow median of the pairwise Pillow / ours, for the faster of Pillow's two ways:
  ///   above 1, ours is faster
  /// @param timesTorchvision median of the pairwise torchvision / ours
  public record Job(
      int images,
      Map<String, List<Double>> seconds,
      Map<String, Double> imagesPerSecond,
      double timesPillow,
      double timesTorchvision) {}

  /// What a run took and made.
  ///
  /// @param seconds wall time
  /// @param sum of all bytes of all crops
  private record Run(double seconds, long sum) {}

  /// @param args runs, folder of images, folder of photos to make them of, the peer's interpreter
  /// @throws IOException if a file or the peer fails
  /// @throws InterruptedException if interrupted
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 4) {
      throw new SemblanceException("Give four arguments: RUNS FOLDER DATA PYTHON.");
    }
    Process python =
        new ProcessBuilder(args[3], "perf/peers/decode_pillow.py", args[1], args[2])
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader answers = python.inputReader();
        Writer orders = python.outputWriter();
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
      String versions = answer(answers);
      var jobs = new LinkedHashMap<String, Job>();
      for (String kind : KINDS) {
        List<Path> files = files(Path.of(args[1], kind));
        for (Filter filter : FILTERS) {
          var times = new LinkedHashMap<String, List<Double>>();
          for (int run = -UNCOUNTED; run < Integer.parseInt(args[0]); run++) {
            round(kind, filter, files, workers, orders, answers)
                .forEach((way, r) -> times.computeIfAbsent(way, _ -> new ArrayList<>()).add(r));
          }
          times.replaceAll((_, all) -> List.copyOf(all.subList(UNCOUNTED, all.size())));
          String name = kind + " " + lower(filter);
          jobs.put(name, job(files.size(), times));
          System.out.println(name + ": " + jobs.get(name));
        }
      }
      Result result =
          new Result(
              1,
              Compare.commit(),
              Compare.cpu(),
              Runtime.getRuntime().availableProcessors(),
              Runtime.version().toString(),
              versions,
              jobs);
      Json.write(result, Path.of("perf", "results", "decode.json"));
    }
  }

  private static String answer(BufferedReader answers) throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new SemblanceException("The peer ended early: its message stands above.");
    }
    return line;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  // One run of every way: seconds by way.
  private static Map<String, Double> round(
      String kind,
      Filter filter,
      List<Path> files,
      ExecutorService workers,
      Writer orders,
      BufferedReader answers)
      throws IOException, InterruptedException {
    var seconds = new LinkedHashMap<String, Double>();
    Run ours = run(files, filter, workers);
    seconds.put(OURS, ours.seconds());
    for (String way : List.of(PILLOW.get(0), PILLOW.get(1), TORCHVISION)) {
      orders.write(kind + " " + lower(filter) + " " + way + "\n");
      orders.flush();
      String[] answer = answer(answers).split(" ");
      if (!way.equals(TORCHVISION) && Long.parseLong(answer[1]) != ours.sum()) {
        throw new IllegalStateException("Pillow's crops of " + kind + " differ from ours");
      }
      seconds.put(way, Double.parseDouble(answer[0]));
    }
    return seconds;
  }

  private static Run run(List<Path> files, Filter filter, ExecutorService workers)
      throws InterruptedException {
    long start = System.nanoTime();
    List<Callable<Long>> tasks =
        files.stream().<Callable<Long>>map(file -> () -> sum(crop(file, filter))).toList();
    long sum = 0;
    for (Future<Long> result : workers.invokeAll(tasks)) {
      try {
        sum += result.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    return new Run((System.nanoTime() - start) / 1e9, sum);
  }

  private static RgbImage crop(Path file, Filter filter) throws SemblanceException {
    RgbImage image = ImageReader.read(file);
    return Resampler.centerCrop(Resampler.resizeShorterSide(image, 256, filter), 224);
  }

  private static long sum(RgbImage image) {
    long sum = 0;
    for (byte b : image.pixels()) {
      sum += b & 0xFF;
    }
    return sum;
  }

  private static Job job(int images, Map<String, List<Double>> seconds) {
    var rates = new LinkedHashMap<String, Double>();
    seconds.forEach((way, all) -> rates.put(way, images / Compare.median(all)));
    String best =
        rates.get(PILLOW.get(0)) > rates.get(PILLOW.get(1)) ? PILLOW.get(0) : PILLOW.get(1);
    return new Job(images, seconds, rates, times(seconds, best), times(seconds, TORCHVISION));
  }

  private static double times(Map<String, List<Double>> seconds, String way) {
    List<Double> ours = seconds.get(OURS);
    var ratios = new ArrayList<Double>();
    for (int i = 0; i < ours.size(); i++) {
      ratios.add(seconds.get(way).get(i) / ours.get(i));
    }
    return Compare.median(ratios);
  }

  private static String lower(Filter filter) {
    return filter.name().toLowerCase(Locale.ROOT);
  }
}
