package io.semblance.core.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Json;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A table in the making: shard files that grow, a journal of images, and the last point known to
/// be good.
///
/// After a crash everything behind that point is cut off.
final class PartialTable implements AutoCloseable {

  /// Vectors a shard holds at most, in bytes.
  static final long SHARD_BYTES = 1L << 30;

  private static final String SPEC = "spec.json";
  private static final String CHECKPOINT = "checkpoint.json";
  private static final String JOURNAL = "journal.csv";
  private static final String LOCK = "lock";
  private static final String FAILURES = "failures.csv";

  private final Path folder;
  private final TableWriter.Spec spec;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final Journal journal;
  private final long rowsPerShard;
  private final ByteBuffer row;
  private Checkpoint checkpoint;
  private FileChannel shard;
  private int shardIndex = -1;
  private int rows;
  private int consumed;

  /// The last durable state.
  ///
  /// @param consumed images accounted for
  /// @param rows of them with a vector
  /// @param journalBytes length of the journal
  record Checkpoint(int consumed, int rows, long journalBytes) {}

  private PartialTable(Path folder, TableWriter.Spec spec, FileChannel lockFile, FileLock lock)
      throws IOException {
    this.folder = folder;
    this.spec = spec;
    this.lockFile = lockFile;
    this.lock = lock;
    int rowBytes = spec.dimension() * spec.precision().bytes();
    this.rowsPerShard = Math.max(1, SHARD_BYTES / rowBytes);
    this.row = ByteBuffer.allocate(rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    Path state = folder.resolve(CHECKPOINT);
    this.checkpoint =
        Files.exists(state) ? Json.read(state, Checkpoint.class) : new Checkpoint(0, 0, 0);
    this.rows = checkpoint.rows();
    this.consumed = checkpoint.consumed();
    this.journal = new Journal(folder.resolve(JOURNAL), checkpoint.journalBytes());
    dropShardsAfter(rows);
  }

  static PartialTable open(Path folder, TableWriter.Spec spec) throws IOException {
    FileChannel lockFile = null;
    try {
      Files.createDirectories(folder.resolve("img_emb"));
      lockFile =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(lockFile);
      if (lock == null) {
        throw new SemblanceException(
            "Another process is writing "
                + folder
                + ": wait until it ends, or choose another --out.");
      }
      Path file = folder.resolve(SPEC);
      if (Files.exists(file)) {
        TableWriter.Spec there = Json.read(file, TableWriter.Spec.class);
        TableWriter.requireSame(
            folder,
            "an interrupted run of " + TableWriter.describe(there),
            "an interrupted run of " + TableWriter.describe(spec));
      } else {
        Json.write(spec, file);
      }
      return new PartialTable(folder, spec, lockFile, lock);
    } catch (IOException e) {
      if (lockFile != null) {
        lockFile.close();
      }
      throw e instanceof SemblanceException
          ? e
          : new SemblanceException(
              "Cannot write "
                  + folder
                  + " ("
                  + AtomicFile.reason(e)
                  + "): check the path, permissions and free space.",
              e);
    }
  }

  private static FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  Path folder() {
    return folder;
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  void append(TableRow next, float[] vectors, int offset) throws IOException {
    row.clear();
    for (int j = 0; j < spec.dimension(); j++) {
      switch (spec.precision()) {
        case FLOAT32 -> row.putFloat(vectors[offset + j]);
        case FLOAT16 -> row.putShort(Float.floatToFloat16(vectors[offset + j]));
      }
    }
    row.flip();
    try {
      FileChannel target = shardFor(rows);
      while (row.hasRemaining()) {
        target.write(row);
      }
      journal.row(next);
    } catch (IOException e) {
      throw full(e);
    }
    rows++;
    consumed++;
  }

  void fail(String id, String reason) throws IOException {
    try {
      journal.failure(id, reason);
    } catch (IOException e) {
      throw full(e);
    }
    consumed++;
  }

  void sync() throws IOException {
    try {
      if (shard != null) {
        shard.force(false);
      }
      checkpoint = new Checkpoint(consumed, rows, journal.sync());
      Json.write(checkpoint, folder.resolve(CHECKPOINT));
    } catch (SemblanceException e) {
      throw e;
    } catch (IOException e) {
      throw full(e);
    }
  }

  List<Path> completeShards() throws IOException {
    var files = new ArrayList<Path>();
    for (long from = 0; from < rows; from += rowsPerShard) {
      Path file = shardFile(files.size());
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        long here = Math.min(rowsPerShard, rows - from);
        ByteBuffer header =
            ByteBuffer.wrap(NpyHeader.bytes(spec.precision(), here, spec.dimension()));
        while (header.hasRemaining()) {
          channel.write(header, header.position());
        }
        channel.force(false);
      }
      files.add(file);
    }
    return files;
  }

  List<TableRow> rows() throws IOException {
    return journal.rows();
  }

  String firstFailure() throws IOException {
    List<Journal.Failure> failures = journal.failures();
    return failures.isEmpty() ? "none was tried" : failures.getFirst().reason();
  }

  /// Whether a folder holds a whole table that only lacks its final name: a process was killed in
  /// the middle of [#publish].
  static boolean isWhole(Path folder) {
    return Files.exists(folder.resolve(TableManifest.FILE))
        && !Files.exists(folder.resolve(CHECKPOINT));
  }

  /// Gives a whole table its final name.
  static void moveInto(Path target, Path folder) throws IOException {
    for (String name : List.of(JOURNAL, SPEC, LOCK)) {
      Files.deleteIfExists(folder.resolve(name));
    }
    AtomicFile.move(folder, target);
  }

  void publish(Path target) throws IOException {
    writeFailures();
    close();
    Files.deleteIfExists(folder.resolve(CHECKPOINT));
    moveInto(target, folder);
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (shard != null) {
      shard.close();
    }
    journal.close();
    if (lock.isValid()) {
      lock.release();
    }
    lockFile.close();
  }

  private void writeFailures() throws IOException {
    if (consumed == rows) {
      return;
    }
    List<Journal.Failure> failures = journal.failures();
    AtomicFile.write(
        folder.resolve(FAILURES),
        out -> {
          try (var csv =
              CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            csv.writeRecord("image", "reason");
            failures.forEach(f -> csv.writeRecord(f.id(), f.reason()));
          }
        });
  }

  private FileChannel shardFor(int rowIndex) throws IOException {
    int wanted = (int) (rowIndex / rowsPerShard);
    if (wanted != shardIndex) {
      if (shard != null) {
        shard.force(false);
        shard.close();
      }
      shard =
          FileChannel.open(shardFile(wanted), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      shardIndex = wanted;
      shard.position(NpyHeader.LENGTH + (rowIndex % rowsPerShard) * row.capacity());
    }
    return shard;
  }

  private void dropShardsAfter(int keep) throws IOException {
    for (int k = 0; Files.exists(shardFile(k)); k++) {
      long here = Math.clamp(keep - k * rowsPerShard, 0, rowsPerShard);
      if (here == 0) {
        Files.delete(shardFile(k));
        continue;
      }
      try (FileChannel channel = FileChannel.open(shardFile(k), StandardOpenOption.WRITE)) {
        long length = NpyHeader.LENGTH + here * row.capacity();
        requireLength(channel, length, shardFile(k));
        channel.truncate(length);
      }
    }
  }

  static void requireLength(FileChannel channel, long atLeast, Path file) throws IOException {
    if (channel.size() < atLeast) {
      throw new SemblanceException(
          "%s has %d bytes, its checkpoint says %d: the interrupted run is damaged; add --overwrite to begin again."
              .formatted(file, channel.size(), atLeast));
    }
  }

  private Path shardFile(int index) {
    return folder.resolve("img_emb").resolve("img_emb_" + index + ".npy");
  }

  private SemblanceException full(IOException e) {
    return new SemblanceException(
        "Cannot write "
            + folder
            + " ("
            + AtomicFile.reason(e)
            + "): make room and run the same command again; it goes on from the last checkpoint.",
        e);
  }
}
