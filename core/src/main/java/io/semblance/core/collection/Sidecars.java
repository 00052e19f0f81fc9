package io.semblance.core.collection;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What stands beside the images of one folder: `x.txt` with a caption and `x.json` with further
/// members for `x.jpg`, and, where img2dataset wrote the folder `00000`, the rows of
/// `00000.parquet`.
final class Sidecars {

  private static final long LONGEST = 1 << 24;

  private final ExtrasBuilder extras;
  private final CollectionBuilder builder;
  private final KeyedLabels parquet;
  private boolean texts;
  private boolean objects;

  Sidecars(Path folder, ExtrasBuilder extras, CollectionBuilder builder) throws IOException {
    this.extras = extras;
    this.builder = builder;
    Path name = folder.getFileName();
    this.parquet = name == null ? null : KeyedLabels.beside(folder, name.toString());
  }

  /// Hears of every file of the folder, so that folders without such files cost nothing.
  void see(Path file) {
    String name = file.getFileName().toString();
    texts |= name.endsWith(".txt");
    objects |= name.endsWith(".json");
  }

  /// Gathers what describes an image.
  ///
  /// @param image its index
  /// @param file of the image
  /// @param id of the image, for messages
  /// @return labels that stand beside it
  Labels describe(int image, Path file, String id) throws IOException {
    if (parquet == null && !texts && !objects) {
      return Labels.NONE;
    }
    String name = file.getFileName().toString();
    String stem = name.substring(0, name.lastIndexOf('.'));
    Labels labels = Labels.NONE;
    if (parquet != null) {
      extras.join(image, parquet.file(), stem);
      labels = parquet.of(stem);
    }
    byte[] text = texts ? read(file.resolveSibling(stem + ".txt"), id) : null;
    byte[] json = objects && parquet == null ? read(file.resolveSibling(stem + ".json"), id) : null;
    if (text == null && json == null) {
      return labels;
    }
    String caption = text == null ? null : TarIndex.plain(text);
    try {
      Labels said = extras.add(image, json, caption);
      return parquet == null ? said : labels;
    } catch (SemblanceException e) {
      builder.unlisted(
          stem + ".json",
          "The .json beside %s %s: the image is used without it.".formatted(id, e.getMessage()));
      extras.add(image, null, caption);
      return labels;
    }
  }

  private byte[] read(Path file, String id) {
    try {
      if (Files.size(file) > LONGEST) {
        builder.unlisted(
            file.getFileName().toString(),
            "%s beside %s is too long to describe it: it is not used."
                .formatted(file.getFileName(), id));
        return null;
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException _) {
      return null;
    } catch (IOException e) {
      builder.unlisted(
          file.getFileName().toString(),
          "%s beside %s cannot be read (%s): it is not used."
              .formatted(file.getFileName(), id, AtomicFile.reason(e)));
      return null;
    }
  }
}
