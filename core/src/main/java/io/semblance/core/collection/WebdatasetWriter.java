package io.semblance.core.collection;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Writes a collection as img2dataset writes its downloads: `00000.tar` with `000000000.jpg`,
/// `.txt` (the caption) and `.json`, beside it `00000.parquet` and `00000_stats.json`. Image files
/// go in as they are, byte for byte.
///
/// A part that is complete stays when the same collection is written again, so a killed run goes on
/// with the part it was at. Source of the layout: img2dataset, README, "File format".
public final class WebdatasetWriter {

  private static final int SHARD_DIGITS = 5;

  private final ImageCollection collection;
  private final Path folder;
  private final int perTar;
  private final String listing;

  /// What was written.
  ///
  /// @param tars number of tars
  /// @param images images in them
  /// @param failed images that could not be read, listed in the Parquet files with the reason
  public record Result(int tars, int images, int failed) {}

  /// One part's numbers, in img2dataset's words.
  ///
  /// @param count images of the collection
  /// @param successes of them, in the tar
  /// @param failed_to_download always 0
  /// @param failed_to_resize images that could not be read
  /// @param status_dict images by status
  /// @param semblance_listing hash of the collection and size of a part: says what the part is of
  private record Stats(
      int count,
      int successes,
      int failed_to_download,
      int failed_to_resize,
      Map<String, Integer> status_dict,
      String semblance_listing) {}

  private WebdatasetWriter(ImageCollection collection, Path folder, int perTar, String listing) {
    this.collection = collection;
    this.folder = folder;
    this.perTar = perTar;
    this.listing = listing;
  }

  /// Writes all of a collection.
  ///
  /// @param collection any
  /// @param folder where tars go; made if missing
  /// @param perTar images of the collection a tar is for, at least 1
  /// @param progress hears of every image; may stop the writing
  /// @return what was written, earlier parts included
  /// @throws SemblanceException if the folder holds tars of another collection, or cannot be
  ///   written
  public static Result write(ImageCollection collection, Path folder, int perTar, Progress progress)
      throws IOException {
    if (perTar < 1) {
      throw new IllegalArgumentException("images in a tar are " + perTar + ": give 1 or more");
    }
    String listing = collection.listingHash() + "/" + perTar;
    return new WebdatasetWriter(collection, folder, perTar, listing).write(progress);
  }

  private Result write(Progress progress) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new SemblanceException(
          "Cannot make the folder %s (%s): choose another place."
              .formatted(folder, AtomicFile.reason(e)),
          e);
    }
    int tars = Math.ceilDiv(collection.size(), perTar);
    int images = 0;
    int failed = 0;
    for (int t = 0; t < tars; t++) {
      int from = t * perTar;
      int to = Math.min(collection.size(), from + perTar);
      Stats stats = written(t);
      if (stats == null) {
        stats = write(t, from, to, progress);
      }
      progress.at(to, collection.size());
      images += stats.successes();
      failed += stats.failed_to_resize();
    }
    return new Result(tars, images, failed);
  }

  /// The numbers of a part that is complete, or null.
  private Stats written(int tar) throws IOException {
    Path file = file(tar, "_stats.json");
    if (!Files.exists(file)) {
      return null; // it is written last
    }
    Stats stats = Json.read(file, Stats.class);
    if (!listing.equals(stats.semblance_listing())) {
      throw new SemblanceException(
          "%s holds tars of another collection, or of another number of images each: choose another --out."
              .formatted(folder));
    }
    return stats;
  }

  private Stats write(int tar, int from, int to, Progress progress) throws IOException {
    try (var rows = new WebdatasetRows(collection.slice(from, to))) {
      AtomicFile.write(
          file(tar, ".tar"),
          out -> {
            var members = new TarOutput(out);
            for (int i = from; i < to; i++) {
              rows.add(collection.image(i), key(tar, i - from), members);
              progress.at(i, collection.size());
            }
            members.end();
          });
      rows.write(file(tar, ".parquet"));
      var stats =
          new Stats(to - from, rows.successes(), 0, rows.failures(), rows.statuses(), listing);
      Json.write(stats, file(tar, "_stats.json"));
      return stats;
    }
  }

  private Path file(int tar, String ending) {
    return folder.resolve(number(tar, SHARD_DIGITS) + ending);
  }

  private String key(int tar, int image) {
    int digits = Math.max(1, Integer.toString(perTar - 1).length());
    return number(tar, SHARD_DIGITS) + number(image, digits);
  }

  private static String number(int value, int digits) {
    return ("%0" + digits + "d").formatted(value);
  }
}
