package io.semblance.core.array.pickle;

import io.semblance.core.SemblanceException;
import io.semblance.core.array.MappedFile;
import io.semblance.core.array.pickle.PickleValue.BigInt;
import io.semblance.core.array.pickle.PickleValue.Int;
import io.semblance.core.array.pickle.PickleValue.None;
import io.semblance.core.array.pickle.PickleValue.Text;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The format of `torch.save` before torch 1.6: five pickles (a magic number, the protocol, facts
/// about the machine, the object, the keys of its storages), then each storage's length and bytes,
/// little-endian. Source: `torch/serialization.py`, `_legacy_save` and `_legacy_load`.
final class TorchLegacy {

  private static final PickleValue MAGIC = new BigInt(new BigInteger("1950a86a20f9469cfc6c", 16));
  private static final PickleValue PROTOCOL = new Int(1001);
  private static final int TAR_MAGIC = 257;

  private final PickleBytes in;
  private final Map<String, TorchStorage> storages = new HashMap<>();
  private final Map<String, TorchStorage> views = new HashMap<>();
  private final Map<String, View> viewPlaces = new HashMap<>();

  /// A storage that is a part of another.
  private record View(String root, long fromByte) {}

  private TorchLegacy(PickleBytes in) {
    this.in = in;
  }

  static PickleValue read(MappedFile file) throws SemblanceException {
    requireNoTar(file);
    var in = new PickleBytes(file.bytes(), 0, file.path().toString());
    if (file.size() == 0 || !pickle(in).equals(MAGIC)) {
      throw new SemblanceException(
          file.path()
              + " was not written by torch.save (neither a zip archive nor torch's older format):"
              + " check the file.");
    }
    if (!pickle(in).equals(PROTOCOL)) {
      throw in.broken("not protocol 1001 of torch");
    }
    pickle(in); // sizes of C types on the machine that wrote it
    return new TorchLegacy(in).object(file);
  }

  private static PickleValue pickle(PickleBytes in) throws SemblanceException {
    return new PickleMachine(in, _ -> throwOutside(in), null).run();
  }

  private static PickleValue throwOutside(PickleBytes in) throws SemblanceException {
    throw in.broken("a storage where none can be");
  }

  private static void requireNoTar(MappedFile file) throws SemblanceException {
    if (file.size() < TAR_MAGIC + 5) {
      return;
    }
    byte[] magic = file.bytes().asSlice(TAR_MAGIC, 5).toArray(ValueLayout.JAVA_BYTE);
    if (new String(magic, StandardCharsets.ISO_8859_1).equals("ustar")) {
      throw new SemblanceException(
          file.path()
              + " is a tar archive, torch's format before 2017, which is not read: load it with"
              + " torch and torch.save it again.");
    }
  }

  private PickleValue object(MappedFile file) throws SemblanceException {
    PickleMachine machine = new PickleMachine(in, this::storage, null);
    PickleValue root = machine.run();
    if (!(pickle(in) instanceof PickleItems keys)) {
      throw in.broken("no list of storages");
    }
    for (PickleValue key : keys.items()) {
      TorchStorage storage = key instanceof Text text ? storages.get(text.value()) : null;
      if (storage == null) {
        throw in.broken("a storage that no tensor names");
      }
      long count = in.u64();
      int size = storage.type() == null ? 1 : storage.type().bytes();
      if (count < 0 || count > Long.MAX_VALUE / 8 || count * size < storage.byteSize()) {
        throw in.broken(
            "storage '%s' has %d elements, its tensors need %d bytes"
                .formatted(storage.key(), count, storage.byteSize()));
      }
      storage.found(in.take(count * size), ByteOrder.LITTLE_ENDIAN);
    }
    if (in.position() != file.size()) {
      throw in.broken((file.size() - in.position()) + " bytes are left over");
    }
    placeViews();
    TorchTensors.complete(machine.tensors(), in);
    return root;
  }

  /// ('storage', type, key, location, number of elements, view), where a view is None or (its own
  /// key, first element, number of elements); or ('module', ...), which holds program text.
  private PickleValue storage(PickleValue id) throws SemblanceException {
    if (!(id instanceof PickleItems items)
        || items.size() < 5
        || !items.get(0).equals(new Text("storage"))
        || !(items.get(1) instanceof PickleName type)
        || !(items.get(2) instanceof Text key)
        || !(items.get(4) instanceof Int count)) {
      throw in.unread("an unknown kind of storage", "save model.state_dict() with torch.save");
    }
    TorchStorage root = storages.get(key.value());
    if (root == null) {
      root =
          new TorchStorage(key.value(), type.type(), TorchTensors.bytes(type, count.value(), in));
      storages.put(key.value(), root);
    }
    return items.size() < 6 || items.get(5) == None.NONE ? root : view(root, type, items.get(5));
  }

  private TorchStorage view(TorchStorage root, PickleName type, PickleValue place)
      throws SemblanceException {
    if (!(place instanceof PickleItems items)
        || items.size() != 3
        || !(items.get(0) instanceof Text key)
        || !(items.get(1) instanceof Int from)
        || !(items.get(2) instanceof Int count)) {
      throw in.broken("an unknown view of a storage");
    }
    String name = root.key() + "/" + key.value();
    if (!views.containsKey(name)) {
      views.put(
          name, new TorchStorage(name, type.type(), TorchTensors.bytes(type, count.value(), in)));
      viewPlaces.put(name, new View(root.key(), TorchTensors.bytes(type, from.value(), in)));
    }
    return views.get(name);
  }

  private void placeViews() throws SemblanceException {
    for (Map.Entry<String, TorchStorage> e : views.entrySet()) {
      View place = viewPlaces.get(e.getKey());
      try {
        MemorySegment root = storages.get(place.root()).bytes();
        if (place.fromByte() > root.byteSize() - e.getValue().byteSize()) {
          throw in.broken("a view beyond its storage");
        }
        e.getValue()
            .found(
                root.asSlice(place.fromByte(), e.getValue().byteSize()), ByteOrder.LITTLE_ENDIAN);
      } catch (IllegalArgumentException _) {
        throw in.broken("a view of a storage that is not in the file");
      }
    }
  }
}
