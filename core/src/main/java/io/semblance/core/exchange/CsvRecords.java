package io.semblance.core.exchange;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/// Comma-separated values, record by record, without a text for every number: quotes as RFC 4180
/// has them, any line end, UTF-8 with or without a mark in front. Empty lines are left out.
final class CsvRecords implements AutoCloseable {

  private static final int BUFFER = 1 << 18;
  private static final int LONGEST = 1 << 26;

  private final Path file;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int limit;
  private long nextLine = 1;
  private long line;
  private byte[] record = new byte[1 << 12];
  private int length;
  private int[] ends = new int[64];
  private int fields;

  private CsvRecords(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  static CsvRecords open(Path file) throws IOException {
    try {
      var records = new CsvRecords(file, Files.newInputStream(file));
      records.skipMark();
      return records;
    } catch (NoSuchFileException e) {
      throw new SemblanceException("There is no file " + file + ": check the path.", e);
    } catch (SemblanceException e) {
      throw e;
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
  }

  private static SemblanceException cannotRead(Path file, IOException e) {
    return new SemblanceException("Cannot read " + file + " (" + AtomicFile.reason(e) + ").", e);
  }

  private void skipMark() throws IOException {
    if (!more()) {
      return;
    }
    if (limit >= 3
        && (buffer[0] & 0xFF) == 0xEF
        && (buffer[1] & 0xFF) == 0xBB
        && (buffer[2] & 0xFF) == 0xBF) {
      at = 3;
    }
  }

  /// Reads the next record.
  ///
  /// @return whether there was one
  boolean next() throws IOException {
    do {
      if (at == limit && !more()) {
        return false;
      }
      line = nextLine;
      length = 0;
      fields = 0;
      readRecord();
    } while (fields == 1 && ends[0] == 0);
    return true;
  }

  private void readRecord() throws IOException {
    boolean quoted = false;
    boolean fieldBegins = true;
    while (at < limit || more()) {
      byte c = buffer[at++];
      if (quoted) {
        if (c != '"') {
          nextLine += c == '\n' ? 1 : 0;
          append(c);
        } else if ((at < limit || more()) && buffer[at] == '"') {
          at++;
          append(c);
        } else {
          quoted = false;
        }
        continue;
      }
      switch (c) {
        case ',' -> {
          endField();
          fieldBegins = true;
          continue;
        }
        case '\n', '\r' -> {
          if (c == '\r' && (at < limit || more()) && buffer[at] == '\n') {
            at++;
          }
          nextLine++;
          endField();
          return;
        }
        case '"' -> {
          if (fieldBegins) {
            quoted = true;
          } else {
            append(c);
          }
        }
        default -> append(c);
      }
      fieldBegins = false;
    }
    if (quoted) {
      throw new SemblanceException(
          "%s, line %d: a quote is never closed: the file is truncated, or not comma-separated values."
              .formatted(file, line));
    }
    endField();
  }

  private void append(byte c) throws SemblanceException {
    if (length == record.length) {
      if (length >= LONGEST) {
        throw new SemblanceException(
            "%s, line %d: more than %d MB without an end: is it comma-separated values?"
                .formatted(file, line, LONGEST >> 20));
      }
      record = Arrays.copyOf(record, 2 * length);
    }
    record[length++] = c;
  }

  private void endField() {
    if (fields == ends.length) {
      ends = Arrays.copyOf(ends, 2 * fields);
    }
    ends[fields++] = length;
  }

  private boolean more() throws IOException {
    try {
      limit = Math.max(0, in.read(buffer));
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
    at = 0;
    return limit > 0;
  }

  /// @return number of the line where the record begins, from 1
  long line() {
    return line;
  }

  int fields() {
    return fields;
  }

  /// @param field from 0
  /// @throws SemblanceException if it is not UTF-8
  String text(int field) throws SemblanceException {
    int from = field == 0 ? 0 : ends[field - 1];
    ByteBuffer bytes = ByteBuffer.wrap(record, from, ends[field] - from);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new SemblanceException(
          "%s, line %d, column %d: not UTF-8: save the file as UTF-8."
              .formatted(file, line, field + 1),
          e);
    }
  }

  /// @param field from 0
  /// @throws NumberFormatException if it is no number
  float number(int field) {
    return FloatText.parse(record, field == 0 ? 0 : ends[field - 1], ends[field]);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
