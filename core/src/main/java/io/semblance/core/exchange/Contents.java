package io.semblance.core.exchange;

import io.semblance.core.array.NpzFile;
import io.semblance.core.array.NumberArray;
import io.semblance.core.array.Safetensors;
import io.semblance.core.array.StoredArray;
import io.semblance.core.array.TextArray;
import io.semblance.core.array.pickle.PickleArray;
import io.semblance.core.array.pickle.PickleDict;
import io.semblance.core.array.pickle.PickleItems;
import io.semblance.core.array.pickle.PickleValue;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Arrays and lists of texts in a file, each under the dotted path of keys that leads to it, e.g.
/// `synth_tensors.gpt`. What is the file itself has the empty path. Where keys hold dots, two
/// things can have one path: they are told apart by `#1`, `#2` behind it.
///
/// @param arrays of numbers
/// @param texts lists of texts
public record Contents(Map<String, NumberArray> arrays, Map<String, List<String>> texts) {

  // In a list of many, arrays are data of one kind and not named things.
  private static final int LONGEST_LIST = 64;

  private Contents() {
    this(new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  static Contents none() {
    return new Contents();
  }

  /// @param root of a pickle
  /// @return what is in it
  public static Contents of(PickleValue root) {
    var out = new Contents();
    out.walk("", root);
    return out;
  }

  static Contents of(NpzFile file) throws IOException {
    var out = new Contents();
    for (String name : file.names()) {
      out.add(name, file.array(name));
    }
    return out;
  }

  static Contents of(Safetensors file) throws IOException {
    var out = new Contents();
    for (String name : file.names()) {
      out.add(name, file.tensor(name));
    }
    return out;
  }

  static Contents of(StoredArray array) {
    var out = new Contents();
    out.add("", array);
    return out;
  }

  private void walk(String path, PickleValue value) {
    switch (value) {
      case PickleArray array -> add(path, array.array());
      case PickleDict dict ->
          dict.entries().forEach((key, item) -> walk(below(path, name(key)), item));
      case PickleItems items -> {
        var list = items.texts();
        if (list.isPresent()) {
          put(texts, path, list.get());
        } else if (items.size() <= LONGEST_LIST) {
          for (int i = 0; i < items.size(); i++) {
            walk(below(path, Integer.toString(i)), items.get(i));
          }
        }
      }
      default -> {
        // single numbers and texts are no tables
      }
    }
  }

  private void add(String path, StoredArray array) {
    switch (array) {
      case NumberArray numbers -> put(arrays, path, numbers);
      case TextArray list when list.shape().length == 1 -> put(texts, path, list.texts());
      case TextArray _ -> {
        // texts with several axes name no rows
      }
    }
  }

  private static <T> void put(Map<String, T> things, String path, T thing) {
    if (things.containsKey(path)) {
      things.put(path + "#1", things.remove(path));
    }
    int number = 1;
    while (things.containsKey(path + "#" + number)) {
      number++;
    }
    things.put(number == 1 ? path : path + "#" + number, thing);
  }

  private static String below(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String name(PickleValue key) {
    return switch (key) {
      case PickleValue.Text text -> text.value();
      case PickleValue.Int number -> Long.toString(number.value());
      default -> key.toString();
    };
  }
}
