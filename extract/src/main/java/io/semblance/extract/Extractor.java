package io.semblance.extract;

import io.semblance.core.SemblanceException;
import java.util.List;

/// Turns an image into a vector, in two stages.
///
/// [#prepare] does what concerns one image alone (decode, resize, measure) and is called by many
/// threads at once; [#embed] does what is cheaper for many images together and is called by one
/// thread at a time. An extractor that gains nothing from batches does all its work in `prepare`
/// and leaves `embed` as it is. A vector depends on its image only; the batch it stands in may
/// change it by rounding (1e-5 relative).
public interface Extractor extends AutoCloseable {

  /// @return what the extractor says of itself
  ModelCard card();

  /// @return d, at least 1
  int dimension();

  /// @return whether it reads texts in the images' places, see
  ///   [io.semblance.core.collection.Texts], rather than images
  default boolean readsText() {
    return false;
  }

  /// First stage: from a file to what the second stage reads.
  ///
  /// @param image one image
  /// @return the second stage's input for this image, all of the same length; the caller owns it
  /// @throws SemblanceException if the image cannot be used; the message begins with its id
  float[] prepare(SourceImage image) throws SemblanceException;

  /// Second stage: from prepared images to vectors.
  ///
  /// @param prepared results of [#prepare], length n >= 1; not kept
  /// @param vectors receives `n x d` components from index 0, row-major
  /// @throws SemblanceException if the model behind the extractor fails
  default void embed(List<float[]> prepared, float[] vectors) throws SemblanceException {
    for (int i = 0; i < prepared.size(); i++) {
      System.arraycopy(prepared.get(i), 0, vectors, i * dimension(), dimension());
    }
  }

  /// Both stages for a single image.
  ///
  /// @param image one image
  /// @return its vector, length d
  /// @throws SemblanceException as [#prepare] and [#embed]
  default float[] vector(SourceImage image) throws SemblanceException {
    float[] out = new float[dimension()];
    embed(List.of(prepare(image)), out);
    return out;
  }

  /// Releases what the extractor holds outside the heap. Using it afterwards is an error.
  @Override
  default void close() {}
}
