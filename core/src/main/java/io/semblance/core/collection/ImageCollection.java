package io.semblance.core.collection;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// An ordered list of images with an id each, and labels where known.
///
/// @param root the folder the ids are relative to
/// @param images in bytewise order of their ids; ids are distinct
public record ImageCollection(Path root, List<CollectionImage> images) {

  private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg");

  /// Copies the list.
  public ImageCollection {
    images = List.copyOf(images);
  }

  /// Lists the PNG and JPEG files below a folder, in bytewise order of their ids.
  ///
  /// @param root a folder; symbolic links are followed, hidden files and folders left out
  /// @param pattern where labels come from, or null for none
  /// @return the collection; images whose name does not fit `pattern` have no labels
  /// @throws SemblanceException if the folder is missing or unreadable, holds no image, or no name
  ///   fits the pattern
  public static ImageCollection ofFolder(Path root, FileNamePattern pattern) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new SemblanceException(
          Files.exists(root)
              ? root + " is a file: give the folder that holds the images."
              : "There is no folder " + root + ": check the path.");
    }
    List<CollectionImage> images =
        imageFiles(root).stream()
            .map(p -> image(root, p, pattern))
            .sorted(
                Comparator.comparing(
                    i -> i.id().getBytes(StandardCharsets.UTF_8),
                    java.util.Arrays::compareUnsigned))
            .toList();
    if (images.isEmpty()) {
      throw new SemblanceException(
          "There is no PNG or JPEG image in " + root + ": give the folder that holds the images.");
    }
    if (pattern != null && images.stream().allMatch(i -> i.labels().equals(Labels.NONE))) {
      throw new SemblanceException(
          "No file name in "
              + root
              + " fits the pattern '"
              + pattern
              + "' (the first is "
              + images.getFirst().id()
              + "): change --pattern.");
    }
    return new ImageCollection(root, images);
  }

  /// @return number of images
  public int size() {
    return images.size();
  }

  /// A hash of the ids and labels in order: two listings with the same hash name the same images in
  /// the same order.
  ///
  /// @return 64 hexadecimal characters
  public String listingHash() {
    MessageDigest digest = Sha256.digest();
    for (CollectionImage image : images) {
      Labels l = image.labels();
      String line =
          image.id() + "\t" + l.category() + "\t" + l.style() + "\t" + l.instance() + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<Path> imageFiles(Path root) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isImageName(file) && !isHidden(root, file)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof FileSystemLoopException) {
              return FileVisitResult.CONTINUE; // a link to a folder above it holds nothing new
            }
            throw new SemblanceException(
                "Cannot list " + file + " (" + AtomicFile.reason(e) + "): make it readable.", e);
          }
        });
    return files;
  }

  private static CollectionImage image(Path root, Path path, FileNamePattern pattern) {
    String id = root.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
    Labels labels = pattern == null ? Labels.NONE : pattern.match(id).orElse(Labels.NONE);
    return new CollectionImage(id, path, labels);
  }

  private static boolean isImageName(Path path) {
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  private static boolean isHidden(Path root, Path path) {
    for (Path part : root.relativize(path)) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
