package io.semblance.core.table;

import io.semblance.core.SemblanceException;
import io.semblance.core.table.TableManifest.Part;
import java.nio.file.Path;
import java.util.List;

/// Looks at a manifest before anything is done with it: what a program needs is there, and no file
/// lies outside the table's folder.
final class ManifestCheck {

  private ManifestCheck() {}

  static void require(TableManifest manifest, Path file) throws SemblanceException {
    Provenance provenance = manifest.provenance();
    if (provenance == null
        || provenance.modelId() == null
        || provenance.kind() == null
        || provenance.preprocessing() == null
        || manifest.precision() == null
        || manifest.shards() == null
        || manifest.shards().isEmpty()
        || manifest.metadata() == null
        || manifest.dimension() < 1
        || manifest.rows() < 0) {
      throw new SemblanceException(
          file + " lacks provenance, precision, dimension or files: embed again.");
    }
    for (List<Part> parts : List.of(manifest.shards(), manifest.metadata())) {
      for (Part part : parts) {
        if (part == null || part.file() == null || leaves(part.file())) {
          throw new SemblanceException(
              file + " names a file that does not lie in its folder: embed again.");
        }
      }
    }
  }

  private static boolean leaves(String path) {
    return path.isBlank()
        || path.startsWith("/")
        || path.indexOf('\\') >= 0
        || path.indexOf('\0') >= 0
        || path.indexOf(':') >= 0
        || List.of(path.split("/", -1)).contains("..");
  }
}
