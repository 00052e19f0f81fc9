package io.semblance.core.torch;

import io.semblance.core.SemblanceException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Sentences from what libtorch throws, which is pages of C++ and of the network's code.
final class TorchError {

  private static final String PREFIX = "RuntimeError: ";
  private static final int LONGEST = 200;

  private TorchError() {}

  /// @param e thrown by libtorch
  /// @return its reason in one line, without a full stop
  static String reason(RuntimeException e) {
    List<String> lines = String.valueOf(e.getMessage()).lines().map(String::strip).toList();
    String line =
        lines.stream()
            .filter(l -> l.startsWith(PREFIX))
            .findFirst()
            .or(() -> lines.stream().filter(l -> !l.isEmpty()).findFirst())
            .orElse("no reason given");
    String plain = line.startsWith(PREFIX) ? line.substring(PREFIX.length()) : line;
    String whole = plain.replaceAll("\\.$", "");
    return whole.length() > LONGEST ? whole.substring(0, LONGEST) + "..." : whole;
  }

  /// @param e thrown while a network ran
  /// @param name of the network
  /// @param shape it was fed with
  /// @return what to say
  static SemblanceException failed(RuntimeException e, String name, long[] shape) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    String sentence;
    if (text.contains("cuda")) {
      sentence =
          "%s wants a CUDA device (%s): trace it again on the CPU, or use --device cuda where there"
              + " is one.";
    } else if (text.contains("allocate memory") || text.contains("out of memory")) {
      sentence = "%s does not fit memory (%s): try a smaller --batch.";
    } else {
      sentence =
          "%s fails on an input of the shape "
              + Arrays.toString(shape)
              + " (%s): change \"crop\" in its card, or export it again with a free batch size.";
    }
    return new SemblanceException(sentence.formatted(name, reason(e)), e);
  }
}
