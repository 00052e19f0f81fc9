package io.semblance.core.collection;

import io.semblance.core.collection.ImageSource.InTar;
import io.semblance.core.collection.ImageSource.NamedInTar;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Finds images by paths that lead through a tar, such as `photos/00000.tar/000000012.jpg`. Keeps
/// the names of the few tars used last. Safe for use by several threads.
public final class TarLookup {

  private static final int KEPT = 8;
  private static final String ENDING = ".tar";

  private final LinkedHashMap<Path, Map<String, InTar>> kept =
      new LinkedHashMap<>(2 * KEPT, 0.75f, true);

  /// Where the image of a path lies.
  ///
  /// @param path of an image
  /// @return the file itself, or the member of a tar that the path leads through
  public ImageSource source(Path path) {
    for (Path p = path.getParent(); p != null && p.getFileName() != null; p = p.getParent()) {
      if (p.getFileName().toString().endsWith(ENDING)) {
        return new NamedInTar(this, p, ImageNames.text(p.relativize(path)));
      }
    }
    return new ImageSource.InFile(path);
  }

  /// @param tar a tar
  /// @param member name of a file in it
  /// @return where its bytes lie
  /// @throws IOException if the tar cannot be read, or has no such member
  synchronized InTar find(Path tar, String member) throws IOException {
    Map<String, InTar> members = kept.get(tar);
    if (members == null) {
      members = members(tar);
      kept.put(tar, members);
      if (kept.size() > KEPT) {
        kept.pollFirstEntry();
      }
    }
    InTar found = members.get(member);
    if (found == null) {
      throw new NoSuchFileException(tar + "/" + member);
    }
    return found;
  }

  private static Map<String, InTar> members(Path tar) throws IOException {
    var members = new HashMap<String, InTar>();
    TarIndex.visit(
        tar,
        new TarIndex.Visitor() {
          @Override
          public void member(String name, long offset, long length) {
            if (length <= ImageSource.MAX_BYTES) {
              members.putIfAbsent(name, new InTar(tar, offset, (int) length));
            }
          }

          @Override
          public void unusable(String name, String reason) {
            // the members before it can be found; one that is asked for and missing says so
          }
        });
    return members;
  }
}
