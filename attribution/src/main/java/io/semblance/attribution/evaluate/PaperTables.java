package io.semblance.attribution.evaluate;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The published numbers. Source: AbC (arXiv 2306.09345), Tables 3 and 4.
public final class PaperTables {

  private static final List<String> SOURCES =
      List.of("imagenet-unseen", "imagenet-seen", "bam-fg", "artchive");

  private static final List<String> TEST_CASES =
      List.of(
          "imagenet-unseen gpt",
          "imagenet-unseen media",
          "imagenet-seen gpt",
          "imagenet-seen media",
          "bam-fg gpt",
          "bam-fg object",
          "artchive gpt",
          "artchive object");

  private PaperTables() {}

  /// One line of one test case.
  ///
  /// @param features the encoder, e.g. `DINO`
  /// @param training what the mapper was trained on: `pretrained` (no mapper), `object`, `style`,
  ///   `both`, or `both` with an ablation behind it
  /// @param source one of four, e.g. `imagenet-unseen`
  /// @param prompts the scheme: `gpt`, `media` or `object`
  /// @param recall5 R@5
  /// @param recall10 R@10
  /// @param recall100 R@100
  /// @param map mAP
  public record Row(
      String features,
      String training,
      String source,
      String prompts,
      double recall5,
      double recall10,
      double recall100,
      double map) {

    /// @param metric `R@5`, `R@10`, `R@100` or `mAP`
    /// @return the number, or nothing for another metric
    public Optional<Double> metric(String metric) {
      return switch (metric) {
        case "R@5" -> Optional.of(recall5);
        case "R@10" -> Optional.of(recall10);
        case "R@100" -> Optional.of(recall100);
        case "mAP" -> Optional.of(map);
        default -> Optional.empty();
      };
    }
  }

  /// @return all 288 lines: 36 of 8 test cases each
  public static List<Row> all() throws IOException {
    try (InputStream in = PaperTables.class.getResourceAsStream("abc-tables-3-4.csv")) {
      if (in == null) {
        throw new IllegalStateException("abc-tables-3-4.csv is missing from the program");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().skip(1).map(PaperTables::row).toList();
    }
  }

  private static Row row(String line) {
    List<String> cells = List.of(line.split(",", -1));
    return new Row(
        cells.get(0),
        cells.get(1),
        cells.get(2),
        cells.get(3),
        Double.parseDouble(cells.get(4)),
        Double.parseDouble(cells.get(5)),
        Double.parseDouble(cells.get(6)),
        Double.parseDouble(cells.get(7)));
  }

  /// Which of the four sources a split is of, by its name: the published files and any name that
  /// has theirs in it, `imagenet_unseen_test` for example.
  ///
  /// @param split name of a split
  /// @return the source, or nothing
  public static Optional<String> source(String split) {
    String plain = split.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return SOURCES.stream().filter(s -> plain.contains(s.replace("-", ""))).findFirst();
  }

  /// Which of the eight test cases a split with a scheme is.
  ///
  /// @param split name of a split
  /// @param scheme of the prompts, as results or dataset files call it
  /// @return `source prompts` as in [Row], e.g. `artchive gpt`, or nothing
  public static Optional<String> testCase(String split, String scheme) {
    return source(split).map(s -> s + " " + prompts(scheme)).filter(TEST_CASES::contains);
  }

  private static String prompts(String scheme) {
    return scheme.equals("medium") ? "media" : scheme;
  }

  /// Whether a source is object- or style-centric.
  ///
  /// @param source one of the four
  /// @return `object` or `style`
  public static String kind(String source) {
    return source.startsWith("imagenet") ? "object" : "style";
  }

  /// @param result of a test case
  /// @param features an encoder, any case, or null for all
  /// @return the published lines of the same test case; empty if it is none of the eight
  /// @throws SemblanceException if the paper has no such encoder
  public static List<Row> beside(CaseResult result, String features) throws IOException {
    List<Row> all = all();
    if (features != null && all.stream().noneMatch(r -> r.features().equalsIgnoreCase(features))) {
      throw new SemblanceException(
          "The paper has no features called "
              + features
              + ": it has CLIP, DINO, MoCo, ViT, ALADIN and SSCD.");
    }
    String source = source(result.name()).orElse("");
    String prompts = prompts(result.scheme());
    return all.stream()
        .filter(r -> r.source().equals(source) && r.prompts().equals(prompts))
        .filter(r -> features == null || r.features().equalsIgnoreCase(features))
        .toList();
  }
}
