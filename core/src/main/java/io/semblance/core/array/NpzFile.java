package io.semblance.core.array;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import io.semblance.core.array.ZipDirectory.Entry;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Named arrays saved by `numpy.savez` (mapped where they lie) or `savez_compressed` (unpacked to a
/// temporary file when first asked for). Close it to release them. Safe for several threads.
public final class NpzFile implements AutoCloseable {

  private static final String EXTENSION = ".npy";

  private final MappedFile file;
  private final ZipDirectory directory;
  private final Arena arena;
  private final ConcurrentMap<String, StoredArray> arrays = new ConcurrentHashMap<>();

  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  private NpzFile(MappedFile file, ZipDirectory directory) {
    this.file = file;
    this.directory = directory;
    this.arena = Arena.ofShared();
  }

  /// @param path a `.npz`
  /// @return the file; close it
  /// @throws SemblanceException if it is no zip archive or holds anything but `.npy` entries
  public static NpzFile open(Path path) throws IOException {
    MappedFile file = MappedFile.open(path);
    try {
      ZipDirectory directory = ZipDirectory.read(file);
      for (String name : directory.entries().keySet()) {
        if (!name.endsWith(EXTENSION)) {
          throw new SemblanceException(
              path
                  + " holds "
                  + Printable.of(name)
                  + ", which is no .npy: save the arrays with numpy.savez.");
        }
      }
      return new NpzFile(file, directory);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /// @return names of the arrays, in the order of the archive
  public List<String> names() {
    var out = new ArrayList<String>();
    for (String name : directory.entries().keySet()) {
      out.add(name.substring(0, name.length() - EXTENSION.length()));
    }
    return out;
  }

  /// @param name one of [#names]
  /// @return the array; valid until [#close]
  /// @throws SemblanceException if there is none of that name, or as [NpyFile#open]
  public StoredArray array(String name) throws IOException {
    StoredArray known = arrays.get(name);
    if (known != null) {
      return known;
    }
    Entry entry = directory.entries().get(name + EXTENSION);
    if (entry == null) {
      throw new SemblanceException(
          "%s holds no '%s': it has %s."
              .formatted(file.path(), Printable.of(name), Printable.of(names().toString())));
    }
    synchronized (this) {
      if (!arrays.containsKey(name)) {
        MemorySegment bytes =
            entry.stored() ? entry.packed() : Inflated.map(file.path(), entry, arena);
        arrays.put(name, NpyFile.parse(bytes, file.path() + ", " + Printable.of(name)));
      }
      return arrays.get(name);
    }
  }

  @Override
  public void close() {
    arena.close();
    file.close();
  }
}
