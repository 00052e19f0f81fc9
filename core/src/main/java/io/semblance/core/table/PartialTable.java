package io.semblance.core.table;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A table in the making: shard files that grow, a journal of images, and the last point known to
/// be good.
///
/// After a crash everything behind that point is cut off. The folder's lock keeps a second process
/// out.
final class PartialTable implements AutoCloseable {

  private static final String SPEC = "spec.json";
  private static final String CHECKPOINT = "checkpoint.json";
  private static final String JOURNAL = "journal.csv";
  private static final String LISTING = "listing.parquet";
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final TableWriter.Spec spec;
  private final Journal journal;
  private final ShardFiles shards;
  private Checkpoint checkpoint;
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
    Path state = folder.resolve(CHECKPOINT);
    this.checkpoint =
        Files.exists(state) ? Json.read(state, Checkpoint.class) : new Checkpoint(0, 0, 0);
    this.rows = checkpoint.rows();
    this.consumed = checkpoint.consumed();
    this.journal = new Journal(folder.resolve(JOURNAL), checkpoint.journalBytes());
    this.shards = new ShardFiles(folder, spec.dimension(), spec.precision(), spec.images(), rows);
  }

  /// Begins a table, or goes on with one of the same spec.
  ///
  /// @param folder hidden folder of the table in the making
  /// @param spec what it is to be
  /// @param listing further columns of its images, copied; or null
  static PartialTable open(Path folder, TableWriter.Spec spec, Path listing) throws IOException {
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
      TableWriter.Spec there = spec(folder);
      if (there == null) {
        if (listing != null) {
          Files.copy(listing, folder.resolve(LISTING), StandardCopyOption.REPLACE_EXISTING);
        }
        Json.write(spec, folder.resolve(SPEC));
      } else {
        TableWriter.requireSame(
            folder,
            "an interrupted run of " + there.describe(),
            "an interrupted run of " + spec.describe());
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

  /// What the table in the making is to be, or null if there is none.
  static TableWriter.Spec spec(Path folder) throws IOException {
    Path file = folder.resolve(SPEC);
    return Files.exists(file) ? Json.read(file, TableWriter.Spec.class) : null;
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

  TableWriter.Spec spec() {
    return spec;
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  ShardFiles shards() {
    return shards;
  }

  Path journal() {
    return folder.resolve(JOURNAL);
  }

  /// Further columns of the collection's images, or null.
  Path listing() {
    Path file = folder.resolve(LISTING);
    return Files.exists(file) ? file : null;
  }

  /// @return images accounted for so far, durable or not
  int consumed() {
    return consumed;
  }

  void append(Journal.Row next, float[] vectors, int offset) throws IOException {
    try {
      shards.append(vectors, offset);
      journal.row(next);
    } catch (IOException e) {
      throw full(e);
    }
    rows++;
    consumed++;
  }

  void fail(Journal.Failure failure) throws IOException {
    try {
      journal.failure(failure);
    } catch (IOException e) {
      throw full(e);
    }
    consumed++;
  }

  void sync() throws IOException {
    try {
      shards.sync();
      checkpoint = new Checkpoint(consumed, rows, journal.sync());
      Json.write(checkpoint, folder.resolve(CHECKPOINT));
    } catch (SemblanceException e) {
      throw e;
    } catch (IOException e) {
      throw full(e);
    }
  }

  /// Makes lines of the journal readable that belong to no image of the collection; the checkpoint
  /// does not know of them, so a run that goes on from there writes them again.
  void syncJournal() throws IOException {
    try {
      journal.sync();
    } catch (IOException e) {
      throw full(e);
    }
  }

  /// Whether a folder holds a whole table that only lacks its final name: a process was killed
  /// after [#seal].
  static boolean isWhole(Path folder) {
    return Files.exists(folder.resolve(TableManifest.FILE))
        && !Files.exists(folder.resolve(CHECKPOINT));
  }

  /// Says that the table is whole: from here on it only lacks its name.
  void seal() throws IOException {
    close();
    Files.deleteIfExists(folder.resolve(CHECKPOINT));
  }

  /// Gives a whole table its name.
  static void moveInto(Path target, Path folder) throws IOException {
    for (String name : List.of(JOURNAL, SPEC, LISTING, LOCK, CHECKPOINT)) {
      Files.deleteIfExists(folder.resolve(name));
    }
    AtomicFile.move(folder, target);
  }

  @Override
  public void close() throws IOException {
    shards.close();
    journal.close();
    if (lock.isValid()) {
      lock.release();
    }
    lockFile.close();
  }

  static void requireLength(FileChannel channel, long atLeast, Path file) throws IOException {
    if (channel.size() < atLeast) {
      throw new SemblanceException(
          "%s has %d bytes, its checkpoint says %d: the interrupted run is damaged; add --overwrite to begin again."
              .formatted(file, channel.size(), atLeast));
    }
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
