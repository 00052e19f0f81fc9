package io.semblance.core.collection;

import io.semblance.core.SemblanceException;
import java.io.IOException;
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

  private record Piece(long offset, int length) {

    byte[] bytes(Path tar) throws IOException {
      return new ImageSource.InTar(tar, offset, length).read();
    }
  }

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

  /// An image of the tar being listed.
  private record Member(String name, Piece piece) {}

  private void list(Path tar) throws IOException {
    String prefix = ImageNames.text(root.relativize(tar)) + "/";
    Map<String, Sidecar> sidecars = new HashMap<>();
    List<Member> images = new ArrayList<>();
    Set<String> names = new HashSet<>();
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
              images.add(new Member(name, new Piece(offset, (int) length)));
            }
          }

          @Override
          public void unusable(String name, String reason) {
            builder.unlisted(prefix + name, reason);
          }
        });
    String file = tar.getFileName().toString();
    KeyedLabels parquet =
        KeyedLabels.beside(tar, file.substring(0, file.length() - ".tar".length()));
    tars.add(tar);
    for (Member image : images) {
      String key = key(image.name());
      Sidecar sidecar = sidecars.getOrDefault(key, Sidecar.NONE);
      String id = prefix + image.name();
      add(id, image.piece(), options.labels(id, describe(id, tar, key, sidecar, parquet)));
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

  /// Gathers what describes the next image.
  ///
  /// @return labels that it gives
  private Labels describe(String id, Path tar, String key, Sidecar sidecar, KeyedLabels parquet)
      throws IOException {
    int image = builder.size();
    Labels labels = Labels.NONE;
    if (parquet != null) {
      String name = key.substring(key.lastIndexOf('/') + 1);
      extras.join(image, parquet.file(), name);
      labels = parquet.of(name);
    }
    // the Parquet file repeats what the JSON says
    Piece json = parquet == null ? sidecar.json() : null;
    if (json == null && sidecar.text() == null) {
      return labels;
    }
    String caption = sidecar.text() == null ? null : TarIndex.plain(sidecar.text().bytes(tar));
    try {
      Labels said = extras.add(image, json == null ? null : json.bytes(tar), caption);
      return parquet == null ? said : labels;
    } catch (SemblanceException e) {
      builder.unlisted(
          id, "The .json of %s %s: the image is used without it.".formatted(id, e.getMessage()));
      extras.add(image, null, caption);
      return labels;
    }
  }

  private void add(String id, Piece piece, Labels labels) {
    int n = builder.size();
    if (n == tarOf.length) {
      tarOf = Arrays.copyOf(tarOf, 2 * n);
      offsets = Arrays.copyOf(offsets, 2 * n);
      lengths = Arrays.copyOf(lengths, 2 * n);
    }
    tarOf[n] = tars.size() - 1;
    offsets[n] = piece.offset();
    lengths[n] = piece.length();
    builder.add(id, labels);
  }

  // webdataset: the name up to the first dot behind the last folder
  private static String key(String name) {
    int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
    return dot < 0 ? name : name.substring(0, dot);
  }
}
