package io.semblance.extract;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.collection.Labels;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// The distinct values of one label in a collection, in a fixed order: by number if all are whole
/// numbers, else by character code.
///
/// @param name of the label, e.g. "category"
/// @param label takes it from an image's labels
/// @param values distinct, in order
record Vocabulary(String name, Function<Labels, String> label, List<String> values) {

  /// Collects the values of a label.
  ///
  /// @throws SemblanceException if no image has it
  static Vocabulary of(
      String name, Function<Labels, String> label, ImageCollection collection, String model)
      throws SemblanceException {
    List<String> distinct =
        collection.images().stream()
            .map(i -> label.apply(i.labels()))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    if (distinct.isEmpty()) {
      throw new SemblanceException(
          "%s needs the %s of every image, and %s (the first of %d) has none: say where file names hold it, e.g. --pattern '{category}_{style}_{instance}'."
              .formatted(model, name, collection.images().getFirst().id(), collection.size()));
    }
    Comparator<String> order = Comparator.naturalOrder();
    if (distinct.stream().allMatch(v -> v.matches("[0-9]+"))) {
      order = Comparator.<String, BigInteger>comparing(BigInteger::new).thenComparing(order);
    }
    return new Vocabulary(name, label, distinct.stream().sorted(order).toList());
  }

  int size() {
    return values.size();
  }

  /// @return place of the image's value, from 0 to size - 1
  /// @throws SemblanceException if the image has none, or one that the collection does not have
  int indexOf(SourceImage image) throws SemblanceException {
    String value = label.apply(image.labels());
    int index = values.indexOf(value);
    if (index < 0) {
      throw new SemblanceException(
          value == null
              ? "%s has no %s: its name does not fit --pattern.".formatted(image.id(), name)
              : "%s has the %s '%s', which the collection does not have: its values are %s."
                  .formatted(image.id(), name, value, String.join(", ", values)));
    }
    return index;
  }
}
