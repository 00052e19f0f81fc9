package io.semblance.extract.registry;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Sha256;
import io.semblance.extract.Execution;
import io.semblance.extract.Extractor;
import io.semblance.extract.text.TextExtractor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Looks at the files of a model again, whatever is remembered of them, and runs its graph once.
public final class ModelCheck {

  private ModelCheck() {}

  /// What was found.
  ///
  /// @param id of the model
  /// @param present whether its graph is there
  /// @param files each with its hash
  /// @param problem why it cannot be used, in a sentence, or null if it can
  public record Report(String id, boolean present, List<FileReport> files, String problem) {

    /// Copies the list.
    public Report {
      files = List.copyOf(files);
    }
  }

  /// A file.
  ///
  /// @param path where it is
  /// @param bytes length
  /// @param sha256 of its content, just read
  /// @param expected hash that it should have, or null where nobody knows one
  public record FileReport(String path, long bytes, String sha256, String expected) {

    /// @return whether it is known to be the right file
    public boolean confirmed() {
      return sha256.equals(expected);
    }
  }

  /// @param card of the registry
  /// @param cache where its files are looked for
  /// @return what was found
  public static Report of(RegistryCard card, ModelCache cache) {
    var local = new LocalModel(card, cache);
    return local.present()
        ? report(local.known(), local::files, () -> run(local))
        : new Report(card.id(), false, List.of(), Advice.missing(card, cache));
  }

  /// @param card of an image model with a text half
  /// @param cache where the files of its text tower are looked for
  /// @return what was found
  public static Report ofText(RegistryCard card, ModelCache cache) {
    var local = new LocalText(card, cache);
    return local.present()
        ? report(local.known(), local::files, () -> run(local))
        : new Report(local.id(), false, List.of(), Advice.missingText(card, cache));
  }

  private interface Listing {
    List<Path> list() throws SemblanceException;
  }

  private interface Trial {
    void run() throws SemblanceException;
  }

  private static Report report(KnownFiles known, Listing there, Trial trial) {
    var files = new ArrayList<FileReport>();
    try {
      WeightsRecord record = WeightsRecord.read(known.folder());
      for (Path file : there.list()) {
        String hash = Sha256.of(file);
        String expected = known.expected(file, record);
        files.add(new FileReport(file.toString(), Files.size(file), hash, expected));
        if (expected != null && !expected.equals(hash)) {
          return new Report(known.id(), true, files, known.wrong(file, hash, expected));
        }
      }
      trial.run();
      return new Report(known.id(), true, files, null);
    } catch (SemblanceException e) {
      return new Report(known.id(), true, files, e.getMessage());
    } catch (IOException e) {
      String sentence =
          "Cannot read the files of %s in %s (%s): check them."
              .formatted(known.id(), known.folder(), AtomicFile.reason(e));
      return new Report(known.id(), true, files, sentence);
    }
  }

  // Some graphs do not say what they give before they have run.
  private static void run(LocalModel local) throws SemblanceException {
    int side = local.onnxCard().crop();
    try (Extractor extractor = local.open(Execution.of(1))) {
      extractor.embed(List.of(new float[3 * side * side]), new float[extractor.dimension()]);
    }
  }

  private static void run(LocalText local) throws SemblanceException {
    try (TextExtractor extractor = local.open(Execution.of(1))) {
      extractor.vector("a photo");
    }
  }
}
