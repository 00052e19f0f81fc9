package io.semblance.app;

import io.semblance.attribution.mapper.SpaceCorrection;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `--correct`.
final class CorrectionConverter implements ITypeConverter<SpaceCorrection> {

  /// For descriptions: what a user may give.
  static final String WORDS =
      "none, centre, whiten, csls or csls:K (K neighbours, 10 if not given).";

  @Override
  public SpaceCorrection convert(String value) {
    try {
      return SpaceCorrection.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
