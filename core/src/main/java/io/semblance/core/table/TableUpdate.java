package io.semblance.core.table;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.column.TextColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// Brings a table up to date with a collection: says whether anything is to do, opens a writer that
/// begins or goes on where an interrupted run stopped, and finds the vectors that earlier runs made
/// of the same images.
///
/// The finished table stays as it is until the new one takes its place. If the collection changed
/// since an interrupted run, what that run had done is set aside as a table of its own and used.
public final class TableUpdate implements AutoCloseable {

  private final TableWriter writer;
  private final KnownRows known;
  private final List<KnownRows.Place> kept;
  private final Changes changes;

  /// How a collection differs from the one that the finished table was made from, by ids.
  ///
  /// @param added images that are new
  /// @param removed images that are gone
  public record Changes(int added, int removed) {

    static final Changes NONE = new Changes(0, 0);

    static Changes between(TextColumn before, TextColumn now) {
      return new Changes(missing(now, before), missing(before, now));
    }

    private static int missing(TextColumn ids, TextColumn in) {
      int[] order = in.order();
      int count = 0;
      for (String id : ids) {
        count += in.find(id, order) < 0 ? 1 : 0;
      }
      return count;
    }
  }

  TableUpdate(TableWriter writer, KnownRows known, List<KnownRows.Place> kept, Changes changes) {
    this.writer = writer;
    this.known = known;
    this.kept = kept;
    this.changes = changes;
  }

  /// Looks at what is there.
  ///
  /// @param folder the final place of the table
  /// @param wanted what the table is to be, of the images of `collection`
  /// @param collection the images
  /// @param options what to do with vectors of earlier runs
  /// @param say hears what the user should know, in sentences
  /// @return the update; close it
  /// @throws SemblanceException if `folder` holds something else, or vectors of another extractor
  public static TableUpdate open(
      Path folder,
      TableWriter.Spec wanted,
      ImageCollection collection,
      UpdateOptions options,
      Consumer<String> say)
      throws IOException {
    return new UpdateOpening(TablePlaces.of(folder), wanted, collection, options, say).open();
  }

  static TableUpdate nothingToDo(TablePlaces places, TableWriter.Spec spec) {
    return new TableUpdate(new TableWriter(places, spec, null), null, List.of(), Changes.NONE);
  }

  /// @return whether the finished table is up to date: nothing is left to do
  public boolean upToDate() {
    return writer.complete();
  }

  /// @return takes the images that are not accounted for yet, then the kept rows
  public TableWriter writer() {
    return writer;
  }

  /// @return vectors that earlier runs made
  public KnownRows known() {
    return known;
  }

  /// @return rows of the finished table whose images are gone, and that stay: to be appended behind
  ///   the collection's
  public List<KnownRows.Place> kept() {
    return kept;
  }

  /// @return how the collection differs from the finished table's
  public Changes changes() {
    return changes;
  }

  /// Lets go of the files; what is not finished stays for a resume.
  @Override
  public void close() throws IOException {
    writer.close();
    if (known != null) {
      known.close();
    }
  }
}
