package io.semblance.core.fuzz;

import java.io.IOException;
import java.util.List;

/// A reader of files that nobody vouches for, and good files to damage.
public interface FuzzTarget {

  /// @return a word that the command line knows it by, such as `png`
  String name();

  /// @return whole files that the reader accepts, at least one
  /// @throws IOException if they cannot be read
  List<byte[]> seeds() throws IOException;

  /// Reads a damaged file. A result is fine, and so is a [io.semblance.core.SemblanceException] of
  /// one sentence; anything else is a find.
  ///
  /// @param bytes the file
  /// @param name what it is called in messages
  /// @throws IOException to refuse the file
  void read(byte[] bytes, String name) throws IOException;

  /// @return bytes that reading one mutant may allocate on the heap
  long maxAllocation();
}
