package io.semblance.extract;

import io.semblance.core.file.Sha256;
import io.semblance.core.image.ImageReader;
import io.semblance.core.image.ReadOptions;
import io.semblance.core.table.Compute;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.View;
import java.util.List;

/// What an extractor is, where it comes from and what exactly it does to a file.
///
/// @param id stable name, also of the folder its tables are written to
/// @param aliases other names that find it, e.g. the ones a paper uses
/// @param kind neural, algorithmic or conceptual
/// @param title a few words
/// @param description what the vector says, in a sentence or two
/// @param dimension d, or 0 where it depends on the collection's labels
/// @param weightsSha256 hash of the weights, or null where there are none
/// @param licence of the weights or the method, SPDX where it has a name there
/// @param source where it comes from
/// @param preprocessing from file to model input in one line; part of a table's provenance, so
///   whatever changes the vectors must change it
/// @param normalized whether every vector has Euclidean norm 1
public record ModelCard(
    String id,
    List<String> aliases,
    Provenance.Kind kind,
    String title,
    String description,
    int dimension,
    String weightsSha256,
    String licence,
    String source,
    String preprocessing,
    boolean normalized) {

  /// Copies the aliases.
  public ModelCard {
    aliases = List.copyOf(aliases);
  }

  /// @return what a table of this model's vectors says of its origin
  public Provenance provenance() {
    return new Provenance(id, kind, weightsSha256, preprocessing, normalized);
  }

  /// @return whether vectors are computed from images rather than from labels
  public boolean computational() {
    return kind != Provenance.Kind.CONCEPTUAL;
  }

  /// This model on images that are read in a certain way, which its preprocessing then names.
  ///
  /// @param reading how image files become pixels
  /// @return this card where that is the default, or no pixel is looked at
  public ModelCard readAs(ReadOptions reading) {
    String how = reading.describe();
    return !computational() || how.equals(ReadOptions.defaults().describe())
        ? this
        : withPreprocessing(how + "; " + preprocessing);
  }

  /// This model computed in less than float32, which its preprocessing then names.
  ///
  /// @param compute what its products are computed in
  /// @return this card where that is float32
  public ModelCard computedIn(Compute compute) {
    return compute == Compute.FP32 ? this : withPreprocessing(compute.describe(preprocessing));
  }

  /// This model on augmented views of the images, which its preprocessing then names.
  ///
  /// @param view what it sees
  /// @return this card with the view in its preprocessing
  public ModelCard of(View view) {
    return withPreprocessing(view.describe(preprocessing));
  }

  private ModelCard withPreprocessing(String text) {
    return new ModelCard(
        id,
        aliases,
        kind,
        title,
        description,
        dimension,
        weightsSha256,
        licence,
        source,
        text,
        normalized);
  }

  /// How the images of a table were read, as [#readAs] wrote it down.
  ///
  /// @param provenance of a table
  /// @return the options, with the default limits
  public static ReadOptions reading(Provenance provenance) {
    return ReadOptions.describedBy(provenance.preprocessing()).orElse(ReadOptions.defaults());
  }

  /// A hash of everything that decides the vectors' bytes, given the same images.
  ///
  /// @param batchSize images computed together; it can change the last bits
  /// @return 64 hexadecimal characters
  public String hash(int batchSize) {
    return Sha256.of(
        String.join(
            "\n",
            id,
            kind.name(),
            String.valueOf(weightsSha256),
            preprocessing,
            Boolean.toString(normalized),
            Integer.toString(ImageReader.VERSION),
            Integer.toString(batchSize)));
  }

  /// @param name what a user typed
  /// @return whether it is the id or an alias
  public boolean isCalled(String name) {
    return id.equals(name) || aliases.contains(name);
  }
}
