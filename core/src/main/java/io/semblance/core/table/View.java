package io.semblance.core.table;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An augmented view of images: which random changes were made to them before a model saw them.
/// Part of a table's preprocessing, so that vectors of views are not taken for those of the images.
///
/// @param strength of the changes
/// @param number of the view, from 1; another one is drawn anew
/// @param seed of the draws
public record View(Strength strength, int number, long seed) {

  private static final Pattern MARK =
      Pattern.compile("view (\\d+) of (mild|strong) augmentation, seed (-?\\d+); ");

  /// How far a view is from its image. Source: AbC (arXiv 2306.09345), Appendix B.2.
  public enum Strength {
    /// Flip, resize and crop.
    MILD,
    /// Colour jitter, blur and solarisation, too.
    STRONG;

    /// @return as options and tables spell it
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Checks the number.
  ///
  /// @throws IllegalArgumentException if it is below 1
  public View {
    if (number < 1) {
      throw new IllegalArgumentException("the number of a view is " + number + ": give 1 or more");
    }
  }

  /// @param preprocessing of a model, in one line
  /// @return the same for vectors of this view
  public String describe(String preprocessing) {
    return "view %d of %s augmentation, seed %d; %s"
        .formatted(number, strength, seed, preprocessing);
  }

  /// @param provenance of a table
  /// @return the view that its preprocessing names, if any
  public static Optional<View> of(Provenance provenance) {
    Matcher found = MARK.matcher(String.valueOf(provenance.preprocessing()));
    if (!found.find()) {
      return Optional.empty();
    }
    try {
      Strength strength = Strength.valueOf(found.group(2).toUpperCase(Locale.ROOT));
      int number = Integer.parseInt(found.group(1));
      return Optional.of(new View(strength, number, Long.parseLong(found.group(3))));
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // numbers that we do not write
    }
  }

  /// The origin of vectors without the view in it, to compare with that of the images themselves.
  ///
  /// @param provenance of a table
  /// @return the same of the images as they are
  public static Provenance plain(Provenance provenance) {
    return new Provenance(
        provenance.modelId(),
        provenance.kind(),
        provenance.weightsSha256(),
        provenance.preprocessing() == null
            ? null
            : MARK.matcher(provenance.preprocessing()).replaceFirst(""),
        provenance.normalized());
  }
}
