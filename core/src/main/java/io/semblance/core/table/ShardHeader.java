package io.semblance.core.table;

import io.semblance.core.SemblanceException;
import io.semblance.core.array.NpyFile;
import io.semblance.core.array.NumberArray;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/// The header of a `.npy` file as a shard of a table has it: row-major and little-endian. Arrays of
/// any kind are opened by [NpyFile].
///
/// @param type numpy's type descriptor, e.g. `<f4`
/// @param shape sizes of the axes, row-major
/// @param dataOffset first byte of the numbers
@SuppressWarnings("ArrayRecordComponent") // a header is read once and never compared
public record ShardHeader(String type, long[] shape, int dataOffset) {

  /// Length of every header this program writes: it can be rewritten in place when the row count is
  /// known.
  public static final int LENGTH = 128;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /// Reads the header and checks the file's size against it.
  ///
  /// @param file a `.npy` file
  /// @return the header
  /// @throws SemblanceException if the file is not npy, is Fortran-ordered or big-endian, or is
  ///   shorter or longer than its header says
  public static ShardHeader read(Path file) throws IOException {
    try (NpyFile npy = NpyFile.open(file)) {
      NumberArray array = npy.numbers();
      if (!array.isRowMajor()) {
        throw new SemblanceException(
            file + " is in Fortran order: save numpy.ascontiguousarray(x) instead.");
      }
      boolean single = array.type().bytes() == 1;
      if (!single && array.order() != ByteOrder.LITTLE_ENDIAN) {
        throw new SemblanceException(
            file + " is big-endian: save x.astype('<" + array.type().numpy() + "') instead.");
      }
      return new ShardHeader(
          (single ? "|" : "<") + array.type().numpy(), array.shape(), npy.dataOffset());
    }
  }

  /// The header of a two-dimensional array as this program writes it, always [#LENGTH] bytes.
  ///
  /// @param precision type of a component
  /// @param rows first axis
  /// @param dimension second axis
  /// @return the bytes before the numbers
  public static byte[] bytes(Precision precision, long rows, int dimension) {
    String dictionary =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(precision.descriptor(), rows, dimension);
    byte[] out = new byte[LENGTH];
    Arrays.fill(out, (byte) ' ');
    System.arraycopy(MAGIC, 0, out, 0, 6);
    out[6] = 1;
    out[7] = 0;
    out[8] = (byte) (LENGTH - 10);
    out[9] = 0;
    byte[] text = dictionary.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, out, 10, text.length);
    out[LENGTH - 1] = '\n';
    return out;
  }
}
