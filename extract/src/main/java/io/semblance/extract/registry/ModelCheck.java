package io.semblance.extract.registry;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Sha256;
import io.semblance.extract.Execution;
import io.semblance.extract.Extractor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Looks at the files of a model again, whatever is remembered of them, and loads its graph.
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
    if (!local.present()) {
      return new Report(card.id(), false, List.of(), Advice.missing(card, cache));
    }
    var files = new ArrayList<FileReport>();
    try {
      WeightsRecord record = WeightsRecord.read(cache.folder(card.id()));
      for (Path file : local.files()) {
        String hash = Sha256.of(file);
        String expected = local.expected(file, record);
        files.add(new FileReport(file.toString(), Files.size(file), hash, expected));
        if (expected != null && !expected.equals(hash)) {
          return new Report(card.id(), true, files, local.wrong(file, hash, expected));
        }
      }
      try (Extractor _ = local.open(Execution.of(1))) {
        return new Report(card.id(), true, files, null);
      }
    } catch (SemblanceException e) {
      return new Report(card.id(), true, files, e.getMessage());
    } catch (IOException e) {
      String sentence =
          "Cannot read the files of %s in %s (%s): check them."
              .formatted(card.id(), cache.folder(card.id()), AtomicFile.reason(e));
      return new Report(card.id(), true, files, sentence);
    }
  }
}
