package io.semblance.core.array;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.semblance.core.array.pickle.PickleArray;
import io.semblance.core.array.pickle.PickleDict;
import io.semblance.core.array.pickle.PickleFile;
import io.semblance.core.array.pickle.PickleItems;
import io.semblance.core.array.pickle.PickleName;
import io.semblance.core.array.pickle.PickleValue;
import io.semblance.core.array.pickle.TorchFile;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Files written by numpy, torch, safetensors and pyarrow with what is in them, see
/// `tools/reference/torch_fixtures.py`, and our readers' view of a file in the same words.
public final class Fixtures {

  /// The folder.
  public static final Path FOLDER = Path.of("src/test/resources/io/semblance/core/array/fixtures");

  // A damaged shape over a stride of 0 may ask for any number of elements.
  private static final int MOST = 1 << 20;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Fixtures() {}

  /// @return what each readable file holds, by its name
  public static Map<String, JsonNode> values() throws IOException {
    var out = new LinkedHashMap<String, JsonNode>();
    JSON.readTree(Files.readAllBytes(FOLDER.resolve("values.json")))
        .properties()
        .forEach(e -> out.put(e.getKey(), e.getValue()));
    return out;
  }

  /// @return files to refuse, with a part of the sentence
  public static List<NamedCsvRecord> refused() throws IOException {
    try (var csv = CsvReader.builder().ofNamedCsvRecord(FOLDER.resolve("refused.csv"));
        Stream<NamedCsvRecord> lines = csv.stream()) {
      return lines.toList();
    }
  }

  /// Reads a file by its extension.
  ///
  /// @param path any file of an array format
  /// @return what our reader says it holds
  public static JsonNode read(Path path) throws IOException {
    return JSON.valueToTree(readPlain(path));
  }

  /// @param name a file's name
  /// @return whether [#read] knows the format
  public static boolean isArrayFile(String name) {
    return name.matches(".*\\.(npy|npz|pth|pt|pkl|safetensors|[fbi]vecs|(f|u8|i8|i)bin)");
  }

  private static Object readPlain(Path path) throws IOException {
    String name = path.getFileName().toString();
    switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
      case "npy" -> {
        try (NpyFile file = NpyFile.open(path)) {
          return plain(file.array());
        }
      }
      case "npz" -> {
        try (NpzFile file = NpzFile.open(path)) {
          var entries = new ArrayList<List<Object>>();
          for (String array : file.names()) {
            entries.add(List.of(array, plain(file.array(array))));
          }
          return Map.of("dict", entries);
        }
      }
      case "safetensors" -> {
        try (Safetensors file = Safetensors.open(path)) {
          var entries = new ArrayList<List<Object>>();
          for (String array : file.names()) {
            entries.add(List.of(array, plain(file.tensor(array))));
          }
          return Map.of("dict", entries);
        }
      }
      case "pkl" -> {
        try (PickleFile file = PickleFile.open(path)) {
          return plain(file.root());
        }
      }
      case "pth", "pt" -> {
        try (TorchFile file = TorchFile.open(path)) {
          return plain(file.root());
        }
      }
      default -> {
        try (VectorFile file = VectorFile.open(path, VectorFile.Format.of(path).orElseThrow())) {
          file.requireLengths(0, (int) file.vectors().rows());
          return plain(file.vectors());
        }
      }
    }
  }

  private static Object plain(StoredArray array) {
    return switch (array) {
      case NumberArray numbers when numbers.count() > MOST -> numbers.toString();
      case NumberArray numbers -> {
        Object[] values = new Object[(int) numbers.count()];
        double[] doubles = numbers.toDoubles();
        Arrays.setAll(values, i -> number(doubles[i]));
        yield array(numbers.type().torch(), numbers.shape(), List.of(values));
      }
      case TextArray texts -> array("text", texts.shape(), List.copyOf(texts.texts()));
    };
  }

  private static Object array(String type, long[] shape, List<?> values) {
    var out = new LinkedHashMap<String, Object>();
    out.put("dtype", type);
    out.put("shape", shape);
    out.put("values", values);
    return out;
  }

  private static Object number(double value) {
    return Double.isNaN(value)
        ? "nan"
        : Double.isInfinite(value) ? (value > 0 ? "inf" : "-inf") : (Object) value;
  }

  private static Object plain(PickleValue value) {
    return switch (value) {
      case PickleValue.None _ -> null;
      case PickleValue.Bool bool -> bool.value();
      case PickleValue.Int whole -> Map.of("int", Long.toString(whole.value()));
      case PickleValue.BigInt whole -> Map.of("int", text(whole.value()));
      case PickleValue.Real real -> Map.of("real", number(real.value()));
      case PickleValue.Text text -> text.value();
      case PickleValue.Bytes bytes ->
          Map.of("bytes", HexFormat.of().formatHex(bytes.value().toArray(ValueLayout.JAVA_BYTE)));
      case PickleItems items ->
          Map.of(
              items.kind().name().toLowerCase(Locale.ROOT),
              items.items().stream().map(Fixtures::plain).toList());
      case PickleDict dict ->
          Map.of(
              "dict",
              dict.entries().entrySet().stream()
                  .map(e -> Arrays.asList(plain(e.getKey()), plain(e.getValue())))
                  .toList());
      case PickleArray array -> plain(array.array());
      case PickleName name -> Map.of("name", name.toString());
      default -> throw new IllegalStateException("not plain data: " + value);
    };
  }

  private static String text(BigInteger value) {
    return value.toString();
  }
}
