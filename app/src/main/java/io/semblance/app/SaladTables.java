package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.exchange.RowBlock;
import io.semblance.core.exchange.TableFormats;
import io.semblance.core.exchange.TableReadOptions;
import io.semblance.core.exchange.TableSource;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The tables of `semblance salad`: folders of ours, and files of vectors as the fruit-SALAD record
/// publishes them, one for each model.
final class SaladTables {

  /// Names of the record's images, `fruit_style_instance.png`.
  static final String PATTERN = "{category}_{style}_{instance}";

  private static final int MOST_INSTANCES = 1_000_000;

  private SaladTables() {}

  /// Opens every table at or below some places.
  ///
  /// @param places folders or files
  /// @param pattern where labels are in the ids of a file
  /// @param opened receives the tables, also those opened before a failure; close them
  /// @param console hears which file is read
  /// @throws SemblanceException if there is no table at a place, or one cannot be read
  static void open(
      List<Path> places, FileNamePattern pattern, List<EmbeddingTable> opened, Console console)
      throws IOException {
    Set<Path> found = new LinkedHashSet<>();
    for (Path place : places) {
      List<Path> here = Files.isRegularFile(place) ? List.of(place) : TableFolder.find(place);
      if (here.isEmpty()) {
        here = vectorFiles(place);
      }
      if (here.isEmpty()) {
        throw new SemblanceException(
            "There is no table in "
                + place
                + ": make one with 'semblance embed' or 'semblance convert', or give CSV files of"
                + " vectors.");
      }
      found.addAll(here);
    }
    for (Path table : found) {
      if (Files.isDirectory(table)) {
        opened.add(TableFolder.open(table));
      } else {
        console.say("reading " + table);
        opened.add(read(table, pattern));
      }
    }
  }

  private static List<Path> vectorFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(f -> TableFormats.isFileName(f) && Files.isRegularFile(f))
          .sorted()
          .toList();
    }
  }

  private static EmbeddingTable read(Path file, FileNamePattern pattern) throws IOException {
    try (TableSource source =
        TableFormats.open(file, TableReadOptions.defaults().withPattern(pattern))) {
      int d = source.dimension();
      if (source.size() * d > Integer.MAX_VALUE / Float.BYTES) {
        throw new SemblanceException(
            file
                + " holds "
                + source.size()
                + " x "
                + d
                + " numbers, too many to read at once: turn it into a table folder with 'semblance"
                + " convert' first.");
      }
      float[] vectors = new float[(int) source.size() * d];
      var rows = new ArrayList<TableRow>();
      RowBlock block = RowBlock.of(source);
      try (TableSource.RowStream stream = source.rows(0)) {
        while (stream.read(block)) {
          System.arraycopy(block.vectors(), 0, vectors, rows.size() * d, block.size() * d);
          IntStream.range(0, block.size()).mapToObj(block::row).forEach(rows::add);
        }
      }
      return EmbeddingTable.of(source.provenance(), rows, vectors);
    }
  }

  /// @param words numbers, ranges such as `20-39`, or other names of instances
  /// @return every instance by itself
  static List<String> instances(List<String> words) {
    return words.stream()
        .flatMap(
            word -> {
              if (!word.matches("\\d{1,9}-\\d{1,9}")) {
                return Stream.of(word);
              }
              int[] ends = Arrays.stream(word.split("-")).mapToInt(Integer::parseInt).toArray();
              if (ends[1] < ends[0] || ends[1] - ends[0] >= MOST_INSTANCES) {
                throw new IllegalArgumentException(
                    "--instances " + word + " is no range: write the smaller number first.");
              }
              return IntStream.rangeClosed(ends[0], ends[1]).mapToObj(Integer::toString);
            })
        .toList();
  }
}
