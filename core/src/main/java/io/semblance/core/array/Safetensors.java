package io.semblance.core.array;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Named tensors of a `.safetensors` file, mapped. Close it to release them. Safe for several
/// threads.
///
/// Source: the format's own description, `safetensors/README.md`, and the checks of its reference
/// reader: the header is at most 100 MB, tensors lie one behind the other without holes, and the
/// last ends with the file.
public final class Safetensors implements AutoCloseable {

  static final long LONGEST_HEADER = 100_000_000;

  private final MappedFile file;
  private final Map<String, String> metadata;
  private final Map<String, NumberArray> tensors;

  private Safetensors(
      MappedFile file, Map<String, String> metadata, Map<String, NumberArray> tensors) {
    this.file = file;
    this.metadata = metadata;
    this.tensors = tensors;
  }

  /// @param path a `.safetensors`
  /// @return the file; close it
  /// @throws SemblanceException if the header is no JSON of tensors, names one twice, or its places
  ///   do not fit the file
  public static Safetensors open(Path path) throws IOException {
    MappedFile file = MappedFile.open(path);
    try {
      return read(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static Safetensors read(MappedFile file) throws IOException {
    long length =
        file.slice(0, 8, "the length of its header")
            .get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
    if (length < 2 || length > LONGEST_HEADER) {
      throw new SemblanceException(
          "%s says its header has %s bytes (2 to %d are allowed): it is no safetensors file, or damaged; write it again."
              .formatted(file.path(), Long.toUnsignedString(length), LONGEST_HEADER));
    }
    byte[] json = file.slice(8, length, "its header").toArray(ValueLayout.JAVA_BYTE);
    SafetensorsHeader header = SafetensorsHeader.parse(json, file.path());
    MemorySegment data = file.bytes().asSlice(8 + length);
    requireNoHoles(header, data.byteSize(), file.path());
    var tensors = new LinkedHashMap<String, NumberArray>();
    for (SafetensorsHeader.Tensor t : header.tensors()) {
      try {
        MemorySegment bytes = data.asSlice(t.from(), t.to() - t.from());
        var array = NumberArray.rowMajor(t.type(), ByteOrder.LITTLE_ENDIAN, t.shape(), bytes);
        if (array.bytes().byteSize() != bytes.byteSize()) {
          throw new IllegalArgumentException(
              "asks for %d bytes of %d".formatted(array.bytes().byteSize(), bytes.byteSize()));
        }
        tensors.put(t.name(), array);
      } catch (IllegalArgumentException e) {
        throw new SemblanceException(
            "%s: tensor '%s' %s: the file is damaged; write it again."
                .formatted(file.path(), Printable.of(t.name()), e.getMessage()),
            e);
      }
    }
    return new Safetensors(file, header.metadata(), tensors);
  }

  private static void requireNoHoles(SafetensorsHeader header, long bytes, Path path)
      throws SemblanceException {
    var inOrder = new ArrayList<>(header.tensors());
    inOrder.sort(
        Comparator.comparingLong(SafetensorsHeader.Tensor::from)
            .thenComparingLong(SafetensorsHeader.Tensor::to));
    long end = 0;
    for (SafetensorsHeader.Tensor t : inOrder) {
      if (t.from() != end || t.to() < t.from()) {
        throw new SemblanceException(
            "%s: tensor '%s' lies at bytes %d to %d, where byte %d comes next: the file is damaged; write it again."
                .formatted(path, Printable.of(t.name()), t.from(), t.to(), end));
      }
      end = t.to();
    }
    if (end != bytes) {
      throw new SemblanceException(
          "%s has %d bytes behind its header, its tensors take %d: the file is %s; copy or write it again."
              .formatted(path, bytes, end, bytes < end ? "truncated" : "damaged"));
    }
  }

  /// @return names of the tensors, in the order of the header
  public List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  /// @return texts the writer left, by name; empty if none
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /// @param name one of [#names]
  /// @return the tensor; valid until [#close]
  /// @throws SemblanceException if there is none of that name
  public NumberArray tensor(String name) throws SemblanceException {
    NumberArray found = tensors.get(name);
    if (found == null) {
      throw new SemblanceException(
          "%s holds no tensor '%s': it has %s.".formatted(file.path(), name, Printable.of(some())));
    }
    return found;
  }

  private String some() {
    List<String> names = names();
    return names.size() <= 12
        ? names.toString()
        : names.subList(0, 12) + " and " + (names.size() - 12) + " more";
  }

  @Override
  public void close() {
    file.close();
  }
}
