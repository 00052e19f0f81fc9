package io.semblance.core.exchange;

import io.semblance.core.array.NumberType;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.TableManifest;
import java.io.IOException;
import java.util.List;

/// A table in some format: n x d vectors with an id each, read in blocks. It owns its files; close
/// it. Not safe for several threads.
public interface TableSource extends AutoCloseable {

  /// @return which model made the vectors, where the format says so
  Provenance provenance();

  /// @return n
  long size();

  /// @return d
  int dimension();

  /// @return how components are stored; they are given as float32 whatever it is
  NumberType type();

  /// @return whether a number of the source may be beyond float32 and become infinite
  default boolean mayOverflow() {
    return type().widerThanFloat32();
  }

  /// @return names of the columns that are carried beside id, labels and hash; perhaps none
  List<String> columns();

  /// Reads rows in order.
  ///
  /// @param from first row, from 0
  /// @return the rows from there to the end; close it
  /// @throws IOException if they cannot be read
  RowStream rows(long from) throws IOException;

  /// Reads what is known of the rows beside their vectors, from the first on.
  ///
  /// @return rows whose blocks have no vectors; close it
  /// @throws IOException if they cannot be read
  RowStream descriptions() throws IOException;

  /// Where the rows came from, as a table folder records it.
  ///
  /// @return the collection's folder, size and hash; for a foreign file its folder and the hash of
  ///   its bytes, which are read once more for it
  /// @throws IOException if they cannot be read
  Origin origin() throws IOException;

  /// Where rows came from.
  ///
  /// @param collection folder of the images or the file, and a hash that two equal sources have in
  ///   common
  /// @param extractor hash of what made the vectors, or of the way they were read
  record Origin(TableManifest.Source collection, String extractor) {}

  @Override
  void close() throws IOException;

  /// Rows in order.
  interface RowStream extends AutoCloseable {

    /// Fills a block with the next rows.
    ///
    /// @param block of this source; its content is replaced
    /// @return whether there was another row
    /// @throws IOException if they cannot be read, or are no table
    boolean read(RowBlock block) throws IOException;

    @Override
    void close() throws IOException;
  }
}
