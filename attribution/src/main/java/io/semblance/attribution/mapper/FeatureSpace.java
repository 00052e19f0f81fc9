package io.semblance.attribution.mapper;

import io.semblance.core.file.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A model's feature space as it is used: its maps before the cosine, and how they came about.
///
/// @param correction against hubs
/// @param training map of training images, the pool and exemplars
/// @param synthesized map of synthesised images, with as many outputs
/// @param sha256 of the numbers that were fitted to the pool, or null where nothing was
public record FeatureSpace(
    SpaceCorrection correction, FeatureMap training, FeatureMap synthesized, String sha256) {

  /// @param dimension d
  /// @return the space as it is
  public static FeatureSpace plain(int dimension) {
    FeatureMap same = FeatureMap.identity(dimension);
    return new FeatureSpace(SpaceCorrection.NONE, same, same, null);
  }

  static FeatureSpace of(SpaceCorrection correction, FeatureMap both, Layer layer) {
    ByteBuffer bytes =
        ByteBuffer.allocate(4 * (layer.weight().data().length + layer.shift().length))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(layer.weight().data()).put(layer.shift());
    return new FeatureSpace(correction, both, both, Sha256.of(bytes.array()));
  }
}
