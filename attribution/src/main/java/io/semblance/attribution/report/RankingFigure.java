package io.semblance.attribution.report;

import io.semblance.attribution.evaluate.CaseResult;
import io.semblance.attribution.evaluate.Evaluator;
import io.semblance.attribution.evaluate.PoolScan;
import io.semblance.attribution.evaluate.UnitRows;
import io.semblance.attribution.feature.Pool;
import io.semblance.attribution.feature.TestSet;
import io.semblance.attribution.feature.TestSet.Model;
import io.semblance.attribution.feature.TestSet.Scheme;
import io.semblance.attribution.influence.NearestRows;
import io.semblance.attribution.mapper.FeatureMap;
import io.semblance.attribution.report.Strips.Row;
import io.semblance.attribution.report.Strips.Strip;
import io.semblance.attribution.report.Strips.Tile;
import io.semblance.core.Progress;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.search.Exclusion;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// The first images of the rankings of some queries before and after a mapper or a correction, the
/// exemplars boxed; an exemplar that is not among the first stands behind them with its rank.
/// Queries are spread evenly over each test case, not chosen by how they turn out. Source: AbC
/// (arXiv 2306.09345), Fig. 8 and 15.
public final class RankingFigure {

  private static final String BLACK = "#222222";
  private static final long THUMBNAILS = 24L << 20;

  private final Pool pool;
  private final List<Path> roots;
  private final int top;
  private final Thumbnails thumbnails = new Thumbnails(THUMBNAILS);

  /// @param pool the distractors; stays the caller's
  /// @param roots folders that the ids of images are looked for in
  /// @param top images to show of each ranking, at least 1
  public RankingFigure(Pool pool, List<Path> roots, int top) {
    this.pool = pool;
    this.roots = List.copyOf(roots);
    this.top = top;
  }

  /// One way to rank.
  ///
  /// @param name before its images, e.g. `before`
  /// @param training map of training images
  /// @param synthesized map of the queries
  public record Space(String name, FeatureMap training, FeatureMap synthesized) {}

  /// An image in a ranking.
  ///
  /// @param rank from 1
  /// @param id the image
  /// @param score cosine of mapped features
  /// @param exemplar whether it is one of the query's model
  public record Ranked(long rank, String id, double score, boolean exemplar) {}

  /// @param sets whose queries are shown
  /// @param perCase queries to show of each scheme of each, at least 1
  /// @param spaces compared, in order
  /// @param file the SVG to write
  /// @throws IOException if the pool cannot be read or the file not be written
  public void write(List<TestSet> sets, int perCase, List<Space> spaces, Path file)
      throws IOException {
    var strips = new ArrayList<Strip>();
    for (TestSet set : sets) {
      for (Scheme scheme : set.schemes()) {
        if (scheme.queries().size() > 0) {
          strips.addAll(strips(set.only(scheme, spread(scheme.queries().size(), perCase)), spaces));
        }
      }
    }
    String names = String.join(" and ", spaces.stream().map(Space::name).toList());
    String title =
        "Nearest images %s, exemplars boxed (rank and cosine); queries spread evenly"
            .formatted(names);
    AtomicFile.write(file, new Strips(title, strips).svg());
  }

  private static int[] spread(int n, int wanted) {
    int count = Math.min(n, wanted);
    return IntStream.range(0, count).map(i -> (int) ((2L * i + 1) * n / (2L * count))).toArray();
  }

  private List<Strip> strips(TestSet set, List<Space> spaces) throws IOException {
    List<List<List<Ranked>>> all = new ArrayList<>();
    for (Space space : spaces) {
      all.add(ranked(set, space));
    }
    List<String> ids = set.schemes().getFirst().queries().ids();
    var strips = new ArrayList<Strip>();
    for (int q = 0; q < ids.size(); q++) {
      var rows = new ArrayList<Row>();
      for (int s = 0; s < spaces.size(); s++) {
        rows.add(new Row(spaces.get(s).name(), tiles(all.get(s).get(q))));
      }
      strips.add(new Strip(picture(ids.get(q)), ids.get(q), rows));
    }
    return strips;
  }

  private List<Tile> tiles(List<Ranked> ranking) {
    var out = new ArrayList<Tile>();
    long before = 0;
    for (Ranked r : ranking) {
      String caption = String.format(Locale.ROOT, "%,d \u00b7 %.3f", r.rank(), r.score());
      boolean apart = r.rank() > before + 1;
      out.add(
          new Tile(
              picture(r.id()), caption, r.exemplar() ? Strips.RED : BLACK, r.exemplar(), apart));
      before = r.rank();
    }
    return out;
  }

  /// The first images of every query's ranking, and its best exemplar.
  ///
  /// @param set with one scheme
  /// @param space how images are compared
  /// @return for every query `top` images, and one more where no exemplar is among them
  public List<List<Ranked>> ranked(TestSet set, Space space) throws IOException {
    var evaluator = new Evaluator(pool, space.training(), space.synthesized(), List.of());
    CaseResult result = evaluator.evaluate(List.of(set), Progress.none()).getFirst();
    Scheme scheme = set.schemes().getFirst();
    int n = scheme.queries().size();
    try (Arena arena = Arena.ofShared()) {
      UnitRows asked = evaluator.queries(List.of(set), n, arena);
      UnitRows exemplars = exemplars(set, space.training(), arena);
      double slack = PoolScan.slack(space.training().outputs());
      var nearest = new NearestRows(asked, top, slack, Exclusion.none(), 0);
      PoolScan.of(pool.parts(), space.training()).run(asked, nearest, Progress.none());
      List<List<Ranked>> out = new ArrayList<>();
      for (int q = 0; q < n; q++) {
        Model model = set.models().get(scheme.model()[q]);
        List<Ranked> own = own(set, model, asked, q, exemplars, result.queries().get(q).ranks());
        out.add(merged(own, nearest.of(q)));
      }
      return out;
    }
  }

  private static UnitRows exemplars(TestSet set, FeatureMap map, Arena arena) throws IOException {
    float[] vectors = set.exemplars().vectors();
    int n = set.exemplars().size();
    MemorySegment raw = arena.allocate((long) vectors.length * Float.BYTES, 64);
    MemorySegment.copy(
        vectors, 0, raw, java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED, 0, vectors.length);
    long bytes = (long) n * map.outputs() * Float.BYTES;
    MemorySegment mapped = map.map(raw, n, arena.allocate(bytes, 64));
    return UnitRows.of(
        mapped, n, map.outputs(), arena.allocate(bytes, 64), set.exemplars().ids()::get);
  }

  private static List<Ranked> own(
      TestSet set, Model model, UnitRows asked, int query, UnitRows exemplars, long[] ranks) {
    List<Ranked> unranked =
        IntStream.range(model.from(), model.to())
            .mapToObj(
                e ->
                    new Ranked(
                        0, set.exemplars().ids().get(e), asked.cosine(query, exemplars, e), true))
            .sorted(Comparator.comparingDouble(Ranked::score).reversed())
            .toList();
    return IntStream.range(0, ranks.length)
        .mapToObj(i -> new Ranked(ranks[i], unranked.get(i).id(), unranked.get(i).score(), true))
        .toList();
  }

  /// Exemplars stand at their ranks, distractors fill the places between.
  private List<Ranked> merged(List<Ranked> own, List<NearestRows.Row> others) {
    var out = new ArrayList<Ranked>();
    int e = 0;
    int d = 0;
    for (long rank = 1; rank <= top && (e < own.size() || d < others.size()); rank++) {
      if (e < own.size() && own.get(e).rank() == rank) {
        out.add(own.get(e++));
      } else if (d < others.size()) {
        NearestRows.Row row = others.get(d++);
        String id = pool.parts().get(row.table()).id(row.row());
        out.add(new Ranked(rank, id, row.score(), false));
      }
    }
    if (e == 0) {
      out.add(own.getFirst());
    }
    return out;
  }

  private Optional<Thumbnail> picture(String id) {
    for (Path root : roots) {
      Path folder = root.toAbsolutePath().normalize();
      Path file = folder.resolve(id).normalize();
      Optional<Thumbnail> found =
          file.startsWith(folder) ? thumbnails.of(file, null, id) : Optional.empty();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
