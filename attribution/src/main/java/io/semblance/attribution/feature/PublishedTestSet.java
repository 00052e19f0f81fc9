package io.semblance.attribution.feature;

import io.semblance.attribution.feature.TestSet.Model;
import io.semblance.attribution.feature.TestSet.Rows;
import io.semblance.attribution.feature.TestSet.Scheme;
import io.semblance.attribution.testcase.CustomizedModel;
import io.semblance.attribution.testcase.Split;
import io.semblance.core.SemblanceException;
import io.semblance.core.array.NumberArray;
import io.semblance.core.array.pickle.PickleArray;
import io.semblance.core.array.pickle.PickleDict;
import io.semblance.core.array.pickle.PickleItems;
import io.semblance.core.array.pickle.PickleValue;
import io.semblance.core.array.pickle.TorchFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads the feature file of a test split as AbC publishes it: `exemplar_paths`, `exemplar_chunks`
/// (a list of (start, end)), `exemplar_tensors`, and by prompt scheme `synth_paths`, `synth_ids`,
/// `synth_tensors`.
final class PublishedTestSet {

  private final Path file;
  private final PickleDict root;

  private PublishedTestSet(Path file, PickleDict root) {
    this.file = file;
    this.root = root;
  }

  /// @param split the dataset file it belongs to, for classes and categories, or null
  static TestSet read(Path path, String name, Split split) throws IOException {
    try (TorchFile file = TorchFile.open(path)) {
      if (!(file.root() instanceof PickleDict dict) || dict.get("exemplar_tensors").isEmpty()) {
        throw new SemblanceException(
            path
                + " holds no 'exemplar_tensors': a test case is a published feature file of a test"
                + " split, or a dataset JSON with --table.");
      }
      return new PublishedTestSet(path, dict).read(name, split);
    }
  }

  private TestSet read(String name, Split split) throws SemblanceException {
    NumberArray tensor = array(value(root, "exemplar_tensors", ""), "exemplar_tensors");
    Rows exemplars = rows(tensor, texts(value(root, "exemplar_paths", ""), "exemplar_paths"), "");
    int d = (int) tensor.rowLength();
    List<Model> models = models(exemplars.size(), split);
    var schemes = new ArrayList<Scheme>();
    PickleDict tensors = dict("synth_tensors");
    for (Map.Entry<PickleValue, PickleValue> e : tensors.entries().entrySet()) {
      String scheme = e.getKey() instanceof PickleValue.Text t ? t.value() : e.getKey().toString();
      NumberArray vectors = array(e.getValue(), "synth_tensors." + scheme);
      if (vectors.rowLength() != d) {
        throw broken(
            "synth_tensors.%s has %d dimensions, exemplar_tensors %d"
                .formatted(scheme, vectors.rowLength(), d));
      }
      List<String> ids =
          texts(value(dict("synth_paths"), scheme, "synth_paths."), "synth_paths." + scheme);
      int[] model = ids(value(dict("synth_ids"), scheme, "synth_ids."), models.size(), scheme);
      if (model.length != ids.size()) {
        throw broken(
            "synth_ids.%s has %d entries, synth_paths %d"
                .formatted(scheme, model.length, ids.size()));
      }
      schemes.add(new Scheme(scheme, rows(vectors, ids, "." + scheme), model));
    }
    if (schemes.isEmpty()) {
      throw broken("synth_tensors is empty");
    }
    return new TestSet(name, Published.unknown(file), d, exemplars, models, schemes);
  }

  private List<Model> models(int exemplars, Split split) throws SemblanceException {
    PickleValue chunks = value(root, "exemplar_chunks", "");
    if (!(chunks instanceof PickleItems list) || list.size() == 0) {
      throw broken("exemplar_chunks is no list of (start, end)");
    }
    if (split != null && split.models().size() != list.size()) {
      throw broken(
          "it has %d models, the dataset file %d: they do not belong together"
              .formatted(list.size(), split.models().size()));
    }
    var models = new ArrayList<Model>();
    for (int m = 0; m < list.size(); m++) {
      if (!(list.get(m) instanceof PickleItems pair) || pair.size() != 2) {
        throw broken("exemplar_chunks[" + m + "] is no (start, end)");
      }
      long from = number(pair.get(0));
      long to = number(pair.get(1));
      if (from < 0 || to > exemplars || to <= from) {
        throw broken(
            "exemplar_chunks[%d] is (%d, %d) of %d exemplars: a model needs at least one"
                .formatted(m, from, to, exemplars));
      }
      CustomizedModel entry = split == null ? null : split.models().get(m);
      models.add(
          new Model(
              (int) from,
              (int) to,
              entry == null ? null : entry.classId(),
              entry == null ? null : entry.category()));
    }
    return models;
  }

  private int[] ids(PickleValue value, int models, String scheme) throws SemblanceException {
    double[] numbers =
        switch (value) {
          case PickleItems items -> {
            double[] out = new double[items.size()];
            for (int i = 0; i < out.length; i++) {
              out[i] = number(items.get(i));
            }
            yield out;
          }
          case PickleArray a when a.array() instanceof NumberArray n -> n.toDoubles();
          default -> throw broken("synth_ids." + scheme + " is no list of numbers");
        };
    int[] out = new int[numbers.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (int) numbers[i];
      if (out[i] != numbers[i] || out[i] < 0 || out[i] >= models) {
        throw broken(
            "synth_ids.%s[%d] is %s, and there are models 0 to %d"
                .formatted(scheme, i, numbers[i], models - 1));
      }
    }
    return out;
  }

  private long number(PickleValue value) throws SemblanceException {
    return switch (value) {
      case PickleValue.Int i -> i.value();
      case PickleArray a when a.array() instanceof NumberArray n && n.count() == 1 ->
          (long) n.toDoubles()[0];
      default -> throw broken("a whole number was expected, found " + value);
    };
  }

  private Rows rows(NumberArray array, List<String> ids, String suffix) throws SemblanceException {
    if (array.axes() != 2 || array.rows() != ids.size()) {
      throw broken("tensors%s hold %s for %d paths".formatted(suffix, array, ids.size()));
    }
    if (array.count() > Integer.MAX_VALUE - 8) {
      throw broken("tensors%s hold %s, more than fit in memory".formatted(suffix, array));
    }
    return new Rows(ids, array.toFloats());
  }

  private PickleDict dict(String key) throws SemblanceException {
    if (value(root, key, "") instanceof PickleDict dict) {
      return dict;
    }
    throw broken("'" + key + "' is no dict by prompt scheme");
  }

  private PickleValue value(PickleDict dict, String key, String prefix) throws SemblanceException {
    return dict.get(key).orElseThrow(() -> broken("there is no '" + prefix + key + "'"));
  }

  private NumberArray array(PickleValue value, String name) throws SemblanceException {
    if (value instanceof PickleArray a && a.array() instanceof NumberArray numbers) {
      return numbers;
    }
    throw broken("'" + name + "' is no tensor of numbers");
  }

  private List<String> texts(PickleValue value, String name) throws SemblanceException {
    if (value instanceof PickleItems items) {
      if (items.size() == 0) {
        return List.of();
      }
      if (items.texts().isPresent()) {
        return items.texts().get();
      }
    }
    throw broken("'" + name + "' is no list of paths");
  }

  private SemblanceException broken(String what) {
    return new SemblanceException(
        "%s is no feature file of a test split (%s): copy it again.".formatted(file, what));
  }
}
