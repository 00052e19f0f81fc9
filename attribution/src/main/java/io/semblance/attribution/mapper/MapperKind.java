package io.semblance.attribution.mapper;

import java.util.Locale;
import java.util.Map;

/// The shapes of map the paper tried. Source: AbC (arXiv 2306.09345), Appendix B.2.
public enum MapperKind {
  /// Wx + b, the one the paper uses.
  AFFINE,
  /// One factor per dimension.
  CHANNEL,
  /// Two linear layers with batch norm.
  MLP;

  /// @return the name in options and files
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @param state tensors by their published names
  /// @return the kind they are of, or null
  static MapperKind of(Map<String, ?> state) {
    if (state.containsKey("weights")) {
      return CHANNEL;
    }
    if (state.containsKey("0.weight")) {
      return MLP;
    }
    return state.containsKey("weight") && state.containsKey("bias") ? AFFINE : null;
  }
}
