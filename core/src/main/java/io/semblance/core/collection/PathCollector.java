package io.semblance.core.collection;

import io.semblance.core.SemblanceException;
import io.semblance.core.column.TextColumn;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Makes a collection of paths that a manifest or a list gives, in its order.
///
/// The root is the folder that relative paths begin at; where paths lead out of it, the deepest
/// folder above all of them. Ids are the paths below the root. Not safe for several threads.
final class PathCollector {

  private static final Pattern ADDRESS = Pattern.compile("(https?|s3|gs|ftp)://.*");
  private static final String FILE_URI = "file://";

  private final String source;
  private final Path base;
  private final CollectionOptions options;
  private final TextColumn.Builder paths = new TextColumn.Builder();
  private final CollectionBuilder known;
  private Path common;

  /// @param source what gives the paths, for messages
  /// @param base folder that relative paths begin at
  PathCollector(String source, Path base, CollectionOptions options) {
    this.source = source;
    this.base = base.toAbsolutePath().normalize();
    this.options = options;
    this.known = new CollectionBuilder(base);
    this.common = this.base;
  }

  /// @return number of paths so far
  int size() {
    return paths.size();
  }

  /// @param path as written
  /// @param labels that stand beside it
  /// @param line where it stands, for messages
  void add(String path, Labels labels, long line) throws SemblanceException {
    if (path == null || path.isBlank()) {
      throw refused(line, "has no path of an image: fill it in or remove the line");
    }
    if (ADDRESS.matcher(path).matches()) {
      throw refused(
          line,
          "names an address ("
              + path
              + ") and no file: download the images first, e.g. with img2dataset");
    }
    try {
      String plain = path.startsWith(FILE_URI) ? path.substring(FILE_URI.length()) : path;
      Path whole = base.resolve(plain).normalize();
      while (!whole.startsWith(common)) {
        common = common.getParent();
      }
      paths.add(whole.toString());
    } catch (InvalidPathException e) {
      throw refused(line, "has an impossible path (" + e.getReason() + "): correct it");
    }
    known.add("", labels);
  }

  private SemblanceException refused(long line, String what) {
    return new SemblanceException("%s, line %d %s.".formatted(source, line, what));
  }

  /// @param extras further columns, one row a path
  /// @return the collection
  /// @throws SemblanceException if there is no path, one comes twice, or no name fits the pattern
  ImageCollection build(ExtraColumns extras) throws IOException {
    if (paths.size() == 0) {
      throw new SemblanceException(source + " names no image: give one path a line.");
    }
    TextColumn whole = paths.build();
    ImageCollection beside = known.build(_ -> _ -> null, ExtraColumns.NONE);
    var builder = new CollectionBuilder(common);
    boolean anyLabels = false;
    for (int i = 0; i < whole.size(); i++) {
      String id = ImageNames.text(common.relativize(Path.of(whole.get(i))));
      Labels labels = options.labels(id, beside.image(i).labels());
      anyLabels |= !labels.equals(Labels.NONE);
      builder.add(id, labels);
    }
    if (options.pattern() != null && !anyLabels) {
      throw new SemblanceException(
          "No path in %s fits the pattern '%s' (the first is %s): change --pattern."
              .formatted(source, options.pattern(), whole.get(0)));
    }
    Path root = common;
    var tars = new TarLookup();
    ImageCollection collection =
        builder.build(ids -> i -> tars.source(ImageNames.path(root, ids.get(i))), extras);
    collection.requireDistinct(source);
    return collection;
  }
}
