package io.semblance.attribution.feature;

import io.semblance.core.SemblanceException;
import io.semblance.core.array.NpyFile;
import io.semblance.core.array.NumberArray;
import io.semblance.core.array.pickle.PickleArray;
import io.semblance.core.array.pickle.PickleDict;
import io.semblance.core.array.pickle.PickleItems;
import io.semblance.core.array.pickle.TorchFile;
import io.semblance.core.file.Sha256;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The distractors: training images that are no exemplars, of one or several sources in order.
/// Files are mapped; close the pool to release them.
///
/// A source is a table folder, a published feature file (`.pth` of `{feats, paths}`), or a `.npy`.
/// Source: the published evaluation code of AbC, `laion_subset`.
public final class Pool implements AutoCloseable {

  private final List<FeatureRows> parts = new ArrayList<>();
  private final List<AutoCloseable> owned = new ArrayList<>();
  private final List<String> hashes = new ArrayList<>();

  private Pool() {}

  /// @param sources at least one
  /// @return the pool; close it
  /// @throws SemblanceException if a source is none of the known kinds, is damaged, or the
  ///   dimensions or models of two differ
  public static Pool open(List<Path> sources) throws IOException {
    var pool = new Pool();
    try {
      for (Path source : sources) {
        pool.add(source);
        requireAlike(sources.getFirst(), pool.parts.getFirst(), source, pool.parts.getLast());
      }
      return pool;
    } catch (IOException | RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /// @param rows in memory; at least one part
  /// @return a pool that owns nothing
  public static Pool of(FeatureRows... rows) {
    var pool = new Pool();
    pool.parts.addAll(List.of(rows));
    pool.hashes.add("memory");
    return pool;
  }

  private void add(Path source) throws IOException {
    if (Files.isDirectory(source)) {
      EmbeddingTable table = TableFolder.open(source);
      owned.add(table);
      parts.add(FeatureRows.of(table));
      Path manifest = source.resolve(TableManifest.FILE);
      hashes.add(Files.exists(manifest) ? Sha256.of(manifest) : "no manifest");
    } else if (source.toString().endsWith(".npy")) {
      NpyFile file = NpyFile.open(source);
      owned.add(file);
      parts.add(array(source, file.numbers(), null));
      hashes.add(Sha256.of(source));
    } else {
      TorchFile file = TorchFile.open(source);
      owned.add(file);
      parts.add(published(source, file));
      hashes.add(Sha256.of(source));
    }
  }

  private static FeatureRows published(Path source, TorchFile file) throws SemblanceException {
    if (file.root() instanceof PickleDict dict
        && dict.get("feats").orElse(null) instanceof PickleArray feats
        && feats.array() instanceof NumberArray array) {
      List<String> ids =
          dict.get("paths").orElse(null) instanceof PickleItems items
              ? items.texts().orElse(null)
              : null;
      if (ids != null && ids.size() != array.rows()) {
        throw new SemblanceException(
            "%s names %d paths for %d rows of feats: the file is damaged; copy or write it again."
                .formatted(source, ids.size(), array.rows()));
      }
      return array(source, array, ids);
    }
    throw new SemblanceException(
        source
            + " holds no 'feats' with 'paths': a pool is a table folder, a .npy, or a .pth of"
            + " {feats, paths}.");
  }

  private static FeatureRows array(Path source, NumberArray array, List<String> ids)
      throws SemblanceException {
    if (array.axes() != 2 || array.rows() == 0 || array.rowLength() == 0) {
      throw new SemblanceException(
          "%s holds %s, which is no table of vectors: n x d numbers are needed."
              .formatted(source, array));
    }
    return new ArrayFeatures(Published.unknown(source), array, ids);
  }

  private static void requireAlike(Path first, FeatureRows a, Path next, FeatureRows b)
      throws SemblanceException {
    Compatible.require(
        first.toString(),
        a.provenance(),
        a.dimension(),
        next.toString(),
        b.provenance(),
        b.dimension());
  }

  /// @return the sources' rows, in order
  public List<FeatureRows> parts() {
    return List.copyOf(parts);
  }

  /// @return number of images
  public long size() {
    return parts.stream().mapToLong(FeatureRows::size).sum();
  }

  /// @return d
  public int dimension() {
    return parts.getFirst().dimension();
  }

  /// @return model of the first source
  public Provenance provenance() {
    return parts.getFirst().provenance();
  }

  /// @return a hash for each source: of a table's manifest, or of a file's bytes
  public List<String> hashes() {
    return List.copyOf(hashes);
  }

  @Override
  public void close() throws IOException {
    Closing.all(owned);
  }
}
