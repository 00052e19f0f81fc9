package io.semblance.attribution.mapper;

import io.semblance.attribution.mapper.MapperState.Array;
import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import io.semblance.core.array.NumberArray;
import io.semblance.core.array.NumberType;
import io.semblance.core.array.Safetensors;
import io.semblance.core.array.SafetensorsWriter;
import io.semblance.core.array.pickle.PickleArray;
import io.semblance.core.array.pickle.PickleDict;
import io.semblance.core.array.pickle.PickleValue;
import io.semblance.core.array.pickle.TorchFile;
import io.semblance.core.file.Sha256;
import io.semblance.core.table.Provenance;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Mappers on disk: ours as `.safetensors` with provenance, the published ones as `.pth` of
/// `{real_mapper, synth_mapper}` state dicts. Tensors have the same names in both.
public final class MapperFile {

  private static final String TRAINING = "real_mapper";
  private static final String SYNTHESIZED = "synth_mapper";
  private static final String PREFIX = "semblance.";

  private MapperFile() {}

  /// @param file `.safetensors` or `.pth`
  /// @return the mapper
  /// @throws SemblanceException if it is no mapper, damaged, or holds a number that is not finite
  public static Mapper read(Path file) throws IOException {
    return file.toString().endsWith(".safetensors") ? readOurs(file) : readPublished(file);
  }

  private static Mapper readOurs(Path file) throws IOException {
    try (Safetensors tensors = Safetensors.open(file)) {
      Map<String, String> about = tensors.metadata();
      Provenance provenance =
          about.get(PREFIX + "model") == null
              ? null
              : new Provenance(
                  about.get(PREFIX + "model"),
                  kind(about.get(PREFIX + "kind")),
                  about.get(PREFIX + "weights_sha256"),
                  about.get(PREFIX + "preprocessing"),
                  Boolean.parseBoolean(about.get(PREFIX + "normalized")));
      Map<String, NumberArray> training = new LinkedHashMap<>();
      Map<String, NumberArray> synthesized = new LinkedHashMap<>();
      for (String name : tensors.names()) {
        if (name.startsWith(TRAINING + ".")) {
          training.put(name.substring(TRAINING.length() + 1), tensors.tensor(name));
        } else if (name.startsWith(SYNTHESIZED + ".")) {
          synthesized.put(name.substring(SYNTHESIZED.length() + 1), tensors.tensor(name));
        }
      }
      return mapper(file, training, synthesized, provenance, told(about));
    }
  }

  private static Map<String, String> told(Map<String, String> metadata) {
    var out = new LinkedHashMap<String, String>();
    for (String name : List.of(Mapper.REGULARISATION, Mapper.AUGMENTATION)) {
      if (metadata.get(PREFIX + name) != null) {
        out.put(name, metadata.get(PREFIX + name));
      }
    }
    return out;
  }

  private static Provenance.Kind kind(String name) {
    for (Provenance.Kind k : Provenance.Kind.values()) {
      if (k.name().equals(name)) {
        return k;
      }
    }
    return Provenance.Kind.UNKNOWN;
  }

  private static Mapper readPublished(Path file) throws IOException {
    try (TorchFile torch = TorchFile.open(file)) {
      return mapper(
          file,
          dict(file, torch.root(), TRAINING),
          dict(file, torch.root(), SYNTHESIZED),
          null,
          Map.of());
    }
  }

  private static Map<String, NumberArray> dict(Path file, PickleValue root, String name)
      throws SemblanceException {
    if (!(root instanceof PickleDict dict)
        || !(dict.get(name).orElse(null) instanceof PickleDict state)) {
      throw new SemblanceException(
          "%s holds no '%s': a mapper is a .safetensors of 'train mapper' or a published .pth of {real_mapper, synth_mapper}."
              .formatted(file, name));
    }
    Map<String, NumberArray> out = new LinkedHashMap<>();
    state
        .entries()
        .forEach(
            (key, value) -> {
              if (key instanceof PickleValue.Text text
                  && value instanceof PickleArray array
                  && array.array() instanceof NumberArray numbers) {
                out.put(text.value(), numbers);
              }
            });
    return out;
  }

  private static Mapper mapper(
      Path file,
      Map<String, NumberArray> training,
      Map<String, NumberArray> synthesized,
      Provenance provenance,
      Map<String, String> about)
      throws IOException {
    MapperState one = state(file, TRAINING, training);
    MapperState other = state(file, SYNTHESIZED, synthesized);
    if (one.kind() != other.kind() || one.inputs() != other.inputs()) {
      throw new SemblanceException(
          "%s: its two maps differ (%s of %d dimensions, %s of %d): the file is damaged."
              .formatted(
                  file, one.kind().word(), one.inputs(), other.kind().word(), other.inputs()));
    }
    return new Mapper(one, other, provenance, Sha256.of(file), about);
  }

  private static MapperState state(Path file, String side, Map<String, NumberArray> tensors)
      throws SemblanceException {
    MapperKind kind = MapperKind.of(tensors);
    if (kind == null) {
      throw new SemblanceException(
          "%s: %s holds %s, which is no affine, channel or mlp map: copy the file again."
              .formatted(file, side, Printable.of(tensors.keySet().toString())));
    }
    NumberArray first =
        tensors.get(
            switch (kind) {
              case AFFINE -> "weight";
              case CHANNEL -> "weights";
              case MLP -> "0.weight";
            });
    long[] shape = first.shape();
    int dimension = shape.length == 0 ? 0 : (int) shape[shape.length - 1];
    if (dimension < 1 || dimension > 1 << 14) {
      throw new SemblanceException(
          "%s: %s maps %s: the file is damaged; copy it again.".formatted(file, side, first));
    }
    Map<String, Array> out = new LinkedHashMap<>();
    for (Map.Entry<String, Array> wanted :
        MapperState.initial(kind, dimension, new java.util.Random(0)).tensors().entrySet()) {
      out.put(
          wanted.getKey(),
          array(
              file, side + "." + wanted.getKey(), tensors.get(wanted.getKey()), wanted.getValue()));
    }
    return new MapperState(kind, out);
  }

  private static Array array(Path file, String name, NumberArray found, Array wanted)
      throws SemblanceException {
    if (found == null || found.count() != (long) wanted.rows() * wanted.columns()) {
      throw new SemblanceException(
          "%s: %s is %s, where %d x %d numbers are needed: copy the file again."
              .formatted(file, name, found, wanted.rows(), wanted.columns()));
    }
    float[] data = found.toFloats();
    for (float x : data) {
      if (!Float.isFinite(x)) {
        throw new SemblanceException(
            "%s: %s holds %s: training went astray; train again with a lower rate."
                .formatted(file, name, x));
      }
    }
    return new Array(wanted.rows(), wanted.columns(), data);
  }

  /// Writes a mapper.
  ///
  /// @param file a `.safetensors`, written in one step
  /// @param training map of training images
  /// @param synthesized map of synthesised images
  /// @param provenance which model's features
  /// @param about texts kept beside: options, seed, hashes of what it was trained on
  static void write(
      Path file,
      MapperState training,
      MapperState synthesized,
      Provenance provenance,
      Map<String, String> about)
      throws IOException {
    var texts = new LinkedHashMap<String, String>();
    texts.put(PREFIX + "what", "mapper");
    texts.put(PREFIX + "model", provenance.modelId());
    texts.put(PREFIX + "kind", provenance.kind().name());
    if (provenance.weightsSha256() != null) {
      texts.put(PREFIX + "weights_sha256", provenance.weightsSha256());
    }
    texts.put(PREFIX + "preprocessing", String.valueOf(provenance.preprocessing()));
    texts.put(PREFIX + "normalized", Boolean.toString(provenance.normalized()));
    about.forEach((name, value) -> texts.put(PREFIX + name, value));
    var tensors = new LinkedHashMap<String, NumberArray>();
    training.tensors().forEach((n, a) -> tensors.put(TRAINING + "." + n, numbers(a)));
    synthesized.tensors().forEach((n, a) -> tensors.put(SYNTHESIZED + "." + n, numbers(a)));
    SafetensorsWriter.write(file, texts, tensors);
  }

  static NumberArray numbers(Array a) {
    MemorySegment bytes = MemorySegment.ofArray(new byte[a.data().length * Float.BYTES]);
    var layout = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    MemorySegment.copy(a.data(), 0, bytes, layout, 0, a.data().length);
    long[] shape = a.rows() == 1 ? new long[] {a.columns()} : new long[] {a.rows(), a.columns()};
    return NumberArray.rowMajor(NumberType.FLOAT32, ByteOrder.LITTLE_ENDIAN, shape, bytes);
  }

  static List<String> sides() {
    return List.of(TRAINING, SYNTHESIZED);
  }
}
