package io.semblance.salad;

import io.semblance.core.file.Sha256;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableRow;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Hashes of a table's content, the same whatever file it came from.
final class TableHash {

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private TableHash() {}

  /// @param table any
  /// @return hash of ids, labels and float32 vectors in order, 64 hexadecimal characters
  static String content(EmbeddingTable table) {
    MessageDigest digest = Sha256.digest();
    float[] vector = new float[table.dimension()];
    byte[] bytes = new byte[Float.BYTES * vector.length];
    for (int i = 0; i < table.size(); i++) {
      digest.update(line(table.rows().get(i)));
      table.copyRows(i, 1, vector, 0);
      MemorySegment.copy(vector, 0, MemorySegment.ofArray(bytes), FLOAT, 0, vector.length);
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] line(TableRow row) {
    String text =
        row.id()
            + "\t"
            + row.labels().category()
            + "\t"
            + row.labels().style()
            + "\t"
            + row.labels().instance()
            + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
