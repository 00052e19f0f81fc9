package io.semblance.extract.ensemble;

import io.semblance.extract.ensemble.EnsembleImage.Scale;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// One number of a compression ensemble.
///
/// @param name stable; `codec-scale` for an untransformed size, `transform-codec-scale` for a ratio
/// @param measure computes it, finite for every image
record EnsembleValue(String name, ToDoubleFunction<EnsembleImage> measure) {

  private static final Set<Transform> AT_40 =
      EnumSet.of(
          Transform.BOX_BLUR,
          Transform.GAUSSIAN_BLUR,
          Transform.DISTANCE_MASK,
          Transform.GRAY,
          Transform.CANNY,
          Transform.EMBOSS,
          Transform.ARCCOS,
          Transform.POWER10,
          Transform.KMEANS3);
  private static final Set<Transform> ALSO_PNG =
      EnumSet.of(Transform.BOX_BLUR, Transform.GAUSSIAN_BLUR);
  private static final double LIGHT = 0.9 * 256;
  // beginnings of the names that the fast selection leaves out: more than 10 ms each
  private static final List<String> SLOW =
      List.of(
          "png-100",
          "box-blur-gif-100",
          "box-blur-png",
          "gaussian-blur",
          "wide-blur",
          "gabor",
          "box-filter",
          "arccos-gif-100",
          "sqrt",
          "pixelate10-linear",
          "pixelate10-cubic",
          "pixelate30-linear",
          "pixelate30-cubic",
          "denoise",
          "kmeans",
          "flood",
          "hough");

  /// All 87, in the order of the published code, the 87th at the end.
  static final List<EnsembleValue> ALL = all();

  /// Those of [#ALL] that cost little.
  static final List<EnsembleValue> FAST =
      ALL.stream().filter(v -> SLOW.stream().noneMatch(v.name()::startsWith)).toList();

  private static List<EnsembleValue> all() {
    var out = new ArrayList<EnsembleValue>();
    for (Codec codec : List.of(Codec.PNG, Codec.GIF, Codec.JPEG75, Codec.JPEG100)) {
      for (Scale scale : Scale.values()) {
        out.add(untransformed(codec, scale));
      }
    }
    for (Transform transform : Transform.values()) {
      out.add(ratio(transform, Codec.GIF, Scale.S100));
      if (AT_40.contains(transform)) {
        out.add(ratio(transform, Codec.GIF, Scale.S40));
      }
      if (ALSO_PNG.contains(transform)) {
        out.add(ratio(transform, Codec.PNG, Scale.S100));
        out.add(ratio(transform, Codec.PNG, Scale.S40));
      }
    }
    addStatistics(out);
    return List.copyOf(out);
  }

  private static EnsembleValue untransformed(Codec codec, Scale scale) {
    return new EnsembleValue(
        codec.label() + "-" + scale.percent(),
        image -> image.at(scale).size(codec) / image.at(scale).size(Codec.BMP));
  }

  private static EnsembleValue ratio(Transform transform, Codec codec, Scale scale) {
    return new EnsembleValue(
        "%s-%s-%d".formatted(transform.label(), codec.label(), scale.percent()),
        image -> {
          ScaledImage scaled = image.at(scale);
          double before = transform.floods() ? scaled.blurredSize() : scaled.size(codec);
          return scaled.size(transform.of(scaled), codec) / before;
        });
  }

  private static void addStatistics(List<EnsembleValue> out) {
    add(out, "box-dimension-otsu", s -> BoxCounting.dimension(s.otsu(), v -> v > 0));
    add(out, "box-dimension-canny", s -> BoxCounting.dimension(s.canny(), v -> v > 0));
    add(
        out,
        "box-dimension-gray",
        s -> BoxCounting.dimension(OpenCv.raster(s.gray()), v -> v < LIGHT));
    add(out, "hue-min", s -> ColourStatistics.hues(s.hls())[0]);
    add(out, "hue-max", s -> ColourStatistics.hues(s.hls())[180]);
    add(out, "hue-mean", s -> ColourStatistics.mean(ColourStatistics.hues(s.hls())));
    add(out, "hue-median", s -> ColourStatistics.hues(s.hls())[90]);
    add(out, "hue-std", s -> ColourStatistics.deviation(ColourStatistics.hues(s.hls())));
    add(out, "hue-entropy", s -> ColourStatistics.entropy(ColourStatistics.hues(s.hls())));
    add(out, "colourfulness", s -> ColourStatistics.colourfulness(s.colour()));
    add(out, "lightness-range", s -> ColourStatistics.range(s.hls().channel(1)));
    add(out, "lightness-std", s -> ColourStatistics.deviation(s.hls().channel(1)));
    add(out, "hough-angle-entropy", HoughAngles::entropy);
  }

  private static void add(
      List<EnsembleValue> out, String name, ToDoubleFunction<ScaledImage> statistic) {
    out.add(new EnsembleValue(name, image -> statistic.applyAsDouble(image.at(Scale.S100))));
  }
}
