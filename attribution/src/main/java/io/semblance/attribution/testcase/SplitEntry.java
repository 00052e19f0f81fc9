package io.semblance.attribution.testcase;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Checks one entry of a dataset file.
final class SplitEntry {

  private SplitEntry() {}

  /// @param where file and number of the entry, from 0, for messages
  static CustomizedModel read(JsonNode node, String where) throws SemblanceException {
    if (!(node instanceof ObjectNode entry)) {
      throw new SemblanceException(
          where + ": no object: a customised model needs its exemplar and synth images.");
    }
    List<String> exemplars = paths(entry.path(CustomizedModel.EXEMPLAR), where, "exemplar");
    if (exemplars.isEmpty()) {
      throw new SemblanceException(
          where + ": no exemplar: name the images that the model was customised with.");
    }
    Set<String> seen = new HashSet<>();
    for (String exemplar : exemplars) {
      if (!seen.add(exemplar)) {
        throw new SemblanceException(
            where + ": the exemplar " + Printable.of(exemplar) + " comes twice: name each once.");
      }
    }
    JsonNode synth = entry.path(CustomizedModel.SYNTH);
    if (!synth.isObject()) {
      throw new SemblanceException(
          where
              + ": 'synth' is no object: it lists images by prompt scheme, e.g. {\"gpt\": [...]}.");
    }
    Map<String, List<String>> synthesized = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> scheme : synth.properties()) {
      synthesized.put(
          scheme.getKey(),
          List.copyOf(paths(scheme.getValue(), where, "synth." + scheme.getKey())));
    }
    for (String member : List.of(CustomizedModel.CLASS_ID, CustomizedModel.CATEGORY)) {
      if (entry.path(member).isContainer()) {
        throw new SemblanceException(
            "%s: '%s' is no text and no number: write one, or null.".formatted(where, member));
      }
    }
    return new CustomizedModel(
        exemplars, Collections.unmodifiableMap(synthesized), entry.deepCopy());
  }

  private static List<String> paths(JsonNode list, String where, String member)
      throws SemblanceException {
    if (!list.isArray()) {
      throw new SemblanceException(
          "%s: '%s' is no list: write the paths of the images.".formatted(where, member));
    }
    var out = new ArrayList<String>();
    for (JsonNode path : list) {
      if (!path.isString() || path.stringValue().isBlank()) {
        throw new SemblanceException(
            "%s: '%s' holds %s, which is no path: write the paths of the images."
                .formatted(where, member, Printable.of(path.toString())));
      }
      out.add(path.stringValue());
    }
    return out;
  }
}
