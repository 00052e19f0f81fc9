package io.semblance.extract.view;

import io.semblance.core.SemblanceException;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.View;
import io.semblance.extract.Extractor;
import io.semblance.extract.ModelCard;
import io.semblance.extract.SourceImage;
import java.util.List;

/// A network that sees an augmented view of each image. Its card's preprocessing names the view.
public final class ViewExtractor implements Extractor {

  private final Extractor network;
  private final Augmenter augmenter;

  private ViewExtractor(Extractor network, Augmenter augmenter) {
    this.network = network;
    this.augmenter = augmenter;
  }

  /// @param network that looks at pixels; stays the caller's
  /// @param view what it is shown
  /// @return the extractor
  /// @throws SemblanceException if it is no network on images
  public static ViewExtractor of(Extractor network, View view) throws SemblanceException {
    if (network.readsText() || network.card().kind() != Provenance.Kind.NEURAL) {
      throw new SemblanceException(
          "%s is no network that looks at pixels: leave --views away."
              .formatted(network.card().id()));
    }
    return new ViewExtractor(network, new Augmenter(view));
  }

  @Override
  public ModelCard card() {
    return network.card().of(augmenter.view());
  }

  @Override
  public int dimension() {
    return network.dimension();
  }

  @Override
  public float[] prepare(SourceImage image) throws SemblanceException {
    return network.prepare(image.seenAs(pixels -> augmenter.of(pixels, image.id())));
  }

  @Override
  public void embed(List<float[]> prepared, float[] vectors) throws SemblanceException {
    network.embed(prepared, vectors);
  }
}
