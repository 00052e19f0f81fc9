package io.semblance.core.table;

import de.siegmar.fastcsv.reader.CsvReader;
import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.column.CodeColumn;
import io.semblance.core.column.TextColumn;
import io.semblance.core.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Joins tables of one extractor. The parts of one collection, made with `--shard`, become the
/// table that one run would have made, byte for byte; other tables stand one behind the other.
public final class TableMerge {

  private final List<Part> parts;
  private final Path out;
  private final boolean replace;

  /// One of the tables.
  private record Part(Path folder, TableManifest manifest) {

    TableManifest.ShardOf shard() {
      return manifest.collection() == null ? null : manifest.collection().shard();
    }
  }

  /// What a merge made.
  ///
  /// @param folder the table
  /// @param tables number of tables joined
  /// @param rows n
  /// @param failures images without a row
  public record Result(Path folder, int tables, long rows, int failures) {}

  private TableMerge(List<Part> parts, Path out, boolean replace) {
    this.parts = parts;
    this.out = out;
    this.replace = replace;
  }

  /// Joins tables.
  ///
  /// @param folders table folders, at least one
  /// @param out the table to make
  /// @param replace whether a table in that place gives way
  /// @param progress hears of rows; may stop the merge
  /// @return what was made
  /// @throws SemblanceException if they are of different extractors, a part is missing or an image
  ///   is in two of them
  public static Result merge(List<Path> folders, Path out, boolean replace, Progress progress)
      throws IOException {
    var parts = new ArrayList<Part>();
    for (Path folder : folders) {
      parts.add(new Part(folder, TableFolder.manifest(folder)));
    }
    requireOneExtractor(parts);
    boolean shards = parts.stream().anyMatch(p -> p.shard() != null);
    if (shards) {
      requireAllShards(parts);
      parts.sort(Comparator.comparingInt(p -> p.shard().index()));
    }
    return new TableMerge(parts, out, replace).write(source(parts, shards), progress);
  }

  private static void requireOneExtractor(List<Part> parts) throws SemblanceException {
    Part first = parts.getFirst();
    for (Part part : parts) {
      String one = extractor(first.manifest());
      String other = extractor(part.manifest());
      if (!one.equals(other)) {
        throw new SemblanceException(
            "%s holds vectors of %s, %s of %s: only tables of one extractor can be joined."
                .formatted(first.folder(), one, part.folder(), other));
      }
    }
  }

  private static String extractor(TableManifest m) {
    return "%s, %d x %s, extractor %.8s"
        .formatted(
            m.provenance().modelId(), m.dimension(), m.precision(), String.valueOf(m.extractor()));
  }

  private static void requireAllShards(List<Part> parts) throws SemblanceException {
    TableManifest.ShardOf one =
        parts.stream().map(Part::shard).filter(Objects::nonNull).findFirst().orElseThrow();
    var found = new ArrayList<Integer>();
    for (Part part : parts) {
      TableManifest.ShardOf shard = part.shard();
      if (shard == null
          || shard.count() != one.count()
          || !shard.listingSha256().equals(one.listingSha256())) {
        throw new SemblanceException(
            "%s is not a part of the same listing of images as the others: embed all parts from the same images and the same number of parts."
                .formatted(part.folder()));
      }
      if (found.contains(shard.index())) {
        throw new SemblanceException(
            "%s is part %d of %d, which another table is too: give each part once."
                .formatted(part.folder(), shard.index(), shard.count()));
      }
      found.add(shard.index());
    }
    String missing =
        IntStream.rangeClosed(1, one.count())
            .filter(i -> !found.contains(i))
            .mapToObj(i -> i + "/" + one.count())
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw new SemblanceException(
          "Of %d parts these are missing: %s; make them with --shard first."
              .formatted(one.count(), missing));
    }
  }

  private static TableManifest.Source source(List<Part> parts, boolean shards) {
    TableManifest.Source first = parts.getFirst().manifest().collection();
    if (shards) {
      return new TableManifest.Source(
          first.root(),
          first.shard().images(),
          first.shard().listingSha256(),
          first.reading(),
          null);
    }
    var listings = new StringBuilder();
    int images = 0;
    boolean sameRoot = true;
    for (Part part : parts) {
      TableManifest.Source s = part.manifest().collection();
      listings.append(s == null ? "unknown" : s.listingSha256()).append('\n');
      images += s == null ? (int) part.manifest().rows() : s.images();
      sameRoot &= s != null && first != null && Objects.equals(s.root(), first.root());
    }
    return new TableManifest.Source(
        sameRoot ? first.root() : null,
        images,
        Sha256.of(listings.toString()),
        sameRoot ? first.reading() : null,
        null);
  }

  private Result write(TableManifest.Source source, Progress progress) throws IOException {
    TableManifest first = parts.getFirst().manifest();
    int rows = 0;
    int failures = 0;
    int removed = 0;
    var metadata = new ArrayList<Path>();
    for (Part part : parts) {
      rows = Math.addExact(rows, Math.toIntExact(part.manifest().rows()));
      failures += part.manifest().failures();
      removed += part.manifest().removed();
      part.manifest().metadata().forEach(m -> metadata.add(part.folder().resolve(m.file())));
    }
    var spec =
        new TableWriter.Spec(
            first.provenance(),
            first.dimension(),
            first.precision(),
            source,
            rows + failures,
            first.extractor());
    var columns = new RowMetadata(metadata);
    Path listing = columns.columns().isEmpty() ? null : columns.gathered();
    try (TableWriter writer = TableWriter.open(out, spec, listing, replace)) {
      if (!writer.complete()) {
        requireDistinct();
        append(writer, rows, progress);
        writer.finish(List.of(), removed);
      }
    } finally {
      if (listing != null) {
        Files.deleteIfExists(listing);
      }
    }
    return new Result(out, parts.size(), rows, failures);
  }

  private void requireDistinct() throws IOException {
    var ids = new TextColumn.Builder();
    var of = new CodeColumn.Builder();
    for (Part part : parts) {
      try (EmbeddingTable table = TableFolder.open(part.folder())) {
        for (String id : table.rows().ids()) {
          ids.add(id);
          of.add(part.folder().toString());
        }
      }
    }
    TextColumn all = ids.build();
    CodeColumn folders = of.build();
    int[] order = all.order();
    for (int i = 1; i < order.length; i++) {
      if (all.compare(order[i - 1], order[i]) == 0) {
        throw new SemblanceException(
            "%s is in %s and in %s: an image can have one row only."
                .formatted(all.get(order[i]), folders.get(order[i - 1]), folders.get(order[i])));
      }
    }
  }

  /// Rows of the collection part by part, each with its failures, and rows of images that are gone
  /// at the end.
  private void append(TableWriter writer, int total, Progress progress) throws IOException {
    int skip = writer.consumed();
    int at = 0;
    for (boolean gone : new boolean[] {false, true}) {
      int listed = 0;
      for (Part part : parts) {
        try (EmbeddingTable table = TableFolder.open(part.folder())) {
          SeenFiles seen = SeenFiles.read(part.folder(), table.size());
          int kept = table.size() - part.manifest().removed();
          float[] vector = new float[table.dimension()];
          for (int i = gone ? kept : 0; i < (gone ? table.size() : kept); i++) {
            if (at++ >= skip) {
              table.copyRows(i, 1, vector, 0);
              writer.append(table.rows().get(i), listed + i, seen.rows().get(i), vector, 0);
              progress.at(at, total);
            }
          }
          listed += table.size();
          if (!gone) {
            at = appendFailures(part, seen, writer, at, skip);
          }
        }
      }
    }
  }

  private static int appendFailures(
      Part part, SeenFiles seen, TableWriter writer, int from, int skip) throws IOException {
    Path file = part.folder().resolve(TableFiles.FAILURES);
    if (!Files.exists(file)) {
      return from;
    }
    int at = from;
    try (var lines = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (var line : lines) {
        if (at++ >= skip) {
          String id = line.getField(0);
          writer.fail(id, line.getField(1), seen.failed().get(id));
        }
      }
    }
    return at;
  }
}
