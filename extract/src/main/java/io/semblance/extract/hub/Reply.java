package io.semblance.extract.hub;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The answer at the end of all redirects.
///
/// @param status of HTTP
/// @param headers of the last answer
/// @param body to be closed
/// @param from the address that gave it
/// @param linked what the hub itself, on the way, said of the file's content: the SHA-256 in 64
///   hexadecimal digits, or null
/// @param commit of the repository, or null
record Reply(
    int status, HttpHeaders headers, InputStream body, URI from, String linked, String commit) {

  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");
  private static final Pattern UNSATISFIED = Pattern.compile("bytes \\*/(\\d{1,18})");

  /// @return bytes of the body, or -1 where the server does not say
  long length() {
    return headers.firstValueAsLong("Content-Length").orElse(-1);
  }

  /// @return whether it is a page for people, such as one that asks to log in; weights never are
  boolean isPage() {
    return headers.firstValue("Content-Type").orElse("").startsWith("text/html");
  }

  /// What to send as `If-Range` next time.
  ///
  /// @return a strong entity tag or a date, or null where the server gives neither
  String validator() {
    Optional<String> tag = headers.firstValue("ETag").filter(t -> t.startsWith("\""));
    return tag.or(() -> headers.firstValue("Last-Modified")).orElse(null);
  }

  /// @return first byte of a partial body, or -1
  long rangeStart() {
    Matcher range = RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
    return range.matches() ? Long.parseLong(range.group(1)) : -1;
  }

  /// @return bytes of the whole file as a partial or refused range says it, or -1
  long rangeTotal() {
    String header = headers.firstValue("Content-Range").orElse("");
    Matcher range = RANGE.matcher(header);
    Matcher refused = UNSATISFIED.matcher(header);
    if (range.matches()) {
      return Long.parseLong(range.group(3));
    }
    return refused.matches() ? Long.parseLong(refused.group(1)) : -1;
  }
}
