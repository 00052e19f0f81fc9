package io.semblance.extract.registry;

import io.semblance.core.SemblanceException;
import io.semblance.extract.onnx.OnnxCard;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/// Whether the card that lies beside a graph does to an image what the registry says of the model:
/// vectors of one id must be comparable, whoever exported the graph.
final class CardAgreement {

  /// What may differ: names within the graph, and words.
  private static final Set<String> FREE =
      Set.of("title", "description", "licence", "source", "input", "output", "pooling", "compute");

  private CardAgreement() {}

  /// @param card of the registry
  /// @param beside the graph
  /// @param json where that was read from
  /// @throws SemblanceException naming the first field that differs, and both values
  static void check(RegistryCard card, OnnxCard beside, Path json) throws SemblanceException {
    if (!beside.id().equals(card.id())) {
      throw differs(json, "id", beside.id(), card.id());
    }
    int dimension = card.model().dimension();
    if (dimension > 0 && beside.dimension() != dimension) {
      throw differs(json, "dimension", beside.dimension(), dimension);
    }
    if (card.onnx().isEmpty()) {
      return;
    }
    for (RecordComponent field : OnnxCard.class.getRecordComponents()) {
      Object theirs = value(field, beside);
      Object ours = value(field, card.onnx().get());
      if (!FREE.contains(field.getName()) && !Objects.equals(theirs, ours)) {
        throw differs(json, field.getName(), theirs, ours);
      }
    }
  }

  private static Object value(RecordComponent field, OnnxCard card) {
    try {
      return field.getAccessor().invoke(card);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SemblanceException differs(Path json, String field, Object theirs, Object ours) {
    return new SemblanceException(
        "%s: \"%s\" is %s, the registry's model has %s: export again with the command that 'semblance models show' prints, or use the graph under a name of its own by giving its path."
            .formatted(json, field, theirs, ours));
  }
}
