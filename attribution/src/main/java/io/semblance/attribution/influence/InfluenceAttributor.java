package io.semblance.attribution.influence;

import io.semblance.attribution.Attribution;
import io.semblance.attribution.AttributionIndex;
import io.semblance.attribution.AttributionOptions;
import io.semblance.attribution.Queries;
import io.semblance.attribution.Ranking;
import io.semblance.attribution.SelfExclusion;
import io.semblance.attribution.calibrate.Calibrator;
import io.semblance.attribution.calibrate.Calibrator.Resample;
import io.semblance.attribution.evaluate.PoolScan;
import io.semblance.attribution.evaluate.UnitRows;
import io.semblance.attribution.feature.Compatible;
import io.semblance.attribution.feature.FeatureRows;
import io.semblance.attribution.influence.Influence.GroupShare;
import io.semblance.attribution.influence.Influence.Interval;
import io.semblance.attribution.mapper.FeatureMap;
import io.semblance.attribution.mapper.Mapper;
import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.Json;
import io.semblance.core.file.Sha256;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Attributes images with a mapper, and with a calibrator that turns scores into shares of
/// influence over the whole index. 256 queries at once: one pass over the index finds the nearest
/// images, a second one sums what all images weigh.
public final class InfluenceAttributor {

  private static final int QUERIES_AT_ONCE = 256;

  private final AttributionIndex index;
  private final Mapper mapper;
  private final Calibrator calibrator;
  private final Groups groups;

  /// @param index stays the caller's
  /// @param mapper or null for none
  /// @param calibrator or null: scores without influence
  /// @param groups to roll influence up by, or null
  public InfluenceAttributor(
      AttributionIndex index, Mapper mapper, Calibrator calibrator, Groups groups) {
    this.index = index;
    this.mapper = mapper;
    this.calibrator = calibrator;
    this.groups = groups;
  }

  /// @param queries of the index's model
  /// @param options how many images to list, and whether a query may find itself
  /// @param progress hears the images compared, of all batches
  /// @return one ranking a query, with influence where there is a calibrator
  /// @throws SemblanceException if model, mapper and calibrator do not belong together
  public Attribution attribute(Queries queries, AttributionOptions options, Progress progress)
      throws IOException {
    var manifest = index.manifest();
    Compatible.require(
        "The query",
        queries.provenance(),
        queries.dimension(),
        "the index",
        manifest.provenance(),
        manifest.dimension());
    if (mapper != null && manifest.corrected()) {
      throw new SemblanceException(
          "The index corrects its space (%s), and a mapper is for the space as it was trained on: build an index without --correct."
              .formatted(manifest.correction()));
    }
    if (mapper != null) {
      mapper.require("the index", manifest.provenance(), manifest.dimension());
    }
    List<String> notes =
        calibrator == null
            ? List.of()
            : Conditions.check(calibrator, mapper, manifest, index.space().sha256());
    var self = new SelfExclusion(index, queries.images(), options.excludeSelf());
    var rankings = new ArrayList<Ranking>();
    var influences = new ArrayList<Influence>();
    int n = queries.images().size();
    for (int from = 0; from < n; from += QUERIES_AT_ONCE) {
      int count = Math.min(QUERIES_AT_ONCE, n - from);
      batch(queries, options, from, count, self, rankings, influences);
      progress.at((long) (from + count) * manifest.rows(), n * manifest.rows());
    }
    return new Attribution(
        manifest,
        index.sha256(),
        options,
        rankings,
        calibrator == null ? null : influences,
        new Attribution.Behind(
            mapper == null ? null : mapper.sha256(),
            calibrator == null ? null : Sha256.of(Json.of(calibrator)),
            manifest.correction(),
            index.space().sha256()),
        notes);
  }

  private void batch(
      Queries queries,
      AttributionOptions options,
      int from,
      int count,
      SelfExclusion self,
      List<Ranking> rankings,
      List<Influence> influences)
      throws IOException {
    int d = queries.dimension();
    FeatureMap training = mapper == null ? index.space().training() : mapper.training();
    FeatureMap made = mapper == null ? index.space().synthesized() : mapper.synthesized();
    List<FeatureRows> pool = index.tables().stream().map(FeatureRows::of).toList();
    PoolScan scan = PoolScan.of(pool, training);
    try (Arena arena = Arena.ofShared()) {
      MemorySegment raw = arena.allocate((long) count * d * Float.BYTES, 64);
      MemorySegment.copy(
          queries.vectors(),
          from * d,
          raw,
          java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED,
          0,
          count * d);
      long bytes = (long) count * made.outputs() * Float.BYTES;
      MemorySegment mapped = made.map(raw, count, arena.allocate(bytes, 64));
      UnitRows asked =
          UnitRows.of(
              mapped,
              count,
              made.outputs(),
              arena.allocate(bytes, 64),
              q -> queries.images().get(from + q).id());
      var nearest =
          new NearestRows(asked, options.top(), PoolScan.slack(made.outputs()), self, from);
      scan.run(asked, nearest, Progress.none());
      List<List<NearestRows.Row>> rows = new ArrayList<>();
      for (int q = 0; q < count; q++) {
        rows.add(nearest.of(q));
      }
      if (calibrator != null) {
        var weights = new TotalWeights(calibrator, rows, self, from, groups);
        scan.run(asked, weights, Progress.none());
        for (int q = 0; q < count; q++) {
          influences.add(influence(q, rows.get(q), weights));
        }
      }
      for (int q = 0; q < count; q++) {
        rankings.add(
            new Ranking(queries.images().get(from + q), hits(rows.get(q)), self.leftOut(from + q)));
      }
    }
  }

  private List<Ranking.Hit> hits(List<NearestRows.Row> rows) {
    var hits = new ArrayList<Ranking.Hit>();
    for (NearestRows.Row row : rows) {
      hits.add(
          new Ranking.Hit(hits.size() + 1, index.image(row.table(), (int) row.row()), row.score()));
    }
    return hits;
  }

  private Influence influence(int query, List<NearestRows.Row> rows, TotalWeights weights) {
    double sum = weights.sum(query);
    double top = rows.isEmpty() ? 0 : rows.getFirst().score();
    var shares = new ArrayList<Double>();
    double listed = 0;
    for (NearestRows.Row row : rows) {
      double share = calibrator.weight(row.score() - top) / sum;
      shares.add(share);
      listed += share;
    }
    return new Influence(
        shares,
        intervals(query, rows, top, weights),
        rows.isEmpty() ? 1 : Math.max(0, 1 - listed),
        calibrator.evidence() == null ? null : top >= calibrator.evidence(),
        groups == null ? List.of() : rolledUp(query, sum, weights),
        copy(rows));
  }

  private List<Interval> intervals(
      int query, List<NearestRows.Row> rows, double top, TotalWeights weights) {
    List<Resample> resamples = calibrator.resamples();
    if (resamples.isEmpty()) {
      return List.of();
    }
    double[] sums =
        resamples.stream().mapToDouble(r -> weights.sum(query, r.tau(), r.lambda())).toArray();
    var out = new ArrayList<Interval>();
    for (NearestRows.Row row : rows) {
      double[] shares = new double[sums.length];
      for (int b = 0; b < sums.length; b++) {
        Resample r = resamples.get(b);
        double weight = Math.max(0, Math.exp((row.score() - top) / r.tau()) - r.lambda());
        shares[b] = Math.min(1, weight / sums[b]);
      }
      Arrays.sort(shares);
      int cut = (int) Math.floor(0.025 * shares.length);
      out.add(new Interval(shares[cut], shares[shares.length - 1 - cut]));
    }
    return out;
  }

  private List<GroupShare> rolledUp(int query, double sum, TotalWeights weights) {
    var out = new ArrayList<GroupShare>();
    for (int g = 0; g < groups.count(); g++) {
      if (weights.images(query, g) > 0) {
        out.add(
            new GroupShare(
                groups.name(g), weights.group(query, g) / sum, weights.images(query, g)));
      }
    }
    out.sort(Comparator.comparingDouble(GroupShare::share).reversed());
    return out;
  }

  private Boolean copy(List<NearestRows.Row> rows) {
    if (calibrator.ordinaryDrop() == null) {
      return null;
    }
    return io.semblance.attribution.ScoreDrop.largest(
            rows.stream().limit(Calibrator.DROP_RANKS).map(NearestRows.Row::score).toList())
        .map(d -> d.size() > 2 * calibrator.ordinaryDrop())
        .orElse(false);
  }
}
