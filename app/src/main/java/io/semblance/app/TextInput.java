package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.collection.Texts;
import io.semblance.core.collection.Unlisted;
import io.semblance.extract.Extractor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The texts that a text tower reads: captions of images, texts in a file, or prompts.
final class TextInput {

  /// For descriptions: what a text tower does with IMAGES.
  static final String KINDS =
      "A text tower reads what stands beside the images, x.txt or a column of captions, and its"
          + " rows have the images' ids. With --texts IMAGES is a .txt with one text a line, or a"
          + " .csv, .tsv or .parquet with a column of texts.";

  private static final int SHOWN = 5;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--texts",
      showDefaultValue = Visibility.NEVER,
      description = "IMAGES is a file of texts, for text towers.")
  private boolean texts;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "A text in place of IMAGES, for text towers; may come several times.")
  private List<String> prompts = List.of();

  @Option(
      names = "--text-column",
      paramLabel = "NAME",
      description = "Column with the texts or captions (caption, text, prompt ...).")
  private String column;

  /// @return whether texts are all there is, without images
  boolean alone() {
    return texts || !prompts.isEmpty();
  }

  /// @return the column with captions, or null for the usual names
  String column() {
    return column;
  }

  /// Lists what was given: images, or texts without any.
  ///
  /// @return the collection; close it
  ImageCollection open(ImageInput images, Console console) throws IOException {
    if (!alone()) {
      return images.open(console);
    }
    if (!prompts.isEmpty()) {
      if (texts || !images.places().isEmpty()) {
        throw usage("--prompt takes the place of IMAGES: give one or the other");
      }
      return Texts.of(prompts);
    }
    if (images.places().size() != 1) {
      throw usage("--texts wants one file of texts, or - for texts on standard input");
    }
    ImageCollection collection = collection(images.places().getFirst(), images.idColumn());
    List<Unlisted> unlisted = collection.unlisted();
    unlisted.stream().limit(SHOWN).forEach(u -> console.say(u.reason()));
    if (unlisted.size() > SHOWN) {
      console.say("... and %d more like these.".formatted(unlisted.size() - SHOWN));
    }
    return collection;
  }

  private ImageCollection collection(String place, String idColumn) throws IOException {
    if (place.equals("-")) {
      return Texts.ofLines(
          "Standard input",
          Path.of("-"),
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    }
    return Texts.ofFile(Path.of(place), column, idColumn);
  }

  /// What an extractor reads of a collection.
  ///
  /// @param collection of [#open]
  /// @return the collection itself, or its captions
  /// @throws SemblanceException if it reads images and there are only texts, or texts and there are
  ///   none
  ImageCollection read(ImageCollection collection, Extractor extractor) throws IOException {
    if (extractor.readsText()) {
      return alone() ? collection : Texts.ofImages(collection, column);
    }
    if (alone()) {
      throw new SemblanceException(
          extractor.card().id()
              + " reads images, not texts: leave out --texts and --prompt, or name a text tower"
              + " with --model.");
    }
    return collection;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
