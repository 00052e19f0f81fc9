package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.CollectionOptions;
import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.collection.Unlisted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The images a verb works on, in whatever they come in, and how they are read.
final class ImageInput {

  /// For descriptions: what a user may give.
  static final String KINDS =
      "IMAGES is a folder (with the ones in it), tars or a folder of tars as webdataset and"
          + " img2dataset write them, a .csv, .tsv or .parquet file with a column of paths,"
          + " .parquet files with the images' bytes, a .txt file with one path a line, image files,"
          + " or - for paths on standard input.";

  private static final int SHOWN = 5;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Parameters(
      paramLabel = "IMAGES",
      arity = "0..*",
      description = "A folder, tars, manifests or files; see above.")
  private List<String> images = List.of();

  @Option(
      names = "--pattern",
      paramLabel = "P",
      description =
          "Where labels are in file names, e.g. '{category}_{style}_{instance}'; with folders"
              + " '{category}/{*}'.")
  private String pattern;

  @Option(
      names = "--image-column",
      paramLabel = "NAME",
      description = "Column of a manifest with the paths or bytes (image_path, path, file ...).")
  private String imageColumn;

  @Option(
      names = "--id-column",
      paramLabel = "NAME",
      description =
          "Column that names images given as bytes in Parquet, or texts (key, id, file_name ...).")
  private String idColumn;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Where relative paths of a manifest begin (its own folder if not given).")
  private Path root;

  /// Lists the images, and says what could not be looked at.
  ///
  /// @return the collection; close it
  ImageCollection open(Console console) throws IOException {
    ImageCollection collection = collection();
    List<Unlisted> unlisted = collection.unlisted();
    unlisted.stream().limit(SHOWN).forEach(u -> console.say(u.reason()));
    if (unlisted.size() > SHOWN) {
      console.say("... and %d more like these.".formatted(unlisted.size() - SHOWN));
    }
    return collection;
  }

  /// @return what was given for IMAGES
  List<String> places() {
    return images;
  }

  /// @return the column that was named with `--id-column`, or null
  String idColumn() {
    return idColumn;
  }

  private ImageCollection collection() throws IOException {
    if (images.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Missing required parameter: 'IMAGES'");
    }
    var options = new CollectionOptions(parsed(), imageColumn, idColumn, root);
    if (images.equals(List.of("-"))) {
      Path base = root == null ? Path.of("") : root;
      return ImageCollection.ofList(
          "Standard input",
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
          base,
          options);
    }
    return ImageCollection.open(images.stream().map(Path::of).toList(), options);
  }

  private FileNamePattern parsed() {
    try {
      return pattern == null ? null : FileNamePattern.parse(pattern);
    } catch (SemblanceException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
