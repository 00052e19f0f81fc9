package io.semblance.extract.text;

import io.semblance.core.SemblanceException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tokenizer of CLIP, also that of Stable Diffusion's text encoders: byte-level byte pair
/// encoding of small letters.
///
/// Without a cleaning, ids are those of transformers' `CLIPTokenizer` (5.23): NFC, white space
/// joined, small letters. With one, they are those of open_clip's `SimpleTokenizer` (3.3), see
/// [TextCleaning] and, for the one difference, `docs/models.md`.
public final class ClipTokenizer implements Tokenizer {

  private static final List<String> STARTS = List.of("<|startoftext|>", "<start_of_text>");
  private static final List<String> ENDS = List.of("<|endoftext|>", "<end_of_text>");
  private static final String WORDS =
      "'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\p{IsWhite_Space}\\p{L}\\p{N}]+";

  private final ClipVocabulary vocabulary;
  private final Options options;
  private final int start;
  private final int end;
  private final Map<String, Integer> special;
  private final Pattern outer; // begin and end as they stand in a raw text
  private final Pattern inner; // further tokens in a normalised text
  private final Pattern words;

  /// How texts become ids.
  ///
  /// @param contextLength ids of every text, from 3; CLIP has 77
  /// @param padding what follows a text
  /// @param cleaning what comes before the tokenizer's own rules
  /// @param added tokens beside the vocabulary's and their ids, e.g. `<new1>` of a customised
  ///   model; found in a text before anything is split
  public record Options(
      int contextLength, Padding padding, TextCleaning cleaning, Map<String, Integer> added) {

    private static final int CLIP = 77;
    private static final int MOST = 1 << 16;

    /// Checks the length.
    ///
    /// @throws IllegalArgumentException if it is out of range, or an added token is empty
    public Options {
      if (contextLength < 3 || contextLength > MOST) {
        throw new IllegalArgumentException(
            "contextLength is " + contextLength + ": give 3 to " + MOST);
      }
      added = Map.copyOf(added);
      if (added.containsKey("")) {
        throw new IllegalArgumentException("an added token is empty: give it a name");
      }
    }

    /// @return 77 tokens, padded with the end of text, as transformers does it
    public static Options defaults() {
      return new Options(CLIP, Padding.EOS, TextCleaning.NONE, Map.of());
    }

    /// @return 77 tokens, padded with zeros, as open_clip does it
    public static Options openClip() {
      return new Options(CLIP, Padding.ZERO, TextCleaning.OPEN_CLIP, Map.of());
    }

    /// @param value from 3
    /// @return these options with another length
    public Options withContextLength(int value) {
      return new Options(value, padding, cleaning, added);
    }

    /// @param value what follows a text
    /// @return these options with another padding
    public Options withPadding(Padding value) {
      return new Options(contextLength, value, cleaning, added);
    }

    /// @param value what comes first
    /// @return these options with another cleaning
    public Options withCleaning(TextCleaning value) {
      return new Options(contextLength, padding, value, added);
    }

    /// @param value tokens and their ids
    /// @return these options with other further tokens
    public Options withAdded(Map<String, Integer> value) {
      return new Options(contextLength, padding, cleaning, value);
    }
  }

  private ClipTokenizer(ClipVocabulary vocabulary, Options options, Path folder)
      throws SemblanceException {
    this.vocabulary = vocabulary;
    this.options = options;
    String startToken = token(STARTS, folder);
    String endToken = token(ENDS, folder);
    this.start = vocabulary.id(startToken);
    this.end = vocabulary.id(endToken);
    var further = new HashMap<>(vocabulary.added());
    further.putAll(options.added());
    this.special = new HashMap<>(Map.of(startToken, start, endToken, end));
    boolean plain = options.cleaning() == TextCleaning.NONE;
    further.forEach((token, id) -> special.put(plain ? normalised(token) : token, id));
    this.outer = any(Stream.of(startToken, endToken));
    this.inner = further.isEmpty() ? null : any(further.keySet().stream().map(t -> normalised(t)));
    // open_clip has its special tokens in the pattern, transformers splits them before
    this.words =
        plain
            ? Pattern.compile(WORDS)
            : Pattern.compile(
                any(special.keySet().stream()).pattern() + "|" + WORDS,
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /// Reads a tokenizer.
  ///
  /// @param folder with `vocab.json` and `merges.txt`; `added_tokens.json` counts where it is there
  /// @param options how texts become ids
  /// @return the tokenizer
  /// @throws SemblanceException if a file is missing or is not what it should be
  public static ClipTokenizer read(Path folder, Options options) throws SemblanceException {
    return new ClipTokenizer(ClipVocabulary.read(folder), options, folder);
  }

  private String token(List<String> names, Path folder) throws SemblanceException {
    for (String name : names) {
      if (vocabulary.id(name) != null) {
        return name;
      }
    }
    throw new SemblanceException(
        "%s has no token %s: it is no vocabulary of CLIP."
            .formatted(folder.resolve("vocab.json"), String.join(" or ", names)));
  }

  // The longest first, so that a token is not taken for a shorter one it begins with.
  private static Pattern any(Stream<String> tokens) {
    return Pattern.compile(
        tokens
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|")));
  }

  /// @return id of the begin of every text
  public int start() {
    return start;
  }

  /// @return id of the end of every text
  public int end() {
    return end;
  }

  @Override
  public int contextLength() {
    return options.contextLength();
  }

  @Override
  public Tokens encode(String text) {
    var ids = new ArrayList<Integer>();
    ids.add(start);
    if (options.cleaning() == TextCleaning.NONE) {
      plain(text, ids);
    } else {
      split(options.cleaning().clean(text), true, ids);
    }
    List<Integer> kept = ids.subList(0, Math.min(ids.size(), options.contextLength() - 1));
    int[] out = Stream.concat(kept.stream(), Stream.of(end)).mapToInt(i -> i).toArray();
    return options.padding().pad(out, options.contextLength(), end);
  }

  private void plain(String text, List<Integer> ids) {
    int from = 0;
    for (Matcher m = outer.matcher(text); m.find(); from = m.end()) {
      between(normalised(text.substring(from, m.start())), ids);
      ids.add(special.get(m.group()));
    }
    between(normalised(text.substring(from)), ids);
  }

  private void between(String text, List<Integer> ids) {
    int from = 0;
    if (inner != null) {
      for (Matcher m = inner.matcher(text); m.find(); from = m.end()) {
        split(text.substring(from, m.start()), false, ids);
        ids.add(special.get(m.group()));
      }
    }
    split(text.substring(from), false, ids);
  }

  private void split(String text, boolean specials, List<Integer> ids) {
    for (Matcher m = words.matcher(text); m.find(); ) {
      Integer known = specials ? special.get(m.group()) : null;
      if (known == null) {
        vocabulary.encode(m.group(), ids);
      } else {
        ids.add(known);
      }
    }
  }

  private static String normalised(String text) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    return LowerCase.ofLetters(composed.replaceAll("\\p{IsWhite_Space}+", " "));
  }

  @Override
  public String describe() {
    String added = options.added().isEmpty() ? "" : ", added " + sorted(options.added());
    return "CLIP's byte pairs (%s...%s)".formatted(vocabulary.sha256().substring(0, 12), added);
  }

  private static Map<String, Integer> sorted(Map<String, Integer> added) {
    return new java.util.TreeMap<>(added);
  }
}
