package io.semblance.synth.diffusion;

import io.semblance.core.Printable;
import io.semblance.extract.text.Tokens;
import io.semblance.synth.network.ClipText;
import io.semblance.synth.network.Hooks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// From prompts to what the UNet reads of them.
public final class PromptEncoder {

  private final Pipeline pipeline;
  private final Consumer<String> say;

  /// @param pipeline whose text encoders are used
  /// @param say hears what the user should know of a prompt, in sentences
  public PromptEncoder(Pipeline pipeline, Consumer<String> say) {
    this.pipeline = pipeline;
    this.say = say;
  }

  /// Encodes prompts. SD 1.x reads the last layer, normalised; SDXL the layers before the last of
  /// both encoders beside each other, and the pooled end of the second.
  ///
  /// @param prompts any texts, at least one; cut at 75 tokens
  /// @return the conditions; the caller's scope's
  public Conditions encode(List<String> prompts) {
    var sides = new TensorVector();
    Tensor pooled = null;
    for (TextPart part : pipeline.texts()) {
      int[][] ids = ids(part, prompts);
      ClipText.Encoded encoded = part.encoder().encode(part.parameters(), ids, Hooks.NONE);
      sides.push_back(pipeline.xl() ? encoded.penultimate() : encoded.last());
      pooled = encoded.pooled();
    }
    return new Conditions(torch.cat(sides, -1), pooled);
  }

  /// Encodes tokens, for pipelines with one text encoder.
  ///
  /// @param ids of each text, from the tokenizer
  /// @return the conditions; the caller's scope's
  public Conditions encode(int[][] ids) {
    TextPart part = pipeline.texts().getFirst();
    return new Conditions(part.encoder().encode(part.parameters(), ids, Hooks.NONE).last(), null);
  }

  /// What guidance leads away from.
  ///
  /// @param negative a prompt, perhaps empty, or null for none
  /// @param count rows wanted
  /// @param like conditions of the same network
  /// @return the conditions; the caller's scope's
  public Conditions unconditional(String negative, int count, Conditions like) {
    if (negative == null && pipeline.zerosForEmpty()) {
      return like.zeros();
    }
    var same = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      same.add(negative == null ? "" : negative);
    }
    return encode(same);
  }

  private int[][] ids(TextPart part, List<String> prompts) {
    boolean first = part.equals(pipeline.texts().getFirst());
    int[][] out = new int[prompts.size()][];
    for (int i = 0; i < out.length; i++) {
      Tokens tokens = part.tokenizer().encode(prompts.get(i));
      out[i] = tokens.ids();
      requireKnown(part, prompts.get(i), tokens.ids());
      if (first && tokens.count() == tokens.ids().length) {
        say.accept(
            "The prompt \"%s\" has as many tokens as are read, or more: what is behind the first %d is cut off."
                .formatted(Printable.of(prompts.get(i)), tokens.count() - 2));
      }
      if (part.encoder().poolsAnother(tokens.ids(), part.tokenizer().end())) {
        say.accept(
            "The prompt \"%s\" is pooled at a token that was added to the vocabulary, not at its end, as in diffusers."
                .formatted(Printable.of(prompts.get(i))));
      }
    }
    return out;
  }

  private static void requireKnown(TextPart part, String prompt, int[] ids) {
    long known = part.parameters().get(ClipText.tokenEmbedding()).size(0);
    for (int id : ids) {
      if (id >= known) {
        throw new IllegalArgumentException(
            "The prompt \"%s\" holds a token that was added to the tokenizer (%d), and the text encoder has %d: use a text encoder that was saved with it."
                .formatted(Printable.of(prompt), id, known));
      }
    }
  }
}
