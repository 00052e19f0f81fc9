package io.semblance.attribution.report;

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
  private final List<String> unreadable = new ArrayList<>();
  private long embedded;
  private int beyondLimit;

  /// @param limit most characters that thumbnails may take on the page
  Thumbnails(long limit) {
    this.limit = limit;
  }

  /// @param file where the image lies, or null where unknown
  /// @param id what the image is called, for the notes
  /// @return its thumbnail; nothing if it cannot be read or the page is full
  Optional<Thumbnail> of(Path file, String id) {
    Path key = file == null ? Path.of(id.replace('\0', '?')) : file;
    boolean fresh = !made.containsKey(key);
    if (fresh && embedded >= limit) {
      beyondLimit++;
      return Optional.empty();
    }
    Optional<Thumbnail> thumbnail =
        made.computeIfAbsent(key, _ -> file == null ? Optional.empty() : Thumbnail.of(file));
    if (fresh && thumbnail.isEmpty()) {
      unreadable.add(id);
    }
    int size = thumbnail.map(t -> t.dataUri().length()).orElse(0);
    if (embedded + size > limit) {
      beyondLimit++;
      return Optional.empty();
    }
    embedded += size;
    return thumbnail;
  }

  /// What is missing on the page and why, in whole sentences.
  List<String> notes() {
    var notes = new ArrayList<String>();
    if (!unreadable.isEmpty()) {
      notes.add(
          "%d image%s could not be read where the index says (the first: %s); a grey tile stands for %s."
              .formatted(
                  unreadable.size(),
                  unreadable.size() == 1 ? "" : "s",
                  unreadable.getFirst(),
                  unreadable.size() == 1 ? "it" : "each"));
    }
    if (beyondLimit > 0) {
      notes.add(
          "%d thumbnails were left out, to keep this page below %d MB; hits.csv lists all hits."
              .formatted(beyondLimit, Math.max(1, limit >> 20)));
    }
    return notes;
  }
}
