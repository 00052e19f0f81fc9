package io.semblance.salad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The best any computational model does in each cell. A cell that none of them recognises fails
/// the test. Source: fruit-SALAD, figure 3 (left); the bound in percent is ours.
///
/// @param axes categories and styles
/// @param percent highest self-recognition over the computational models, from 0 to 100, for each
///   cell; NaN where none is defined
/// @param failed cells below the bound
/// @param models number of computational models with a defined self-recognition
/// @param bound what a cell needs, in percent
@SuppressWarnings("ArrayRecordComponent") // a result to read, made once
public record RecognitionVerdict(
    SaladAxes axes, double[] percent, List<Integer> failed, int models, double bound) {

  /// @param axes of all models
  /// @param computational self-recognition of each computational model
  /// @param bound what a cell needs, in percent
  public static RecognitionVerdict of(
      SaladAxes axes, List<SelfRecognition> computational, double bound) {
    double[] best = new double[axes.cells()];
    Arrays.fill(best, Double.NaN);
    for (SelfRecognition model : computational) {
      for (int c = 0; c < best.length; c++) {
        double percent = model.percent(c);
        if (!Double.isNaN(percent) && !(best[c] >= percent)) {
          best[c] = percent;
        }
      }
    }
    var failed = new ArrayList<Integer>();
    for (int c = 0; c < best.length; c++) {
      if (best[c] < bound) {
        failed.add(c);
      }
    }
    int defined = (int) computational.stream().filter(SelfRecognition::defined).count();
    return new RecognitionVerdict(axes, best, List.copyOf(failed), defined, bound);
  }

  /// @return whether some model has a number, so that there is a verdict
  public boolean defined() {
    return models > 0;
  }

  /// @return whether every cell with a number is recognised by some computational model
  public boolean passed() {
    return defined() && failed.isEmpty();
  }
}
