package io.semblance.core.array;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes tensors as a `.safetensors` file, in one step and with the same bytes for the same
/// tensors: wide types first, then by name, as the reference writer does.
public final class SafetensorsWriter {

  private static final int BLOCK = 1 << 18;

  private SafetensorsWriter() {}

  /// @param path the file
  /// @param metadata texts by name, perhaps none
  /// @param tensors by name; strided ones are written row-major
  /// @throws SemblanceException if it cannot be written
  public static void write(
      Path path, Map<String, String> metadata, Map<String, NumberArray> tensors)
      throws IOException {
    var order = new ArrayList<>(tensors.entrySet());
    order.sort(
        Comparator.<Map.Entry<String, NumberArray>>comparingInt(e -> -e.getValue().type().bytes())
            .thenComparing(Map.Entry::getKey));
    var described = new ArrayList<SafetensorsHeader.Tensor>();
    long at = 0;
    for (Map.Entry<String, NumberArray> e : order) {
      NumberArray array = e.getValue();
      long end = Math.addExact(at, Math.multiplyExact(array.count(), array.type().bytes()));
      described.add(new SafetensorsHeader.Tensor(e.getKey(), array.type(), array.shape(), at, end));
      at = end;
    }
    byte[] header = header(path, metadata, described);
    AtomicFile.write(
        path,
        out -> {
          out.write(header);
          for (Map.Entry<String, NumberArray> e : order) {
            write(e.getValue(), out);
          }
        });
  }

  /// The header of a file of one table, to be followed by its numbers.
  ///
  /// @param path named in messages
  /// @param metadata texts by name
  /// @param name of the tensor
  /// @param type of a number
  /// @param rows n
  /// @param dimension d
  /// @return the bytes before the first number
  /// @throws SemblanceException if the metadata are too long
  public static byte[] tableHeader(
      Path path,
      Map<String, String> metadata,
      String name,
      NumberType type,
      long rows,
      long dimension)
      throws SemblanceException {
    long bytes = Math.multiplyExact(Math.multiplyExact(rows, dimension), (long) type.bytes());
    return header(
        path,
        metadata,
        List.of(new SafetensorsHeader.Tensor(name, type, new long[] {rows, dimension}, 0, bytes)));
  }

  private static byte[] header(
      Path path, Map<String, String> metadata, List<SafetensorsHeader.Tensor> tensors)
      throws SemblanceException {
    byte[] header = new SafetensorsHeader(new LinkedHashMap<>(metadata), tensors).toBytes();
    if (header.length - 8 > Safetensors.LONGEST_HEADER) {
      throw new SemblanceException(
          "The header of %s would have %d bytes, over the format's limit of %d: write fewer tensors or metadata."
              .formatted(path, header.length - 8, Safetensors.LONGEST_HEADER));
    }
    return header;
  }

  private static void write(NumberArray array, OutputStream out) throws IOException {
    boolean asItLies =
        array.isRowMajor()
            && (array.order() == ByteOrder.LITTLE_ENDIAN || array.type().bytes() == 1);
    if (asItLies) {
      MemorySegment bytes = array.bytes();
      byte[] block = new byte[BLOCK];
      for (long at = 0; at < bytes.byteSize(); at += BLOCK) {
        int n = (int) Math.min(BLOCK, bytes.byteSize() - at);
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, block, 0, n);
        out.write(block, 0, n);
      }
      return;
    }
    Elements.of(array).writeLittleEndian(out);
  }
}
