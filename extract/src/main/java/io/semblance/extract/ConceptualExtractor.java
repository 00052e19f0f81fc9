package io.semblance.extract;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.collection.Labels;
import io.semblance.core.image.ImageReader;
import io.semblance.core.table.Provenance;
import java.util.ArrayList;
import java.util.List;

/// Statements of what similarity should be: one-hot labels, one after another. Pixels are not
/// looked at, but a file whose structure is broken has no row here either, so that tables of one
/// collection have the same rows. Source: fruit-SALAD, Table 2.
final class ConceptualExtractor implements Extractor {

  static final ModelCard STYLE_BLIND =
      card(
          "style-blind",
          "style_blind",
          "category",
          "Same category, same vector: style is ignored.");
  static final ModelCard CATEGORY_BLIND =
      card(
          "category-blind",
          "category_blind",
          "style",
          "Same style, same vector: category is ignored.");
  static final ModelCard BALANCED =
      card("balanced", "balanced", "category, then style", "Category and style weigh the same.");

  private final ModelCard card;
  private final List<Vocabulary> parts;

  private ConceptualExtractor(ModelCard card, List<Vocabulary> parts) {
    this.card = card;
    this.parts = parts;
  }

  /// @param card one of the three above
  /// @param collection whose labels make the dimensions
  /// @return the extractor
  /// @throws SemblanceException if no image has the labels it needs
  static ConceptualExtractor of(ModelCard card, ImageCollection collection)
      throws SemblanceException {
    var parts = new ArrayList<Vocabulary>();
    if (!card.equals(CATEGORY_BLIND)) {
      parts.add(Vocabulary.of("category", Labels::category, collection, card.id()));
    }
    if (!card.equals(STYLE_BLIND)) {
      parts.add(Vocabulary.of("style", Labels::style, collection, card.id()));
    }
    return new ConceptualExtractor(card, List.copyOf(parts));
  }

  @Override
  public ModelCard card() {
    return card;
  }

  @Override
  public int dimension() {
    return parts.stream().mapToInt(Vocabulary::size).sum();
  }

  @Override
  public float[] prepare(SourceImage image) throws SemblanceException {
    ImageReader.check(image.bytes(), image.id());
    float[] out = new float[dimension()];
    int at = 0;
    for (Vocabulary part : parts) {
      out[at + part.indexOf(image)] = 1;
      at += part.size();
    }
    return out;
  }

  private static ModelCard card(String id, String alias, String labels, String description) {
    return new ModelCard(
        id,
        alias.equals(id) ? List.of() : List.of(alias),
        Provenance.Kind.CONCEPTUAL,
        "One-hot " + labels,
        description,
        0,
        null,
        "Apache-2.0",
        "fruit-SALAD (Ohm et al.), Table 2",
        "one-hot "
            + labels
            + "; values in numeric order if all are whole numbers, else by character code",
        false);
  }
}
