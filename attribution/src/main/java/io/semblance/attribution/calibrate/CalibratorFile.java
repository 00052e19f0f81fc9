package io.semblance.attribution.calibrate;

import io.semblance.attribution.calibrate.Calibrator.Conditions;
import io.semblance.core.SemblanceException;
import io.semblance.core.array.NumberArray;
import io.semblance.core.array.pickle.PickleArray;
import io.semblance.core.array.pickle.PickleDict;
import io.semblance.core.array.pickle.PickleValue;
import io.semblance.core.array.pickle.TorchFile;
import io.semblance.core.file.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Calibrators on disk: ours as JSON, the published ones as `.pth` of `inv_tau` and `bias`.
public final class CalibratorFile {

  private CalibratorFile() {}

  /// @param file `.json` or `.pth`
  /// @return the calibrator; of a published one only tau and lambda are known
  /// @throws SemblanceException if it is no calibrator, or damaged
  public static Calibrator read(Path file) throws IOException {
    if (!file.toString().endsWith(".json")) {
      return published(file);
    }
    Calibrator found;
    try {
      found = Json.read(file, Calibrator.class);
    } catch (IllegalArgumentException e) {
      throw new SemblanceException(
          "%s is no calibrator (%s): fit it again.".formatted(file, e.getMessage()), e);
    }
    if (found.schema() != Calibrator.SCHEMA || found.conditions() == null) {
      throw new SemblanceException(
          "%s is no calibrator of schema %d: fit it with 'semblance calibrate'."
              .formatted(file, Calibrator.SCHEMA));
    }
    return found;
  }

  private static Calibrator published(Path file) throws IOException {
    try (TorchFile torch = TorchFile.open(file)) {
      double inverseTau = number(file, torch.root(), "inv_tau");
      double bias = number(file, torch.root(), "bias");
      if (!(inverseTau > 0) || !Double.isFinite(bias)) {
        throw new SemblanceException(
            "%s holds inv_tau %s and bias %s: inv_tau over 0 and a finite bias are needed."
                .formatted(file, inverseTau, bias));
      }
      return new Calibrator(
          Calibrator.SCHEMA,
          1 / inverseTau,
          -0.001 * bias,
          "published",
          null,
          new Conditions(null, null, 0, List.of(), null),
          null,
          null,
          List.of());
    }
  }

  private static double number(Path file, PickleValue root, String name) throws SemblanceException {
    if (root instanceof PickleDict dict) {
      switch (dict.get(name).orElse(null)) {
        case PickleArray a when a.array() instanceof NumberArray n && n.count() == 1 -> {
          return n.toDoubles()[0];
        }
        case PickleValue.Real r -> {
          return r.value();
        }
        case null, default -> {
          // said below
        }
      }
    }
    throw new SemblanceException(
        "%s holds no number '%s': a calibrator is a .json of 'calibrate' or a published .pth of {inv_tau, bias}."
            .formatted(file, name));
  }
}
