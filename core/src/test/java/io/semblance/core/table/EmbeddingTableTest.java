package io.semblance.core.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.semblance.core.collection.Labels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddingTableTest {

  private static final int D = 3;

  @ParameterizedTest
  @EnumSource(Precision.class)
  void rowsInNativeMemoryAreTheRowsCopied(Precision precision) {
    try (Arena arena = Arena.ofConfined()) {
      EmbeddingTable table = table(arena, precision, 4, 1, 5);
      MemorySegment buffer = arena.allocate(10 * D * Float.BYTES);
      for (int from = 0; from < 10; from++) {
        for (int count = 0; from + count <= 10; count++) {
          float[] copied = new float[count * D];
          table.copyRows(from, count, copied, 0);
          assertArrayEquals(
              copied,
              table.rows(from, count, buffer).toArray(ValueLayout.JAVA_FLOAT_UNALIGNED),
              "rows " + from + " to " + (from + count));
        }
      }
    }
  }

  @Test
  void aRangeInsideAFloatShardIsTheShardItself() {
    try (Arena arena = Arena.ofConfined()) {
      EmbeddingTable table = table(arena, Precision.FLOAT32, 4, 6);
      MemorySegment none = MemorySegment.NULL;
      assertEquals(6 * D * Float.BYTES, table.rows(4, 6, none).byteSize());
      assertThrows(IndexOutOfBoundsException.class, () -> table.rows(3, 2, none));
      assertThrows(IndexOutOfBoundsException.class, () -> table.rows(9, 2, none));
    }
  }

  private static EmbeddingTable table(Arena arena, Precision precision, int... shardRows) {
    var rows = new ArrayList<TableRow>();
    var shards = new ArrayList<Shard>();
    for (int count : shardRows) {
      MemorySegment data = arena.allocate((long) count * D * precision.bytes());
      for (int i = 0; i < count * D; i++) {
        float value = rows.size() * 8 + i;
        switch (precision) {
          case FLOAT32 -> data.setAtIndex(Shard.FLOAT, i, value);
          case FLOAT16 -> data.setAtIndex(Shard.HALF, i, Float.floatToFloat16(value));
        }
      }
      for (int i = 0; i < count; i++) {
        rows.add(new TableRow("row-" + rows.size(), Labels.NONE, null));
      }
      shards.add(new Shard(data, count, D, precision));
    }
    return new EmbeddingTable(Provenance.unknown("test"), rows, RowMetadata.NONE, shards, null);
  }
}
