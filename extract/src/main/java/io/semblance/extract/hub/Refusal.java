package io.semblance.extract.hub;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// What an answer without a file means.
final class Refusal {

  private Refusal() {}

  /// @param reply of a status other than 200, 206 and 416
  /// @param address that was asked first
  /// @param hub whose it is
  /// @return one sentence, or what may pass
  static IOException of(Reply reply, URI address, Hub hub) {
    int status = reply.status();
    return switch (status) {
      case 401, 403 -> new SemblanceException(gated(status, address, hub));
      case 404, 410 ->
          new SemblanceException(
              "There is no %s (HTTP %d): check the address of the hub%s."
                  .formatted(
                      address,
                      status,
                      hub.token() == null
                          ? "; some hubs answer so, too, where a token is missing"
                          : ""));
      case 407 ->
          new SemblanceException(
              "The proxy wants a name and a password (HTTP 407): give --proxy or https_proxy as"
                  + " http://NAME:PASSWORD@HOST:PORT.");
      case 408, 425, 429 -> new TryAgain("HTTP " + status, after(reply), null);
      default ->
          status >= 500
              ? new TryAgain("HTTP " + status, after(reply), null)
              : new SemblanceException(
                  "%s is answered with HTTP %d: check the address of the hub."
                      .formatted(address, status));
    };
  }

  private static String gated(int status, URI address, Hub hub) {
    String page = address.toString().replaceFirst("/resolve/.*", "");
    return hub.token() == null
        ? "%s is not for everyone (HTTP %d): accept its licence on %s, then give your token with --token-file or SEMBLANCE_HUB_TOKEN."
            .formatted(address, status, page)
        : "%s is not for the holder of this token (HTTP %d): accept its licence on %s as the token's owner, or give another token."
            .formatted(address, status, page);
  }

  private static Duration after(Reply reply) {
    String text = reply.headers().firstValue("Retry-After").orElse("0").strip();
    if (text.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration left = Duration.between(Instant.now(), then);
      return left.isNegative() ? Duration.ZERO : left;
    } catch (DateTimeException _) {
      return Duration.ZERO;
    }
  }
}
