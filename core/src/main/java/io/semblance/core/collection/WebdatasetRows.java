package io.semblance.core.collection;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Sha256;
import io.semblance.core.image.ImageReader;
import io.semblance.core.image.RgbImage;
import io.semblance.core.parquet.Parquet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The samples of one tar: puts images with their texts and objects into it, and remembers the rows
/// of the Parquet file beside it. Source of names and statuses: img2dataset.
final class WebdatasetRows implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SUCCESS = "success";
  private static final String FAILED = "failed_to_resize";

  /// Columns of img2dataset that are made here, whatever the source said.
  private static final List<String> OWN =
      List.of("key", "status", "error_message", "width", "height", "sha256");

  private final ImageCollection part;
  private final DuckDBConnection db;
  private final DuckDBConnection further;
  private final Statement furtherStatement;
  private final ResultSet furtherRows;
  private final DuckDBAppender appender;
  private final Map<String, Integer> statuses = new LinkedHashMap<>();
  private int rows;

  WebdatasetRows(ImageCollection part) throws IOException {
    this.part = part;
    try {
      db = Parquet.connect();
      try (var statement = db.createStatement()) {
        statement.execute(
            "CREATE TABLE samples (n BIGINT, image_path VARCHAR, category VARCHAR, style VARCHAR,"
                + " instance VARCHAR, key VARCHAR, status VARCHAR, error_message VARCHAR, width"
                + " INTEGER, height INTEGER, sha256 VARCHAR)");
      }
      appender = db.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "samples");
      further = Parquet.connect();
      furtherStatement = further.createStatement();
      furtherRows =
          part.extras().isEmpty()
              ? null
              : furtherStatement.executeQuery(
                  "SELECT CAST(to_json(t) AS VARCHAR) FROM (" + part.extras().query() + ") t");
    } catch (SQLException e) {
      throw Parquet.unreadable(part.root(), e);
    }
  }

  /// Adds the next image of the part.
  void add(CollectionImage image, String key, TarOutput tar) throws IOException {
    try {
      ObjectNode about = about(image);
      byte[] bytes;
      RgbImage pixels;
      try {
        bytes = image.read();
        pixels = ImageReader.read(bytes, image.id());
      } catch (SemblanceException e) {
        remember(image, key, FAILED, e.getMessage(), null, null);
        return;
      }
      String sha256 = Sha256.of(bytes);
      remember(image, key, SUCCESS, null, pixels, sha256);
      tar.add(key + "." + ending(image.id(), bytes), bytes);
      JsonNode caption = about.get("caption");
      if (caption != null && caption.isString()) {
        tar.add(key + ".txt", caption.stringValue().getBytes(StandardCharsets.UTF_8));
      }
      about.put("key", key);
      about.put("status", SUCCESS);
      about.putNull("error_message");
      about.put("width", pixels.width());
      about.put("height", pixels.height());
      about.put("sha256", sha256);
      tar.add(key + ".json", JSON.writeValueAsBytes(about));
    } catch (SQLException e) {
      throw Parquet.unreadable(part.root(), e);
    }
  }

  private ObjectNode about(CollectionImage image) throws SQLException {
    ObjectNode about = JSON.createObjectNode();
    about.put("image_path", image.id());
    about.put("category", image.labels().category());
    about.put("style", image.labels().style());
    about.put("instance", image.labels().instance());
    if (furtherRows != null && furtherRows.next()) {
      JSON.readTree(furtherRows.getString(1))
          .properties()
          .forEach(e -> about.set(e.getKey(), e.getValue()));
    }
    return about;
  }

  private void remember(
      CollectionImage image,
      String key,
      String status,
      String error,
      RgbImage pixels,
      String sha256)
      throws SQLException {
    Labels l = image.labels();
    appender.beginRow();
    appender.append((long) rows++);
    for (String cell :
        new String[] {image.id(), l.category(), l.style(), l.instance(), key, status, error}) {
      append(cell);
    }
    if (pixels == null) {
      appender.appendNull();
      appender.appendNull();
    } else {
      appender.append(pixels.width());
      appender.append(pixels.height());
    }
    append(sha256);
    appender.endRow();
    statuses.merge(status, 1, Integer::sum);
  }

  private void append(String cell) throws SQLException {
    if (cell == null) {
      appender.appendNull();
    } else {
      appender.append(cell);
    }
  }

  // The name's own ending, else what the first bytes say.
  private static String ending(String id, byte[] bytes) {
    String name = id.substring(id.lastIndexOf('/') + 1);
    if (ImageNames.isImage(name)) {
      return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
    return ImageReader.extension(bytes);
  }

  int successes() {
    return statuses.getOrDefault(SUCCESS, 0);
  }

  int failures() {
    return statuses.getOrDefault(FAILED, 0);
  }

  Map<String, Integer> statuses() {
    return statuses;
  }

  /// Writes the Parquet file: what the source said, then what was found.
  void write(Path file) throws IOException {
    var names = new ArrayList<String>();
    for (String name : part.extras().names()) {
      if (!OWN.contains(name)) {
        names.add("x." + Parquet.name(name));
      }
    }
    for (String name : List.of("image_path", "category", "style", "instance")) {
      names.add("s." + name);
    }
    OWN.forEach(name -> names.add("s." + name));
    String from =
        part.extras().isEmpty()
            ? "samples s"
            : "(SELECT * FROM samples) s POSITIONAL JOIN (" + part.extras().query() + ") x";
    Path temporary = file.resolveSibling("." + file.getFileName() + ".partial");
    try {
      appender.close();
      try (var statement = db.createStatement()) {
        statement.execute(
            "COPY (SELECT %s FROM %s ORDER BY s.n) TO %s (FORMAT parquet, COMPRESSION zstd)"
                .formatted(String.join(", ", names), from, Parquet.text(temporary)));
      }
      AtomicFile.move(temporary, file);
    } catch (SQLException e) {
      throw Parquet.unwritable(file, e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      db.close();
      furtherStatement.close();
      further.close();
    } catch (SQLException e) {
      throw Parquet.unreadable(part.root(), e);
    }
  }
}
