package io.semblance.attribution.feature;

import io.semblance.attribution.feature.TestSet.Model;
import io.semblance.attribution.feature.TestSet.Rows;
import io.semblance.attribution.feature.TestSet.Scheme;
import io.semblance.attribution.testcase.CustomizedModel;
import io.semblance.attribution.testcase.Split;
import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads test sets: a published feature file, or a dataset file (JSON) whose paths are ids of
/// embedding tables.
public final class TestSetReader {

  private TestSetReader() {}

  /// @param file `.pth` or `.json`
  /// @param tables for a `.json`: folders of tables that hold a row for every path of it; for a
  ///   `.pth` none
  /// @return the set, called by the file's name without extension
  /// @throws SemblanceException if the file is neither, damaged, or a path has no row; the message
  ///   names the entry and the path
  public static TestSet read(Path file, List<Path> tables) throws IOException {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.[a-zA-Z]+$", "");
    if (!file.toString().endsWith(".json")) {
      return PublishedTestSet.read(file, name, null);
    }
    if (tables.isEmpty()) {
      throw new SemblanceException(
          file + " holds paths and no vectors: give --table DIR with a row for each.");
    }
    Split split = Split.read(file);
    if (tables.size() == 1 && tables.getFirst().toString().endsWith(".pth")) {
      return PublishedTestSet.read(tables.getFirst(), name, split);
    }
    var opened = new ArrayList<AutoCloseable>();
    try {
      var lookup = new Lookup(file, tables, opened);
      return lookup.resolve(name, split);
    } finally {
      Closing.all(opened);
    }
  }

  /// Rows of some tables by id.
  private static final class Lookup {

    private final Path file;
    private final List<Path> folders;
    private final List<EmbeddingTable> tables = new ArrayList<>();
    private final Map<String, Long> places = new HashMap<>();

    @SuppressWarnings("MustBeClosedChecker") // `owned` closes them
    Lookup(Path file, List<Path> folders, List<AutoCloseable> owned) throws IOException {
      this.file = file;
      this.folders = folders;
      for (Path folder : folders) {
        EmbeddingTable table = TableFolder.open(folder);
        owned.add(table);
        if (!tables.isEmpty()) {
          EmbeddingTable first = tables.getFirst();
          Compatible.require(
              folders.getFirst().toString(),
              first.provenance(),
              first.dimension(),
              folder.toString(),
              table.provenance(),
              table.dimension());
        }
        tables.add(table);
        for (int r = 0; r < table.size(); r++) {
          places.putIfAbsent(table.rows().ids().get(r), (long) (tables.size() - 1) << 32 | r);
        }
      }
    }

    TestSet resolve(String name, Split split) throws SemblanceException {
      var exemplars = new ArrayList<String>();
      var models = new ArrayList<Model>();
      var where = new ArrayList<Integer>();
      for (int m = 0; m < split.models().size(); m++) {
        CustomizedModel model = split.models().get(m);
        int from = exemplars.size();
        exemplars.addAll(model.exemplars());
        models.add(new Model(from, exemplars.size(), model.classId(), model.category()));
        while (where.size() < exemplars.size()) {
          where.add(m);
        }
      }
      var schemes = new ArrayList<Scheme>();
      for (String scheme : split.schemes()) {
        var paths = new ArrayList<String>();
        var makers = new ArrayList<Integer>();
        for (int m = 0; m < split.models().size(); m++) {
          List<String> made = split.models().get(m).synthesized(scheme);
          paths.addAll(made);
          for (int i = 0; i < made.size(); i++) {
            makers.add(m);
          }
        }
        int[] model = makers.stream().mapToInt(Integer::intValue).toArray();
        if (!paths.isEmpty()) {
          schemes.add(new Scheme(scheme, rows(paths, model, "synth." + scheme), model));
        }
      }
      if (schemes.isEmpty()) {
        throw new SemblanceException(file + " lists no synthesised image: there is no query.");
      }
      int[] owners = where.stream().mapToInt(Integer::intValue).toArray();
      return new TestSet(
          name,
          tables.getFirst().provenance(),
          tables.getFirst().dimension(),
          rows(exemplars, owners, "exemplar"),
          models,
          schemes);
    }

    private Rows rows(List<String> ids, int[] entry, String member) throws SemblanceException {
      int d = tables.getFirst().dimension();
      if ((long) ids.size() * d > Integer.MAX_VALUE - 8) {
        throw new SemblanceException(
            "%s: %d images of '%s' with %d dimensions do not fit in memory: split the file."
                .formatted(file, ids.size(), member, d));
      }
      float[] vectors = new float[ids.size() * d];
      for (int i = 0; i < ids.size(); i++) {
        Long place = places.get(ids.get(i));
        if (place == null) {
          throw new SemblanceException(
              "%s, entry %d: '%s' names %s, and no row of %s is called so: embed that image, with ids as the file spells them."
                  .formatted(file, entry[i], member, Printable.of(ids.get(i)), folders));
        }
        long row = place & 0xffff_ffffL;
        tables.get((int) (place >> 32)).copyRows(row, 1, vectors, i * d);
      }
      return new Rows(ids, vectors);
    }
  }

  /// @param rows to look at
  /// @param dimension d
  /// @param what names them in the message
  /// @throws SemblanceException if a number is not finite; the message names the row
  public static void requireFinite(Rows rows, int dimension, String what)
      throws SemblanceException {
    float[] v = rows.vectors();
    for (int i = 0; i < v.length; i++) {
      if (!Float.isFinite(v[i])) {
        throw new SemblanceException(
            "%s: the vector of %s holds %s at %d: it has no similarity; embed that image again."
                .formatted(what, Printable.of(rows.ids().get(i / dimension)), v[i], i % dimension));
      }
    }
  }

  /// @param sets of one evaluation
  /// @return all images of all sets together
  public static long queries(List<TestSet> sets) {
    return sets.stream()
        .flatMap(s -> s.schemes().stream())
        .mapToLong(s -> s.queries().size())
        .sum();
  }
}
