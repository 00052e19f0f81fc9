package io.semblance.attribution.calibrate;

import io.semblance.attribution.calibrate.ShareTable.Bin;
import io.semblance.attribution.figure.Plot;
import io.semblance.attribution.figure.Plot.Point;
import io.semblance.attribution.figure.Plot.Series;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Writes a calibrator and what its shares look like: `calibrator.json`, `shares.csv` and
/// `shares.svg` (predicted against observed), `influence.csv` and `influence.svg` (influence by
/// rank before and after), `distribution.csv` and `distribution.svg` (how many images have how much
/// influence before and after; Fig. 11 of the paper).
public final class CalibrationReport {

  private static final int RANKS = 1000;

  private CalibrationReport() {}

  /// @param calibrator as fitted
  /// @param scores it was fitted to
  /// @param out the folder; made if missing
  /// @throws IOException if a file cannot be written
  public static void write(Calibrator calibrator, KeptScores scores, Path out) throws IOException {
    Json.write(calibrator, out.resolve("calibrator.json"));
    shares(ShareTable.bins(scores, calibrator.tau(), calibrator.lambda()), out);
    double[] before = byRank(scores, 1, 0);
    double[] after = byRank(scores, calibrator.tau(), calibrator.lambda());
    influence(before, after, out);
    distribution(
        ShareHistogram.of(scores, 1, 0),
        ShareHistogram.of(scores, calibrator.tau(), calibrator.lambda()),
        out);
  }

  private static void shares(List<Bin> bins, Path out) throws IOException {
    var csv = new StringBuilder("from,to,images,predicted,observed\n");
    var points = new ArrayList<Point>();
    for (Bin b : bins) {
      csv.append(
          "%s,%s,%d,%s,%s\n".formatted(b.from(), b.to(), b.images(), b.predicted(), b.observed()));
      points.add(new Point(b.predicted(), b.observed(), Long.toString(b.images())));
    }
    AtomicFile.write(out.resolve("shares.csv"), csv.toString());
    var plot =
        new Plot(
            "Predicted and observed share (images)",
            "predicted share",
            "observed share",
            List.of(new Series("images of one share", points, false)),
            true);
    AtomicFile.write(out.resolve("shares.svg"), plot.svg());
  }

  private static void distribution(ShareHistogram before, ShareHistogram after, Path out)
      throws IOException {
    var csv = new StringBuilder("from,to,before,after\n");
    csv.append("0,0,%d,%d\n".formatted(before.none(), after.none()));
    for (int b = 0; b < ShareHistogram.BINS; b++) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%.4g,%.4g,%d,%d\n",
              ShareHistogram.edge(b),
              ShareHistogram.edge(b + 1),
              before.images(b),
              after.images(b)));
    }
    AtomicFile.write(out.resolve("distribution.csv"), csv.toString());
    var plot =
        new Plot(
            "Images by influence (without any: %,d before, %,d after)"
                .formatted(before.none(), after.none()),
            "log10 of the share",
            "log10 of 1 + images of all queries",
            List.of(
                new Series("before", steps(before), true, "#222222"),
                new Series("after", steps(after), true, "#2a7d3f")),
            false);
    AtomicFile.write(out.resolve("distribution.svg"), plot.svg());
  }

  /// The outline of a histogram.
  private static List<Point> steps(ShareHistogram histogram) {
    var out = new ArrayList<Point>();
    for (int b = 0; b < ShareHistogram.BINS; b++) {
      double up = Math.log10(1.0 + histogram.images(b));
      out.add(new Point(Math.log10(ShareHistogram.edge(b)), up, ""));
      out.add(new Point(Math.log10(ShareHistogram.edge(b + 1)), up, ""));
    }
    return out;
  }

  /// Mean share of the image of each rank, over queries.
  private static double[] byRank(KeptScores scores, double tau, double lambda) {
    double[] sums = new double[RANKS];
    int ranks = 0;
    for (int q = 0; q < scores.queries(); q++) {
      double[] shares = ShareTable.shares(scores, q, tau, lambda);
      Arrays.sort(shares);
      int n = Math.min(RANKS, shares.length);
      ranks = Math.max(ranks, n);
      for (int r = 0; r < n; r++) {
        sums[r] += shares[shares.length - 1 - r] / scores.queries();
      }
    }
    return Arrays.copyOf(sums, ranks);
  }

  private static void influence(double[] before, double[] after, Path out) throws IOException {
    var csv = new StringBuilder("rank,before,after\n");
    var one = new ArrayList<Point>();
    var other = new ArrayList<Point>();
    for (int r = 0; r < before.length; r++) {
      csv.append(String.format(Locale.ROOT, "%d,%s,%s\n", r + 1, before[r], after[r]));
      double across = Math.log10(r + 1);
      one.add(new Point(across, Math.log10(Math.max(1e-8, before[r])), ""));
      other.add(new Point(across, Math.log10(Math.max(1e-8, after[r])), ""));
    }
    AtomicFile.write(out.resolve("influence.csv"), csv.toString());
    var plot =
        new Plot(
            "Mean influence by rank, before and after",
            "log10 of the rank",
            "log10 of the share (at least 1e-8)",
            List.of(new Series("before", one, true), new Series("after", other, true)),
            false);
    AtomicFile.write(out.resolve("influence.svg"), plot.svg());
  }
}
