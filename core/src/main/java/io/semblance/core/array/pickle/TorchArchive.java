package io.semblance.core.array.pickle;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import io.semblance.core.array.MappedFile;
import io.semblance.core.array.NumberType;
import io.semblance.core.array.ZipDirectory;
import io.semblance.core.array.ZipDirectory.Entry;
import io.semblance.core.array.pickle.PickleMachine.Asked;
import io.semblance.core.array.pickle.PickleValue.Int;
import io.semblance.core.array.pickle.PickleValue.Text;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The zip format of `torch.save`: `NAME/data.pkl` and the storages `NAME/data/0`, `NAME/data/1`,
/// ..., stored as they are. Source: `torch/serialization.py`, `_save` and `_load`.
final class TorchArchive {

  private static final String PICKLE = "data.pkl";

  private final MappedFile file;
  private final Map<String, Entry> entries;
  private final String folder;
  private final ByteOrder order;
  private final Map<String, TorchStorage> storages = new HashMap<>();

  private TorchArchive(
      MappedFile file, Map<String, Entry> entries, String folder, ByteOrder order) {
    this.file = file;
    this.entries = entries;
    this.folder = folder;
    this.order = order;
  }

  static TorchArchive of(MappedFile file) throws SemblanceException {
    Map<String, Entry> entries = ZipDirectory.read(file).entries();
    String pickle =
        entries.keySet().stream()
            .filter(n -> n.equals(PICKLE) || n.endsWith("/" + PICKLE))
            .findFirst()
            .orElseThrow(
                () ->
                    new SemblanceException(
                        file.path()
                            + " is a zip archive without a data.pkl: it was not written by"
                            + " torch.save; check the file."));
    String folder = pickle.substring(0, pickle.length() - PICKLE.length());
    if (entries.containsKey(folder + "constants.pkl")
        || entries.keySet().stream().anyMatch(n -> n.startsWith(folder + "code/"))) {
      throw new SemblanceException(
          file.path()
              + " is a TorchScript program, which is not run: save its weights with"
              + " torch.save(model.state_dict(), file).");
    }
    for (Entry entry : entries.values()) {
      if (!entry.stored()) {
        throw new SemblanceException(
            "%s holds %s compressed, which torch.save never does: write it again with torch.save."
                .formatted(file.path(), Printable.of(entry.name())));
      }
    }
    return new TorchArchive(file, entries, folder, order(entries.get(folder + "byteorder"), file));
  }

  private static ByteOrder order(Entry record, MappedFile file) throws SemblanceException {
    if (record == null) {
      return ByteOrder.LITTLE_ENDIAN; // before torch 2.1 there were no others
    }
    String text =
        record.bytes() > 16
            ? "too long"
            : new String(
                record.packed().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
    return switch (text) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default ->
          throw new SemblanceException(
              file.path() + " has a broken record 'byteorder': copy or write it again.");
    };
  }

  PickleValue read() throws SemblanceException {
    PickleBytes in = pickle();
    PickleMachine machine = new PickleMachine(in, id -> storage(id, in), null);
    PickleValue root = machine.run();
    TorchTensors.complete(machine.tensors(), in);
    return root;
  }

  void look(List<Asked> asked) {
    PickleFile.look(pickle(), asked);
  }

  private PickleBytes pickle() {
    Entry entry = entries.get(folder + PICKLE);
    return new PickleBytes(entry.packed(), 0, file.path() + ", " + PICKLE);
  }

  /// ('storage', type, key, location, number of elements)
  private TorchStorage storage(PickleValue id, PickleBytes in) throws SemblanceException {
    if (!(id instanceof PickleItems items)
        || items.size() != 5
        || !items.get(0).equals(new Text("storage"))
        || !(items.get(1) instanceof PickleName type)
        || !(items.get(2) instanceof Text key)
        || !(items.get(4) instanceof Int count)) {
      throw in.broken("an unknown kind of storage");
    }
    TorchStorage known = storages.get(key.value());
    if (known != null) {
      return known;
    }
    Entry entry = entries.get(folder + "data/" + key.value());
    if (entry == null) {
      throw in.broken("storage '" + key.value() + "' is not in the archive");
    }
    long bytes = TorchTensors.bytes(type, count.value(), in);
    if (bytes > entry.bytes()) {
      throw in.broken(
          "storage '%s' should have %d bytes, the archive has %d"
              .formatted(key.value(), bytes, entry.bytes()));
    }
    NumberType elements = type.type();
    var storage = new TorchStorage(key.value(), elements, bytes);
    MemorySegment data = entry.packed().asSlice(0, bytes);
    storage.found(data, order);
    storages.put(key.value(), storage);
    return storage;
  }
}
