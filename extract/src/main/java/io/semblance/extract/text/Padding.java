package io.semblance.extract.text;

import java.util.Arrays;

/// What fills the context behind a text.
///
/// @param id of the token, or -1 for the tokenizer's end of text
public record Padding(int id) {

  /// The end of text again: CLIP in transformers, and the first encoder of Stable Diffusion.
  public static final Padding EOS = new Padding(-1);

  /// Token 0: open_clip, and the second encoder of Stable Diffusion XL.
  public static final Padding ZERO = new Padding(0);

  /// Checks the id.
  ///
  /// @throws IllegalArgumentException if it is below -1
  public Padding {
    if (id < -1) {
      throw new IllegalArgumentException("the id of the padding is " + id + ": give 0 or more");
    }
  }

  /// @param ids of the text, length 1 to t; not kept
  /// @param contextLength t
  /// @param eos the end of text
  /// @return the tokens
  Tokens pad(int[] ids, int contextLength, int eos) {
    int[] out = Arrays.copyOf(ids, contextLength);
    Arrays.fill(out, ids.length, contextLength, id < 0 ? eos : id);
    return new Tokens(out, ids.length);
  }

  @Override
  public String toString() {
    return id < 0 ? "eos" : id == 0 ? "zero" : String.valueOf(id);
  }
}
