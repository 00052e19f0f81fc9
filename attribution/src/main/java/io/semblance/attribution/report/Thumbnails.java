package io.semblance.attribution.report;

import io.semblance.core.collection.TarLookup;
import io.semblance.core.file.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The thumbnails of one page: each file is read once, and together they stay below a limit. Not
/// safe for several threads.
final class Thumbnails {

  private final long limit;
  private final Map<Path, Optional<Thumbnail>> made = new HashMap<>();
  private final TarLookup tars = new TarLookup();
  private final List<String> unreadable = new ArrayList<>();
  private final List<String> changed = new ArrayList<>();
  private long embedded;
  private int beyondLimit;

  /// @param limit most characters that thumbnails may take on the page
  Thumbnails(long limit) {
    this.limit = limit;
  }

  /// @param file where the image lies, or null where unknown
  /// @param sha256 hash of the file when it was embedded, or null where unknown
  /// @param id what the image is called, for the notes
  /// @return its thumbnail; nothing if it cannot be read, is another file by now, or the page is
  ///   full
  Optional<Thumbnail> of(Path file, String sha256, String id) {
    Path key = file == null ? Path.of(id.replace('\0', '?')) : file;
    if (!made.containsKey(key)) {
      if (embedded >= limit) {
        beyondLimit++;
        return Optional.empty();
      }
      made.put(key, make(file, sha256, id));
    }
    Optional<Thumbnail> thumbnail = made.get(key);
    int size = thumbnail.map(t -> t.dataUri().length()).orElse(0);
    if (embedded + size > limit) {
      beyondLimit++;
      return Optional.empty();
    }
    embedded += size;
    return thumbnail;
  }

  private Optional<Thumbnail> make(Path file, String sha256, String id) {
    byte[] bytes = file == null ? null : read(file);
    Optional<Thumbnail> thumbnail = bytes == null ? Optional.empty() : Thumbnail.of(bytes);
    if (thumbnail.isEmpty()) {
      unreadable.add(id);
    } else if (sha256 != null && !sha256.equals(Sha256.of(bytes))) {
      changed.add(id);
      return Optional.empty();
    }
    return thumbnail;
  }

  private byte[] read(Path file) {
    try {
      return tars.source(file).read();
    } catch (IOException _) {
      return null;
    }
  }

  /// What is missing on the page and why, in whole sentences.
  List<String> notes() {
    var notes = new ArrayList<String>();
    add(notes, unreadable, "could not be read where the index says");
    add(notes, changed, "changed since being embedded");
    if (beyondLimit > 0) {
      notes.add(
          "%d thumbnails were left out, to keep this page below %d MB; hits.csv lists all hits."
              .formatted(beyondLimit, Math.max(1, limit >> 20)));
    }
    return notes;
  }

  private static void add(List<String> notes, List<String> ids, String what) {
    if (ids.size() == 1) {
      notes.add("1 image %s (%s); a grey tile stands for it.".formatted(what, ids.getFirst()));
    } else if (!ids.isEmpty()) {
      notes.add(
          "%,d images %s (the first: %s); a grey tile stands for each."
              .formatted(ids.size(), what, ids.getFirst()));
    }
  }
}
