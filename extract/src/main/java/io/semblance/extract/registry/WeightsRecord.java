package io.semblance.extract.registry;

import io.semblance.core.file.Json;
import io.semblance.core.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What is known of the files of a model on this machine, kept beside them in `weights.json`: where
/// they came from, and their hashes by size and time of change, so that gigabytes are hashed once.
///
/// @param source address of the repository they were pulled from, or null where the user put them
/// @param commit of that repository, or null
/// @param files hashed so far
record WeightsRecord(String source, String commit, List<Entry> files) {

  static final String NAME = "weights.json";

  /// A file.
  ///
  /// @param name within the model's folder
  /// @param bytes length
  /// @param modified time of change in milliseconds since 1970
  /// @param sha256 of the content
  record Entry(String name, long bytes, long modified, String sha256) {}

  WeightsRecord {
    files = files == null ? List.of() : List.copyOf(files);
  }

  static WeightsRecord none() {
    return new WeightsRecord(null, null, List.of());
  }

  /// @param folder of a model
  /// @return what is kept there; nothing where there is nothing, or nothing readable
  static WeightsRecord read(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      return Files.exists(file) ? Json.read(file, WeightsRecord.class) : none();
    } catch (IOException _) {
      return none(); // hashing again is all that it costs
    }
  }

  /// @param folder of the model
  void write(Path folder) throws IOException {
    Json.write(this, folder.resolve(NAME));
  }

  /// @return whether the files were pulled, rather than put there
  boolean pulled() {
    return source != null;
  }

  /// @param name of a file
  /// @return what is known of it, or null
  Entry entry(String name) {
    return files.stream().filter(e -> e.name().equals(name)).findFirst().orElse(null);
  }

  /// Whether a file is still as it was hashed, by size and time.
  boolean fresh(Path file) throws IOException {
    Entry known = entry(file.getFileName().toString());
    return known != null
        && known.bytes() == Files.size(file)
        && known.modified() == Files.getLastModifiedTime(file).toMillis();
  }

  /// @param file of the model's folder
  /// @param sha256 of its content
  /// @return this record, with that
  WeightsRecord with(Path file, String sha256) throws IOException {
    String name = file.getFileName().toString();
    var out = new ArrayList<>(files);
    out.removeIf(e -> e.name().equals(name));
    out.add(new Entry(name, Files.size(file), Files.getLastModifiedTime(file).toMillis(), sha256));
    return new WeightsRecord(source, commit, out);
  }

  /// @param from repository
  /// @param at commit, or null
  /// @return this record, of files pulled from there
  WeightsRecord pulledFrom(String from, String at) {
    return new WeightsRecord(from, at, files);
  }

  /// @param file of the model's folder
  /// @return its hash, remembered or made
  String hash(Path file) throws IOException {
    return fresh(file) ? entry(file.getFileName().toString()).sha256() : Sha256.of(file);
  }
}
