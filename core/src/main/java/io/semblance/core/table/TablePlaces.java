package io.semblance.core.table;

import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Where a table and its unfinished states lie: the table itself, and hidden folders beside it.
///
/// @param table the final place, absolute
record TablePlaces(Path table) {

  static TablePlaces of(Path folder) {
    return new TablePlaces(folder.toAbsolutePath().normalize());
  }

  /// The table in the making.
  Path partial() {
    return hidden("partial");
  }

  /// The table that a newer one is taking the place of.
  private Path previous() {
    return hidden("previous");
  }

  /// What interrupted runs over another state of the collection had done, the newest first.
  List<Path> salvaged() {
    var found = new ArrayList<Path>();
    for (int i = 1; Files.exists(salvage(i)); i++) {
      found.addFirst(salvage(i));
    }
    return found;
  }

  Path nextSalvage() {
    return salvage(salvaged().size() + 1);
  }

  private Path salvage(int number) {
    return hidden("salvage-" + number);
  }

  private Path hidden(String what) {
    return table.resolveSibling("." + table.getFileName() + "." + what);
  }

  /// Ends what a process was killed in the middle of: giving a whole table its name.
  void recover() throws IOException {
    if (!Files.exists(table)) {
      if (PartialTable.isWhole(partial())) {
        PartialTable.moveInto(table, partial());
      } else if (Files.exists(previous())) {
        AtomicFile.move(previous(), table);
      }
    }
    if (Files.exists(table)) {
      delete(previous());
    }
  }

  /// Removes what interrupted runs left; a finished table stays until another takes its place.
  ///
  /// @throws io.semblance.core.SemblanceException if something that is no table of ours is there
  void startOver() throws IOException {
    if (Files.exists(table)) {
      TableWriter.manifest(table);
    }
    delete(partial());
    dropSalvaged();
  }

  /// Gives a whole table its name, in the place of an older one if there is one.
  void publish() throws IOException {
    if (Files.exists(table)) {
      AtomicFile.move(table, previous());
    }
    PartialTable.moveInto(table, partial());
    delete(previous());
    dropSalvaged();
  }

  /// Removes what interrupted runs left.
  void dropSalvaged() throws IOException {
    // the newest first: a kill in between must not leave a gap in the numbers
    for (Path folder : salvaged()) {
      delete(folder);
    }
  }

  /// Removes a folder and all in it, if it is there.
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
