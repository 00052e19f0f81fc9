package io.semblance.core.table;

import io.semblance.core.SemblanceException;
import io.semblance.core.linalg.Matrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// Small `.npy` arrays as numbers in memory. Tables use mapped shards instead, see [TableFolder].
public final class Npy {

  private Npy() {}

  /// Reads an array of any numeric type as doubles.
  ///
  /// @param file a `.npy` file of at most 2^31 bytes
  /// @return a matrix: a vector is one column, more than two axes are flattened into the columns
  /// @throws SemblanceException as [NpyHeader#read]
  public static Matrix read(Path file) throws IOException {
    NpyHeader header = NpyHeader.read(file);
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    in.position(header.dataOffset());
    int rows = header.shape().length == 0 ? 1 : Math.toIntExact(header.shape()[0]);
    double[] data = new double[Math.toIntExact(header.count())];
    for (int i = 0; i < data.length; i++) {
      data[i] = next(in, header.type(), file);
    }
    return Matrix.of(rows, rows == 0 ? 0 : data.length / rows, data);
  }

  private static double next(ByteBuffer in, String type, Path file) throws SemblanceException {
    return switch (type.substring(1)) {
      case "f2" -> Float.float16ToFloat(in.getShort());
      case "f4" -> in.getFloat();
      case "f8" -> in.getDouble();
      case "i1" -> in.get();
      case "i2" -> in.getShort();
      case "i4" -> in.getInt();
      case "i8" -> in.getLong();
      case "u1" -> in.get() & 0xFF;
      case "u2" -> in.getShort() & 0xFFFF;
      case "u4" -> in.getInt() & 0xFFFFFFFFL;
      default ->
          throw new SemblanceException(
              file + " holds numbers of type '" + type + "': save x.astype('<f8') instead.");
    };
  }
}
