package io.semblance.core.collection;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a user's images come in.
enum CollectionKind {
  /// A folder of image files, and what stands beside them.
  FOLDER {
    @Override
    ImageCollection open(List<Path> places, CollectionOptions options) throws IOException {
      if (places.size() > 1) {
        throw new SemblanceException(
            "Give one folder of images, not %d: put them below one, or list their files in a text file."
                .formatted(places.size()));
      }
      return FolderListing.of(places.getFirst(), options);
    }
  },
  /// Tars of webdataset.
  TARS {
    @Override
    ImageCollection open(List<Path> places, CollectionOptions options) throws IOException {
      List<Path> tars = files(places, ".tar");
      return TarListing.of(tars, parent(tars), options);
    }
  },
  /// Parquet files with paths or bytes of images.
  PARQUET {
    @Override
    ImageCollection open(List<Path> places, CollectionOptions options) throws IOException {
      List<Path> files = files(places, ".parquet");
      return ParquetListing.of(files, parent(files), options);
    }
  },
  /// A table with a column of paths.
  CSV {
    @Override
    ImageCollection open(List<Path> places, CollectionOptions options) throws IOException {
      return ManifestListing.csv(one(places), options);
    }
  },
  /// One path a line.
  LIST {
    @Override
    ImageCollection open(List<Path> places, CollectionOptions options) throws IOException {
      return ManifestListing.list(one(places), options);
    }
  },
  /// Image files themselves.
  IMAGES {
    @Override
    ImageCollection open(List<Path> places, CollectionOptions options) throws IOException {
      var paths = new PathCollector("The command", parent(places), options);
      for (Path place : places) {
        paths.add(place.toAbsolutePath().toString(), Labels.NONE, paths.size() + 1L);
      }
      return paths.build(ExtraColumns.NONE);
    }
  };

  private static final Pattern NUMBER = Pattern.compile("(\\d{1,18})\\.[a-z]+$");

  /// @param places files and folders of this kind, at least one
  /// @param options how they are read
  abstract ImageCollection open(List<Path> places, CollectionOptions options) throws IOException;

  /// @param places what the user gave
  /// @return what all of them are
  /// @throws SemblanceException if one is missing or of no known kind, or they are of several
  static CollectionKind of(List<Path> places) throws IOException {
    if (places.isEmpty()) {
      throw new SemblanceException(
          "No images are given: give a folder, tars, a CSV or Parquet file, or a list of paths.");
    }
    CollectionKind first = of(places.getFirst());
    for (Path place : places) {
      if (of(place) != first) {
        throw new SemblanceException(
            "%s and %s are of different kinds: give images of one kind at a time."
                .formatted(places.getFirst(), place));
      }
    }
    return first;
  }

  private static CollectionKind of(Path place) throws IOException {
    if (Files.isDirectory(place)) {
      return ofFolder(place);
    }
    if (!Files.exists(place)) {
      throw new SemblanceException("There is no file or folder " + place + ": check the path.");
    }
    String name = place.getFileName().toString().toLowerCase(Locale.ROOT);
    if (ImageNames.isImage(name)) {
      return IMAGES;
    }
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "tar" -> TARS;
      case "parquet" -> PARQUET;
      case "csv", "tsv" -> CSV;
      case "txt", "lst", "list" -> LIST;
      default ->
          throw new SemblanceException(
              place
                  + " is no folder of images, and its name does not end in .tar, .parquet, .csv,"
                  + " .tsv, .txt or as an image's does: give one of these.");
    };
  }

  // A folder of tars, or of Parquet files, has no image and no folder beside them.
  private static CollectionKind ofFolder(Path folder) throws IOException {
    boolean tars = false;
    boolean parquets = false;
    try (Stream<Path> list = Files.list(folder)) {
      for (Path path : (Iterable<Path>) list::iterator) {
        String name = path.getFileName().toString();
        if (name.startsWith(".")) {
          continue;
        }
        if (ImageNames.isImage(name) || Files.isDirectory(path)) {
          return FOLDER;
        }
        tars |= name.endsWith(".tar");
        parquets |= name.endsWith(".parquet");
      }
    } catch (IOException e) {
      throw new SemblanceException(
          "Cannot list " + folder + " (" + AtomicFile.reason(e) + "): make it readable.", e);
    }
    return tars ? TARS : parquets ? PARQUET : FOLDER;
  }

  private static Path one(List<Path> places) throws SemblanceException {
    if (places.size() > 1) {
      throw new SemblanceException(
          "Give one manifest at a time, not %d: join them to one file.".formatted(places.size()));
    }
    return places.getFirst();
  }

  /// Files in the order of their numbers, those of folders included.
  private static List<Path> files(List<Path> places, String ending) throws IOException {
    var files = new ArrayList<Path>();
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        try (Stream<Path> list = Files.list(place)) {
          list.filter(p -> p.getFileName().toString().endsWith(ending))
              .filter(p -> !p.getFileName().toString().startsWith("."))
              .sorted(Comparator.<Path>comparingLong(p -> number(p)).thenComparing(Path::toString))
              .forEach(p -> files.add(p.toAbsolutePath().normalize()));
        }
      } else {
        files.add(place.toAbsolutePath().normalize());
      }
    }
    return files;
  }

  private static long number(Path file) {
    Matcher m = NUMBER.matcher(file.getFileName().toString());
    return m.find() ? Long.parseLong(m.group(1)) : Long.MAX_VALUE;
  }

  /// The deepest folder above all files.
  private static Path parent(List<Path> files) {
    Path common = files.getFirst().toAbsolutePath().normalize().getParent();
    for (Path file : files) {
      while (!file.toAbsolutePath().normalize().startsWith(common)) {
        common = common.getParent();
      }
    }
    return common;
  }
}
