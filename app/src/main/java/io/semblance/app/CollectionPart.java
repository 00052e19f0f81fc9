package io.semblance.app;

import io.semblance.core.collection.ImageCollection;

/// One of several parts of a collection.
///
/// @param index from 1
/// @param count at least 1
record CollectionPart(int index, int count) {

  static CollectionPart parse(String text, Verb verb) {
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]{1,6}/[0-9]{1,6}")) {
      throw verb.usage("--shard is '" + text + "': give part and number of parts, e.g. 1/4");
    }
    int slash = text.indexOf('/');
    var part =
        new CollectionPart(
            Integer.parseInt(text.substring(0, slash)),
            Integer.parseInt(text.substring(slash + 1)));
    if (part.index() < 1 || part.index() > part.count()) {
      throw verb.usage("--shard is '" + text + "': parts are numbered from 1 to N");
    }
    return part;
  }

  /// The part's images: whole batches, so that joined parts have the bytes of one run.
  ImageCollection of(ImageCollection whole, int batch) {
    int batches = Math.ceilDiv(whole.size(), batch);
    int from = (int) ((long) batches * (index - 1) / count);
    int to = (int) ((long) batches * index / count);
    return whole.slice(Math.min(whole.size(), from * batch), Math.min(whole.size(), to * batch));
  }
}
