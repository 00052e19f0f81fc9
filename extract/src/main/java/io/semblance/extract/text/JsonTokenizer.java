package io.semblance.extract.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// A tokenizer of Hugging Face in one file, `tokenizer.json`, run by their own library.
///
/// The native library comes from the jar and is unpacked below the folder for temporary files (or
/// `DJL_CACHE_DIR`, where that is set) when the first tokenizer is read; nothing is downloaded. It
/// is there for Linux (x86-64, ARM), macOS (ARM) and Windows (x86-64).
public final class JsonTokenizer implements Tokenizer {

  private final HuggingFaceTokenizer tokenizer;
  private final int contextLength;
  private final Padding padding;
  private final TextCleaning cleaning;
  private final String sha256;

  private JsonTokenizer(
      HuggingFaceTokenizer tokenizer,
      int contextLength,
      Padding padding,
      TextCleaning cleaning,
      String sha256) {
    this.tokenizer = tokenizer;
    this.contextLength = contextLength;
    this.padding = padding;
    this.cleaning = cleaning;
    this.sha256 = sha256;
  }

  /// Reads a tokenizer. What the file says of truncation and padding does not count.
  ///
  /// @param file the `tokenizer.json`
  /// @param contextLength t, from 3
  /// @param padding by the id of a token: the file does not say which one ends a text
  /// @param cleaning what comes before the tokenizer's own rules
  /// @return the tokenizer; close it
  /// @throws SemblanceException if the file is missing or is no tokenizer, or this machine has no
  ///   library for it
  public static JsonTokenizer read(
      Path file, int contextLength, Padding padding, TextCleaning cleaning)
      throws SemblanceException {
    if (padding.equals(Padding.EOS)) {
      throw new IllegalArgumentException(
          "a tokenizer.json does not say which token ends a text: give the padding as a number");
    }
    if (!Files.isRegularFile(file)) {
      throw new SemblanceException("There is no tokenizer " + file + ": put it there.");
    }
    unpackWhereItGoesAgain();
    try {
      String sha256 = Sha256.of(file);
      HuggingFaceTokenizer tokenizer =
          HuggingFaceTokenizer.builder()
              .optTokenizerPath(file.toAbsolutePath())
              .optAddSpecialTokens(true)
              .optTruncation(true)
              .optMaxLength(contextLength)
              .optPadding(false)
              .build();
      return new JsonTokenizer(tokenizer, contextLength, padding, cleaning, sha256);
    } catch (IOException e) {
      throw new SemblanceException(
          "Cannot read %s (%s): make it readable.".formatted(file, AtomicFile.reason(e)), e);
    } catch (UnsatisfiedLinkError | ExceptionInInitializerError | IllegalStateException e) {
      throw new SemblanceException(
          "%s needs the tokenizers library, which cannot be loaded here (%s): it exists for Linux, macOS on ARM and Windows, and wants room in %s."
              .formatted(file, reason(e), System.getProperty("java.io.tmpdir")),
          e);
    } catch (RuntimeException e) {
      throw new SemblanceException(
          "%s is no tokenizer.json (%s): copy it again.".formatted(file, reason(e)), e);
    }
  }

  private static String reason(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage()).lines().findFirst().orElse("no reason given");
  }

  // By itself the library goes to the user's home for good, looks for a graphics card, and may ask
  // the network for another build of itself.
  private static void unpackWhereItGoesAgain() {
    set("DJL_CACHE_DIR", Path.of(System.getProperty("java.io.tmpdir"), "semblance-djl").toString());
    set("RUST_FLAVOR", "cpu");
    set("ai.djl.offline", "true");
    set("OPT_OUT_TRACKING", "true");
  }

  private static void set(String name, String value) {
    if (System.getProperty(name) == null && System.getenv(name) == null) {
      System.setProperty(name, value);
    }
  }

  @Override
  public int contextLength() {
    return contextLength;
  }

  @Override
  public Tokens encode(String text) throws SemblanceException {
    try {
      long[] ids = tokenizer.encode(cleaning.clean(text)).getIds();
      return padding.pad(
          Arrays.stream(ids).mapToInt(Math::toIntExact).toArray(), contextLength, padding.id());
    } catch (RuntimeException e) {
      throw new SemblanceException(
          "\"%s\" cannot be tokenized (%s): leave it out."
              .formatted(text.length() > 60 ? text.substring(0, 60) + "..." : text, reason(e)),
          e);
    }
  }

  @Override
  public String describe() {
    return "tokenizer.json (" + sha256.substring(0, 12) + "...)";
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
