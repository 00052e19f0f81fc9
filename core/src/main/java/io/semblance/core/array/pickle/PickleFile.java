package io.semblance.core.array.pickle;

import io.semblance.core.SemblanceException;
import io.semblance.core.array.MappedFile;
import io.semblance.core.array.pickle.PickleMachine.Asked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A plain pickle (`.pkl`) of numbers, texts, lists, dicts and numpy arrays, mapped. Close it to
/// release the arrays.
public final class PickleFile implements AutoCloseable {

  private final MappedFile file;
  private final PickleValue root;

  private PickleFile(MappedFile file, PickleValue root) {
    this.file = file;
    this.root = root;
  }

  /// @param path a file written by `pickle.dump`
  /// @return the file; close it
  /// @throws SemblanceException if it asks for anything but plain data (the message names it), or
  ///   is damaged; the message gives the byte
  public static PickleFile open(Path path) throws IOException {
    MappedFile file = MappedFile.open(path);
    try {
      var in = new PickleBytes(file.bytes(), 0, path.toString());
      PickleMachine machine = new PickleMachine(in, id -> refuse(id, in), null);
      return new PickleFile(file, machine.run());
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static PickleValue refuse(PickleValue id, PickleBytes in) throws SemblanceException {
    throw in.broken("it keeps '" + id + "' outside itself, as only torch's files may");
  }

  /// @return what it holds; arrays are valid until [#close]
  public PickleValue root() {
    return root;
  }

  /// Looks through a pickle for the names it asks for that are refused, without building them.
  ///
  /// @param file any pickle
  /// @return the names with the byte where each stands, in order; those before the first damage
  static List<Asked> refused(MappedFile file) {
    var asked = new ArrayList<Asked>();
    var in = new PickleBytes(file.bytes(), 0, file.path().toString());
    // torch's older format is a row of five pickles
    for (int i = 0; i < 5 && in.position() < file.size() && look(in, asked); i++) {}
    return asked;
  }

  /// @return whether the pickle was looked through to its end
  static boolean look(PickleBytes in, List<Asked> asked) {
    try {
      new PickleMachine(in, _ -> PickleName.refused("persistent", "id"), asked).run();
      return true;
    } catch (SemblanceException _) {
      return false; // what was asked for before the damage is what is told
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
