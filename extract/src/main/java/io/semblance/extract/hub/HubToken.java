package io.semblance.extract.hub;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What shows a hub who is asking. It never prints itself.
public final class HubToken {

  private static final int MAX_BYTES = 4096;

  private final String value;

  private HubToken(String value) {
    this.value = value;
  }

  /// @param text the token; blanks around it are dropped
  /// @param from where it was found, for messages
  /// @return the token
  /// @throws SemblanceException if it is empty or has characters that no header may have
  public static HubToken of(String text, String from) throws SemblanceException {
    String value = text.strip();
    if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new SemblanceException(
          from + " holds no token: give one line of letters, digits and signs, without blanks.");
    }
    return new HubToken(value);
  }

  /// @param file holds the token and nothing else
  /// @return the token
  /// @throws SemblanceException if the file cannot be read or holds something else
  public static HubToken read(Path file) throws SemblanceException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new SemblanceException(file + " is too large for a token: give a file of one line.");
      }
      return of(Files.readString(file), file.toString());
    } catch (SemblanceException e) {
      throw e;
    } catch (MalformedInputException e) {
      throw new SemblanceException(file + " is no text: give a file that holds the token.", e);
    } catch (IOException e) {
      throw new SemblanceException(
          "Cannot read the token in %s (%s): check the path.".formatted(file, AtomicFile.reason(e)),
          e);
    }
  }

  String header() {
    return "Bearer " + value;
  }

  @Override
  public String toString() {
    return "a token";
  }
}
