package io.semblance.core.collection;

import io.semblance.core.SemblanceException;
import io.semblance.core.column.CodeColumn;
import io.semblance.core.column.TextColumn;
import io.semblance.core.parquet.Parquet;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBConnection;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Gathers what stands beside images (JSON and text files, rows of Parquet files) into the further
/// columns of a collection, on disk. Not safe for several threads; close it.
final class ExtrasBuilder implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CAPTION = "caption";
  private static final String ORDINAL = "semblance_n";
  private static final String FILE = "semblance_file";

  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private final Set<Path> parquets = new LinkedHashSet<>();
  private final CodeColumn.Builder joinedFiles = new CodeColumn.Builder();
  private final TextColumn.Builder joinedKeys = new TextColumn.Builder();
  private int[] joinedImages = new int[16];
  private Path lines;
  private BufferedWriter writer;
  private final Map<String, String> spelled = new HashMap<>();

  /// What values of a JSON member are, over all images.
  private enum Kind {
    INTEGER("BIGINT"),
    REAL("DOUBLE"),
    BOOLEAN("BOOLEAN"),
    TEXT("VARCHAR");

    private final String sql;

    Kind(String sql) {
      this.sql = sql;
    }

    static Kind of(JsonNode value) {
      return value.canConvertToLong() && value.isIntegralNumber()
          ? INTEGER
          : value.isNumber() ? REAL : value.isBoolean() ? BOOLEAN : TEXT;
    }

    Kind and(Kind other) {
      boolean numbers = ordinal() <= 1 && other.ordinal() <= 1;
      return this == other ? this : numbers ? REAL : TEXT;
    }
  }

  /// Adds what files beside an image say.
  ///
  /// @param image its index
  /// @param json a JSON object, or null
  /// @param caption a text, or null; the object's own caption goes first
  /// @return labels that the object gives
  /// @throws SemblanceException if `json` is no JSON object
  Labels add(int image, byte[] json, String caption) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put(ORDINAL, image);
    Labels labels = Labels.NONE;
    if (json != null) {
      ObjectNode object = object(json);
      labels = labels(object);
      object.properties().forEach(e -> put(line, e.getKey(), e.getValue()));
    }
    if (caption != null && line.path(CAPTION).isMissingNode()) {
      put(line, CAPTION, StringNode.valueOf(caption));
    }
    write(line);
    return labels;
  }

  private static Labels labels(ObjectNode object) {
    String[] out = new String[Labels.NAMES.size()];
    for (int i = 0; i < out.length; i++) {
      JsonNode value = object.get(Labels.NAMES.get(i));
      out[i] = value == null || value.isNull() || value.isContainer() ? null : value.asString();
    }
    return Labels.of(out[0], out[1], out[2]);
  }

  /// Adds a row of a manifest.
  ///
  /// @param image its index
  /// @param names of columns
  /// @param cells one text a column; an empty one says nothing
  void add(int image, List<String> names, List<String> cells) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put(ORDINAL, image);
    for (int i = 0; i < names.size(); i++) {
      if (i < cells.size() && !cells.get(i).isEmpty()) {
        put(line, names.get(i), StringNode.valueOf(cells.get(i)));
      }
    }
    write(line);
  }

  private void write(ObjectNode line) throws IOException {
    if (writer == null) {
      lines = Files.createTempFile("semblance-", ".ndjson");
      writer = Files.newBufferedWriter(lines);
    }
    writer.write(JSON.writeValueAsString(line));
    writer.newLine();
  }

  private void put(ObjectNode line, String name, JsonNode value) {
    if (!value.isNull() && !Labels.NAMES.contains(name)) {
      // a column is one in small letters and in capitals
      String free =
          spelled.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> ExtraColumns.free(name));
      kinds.merge(free, Kind.of(value), Kind::and);
      line.set(free, value);
    }
  }

  private static ObjectNode object(byte[] json) throws SemblanceException {
    try {
      if (JSON.readTree(json) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException _) {
      // said below
    }
    throw new SemblanceException("is no JSON object");
  }

  /// Notes that a row of a Parquet file describes an image.
  ///
  /// @param image its index
  /// @param parquet a file with a column `key`
  /// @param key of the row
  void join(int image, Path parquet, String key) {
    parquets.add(parquet);
    joinedFiles.add(parquet.toAbsolutePath().toString());
    if (joinedKeys.size() == joinedImages.length) {
      joinedImages = Arrays.copyOf(joinedImages, 2 * joinedImages.length);
    }
    joinedImages[joinedKeys.size()] = image;
    joinedKeys.add(key);
  }

  /// Writes the columns.
  ///
  /// @param size number of images
  /// @return the columns; none if nothing was added
  ExtraColumns build(int size) throws IOException {
    if (writer == null && parquets.isEmpty()) {
      return ExtraColumns.NONE;
    }
    if (writer != null) {
      writer.close();
    }
    Path file = Files.createTempFile("semblance-columns-", ".parquet");
    file.toFile().deleteOnExit();
    try (var db = Parquet.connect();
        var statement = db.createStatement()) {
      Map<String, String> columns = columns(db);
      var cells = new ArrayList<String>();
      columns.forEach((name, sql) -> cells.add(sql + " AS " + Parquet.name(name)));
      statement.execute(
          "COPY (SELECT %s FROM range(%d) r(n)%s%s ORDER BY r.n) TO %s (FORMAT parquet, COMPRESSION zstd)"
              .formatted(
                  String.join(", ", cells),
                  size,
                  parquets.isEmpty() ? "" : " LEFT JOIN p ON p." + ORDINAL + " = r.n",
                  writer == null ? "" : " LEFT JOIN j ON j." + ORDINAL + " = r.n",
                  Parquet.text(file)));
      return new ExtraColumns(file, List.copyOf(columns.keySet()), 0, size, true);
    } catch (SQLException e) {
      Files.deleteIfExists(file);
      throw Parquet.unwritable(file, e);
    }
  }

  /// Makes the relations `p` (Parquet) and `j` (JSON and texts).
  ///
  /// @return SQL of each column by its name
  private Map<String, String> columns(DuckDBConnection db) throws IOException, SQLException {
    var columns = new LinkedHashMap<String, String>();
    try (var statement = db.createStatement()) {
      if (!parquets.isEmpty()) {
        loadKeys(db);
        var names = new LinkedHashSet<String>();
        for (Path parquet : parquets) {
          names.addAll(Parquet.columns(parquet).keySet());
        }
        names.removeAll(Labels.NAMES);
        for (String name : names) {
          columns.put(ExtraColumns.free(name), "p." + Parquet.name(name));
        }
        statement.execute(
            "CREATE VIEW p AS SELECT k.%1$s, x.* EXCLUDE (%2$s) FROM keys k JOIN read_parquet([%3$s], union_by_name = true, filename = '%2$s') x ON x.%2$s = k.file AND CAST(x.key AS VARCHAR) = k.key QUALIFY row_number() OVER (PARTITION BY k.%1$s) = 1"
                .formatted(ORDINAL, FILE, Parquet.patterns(parquets)));
      }
      if (writer != null) {
        var types = new ArrayList<String>(List.of("'" + ORDINAL + "': 'BIGINT'"));
        kinds.forEach((name, kind) -> types.add(Parquet.text(name) + ": '" + kind.sql + "'"));
        statement.execute(
            "CREATE VIEW j AS SELECT * FROM read_json(%s, format = 'newline_delimited', columns = {%s})"
                .formatted(Parquet.pattern(lines), String.join(", ", types)));
        for (String name : kinds.keySet()) {
          String cell = "j." + Parquet.name(name);
          columns.merge(
              name,
              cell,
              (there, _) ->
                  "coalesce(CAST(%s AS VARCHAR), CAST(%s AS VARCHAR))".formatted(there, cell));
        }
      }
    }
    return columns;
  }

  private void loadKeys(DuckDBConnection db) throws SQLException {
    try (var statement = db.createStatement()) {
      statement.execute("CREATE TABLE keys (" + ORDINAL + " BIGINT, file VARCHAR, key VARCHAR)");
    }
    CodeColumn files = joinedFiles.build();
    TextColumn keys = joinedKeys.build();
    try (var appender = db.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "keys")) {
      for (int i = 0; i < keys.size(); i++) {
        appender.beginRow();
        appender.append((long) joinedImages[i]);
        appender.append(files.get(i));
        appender.append(keys.get(i));
        appender.endRow();
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
      Files.deleteIfExists(lines);
    }
  }
}
