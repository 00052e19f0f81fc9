package io.semblance.core.collection;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Images in tars, as webdataset and img2dataset write them: members of one sample share the name
/// before the first dot; `.json` and `.txt` describe the image, and so does a row of the Parquet
/// file beside the tar.
///
/// Images stand in the order of the tars and of their members. Source of the layout: img2dataset,
/// README, "File format".
final class TarListing {

  private final Path root;
  private final CollectionOptions options;
  private final CollectionBuilder builder;
  private final ExtrasBuilder extras = new ExtrasBuilder();
  private final List<Path> tars = new ArrayList<>();
  private int[] tarOf = new int[16];
  private long[] offsets = new long[16];
  private int[] lengths = new int[16];

  private record Piece(long offset, int length) {}

  /// What a tar holds of one sample beside its image.
  private record Sidecar(Piece json, Piece text) {
    static final Sidecar NONE = new Sidecar(null, null);
  }

  private TarListing(Path root, CollectionOptions options) {
    this.root = root;
    this.options = options;
    this.builder = new CollectionBuilder(root);
  }

  /// @param tars in order
  /// @param root folder their ids are relative to
  static ImageCollection of(List<Path> tars, Path root, CollectionOptions options)
      throws IOException {
    var listing = new TarListing(root, options);
    try (listing.extras) {
      for (Path tar : tars) {
        listing.list(tar);
      }
      if (listing.builder.size() == 0) {
        String why = listing.builder.firstUnlisted();
        throw new SemblanceException(
            why == null
                ? "There is no image in %s: give tars with members that end in %s."
                    .formatted(tars.getFirst(), ImageNames.endings())
                : why);
      }
      return listing.finish();
    }
  }

  private ImageCollection finish() throws IOException {
    List<Path> files = List.copyOf(tars);
    int[] tar = tarOf;
    long[] offset = offsets;
    int[] length = lengths;
    return builder.build(
        _ -> i -> new ImageSource.InTar(files.get(tar[i]), offset[i], length[i]),
        extras.build(builder.size()));
  }

  private void list(Path tar) throws IOException {
    String prefix = ImageNames.text(root.relativize(tar)) + "/";
    Map<String, Sidecar> sidecars = new HashMap<>();
    List<String> keys = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int first = builder.size();
    TarIndex.visit(
        tar,
        new TarIndex.Visitor() {
          @Override
          public void member(String name, long offset, long length) {
            String ending = name.substring(key(name).length());
            if (!ImageNames.isImage(name.substring(name.lastIndexOf('/') + 1))) {
              describe(sidecars, key(name), ending, offset, length);
            } else if (length > ImageSource.MAX_BYTES) {
              unusable(name, prefix + name + " is too large for an image: make a smaller copy.");
            } else if (!names.add(name)) {
              unusable(name, prefix + name + " comes twice: the first one counts.");
            } else {
              add(prefix + name, tars.size(), offset, (int) length);
              keys.add(key(name));
            }
          }

          @Override
          public void unusable(String name, String reason) {
            builder.unlisted(prefix + name, reason);
          }
        });
    tars.add(tar);
    Path parquet = parquet(tar);
    for (int i = 0; i < keys.size(); i++) {
      describe(first + i, prefix, tar, keys.get(i), sidecars, parquet);
    }
  }

  private static void describe(
      Map<String, Sidecar> sidecars, String key, String ending, long offset, long length) {
    if (length > ImageSource.MAX_BYTES) {
      return;
    }
    var piece = new Piece(offset, (int) length);
    Sidecar known = sidecars.getOrDefault(key, Sidecar.NONE);
    if (ending.equals(".json")) {
      sidecars.put(key, new Sidecar(piece, known.text()));
    } else if (ending.equals(".txt")) {
      sidecars.put(key, new Sidecar(known.json(), piece));
    }
  }

  private void describe(
      int image, String prefix, Path tar, String key, Map<String, Sidecar> sidecars, Path parquet)
      throws IOException {
    String name = key.substring(key.lastIndexOf('/') + 1);
    if (parquet != null) {
      extras.join(image, parquet, name);
    }
    Sidecar sidecar = sidecars.getOrDefault(key, Sidecar.NONE);
    // the Parquet file repeats what the JSON says
    Piece json = parquet == null ? sidecar.json() : null;
    if (json == null && sidecar.text() == null) {
      return;
    }
    String caption =
        sidecar.text() == null
            ? null
            : TarIndex.plain(TarIndex.bytes(tar, sidecar.text().offset(), sidecar.text().length()));
    byte[] object = json == null ? null : TarIndex.bytes(tar, json.offset(), json.length());
    try {
      extras.add(image, object, caption);
    } catch (SemblanceException e) {
      builder.unlisted(
          prefix + key + ".json",
          prefix + key + ".json " + e.getMessage() + ": the image is used without it.");
      extras.add(image, null, caption);
    }
  }

  private void add(String id, int tar, long offset, int length) {
    int n = builder.size();
    if (n == tarOf.length) {
      tarOf = Arrays.copyOf(tarOf, 2 * n);
      offsets = Arrays.copyOf(offsets, 2 * n);
      lengths = Arrays.copyOf(lengths, 2 * n);
    }
    tarOf[n] = tar;
    offsets[n] = offset;
    lengths[n] = length;
    builder.add(id, options.labels(id, Labels.NONE));
  }

  // webdataset: the name up to the first dot behind the last folder
  private static String key(String name) {
    int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static Path parquet(Path tar) throws IOException {
    String name = tar.getFileName().toString();
    Path file = tar.resolveSibling(name.substring(0, name.length() - ".tar".length()) + ".parquet");
    return Files.exists(file) && io.semblance.core.parquet.Parquet.columns(file).containsKey("key")
        ? file
        : null;
  }
}
