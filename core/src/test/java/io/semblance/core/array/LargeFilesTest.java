package io.semblance.core.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.semblance.core.exchange.RowBlock;
import io.semblance.core.exchange.TableFormats;
import io.semblance.core.exchange.TableReadOptions;
import io.semblance.core.exchange.TableSource;
import io.semblance.core.table.Precision;
import io.semblance.core.table.ShardHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files beyond every power of two that breaks readers: a storage over 4 GiB in a zip64 archive,
/// and n x d over 2^31. They are sparse, so that they take no disk.
@Tag("slow")
class LargeFilesTest {

  private static final int N = 2_000_000;
  private static final int D = 1280;

  @TempDir Path temp;

  @Test
  void aTorchFileOver4GiBIsReadToItsLastRow() throws IOException {
    Path file = temp.resolve("large.pth");
    byte[] pickle = pickle();
    long storage = 2L * N * D;
    try (FileChannel out = create(file)) {
      long first = out.position();
      write(out, local("large/data.pkl", pickle.length, false));
      write(out, pickle);
      long second = out.position();
      write(out, local("large/data/0", storage, true));
      long data = out.position();
      writeHalves(out, data + 2L * D * (N - 1), 7);
      writeHalves(out, data + 2L * D * 1_700_000, 3);
      out.position(data + storage);
      long directory = out.position();
      write(out, central("large/data.pkl", pickle.length, first, false));
      write(out, central("large/data/0", storage, second, true));
      write(out, end(2, directory, out.position() - directory, out.position()));
    }
    check(file);
  }

  @Test
  void anArrayOfMoreThan2To31NumbersIsReadToItsLastRow() throws IOException {
    for (Precision precision : Precision.values()) {
      Path file = temp.resolve(precision + ".npy");
      try (FileChannel out = create(file)) {
        write(out, ShardHeader.bytes(precision, N, D));
        long data = out.position();
        long row = (long) precision.bytes() * D;
        writeRow(out, data + row * (N - 1), precision, 7);
        writeRow(out, data + row * 1_700_000, precision, 3);
      }
      check(file);
    }
  }

  private static void check(Path file) throws IOException {
    try (TableSource source = TableFormats.open(file, TableReadOptions.defaults())) {
      assertEquals(N, source.size());
      assertEquals(D, source.dimension());
      assertArrayEquals(expected(7), row(source, N - 1));
      assertArrayEquals(expected(3), row(source, 1_700_000));
      assertArrayEquals(new float[D], row(source, 1_699_999));
    }
  }

  private static float[] row(TableSource source, long row) throws IOException {
    RowBlock block = RowBlock.of(source);
    try (TableSource.RowStream rows = source.rows(row)) {
      rows.read(block);
      assertEquals(Long.toString(row), block.row(0).id());
      return java.util.Arrays.copyOf(block.vectors(), D);
    }
  }

  private static float[] expected(int factor) {
    float[] out = new float[D];
    for (int j = 0; j < D; j++) {
      out[j] = factor * (j % 100);
    }
    return out;
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE);
  }

  private static void writeHalves(FileChannel out, long at, int factor) throws IOException {
    writeRow(out, at, Precision.FLOAT16, factor);
  }

  private static void writeRow(FileChannel out, long at, Precision precision, int factor)
      throws IOException {
    ByteBuffer row = ByteBuffer.allocate(D * precision.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : expected(factor)) {
      if (precision == Precision.FLOAT16) {
        row.putShort(Float.floatToFloat16(value));
      } else {
        row.putFloat(value);
      }
    }
    out.position(at);
    write(out, row.array());
  }

  private static void write(FileChannel out, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }

  /// {'feats': a contiguous float16 tensor over storage 0}, as torch writes it.
  private static byte[] pickle() {
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x80, 2, '}'});
    text(out, "feats");
    out.writeBytes("ctorch._utils\n_rebuild_tensor_v2\n((".getBytes(StandardCharsets.US_ASCII));
    text(out, "storage");
    out.writeBytes("ctorch\nHalfStorage\n".getBytes(StandardCharsets.US_ASCII));
    text(out, "0");
    text(out, "cpu");
    String sizes = "L%dL\ntQK\0(I%d\nI%d\nt(I%d\nI1\nt".formatted((long) N * D, N, D, D);
    out.writeBytes(sizes.getBytes(StandardCharsets.US_ASCII));
    out.write(0x89);
    out.writeBytes("ccollections\nOrderedDict\n)RtRs.".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.write('X');
    out.writeBytes(new byte[] {(byte) text.length(), 0, 0, 0});
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] local(String name, long size, boolean wide) {
    ByteBuffer out =
        ByteBuffer.wrap(new byte[30 + name.length() + (wide ? 20 : 0)])
            .order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0x04034b50).putShort((short) 45).putShort((short) 0).putShort((short) 0);
    out.putInt(0).putInt(0);
    out.putInt(wide ? -1 : (int) size).putInt(wide ? -1 : (int) size);
    out.putShort((short) name.length()).putShort((short) (wide ? 20 : 0));
    out.put(name.getBytes(StandardCharsets.US_ASCII));
    if (wide) {
      out.putShort((short) 1).putShort((short) 16).putLong(size).putLong(size);
    }
    return out.array();
  }

  private static byte[] central(String name, long size, long header, boolean wide) {
    ByteBuffer out =
        ByteBuffer.wrap(new byte[46 + name.length() + (wide ? 20 : 0)])
            .order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0x02014b50).putShort((short) 45).putShort((short) 45).putShort((short) 0);
    out.putShort((short) 0).putInt(0).putInt(0);
    out.putInt(wide ? -1 : (int) size).putInt(wide ? -1 : (int) size);
    out.putShort((short) name.length()).putShort((short) (wide ? 20 : 0));
    out.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
    out.putInt((int) header);
    out.put(name.getBytes(StandardCharsets.US_ASCII));
    if (wide) {
      out.putShort((short) 1).putShort((short) 16).putLong(size).putLong(size);
    }
    return out.array();
  }

  private static byte[] end(int count, long directory, long size, long end64) {
    ByteBuffer out = ByteBuffer.wrap(new byte[56 + 20 + 22]).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
    out.putInt(0).putInt(0).putLong(count).putLong(count).putLong(size).putLong(directory);
    out.putInt(0x07064b50).putInt(0).putLong(end64).putInt(1);
    out.putInt(0x06054b50).putInt(0).putShort((short) count).putShort((short) count);
    out.putInt((int) size).putInt(-1).putShort((short) 0);
    return out.array();
  }
}
