package io.semblance.attribution.testcase;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// A dataset file: customised models in order. With one prompt scheme, a test split is a test case.
///
/// @param models at least one
public record Split(List<CustomizedModel> models) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /// Copies the list.
  public Split {
    models = List.copyOf(models);
  }

  /// Reads a dataset file.
  ///
  /// @param file JSON: a list of `{exemplar: [...], synth: {scheme: [...]}, class_id, category}`
  /// @return the split
  /// @throws SemblanceException if it is no such list; the message names the entry
  public static Split read(Path file) throws IOException {
    JsonNode root;
    try {
      root = MAPPER.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new SemblanceException("There is no file " + file + ": check the path.", e);
    } catch (JacksonException e) {
      throw new SemblanceException(
          "%s is not readable as JSON (line %d: %s): copy or write it again."
              .formatted(
                  file,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  Printable.of(e.getOriginalMessage())),
          e);
    }
    if (!root.isArray() || root.isEmpty()) {
      throw new SemblanceException(
          file + " is no list of customised models: each needs its exemplar and synth images.");
    }
    var models = new ArrayList<CustomizedModel>();
    for (JsonNode entry : root) {
      models.add(SplitEntry.read(entry, "%s, entry %d".formatted(file, models.size())));
    }
    return new Split(models);
  }

  /// Writes a dataset file: members that we do not know are kept, and the order of all.
  ///
  /// @param file written in one step
  /// @throws IOException if it cannot be written
  public void write(Path file) throws IOException {
    ArrayNode root = MAPPER.createArrayNode();
    models.forEach(m -> root.add(m.entry()));
    AtomicFile.write(file, MAPPER.writeValueAsString(root) + "\n");
  }

  /// @return every prompt scheme of any model, in the order of the file
  public Set<String> schemes() {
    var out = new LinkedHashSet<String>();
    models.forEach(m -> out.addAll(m.schemes()));
    return out;
  }

  /// @return exemplars of all models together
  public long exemplars() {
    return models.stream().mapToLong(m -> m.exemplars().size()).sum();
  }

  /// @param scheme a prompt scheme
  /// @return images synthesised with it, of all models together
  public long synthesized(String scheme) {
    return models.stream().mapToLong(m -> m.synthesized(scheme).size()).sum();
  }
}
