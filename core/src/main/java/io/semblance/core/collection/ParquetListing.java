package io.semblance.core.collection;

import io.semblance.core.SemblanceException;
import io.semblance.core.parquet.Parquet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Collections in Parquet: a column of paths, or the bytes of the images themselves (as Hugging
/// Face datasets and img2dataset write them).
final class ParquetListing {

  private static final List<String> KEY_COLUMNS =
      List.of("image_path", "key", "id", "image_id", "file_name", "filename", "path");
  private static final String ROW_NUMBER = "file_row_number";
  private static final List<String> BYTE_COLUMNS =
      List.of("image", "img", "jpg", "jpeg", "png", "webp", "bytes", "content", "data");

  private ParquetListing() {}

  /// @param files Parquet files with equal columns, in order
  /// @param root folder that ids begin at
  static ImageCollection of(List<Path> files, Path root, CollectionOptions options)
      throws IOException {
    Map<String, String> columns = Parquet.columns(files.getFirst());
    String bytes = byteColumn(columns, files.getFirst(), options);
    if (bytes != null) {
      return ofBytes(files, root, columns, bytes, options);
    }
    if (files.size() > 1) {
      throw new SemblanceException(
          "%s holds paths and no images: give one such file at a time."
              .formatted(files.getFirst()));
    }
    return ofPaths(files.getFirst(), columns, options);
  }

  private static ImageCollection ofPaths(
      Path file, Map<String, String> columns, CollectionOptions options) throws IOException {
    String path = ManifestListing.pathColumn(List.copyOf(columns.keySet()), file, options);
    Path known = options.root() == null ? Listing.root(file) : null;
    Path base = known == null ? ManifestListing.base(file, options) : known;
    var paths = new PathCollector(file.toString(), base, options);
    String query =
        "SELECT %s, %s FROM %s".formatted(text(path), labels(columns), Parquet.read(file));
    try (var db = Parquet.connect();
        var statement = db.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        paths.add(
            rows.getString(1),
            Labels.of(rows.getString(2), rows.getString(3), rows.getString(4)),
            paths.size() + 1L);
      }
    } catch (SQLException e) {
      throw Parquet.unreadable(file, e);
    }
    return paths.build(extras(List.of(file), columns, path, null, paths.size()));
  }

  private static ImageCollection ofBytes(
      List<Path> files,
      Path root,
      Map<String, String> columns,
      String column,
      CollectionOptions options)
      throws IOException {
    boolean struct = columns.get(column).startsWith("STRUCT");
    String bytes = Parquet.name(column) + (struct ? ".bytes" : "");
    requireNumbered(files, columns);
    var builder = new CollectionBuilder(root);
    long[] rowOf = new long[16];
    int[] ends = new int[files.size()];
    var images = new ArrayList<ParquetImages>();
    for (int f = 0; f < files.size(); f++) {
      Path file = files.get(f);
      String key = keyColumn(file, columns, column, bytes, options);
      String prefix = files.size() == 1 ? "" : ImageNames.text(root.relativize(file)) + "/";
      String query =
          "SELECT file_row_number, %s, %s, %s IS NOT NULL FROM %s%s"
              .formatted(
                  key == null ? "NULL" : key,
                  labels(columns),
                  bytes,
                  Parquet.readNumbered(file),
                  knownFailures(columns, bytes));
      try (var db = Parquet.connect();
          var statement = db.createStatement();
          ResultSet rows = statement.executeQuery(query)) {
        while (rows.next()) {
          if (!rows.getBoolean(6)) {
            builder.unlisted(
                prefix + "row " + rows.getLong(1),
                "%s, row %d has no image in its column %s: it is left out."
                    .formatted(file, rows.getLong(1), column));
            continue;
          }
          int n = builder.size();
          rowOf = n == rowOf.length ? Arrays.copyOf(rowOf, 2 * n) : rowOf;
          rowOf[n] = rows.getLong(1);
          String name = rows.getString(2);
          String id = prefix + (name == null ? "%09d".formatted(rowOf[n]) : name);
          Labels known = Labels.of(rows.getString(3), rows.getString(4), rows.getString(5));
          builder.add(id, options.labels(id, known));
        }
      } catch (SQLException e) {
        throw Parquet.unreadable(file, e);
      }
      ends[f] = builder.size();
      images.add(builder.own(new ParquetImages(file, bytes)));
    }
    if (builder.size() == 0) {
      throw new SemblanceException(
          "%s has no image in its column %s: every row is empty."
              .formatted(files.getFirst(), column));
    }
    long[] row = rowOf;
    ImageCollection collection =
        builder.build(
            _ -> i -> new ImageSource.InParquet(images.get(part(ends, i)), row[i]),
            extras(files, columns, column, bytes, builder.size()));
    collection.requireDistinct(files.getFirst().toString());
    return collection;
  }

  // img2dataset keeps rows of what it could not download, and says so in their status
  private static String knownFailures(Map<String, String> columns, String bytes) {
    return columns.containsKey("status")
        ? " WHERE " + bytes + " IS NOT NULL OR CAST(status AS VARCHAR) = 'success'"
        : "";
  }

  private static void requireNumbered(List<Path> files, Map<String, String> columns)
      throws SemblanceException {
    if (columns.keySet().stream().anyMatch(ROW_NUMBER::equalsIgnoreCase)) {
      throw new SemblanceException(
          "%s has a column %s, a name that is taken for counting rows: rename it."
              .formatted(files.getFirst(), ROW_NUMBER));
    }
  }

  private static int part(int[] ends, int index) {
    int part = 0;
    while (index >= ends[part]) {
      part++;
    }
    return part;
  }

  /// The further columns; of the file itself where it can be used as it stands.
  private static ExtraColumns extras(
      List<Path> files, Map<String, String> columns, String image, String bytes, int size)
      throws IOException {
    Map<String, String> further = new LinkedHashMap<>();
    columns.forEach(
        (name, type) -> {
          if (!name.equals(image) && !Labels.NAMES.contains(name) && !holdsBytes(type)) {
            further.put(name, ExtraColumns.free(name));
          }
        });
    if (further.isEmpty()) {
      return ExtraColumns.NONE;
    }
    boolean asItStands =
        bytes == null && further.entrySet().stream().allMatch(e -> e.getKey().equals(e.getValue()));
    if (asItStands) {
      return new ExtraColumns(files.getFirst(), List.copyOf(further.keySet()), 0, size, false);
    }
    Path copy = Files.createTempFile("semblance-columns-", ".parquet");
    copy.toFile().deleteOnExit();
    String cells =
        further.entrySet().stream()
            .map(e -> Parquet.name(e.getKey()) + " AS " + Parquet.name(e.getValue()))
            .collect(Collectors.joining(", "));
    try (var db = Parquet.connect();
        var statement = db.createStatement()) {
      statement.execute(
          "COPY (SELECT %s FROM %s%s) TO %s (FORMAT parquet, COMPRESSION zstd)"
              .formatted(
                  cells,
                  Parquet.read(files),
                  bytes == null ? "" : " WHERE " + bytes + " IS NOT NULL",
                  Parquet.text(copy)));
    } catch (SQLException e) {
      throw Parquet.unwritable(copy, e);
    }
    return new ExtraColumns(copy, List.copyOf(further.values()), 0, size, true);
  }

  private static String byteColumn(
      Map<String, String> columns, Path file, CollectionOptions options) throws SemblanceException {
    String wanted = options.imageColumn();
    if (wanted != null) {
      if (!columns.containsKey(wanted)) {
        throw new SemblanceException(
            "%s has no column '%s': it has %s."
                .formatted(file, wanted, String.join(", ", columns.keySet())));
      }
      return holdsBytes(columns.get(wanted)) ? wanted : null;
    }
    for (String name : BYTE_COLUMNS) {
      if (holdsBytes(columns.getOrDefault(name, ""))) {
        return name;
      }
    }
    return columns.keySet().stream()
        .filter(n -> holdsBytes(columns.get(n)))
        .findFirst()
        .orElse(null);
  }

  private static boolean holdsBytes(String type) {
    return type.equals("BLOB") || (type.startsWith("STRUCT") && type.contains("bytes BLOB"));
  }

  /// SQL of a column that names each image differently, or null: then row numbers do.
  private static String keyColumn(
      Path file, Map<String, String> columns, String image, String bytes, CollectionOptions options)
      throws IOException {
    var candidates = new ArrayList<String>();
    if (options.idColumn() != null) {
      if (!columns.containsKey(options.idColumn())) {
        throw new SemblanceException(
            "%s has no column '%s': it has %s."
                .formatted(file, options.idColumn(), String.join(", ", columns.keySet())));
      }
      candidates.add(text(options.idColumn()));
    } else {
      KEY_COLUMNS.stream()
          .filter(columns::containsKey)
          .filter(n -> !n.equals(image))
          .forEach(n -> candidates.add(text(n)));
      if (columns.get(image).contains("path VARCHAR")) {
        candidates.add(Parquet.name(image) + ".path");
      }
    }
    for (String candidate : candidates) {
      if (isDistinct(file, candidate, bytes)) {
        return candidate;
      }
    }
    if (options.idColumn() != null) {
      throw new SemblanceException(
          "%s has rows without a value, or with the same one, in '%s': choose another --id-column."
              .formatted(file, options.idColumn()));
    }
    return null;
  }

  private static boolean isDistinct(Path file, String cell, String bytes) throws IOException {
    String query =
        "SELECT count(*) = count(DISTINCT %s) FROM %s WHERE %s IS NOT NULL"
            .formatted(cell, Parquet.read(file), bytes);
    try (var db = Parquet.connect();
        var statement = db.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getBoolean(1);
    } catch (SQLException e) {
      throw Parquet.unreadable(file, e);
    }
  }

  private static String text(String column) {
    return "CAST(" + Parquet.name(column) + " AS VARCHAR)";
  }

  /// SQL of the three labels, null where there is no such column.
  static String labels(Map<String, String> columns) {
    return Labels.NAMES.stream()
        .map(name -> columns.containsKey(name) ? text(name) : "NULL")
        .collect(Collectors.joining(", "));
  }
}
