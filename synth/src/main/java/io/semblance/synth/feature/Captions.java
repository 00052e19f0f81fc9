package io.semblance.synth.feature;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.CollectionImage;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.collection.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The captions of a collection's images, found by id. Safe for several threads.
@FunctionalInterface
public interface Captions {

  /// @param id of an image
  /// @return its caption
  /// @throws SemblanceException if it has none; the message begins with the id
  String of(String id) throws SemblanceException;

  /// The empty text for every image.
  ///
  /// @return captions that say nothing
  static Captions none() {
    return _ -> "";
  }

  /// Captions that stand beside images: `x.txt`, or a column of their manifest.
  ///
  /// @param images the collection
  /// @param column where the captions are, or null for the usual names
  /// @return the captions
  /// @throws SemblanceException if the collection has no such column
  static Captions of(ImageCollection images, String column) throws IOException {
    ImageCollection texts = Texts.ofImages(images, column);
    Map<String, CollectionImage> byId = new HashMap<>();
    for (CollectionImage text : texts.images()) {
      byId.put(text.id(), text);
    }
    return id -> {
      CollectionImage text = byId.get(id);
      if (text == null) {
        throw new SemblanceException(id + " is not in the collection whose captions are read.");
      }
      return new String(text.read(), StandardCharsets.UTF_8);
    };
  }
}
