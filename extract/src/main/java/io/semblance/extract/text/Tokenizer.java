package io.semblance.extract.text;

import io.semblance.core.SemblanceException;

/// Turns texts into token ids. Safe for use by several threads. Close it.
public interface Tokenizer extends AutoCloseable {

  /// @return t, the number of ids of every text, from 3
  int contextLength();

  /// @param text any text, also an empty one
  /// @return its tokens, cut to the context length with the end kept, and padded to it
  /// @throws SemblanceException if it cannot be tokenized
  Tokens encode(String text) throws SemblanceException;

  /// @return what it is, in a few words, with a hash of its files: equal words mean equal ids
  String describe();

  /// Releases what the tokenizer holds outside the heap.
  @Override
  default void close() {}
}
