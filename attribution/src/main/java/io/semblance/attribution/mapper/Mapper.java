package io.semblance.attribution.mapper;

import io.semblance.attribution.feature.Compatible;
import io.semblance.core.SemblanceException;
import io.semblance.core.table.Provenance;
import java.util.ArrayList;
import java.util.Map;

/// Two maps on the features of one model: one for training images (exemplars, distractors), one for
/// synthesised images. Read and written by [MapperFile]. Safe for several threads.
public final class Mapper {

  static final String REGULARISATION = "regularisation";
  static final String AUGMENTATION = "augmentation";

  private final MapperState training;
  private final MapperState synthesized;
  private final Provenance provenance;
  private final String sha256;
  private final Map<String, String> about;
  private final FeatureMap trainingMap;
  private final FeatureMap synthesizedMap;

  Mapper(MapperState training, MapperState synthesized, Provenance provenance, String sha256) {
    this(training, synthesized, provenance, sha256, Map.of());
  }

  /// @param about what its file says of its training
  Mapper(
      MapperState training,
      MapperState synthesized,
      Provenance provenance,
      String sha256,
      Map<String, String> about) {
    this.about = Map.copyOf(about);
    this.training = training;
    this.synthesized = synthesized;
    this.provenance = provenance;
    this.sha256 = sha256;
    this.trainingMap = training.map();
    this.synthesizedMap = synthesized.map();
  }

  MapperState trainingState() {
    return training;
  }

  MapperState synthesizedState() {
    return synthesized;
  }

  /// @return which shape of map
  public MapperKind kind() {
    return training.kind();
  }

  /// @return which model's features it takes, or null where its file does not say
  public Provenance provenance() {
    return provenance;
  }

  /// How it departs from the paper's mapper, which is affine, regularised and trained without
  /// strong augmentation, in the paper's words of Tables 3 and 4.
  ///
  /// @return `channel`, `mlp`, `no reg.`, `strong aug.`, several joined by commas, or an empty
  ///   text; of a published file only the kind is known
  public String variant() {
    var parts = new ArrayList<String>();
    if (kind() != MapperKind.AFFINE) {
      parts.add(kind().word());
    }
    boolean free = "0.0".equals(about.get(REGULARISATION));
    if (free && kind() == MapperKind.AFFINE) {
      parts.add("no reg.");
    }
    if (about.getOrDefault(AUGMENTATION, "").contains("strong")) {
      parts.add("strong aug.");
    }
    return String.join(", ", parts);
  }

  /// @return hash of its file, or null if it was not read from one
  public String sha256() {
    return sha256;
  }

  /// @return dimension of the features it takes
  public int inputs() {
    return trainingMap.inputs();
  }

  /// @return the map of training images
  public FeatureMap training() {
    return trainingMap;
  }

  /// @return the map of synthesised images
  public FeatureMap synthesized() {
    return synthesizedMap;
  }

  /// Refuses features of another model, not just of another dimension.
  ///
  /// @param what names the features in the message
  /// @param features their model
  /// @param dimension their d
  /// @throws SemblanceException if they are not what the mapper was trained on
  public void require(String what, Provenance features, int dimension) throws SemblanceException {
    if (dimension != inputs()) {
      throw new SemblanceException(
          "The mapper takes %d dimensions, and %s has %d: use the mapper of that model."
              .formatted(inputs(), what, dimension));
    }
    boolean known =
        provenance != null && !Compatible.nameless(provenance) && !Compatible.nameless(features);
    if (known && !Compatible.sameModel(provenance, features)) {
      throw new SemblanceException(
          "The mapper was trained on features of %s (weights %.12s, preprocessing '%s'), and %s has those of %s (weights %.12s, preprocessing '%s'): use the mapper of that model."
              .formatted(
                  provenance.modelId(),
                  provenance.weightsSha256(),
                  provenance.preprocessing(),
                  what,
                  features.modelId(),
                  features.weightsSha256(),
                  features.preprocessing()));
    }
  }
}
