package io.semblance.core.table;

import java.util.Locale;

/// What a network's products were computed in; how the vectors are stored is [Precision].
public enum Compute {
  /// IEEE single throughout.
  FP32(0),
  /// Products of bfloat16 numbers, 8 bits of significand.
  BF16(0x1p-8),
  /// Products of whole numbers of 8 bits, scaled: a quantised network.
  INT8(0x1p-5);

  private static final String MARK = "; computed in ";

  private final double noise;

  Compute(double noise) {
    this.noise = noise;
  }

  /// @return about how far a component is off, as a share of the root mean square of all; 0 where
  ///   that is not worth a thought
  public double noise() {
    return noise;
  }

  /// @param preprocessing of a model, in one line
  /// @return the same for vectors that are computed so
  public String describe(String preprocessing) {
    return this == FP32 ? preprocessing : preprocessing + MARK + this;
  }

  /// What a table's vectors were computed in, as [#describe] wrote it down.
  ///
  /// @param provenance of a table
  /// @return fp32 where nothing else is said
  public static Compute of(Provenance provenance) {
    String text = String.valueOf(provenance.preprocessing());
    for (Compute compute : values()) {
      if (compute != FP32 && text.endsWith(MARK + compute)) {
        return compute;
      }
    }
    return FP32;
  }

  /// @return as options, cards and tables spell it: `fp32`, `bf16`, `int8`
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
