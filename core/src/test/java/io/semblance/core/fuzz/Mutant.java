package io.semblance.core.fuzz;

/// A damaged copy of a file.
///
/// @param bytes the copy; of its own, free to write
/// @param damage what was done, in the order it was done, for the message of a failing test
@SuppressWarnings("ArrayRecordComponent") // made for one reading
public record Mutant(byte[] bytes, String damage) {}
