package io.semblance.extract.onnx;

import io.semblance.core.image.Resampler;
import io.semblance.core.table.Compute;
import io.semblance.core.table.Provenance;
import io.semblance.extract.ModelCard;
import java.util.List;
import java.util.Locale;

/// How to feed a network and what its vectors are: the content of the `.json` beside an `.onnx` or
/// `.pt`.
///
/// @param id stable name of the model
/// @param title a few words
/// @param description what the vector says
/// @param licence of the weights
/// @param source where they come from
/// @param input name of the graph's input, float32 `n x 3 x crop x crop`, channels in the order RGB
/// @param output name of the graph's output
/// @param dimension d
/// @param resize length of a side after resizing, in pixels
/// @param resizeMode of which side, or of both
/// @param filter how pixels are weighed in resizing
/// @param crop side of the square cut from the middle, in pixels, at most `resize`
/// @param cropOffset where that square begins when it cannot be in the very middle
/// @param mean subtracted from v / 255, for red, green and blue
/// @param std divides what is left, for red, green and blue
/// @param pooling from the graph's output to one vector an image
/// @param normalize whether vectors are scaled to Euclidean norm 1
/// @param compute what the file itself computes in: int8 for a quantised graph
public record OnnxCard(
    String id,
    String title,
    String description,
    String licence,
    String source,
    String input,
    String output,
    int dimension,
    int resize,
    ResizeMode resizeMode,
    Resampler.Filter filter,
    int crop,
    CropOffset cropOffset,
    List<Double> mean,
    List<Double> std,
    Pooling pooling,
    boolean normalize,
    Compute compute) {

  /// Copies the lists.
  public OnnxCard {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /// @param weightsSha256 hash of the graph with its weights
  /// @return the card of the extractor
  public ModelCard modelCard(String weightsSha256) {
    return new ModelCard(
        id,
        List.of(),
        Provenance.Kind.NEURAL,
        title,
        description,
        dimension,
        weightsSha256,
        licence,
        source,
        compute.describe(preprocessing()),
        normalize);
  }

  /// @return from file to vector in one line
  String preprocessing() {
    return "RGB, transparency on white; %s; centre crop %d%s; (v / 255 - mean) / std with mean %s, std %s; output %s, pooling %s%s"
        .formatted(
            resizeMode.text(resize, filterText()),
            crop,
            cropOffset == CropOffset.EVEN ? "" : ", offset rounded down",
            mean,
            std,
            output,
            lower(pooling),
            normalize ? ", L2-normalised" : "");
  }

  private String filterText() {
    return filter == Resampler.Filter.NEAREST ? "nearest" : lower(filter) + ", antialiased";
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
