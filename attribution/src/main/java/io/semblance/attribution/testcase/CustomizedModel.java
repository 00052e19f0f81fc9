package io.semblance.attribution.testcase;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One entry of a dataset file: the exemplars a model was customised with, and the images
/// synthesised from it. Knows the entry it was read from, so that writing it again keeps members we
/// do not know, and their order.
public final class CustomizedModel {

  static final String EXEMPLAR = "exemplar";
  static final String SYNTH = "synth";
  static final String CLASS_ID = "class_id";
  static final String CATEGORY = "category";

  private final List<String> exemplars;
  private final Map<String, List<String>> synthesized;
  private final ObjectNode entry;

  CustomizedModel(List<String> exemplars, Map<String, List<String>> synthesized, ObjectNode entry) {
    this.exemplars = List.copyOf(exemplars);
    this.synthesized = synthesized;
    this.entry = entry;
  }

  /// @return paths of the training images added by customisation, at least one
  public List<String> exemplars() {
    return exemplars;
  }

  /// @return the prompt schemes there are images of, e.g. `gpt`, `object`, `media`, in the order of
  ///   the file
  public Set<String> schemes() {
    return synthesized.keySet();
  }

  /// @param scheme a prompt scheme
  /// @return paths of the images synthesised with it; empty if there are none
  public List<String> synthesized(String scheme) {
    return synthesized.getOrDefault(scheme, List.of());
  }

  /// @return the class of the exemplars as the file spells it, or null where it says none
  public String classId() {
    return text(CLASS_ID);
  }

  /// @return name of the class, or null where the file says none
  public String category() {
    return text(CATEGORY);
  }

  private String text(String member) {
    JsonNode value = entry.path(member);
    return value.isMissingNode() || value.isNull() ? null : value.asString(value.toString());
  }

  /// @return the entry as it was read; a copy
  ObjectNode entry() {
    return entry.deepCopy();
  }
}
