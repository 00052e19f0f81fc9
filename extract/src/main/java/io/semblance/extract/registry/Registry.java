package io.semblance.extract.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The models that the program knows and does not ship.
public final class Registry {

  private Registry() {}

  private static final class Cards {
    // read when first asked for
    private static final List<RegistryCard> ALL =
        new String(resource("models.txt"), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .map(id -> RegistryReader.read(id, resource(id + ".json")))
            .toList();
  }

  /// @return all cards, paper by paper
  public static List<RegistryCard> cards() {
    return Cards.ALL;
  }

  /// @param name an id or an alias, letters as they are
  /// @return the card, if there is one
  public static Optional<RegistryCard> find(String name) {
    return cards().stream().filter(card -> card.model().isCalled(name)).findFirst();
  }

  /// @param name of a text tower, see [TextHalf#id]
  /// @return the card of its image model, if there is one
  public static Optional<RegistryCard> findText(String name) {
    return cards().stream()
        .filter(card -> card.text().isPresent() && TextHalf.id(card.id()).equals(name))
        .findFirst();
  }

  private static byte[] resource(String name) {
    try (InputStream in = Registry.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program was built without " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
