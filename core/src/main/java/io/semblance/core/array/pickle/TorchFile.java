package io.semblance.core.array.pickle;

import io.semblance.core.SemblanceException;
import io.semblance.core.array.MappedFile;
import io.semblance.core.array.ZipDirectory;
import io.semblance.core.array.pickle.PickleMachine.Asked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A file written by `torch.save` (`.pth`, `.pt`, `.bin`), mapped: the zip format of today and the
/// one before torch 1.6. Tensors of any size are views of the file. Close it to release them.
public final class TorchFile implements AutoCloseable {

  private final MappedFile file;
  private final PickleValue root;

  private TorchFile(MappedFile file, PickleValue root) {
    this.file = file;
    this.root = root;
  }

  /// @param path a file written by `torch.save`
  /// @return the file; close it
  /// @throws SemblanceException if it asks for anything but plain data (the message names it), is a
  ///   TorchScript or tar archive, or is damaged
  public static TorchFile open(Path path) throws IOException {
    MappedFile file = MappedFile.open(path);
    try {
      return new TorchFile(file, read(file));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /// @return what it holds; tensors are valid until [#close]
  public PickleValue root() {
    return root;
  }

  private static PickleValue read(MappedFile file) throws SemblanceException {
    if (ZipDirectory.looksLikeZip(file)) {
      return TorchArchive.of(file).read();
    }
    return TorchLegacy.read(file);
  }

  /// Looks through a `.pth` or a plain pickle for the names it asks for that are refused. Nothing
  /// is built, let alone run.
  ///
  /// @param path any file
  /// @return module and name of each with the byte of the pickle where it stands, e.g. `os.system
  ///   (byte 12)`; those before the first damage; empty if there is none
  /// @throws SemblanceException if the file cannot be opened
  public static List<String> refusedNames(Path path) throws IOException {
    try (MappedFile file = MappedFile.open(path)) {
      var asked = new ArrayList<Asked>();
      if (ZipDirectory.looksLikeZip(file)) {
        TorchArchive.of(file).look(asked);
      } else {
        asked.addAll(PickleFile.refused(file));
      }
      return asked.stream().map(a -> a.name() + " (byte " + a.at() + ")").distinct().toList();
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
