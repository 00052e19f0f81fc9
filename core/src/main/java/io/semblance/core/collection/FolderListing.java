package io.semblance.core.collection;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Walks a folder of images in bytewise order of their ids, folder by folder, so that only one
/// folder's names are sorted at a time. What stands beside an image describes it, see [Sidecars].
///
/// A folder's name counts with its `/` when names are compared: then the walk itself is in the
/// order of whole ids.
final class FolderListing {

  private final Path root;
  private final CollectionOptions options;
  private final CollectionBuilder builder;
  private final Deque<Object> above = new ArrayDeque<>();
  // only for names that are not UTF-8: their ids do not say where the file lies
  private final Map<Integer, Path> places = new HashMap<>();
  private boolean anyLabels;
  private String first;

  private final ExtrasBuilder extras = new ExtrasBuilder();

  private FolderListing(Path root, CollectionOptions options) {
    this.root = root;
    this.options = options;
    this.builder = new CollectionBuilder(root);
  }

  static ImageCollection of(Path root, CollectionOptions options) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new SemblanceException(
          Files.exists(root)
              ? root + " is a file: give the folder that holds the images."
              : "There is no folder " + root + ": check the path.");
    }
    var listing = new FolderListing(root, options);
    try (listing.extras) {
      listing.walk(root, "", false);
      return listing.finish();
    }
  }

  private ImageCollection finish() throws IOException {
    if (builder.size() == 0) {
      String also = builder.firstUnlisted();
      throw new SemblanceException(
          "There is no image in %s%s: give the folder that holds the images (%s)."
              .formatted(root, also == null ? "" : " (" + also + ")", ImageNames.endings()));
    }
    if (options.pattern() != null && !anyLabels) {
      throw new SemblanceException(
          "No file name in %s fits the pattern '%s' (the first is %s): change --pattern."
              .formatted(root, options.pattern(), first));
    }
    return builder.build(
        ids ->
            i -> {
              Path odd = places.isEmpty() ? null : places.get(i);
              return new ImageSource.InFile(odd == null ? root.resolve(ids.get(i)) : odd);
            },
        extras.build(builder.size()));
  }

  private void walk(Path folder, String prefix, boolean odd) throws IOException {
    Object key;
    List<Entry> entries;
    Sidecars sidecars;
    try {
      key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
      if (key != null && above.contains(key)) {
        String place = prefix.substring(0, prefix.length() - 1);
        builder.unlisted(
            place,
            place + " is a link to a folder above it, and holds nothing new: it is left out.");
        return;
      }
      sidecars = new Sidecars(folder, extras, builder);
      entries = entries(folder, odd, sidecars);
    } catch (IOException e) {
      if (prefix.isEmpty()) {
        throw new SemblanceException(
            "Cannot list " + folder + " (" + AtomicFile.reason(e) + "): make it readable.", e);
      }
      builder.unlisted(
          prefix,
          "%s cannot be listed (%s): make it readable.".formatted(folder, AtomicFile.reason(e)));
      return;
    }
    above.push(key == null ? folder : key);
    String previous = null;
    for (Entry entry : entries) {
      String id = prefix + entry.name();
      if (entry.name().equals(previous)) {
        builder.unlisted(
            id, id + " is the name of two files, one of which is not UTF-8: rename it.");
      } else if (entry.folder()) {
        walk(entry.path(folder), id + "/", entry.odd() != null);
      } else {
        add(id, entry, sidecars.describe(builder.size(), entry.path(folder), id));
      }
      previous = entry.name();
    }
    above.pop();
  }

  private void add(String id, Entry entry, Labels known) {
    if (entry.odd() != null) {
      places.put(builder.size(), entry.odd());
    }
    Labels labels = options.labels(id, known);
    anyLabels |= !labels.equals(Labels.NONE);
    first = first == null ? id : first;
    builder.add(id, labels);
  }

  /// One image or folder.
  ///
  /// @param name in UTF-8; bytes that are not stand as `%` and two digits
  /// @param folder whether it is one
  /// @param odd where it lies, if the name does not say so, else null
  private record Entry(String name, boolean folder, Path odd) {

    Path path(Path parent) {
      return odd == null ? parent.resolve(name) : odd;
    }

    String key() {
      return folder ? name + "/" : name;
    }
  }

  private List<Entry> entries(Path folder, boolean odd, Sidecars sidecars) throws IOException {
    var entries = new ArrayList<Entry>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path path : stream) {
        sidecars.see(path);
        Entry entry = entry(path, odd);
        if (entry != null) {
          entries.add(entry);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    entries.sort((a, b) -> ImageNames.compare(a.key(), b.key()));
    return entries;
  }

  private Entry entry(Path path, boolean below) {
    String plain = path.getFileName().toString();
    if (plain.startsWith(".")) {
      return null;
    }
    String name = ImageNames.text(path.getFileName());
    Path odd = name.equals(plain) && !below ? null : path;
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        return new Entry(name, true, odd);
      }
      if (ImageNames.isImage(plain) && attributes.isOther()) {
        String place = ImageNames.text(root.relativize(path));
        builder.unlisted(place, place + " is no regular file: it is left out.");
        return null;
      }
      return attributes.isRegularFile() && ImageNames.isImage(plain)
          ? new Entry(name, false, odd)
          : null;
    } catch (IOException e) {
      if (ImageNames.isImage(plain) || Files.isDirectory(path)) {
        String place = ImageNames.text(root.relativize(path));
        builder.unlisted(
            place, "%s cannot be read (%s): check the file.".formatted(place, reason(path, e)));
      }
      return null;
    }
  }

  private static String reason(Path path, IOException e) {
    return Files.isSymbolicLink(path) ? "a link to nothing" : AtomicFile.reason(e);
  }
}
