package io.semblance.salad;

import io.semblance.core.collection.Labels;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// Which images of the tables to take, and what to call their categories and styles.
///
/// @param strict whether tables that do not hold the same images are refused
/// @param names what to call labels
/// @param categories to take, by name; all if empty
/// @param styles to take, by name; all if empty
/// @param instances to take; all if empty
public record ImageChoice(
    boolean strict,
    SaladNames names,
    List<String> categories,
    List<String> styles,
    List<String> instances) {

  /// Copies the lists.
  public ImageChoice {
    Objects.requireNonNull(names);
    categories = List.copyOf(categories);
    styles = List.copyOf(styles);
    instances = List.copyOf(instances);
  }

  /// @return every image that all tables hold, under the labels it has
  public static ImageChoice all() {
    return new ImageChoice(false, SaladNames.none(), List.of(), List.of(), List.of());
  }

  /// @param value whether tables that do not hold the same images are refused
  /// @return a copy with it
  public ImageChoice withStrict(boolean value) {
    return new ImageChoice(value, names, categories, styles, instances);
  }

  /// @param value what to call labels
  /// @return a copy with it
  public ImageChoice withNames(SaladNames value) {
    return new ImageChoice(strict, value, categories, styles, instances);
  }

  /// @param chosen lists of categories, styles and instances; all of a kind if its list is empty
  /// @return a copy with them
  public ImageChoice only(List<String> chosen, List<String> inStyles, List<String> instancesOnly) {
    return new ImageChoice(strict, names, chosen, inStyles, instancesOnly);
  }

  /// @param labels renamed
  /// @return whether an image with these labels is taken
  boolean takes(Labels labels) {
    return labels.hasCell()
        && in(categories, labels.category())
        && in(styles, labels.style())
        && (instances.isEmpty()
            || labels.instance() != null && instances.stream().anyMatch(i -> same(i, labels)));
  }

  private static boolean same(String instance, Labels labels) {
    return instance.equals(labels.instance())
        || instance.matches("\\d{1,18}")
            && labels.instance().matches("\\d{1,18}")
            && Long.parseLong(instance) == Long.parseLong(labels.instance());
  }

  private static boolean in(List<String> chosen, String label) {
    return chosen.isEmpty() || chosen.contains(label);
  }

  /// Refuses choices that no image has.
  ///
  /// @param categoriesHeld labels of all images, renamed
  /// @param stylesHeld theirs too
  /// @throws IllegalArgumentException naming the label and what there is
  void check(Set<String> categoriesHeld, Set<String> stylesHeld) {
    check("category", categories, categoriesHeld);
    check("style", styles, stylesHeld);
  }

  private static void check(String kind, List<String> chosen, Set<String> held) {
    for (String label : chosen) {
      if (!held.contains(label)) {
        throw new IllegalArgumentException(
            "No image has the "
                + kind
                + " '"
                + label
                + "': the tables hold "
                + String.join(", ", new TreeSet<>(held))
                + ".");
      }
    }
  }
}
