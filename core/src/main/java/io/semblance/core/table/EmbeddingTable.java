package io.semblance.core.table;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// `n x d` vectors of one model over one collection, with provenance.
///
/// A table opened from disk maps its files: nothing is read until it is asked for. Safe for use by
/// several threads. Close it to release the mapping; using it afterwards throws
/// [IllegalStateException].
public final class EmbeddingTable implements AutoCloseable {

  private final Provenance provenance;
  private final TableRows rows;
  private final RowMetadata metadata;
  private final int dimension;
  private final Precision precision;
  private final List<Shard> shards;
  private final long[] firstRow;
  private final Arena arena;

  EmbeddingTable(
      Provenance provenance,
      List<TableRow> rows,
      RowMetadata metadata,
      List<Shard> shards,
      Arena arena) {
    this.provenance = Objects.requireNonNull(provenance);
    this.rows = TableRows.of(rows);
    this.metadata = metadata;
    this.shards = List.copyOf(shards);
    this.dimension = shards.getFirst().dimension();
    this.precision = shards.getFirst().precision();
    this.arena = arena;
    this.firstRow = new long[shards.size() + 1];
    for (int i = 0; i < shards.size(); i++) {
      firstRow[i + 1] = firstRow[i] + shards.get(i).rows();
    }
    if (firstRow[shards.size()] != rows.size()) {
      throw new IllegalArgumentException(
          "the shards hold " + firstRow[shards.size()] + " rows, the metadata " + rows.size());
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // the table owns the arena and closes it
  static EmbeddingTable mapped(TableRows rows, Path folder, TableManifest manifest)
      throws IOException {
    Arena arena = Arena.ofShared();
    try {
      List<Shard> shards = TableFolder.map(folder, manifest, arena);
      List<Path> metadata =
          manifest.metadata().stream().map(part -> folder.resolve(part.file())).toList();
      return new EmbeddingTable(
          manifest.provenance(), rows, new RowMetadata(metadata), shards, arena);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /// A table in memory.
  ///
  /// @param provenance which model
  /// @param rows what is known of each row, length n >= 1
  /// @param vectors `n x d`, row-major; copied
  /// @return the table; closing it does nothing
  /// @throws IllegalArgumentException if the length of `vectors` is not a positive multiple of n
  public static EmbeddingTable of(Provenance provenance, List<TableRow> rows, float[] vectors) {
    if (rows.isEmpty() || vectors.length == 0 || vectors.length % rows.size() != 0) {
      throw new IllegalArgumentException(
          vectors.length
              + " components do not make "
              + rows.size()
              + " rows of equal length: give n x d of them");
    }
    byte[] bytes = new byte[Math.multiplyExact(vectors.length, Float.BYTES)];
    MemorySegment data = MemorySegment.ofArray(bytes);
    MemorySegment.copy(vectors, 0, data, Shard.FLOAT, 0, vectors.length);
    var shard = new Shard(data, rows.size(), vectors.length / rows.size(), Precision.FLOAT32);
    return new EmbeddingTable(provenance, rows, RowMetadata.NONE, List.of(shard), null);
  }

  /// @return which model made the vectors
  public Provenance provenance() {
    return provenance;
  }

  /// @return n
  public int size() {
    return rows.size();
  }

  /// @return d
  public int dimension() {
    return dimension;
  }

  /// @return how components are stored
  public Precision precision() {
    return precision;
  }

  /// @return id, labels and hash of every row, in order, length n; packed, made when asked for
  public TableRows rows() {
    return rows;
  }

  /// @return what is known of the rows beside that: captions, addresses and so on
  public RowMetadata metadata() {
    return metadata;
  }

  /// Copies consecutive vectors as float32.
  ///
  /// @param from first row, from 0
  /// @param count number of rows
  /// @param target receives `count x d` components, row-major
  /// @param offset where in `target` to begin
  /// @throws IndexOutOfBoundsException if the rows or the target's places do not exist
  public void copyRows(long from, int count, float[] target, int offset) {
    Objects.checkFromIndexSize(from, count, (long) size());
    Objects.checkFromIndexSize(offset, Math.multiplyExact(count, dimension), target.length);
    int done = 0;
    for (int s = 0; s < shards.size() && done < count; s++) {
      long start = Math.max(from, firstRow[s]);
      int here = (int) (Math.min(from + count, firstRow[s + 1]) - start);
      if (here > 0) {
        shards.get(s).copy(start - firstRow[s], here, target, offset + done * dimension);
        done += here;
      }
    }
  }

  /// Consecutive vectors as float32 in native memory: the mapped file itself where it holds them
  /// so, else a copy in `buffer`.
  ///
  /// @param from first row, from 0
  /// @param count number of rows
  /// @param buffer native memory for at least `count x d` floats; may be left as it is
  /// @return `count x d`, row-major, in the machine's byte order; not to be written to; valid until
  ///   the table is closed or `buffer` is used again
  /// @throws IndexOutOfBoundsException if the rows do not exist or the buffer is too small
  public MemorySegment rows(long from, int count, MemorySegment buffer) {
    Objects.checkFromIndexSize(from, count, (long) size());
    long done = 0;
    for (int s = 0; s < shards.size() && done < count; s++) {
      long start = Math.max(from, firstRow[s]);
      int here = (int) (Math.min(from + count, firstRow[s + 1]) - start);
      if (here == count && shards.get(s).plainFloats()) {
        return shards.get(s).slice(start - firstRow[s], count);
      }
      if (here > 0) {
        shards.get(s).copy(start - firstRow[s], here, buffer, done * dimension);
        done += here;
      }
    }
    return buffer.asSlice(0, (long) count * dimension * Float.BYTES);
  }

  /// @param row from 0 to n - 1
  /// @return a copy of the vector, length d
  public float[] vector(long row) {
    float[] out = new float[dimension];
    copyRows(row, 1, out, 0);
    return out;
  }

  /// Releases the mapping of a table opened from disk.
  @Override
  public void close() {
    if (arena != null) {
      arena.close();
    }
  }
}
