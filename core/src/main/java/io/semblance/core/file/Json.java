package io.semblance.core.file;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON of records: indented, members in the order of the record's components, the same bytes for
/// the same value.
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(tools.jackson.databind.MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Json() {}

  /// @param value a record, map or list
  /// @return indented JSON, closed by a newline
  public static String of(Object value) {
    return MAPPER.writeValueAsString(value) + "\n";
  }

  /// @param value a record, map or list
  /// @param target written in one step, see [AtomicFile]
  /// @throws IOException if it cannot be written
  public static void write(Object value, Path target) throws IOException {
    AtomicFile.write(target, of(value));
  }

  /// @param source a JSON file
  /// @param type the record to read; unknown members are ignored
  /// @param <T> the record
  /// @return the value
  /// @throws SemblanceException if the file is missing, is not JSON or does not fit `type`; the
  ///   message names the place
  public static <T> T read(Path source, Class<T> type) throws IOException {
    try {
      return MAPPER.readValue(Files.readAllBytes(source), type);
    } catch (NoSuchFileException e) {
      throw new SemblanceException("There is no " + source + ".", e);
    } catch (JacksonException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      throw new SemblanceException(
          source
              + " is not readable"
              + where
              + " ("
              + Printable.of(e.getOriginalMessage())
              + "): copy or write it again.",
          e);
    }
  }
}
