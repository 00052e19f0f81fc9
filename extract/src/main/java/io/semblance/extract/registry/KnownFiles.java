package io.semblance.extract.registry;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the files in a model's folder should be: those that its card means, or those that were
/// pulled.
///
/// @param id of the model
/// @param folder of its files
/// @param hub that has them, if one does
record KnownFiles(String id, Path folder, Optional<Weights.Hub> hub) {

  /// The hash that a file should have: the card's, if it is the file the card means, or the one it
  /// was pulled with.
  ///
  /// @return 64 hexadecimal characters, or null where nobody knows
  String expected(Path file, WeightsRecord record) {
    String name = file.getFileName().toString();
    boolean published = record.pulled() || !Files.exists(folder.resolve("model.json"));
    Optional<String> known =
        published
            ? hub.stream()
                .flatMap(h -> h.files().stream())
                .filter(f -> f.name().equals(name) && f.sha256() != null)
                .map(Weights.HubFile::sha256)
                .findFirst()
            : Optional.empty();
    WeightsRecord.Entry entry = record.entry(name);
    return known.orElse(record.pulled() && entry != null ? entry.sha256() : null);
  }

  /// Hashes files, or remembers their hashes, and what it had to find out.
  ///
  /// @param files of the folder
  /// @return their hashes, in that order
  /// @throws SemblanceException if one is not what it should be
  List<String> hashes(List<Path> files) throws IOException {
    WeightsRecord record = WeightsRecord.read(folder);
    WeightsRecord now = record;
    for (Path file : files) {
      String hash = record.hash(file);
      String expected = expected(file, record);
      if (expected != null && !expected.equals(hash)) {
        throw new SemblanceException(wrong(file, hash, expected));
      }
      now = now.with(file, hash);
    }
    if (!now.equals(record)) {
      remember(now);
    }
    WeightsRecord known = now;
    return files.stream().map(f -> known.entry(f.getFileName().toString()).sha256()).toList();
  }

  private void remember(WeightsRecord record) {
    try {
      record.write(folder);
    } catch (IOException _) {
      // a folder that cannot be written only costs hashing at the next start
    }
  }

  /// @return one sentence
  String wrong(Path file, String hash, String expected) {
    return "%s has SHA-256 %s..., the published file has %s...: it is damaged or another one; move it away and pull %s again, or, if it is your own export, %s."
        .formatted(
            file,
            hash.substring(0, 12),
            expected.substring(0, 12),
            id,
            WeightsRecord.read(folder).pulled()
                ? "delete the %s of the download beside it".formatted(WeightsRecord.NAME)
                : "put its model.json beside it");
  }
}
