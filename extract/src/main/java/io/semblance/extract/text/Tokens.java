package io.semblance.extract.text;

/// A text as a network takes it.
///
/// @param ids length t, the context length: first the text with its begin and end, then padding
/// @param count of ids that are not padding, 1 to t
@SuppressWarnings("ArrayRecordComponent") // handed over once
public record Tokens(int[] ids, int count) {}
