package io.semblance.extract.view;

import io.semblance.core.file.Sha256;
import io.semblance.core.image.Resampler;
import io.semblance.core.image.RgbImage;
import io.semblance.core.table.View;
import io.semblance.core.table.View.Strength;
import java.util.SplittableRandom;

/// Makes the views. Mild: a random rectangle of 40 to 100 % of the image, sides as 3 : 4 to 4 : 3,
/// is resized to a square and flipped every other time. Strong: then colours are jittered (8 of 10
/// times), the image is blurred (5 of 10) and solarised (2 of 10). Source: the global crops of DINO
/// (arXiv 2104.14294), as AbC (arXiv 2306.09345), Appendix B.2 names them; the paper gives no
/// numbers.
///
/// What is drawn depends only on the seed, the view's number and the image's id. Thread-safe.
public final class Augmenter {

  private static final double LEAST_AREA = 0.4;
  private static final double MOST_RATIO = 4.0 / 3;
  private static final int TRIES = 10;

  private final View view;

  /// @param view which one
  public Augmenter(View view) {
    this.view = view;
  }

  /// @return which view it makes
  public View view() {
    return view;
  }

  /// @param image as decoded
  /// @param id its name in the collection
  /// @return the view: a square
  public RgbImage of(RgbImage image, String id) {
    var random = random(id);
    RgbImage crop = crop(image, random);
    RgbImage out = random.nextBoolean() ? Tone.flip(crop) : crop;
    return view.strength() == Strength.MILD ? out : Tone.strong(out, random);
  }

  private SplittableRandom random(String id) {
    String hash = Sha256.of("%d %d %s".formatted(view.seed(), view.number(), id));
    return new SplittableRandom(Long.parseUnsignedLong(hash.substring(0, 16), 16));
  }

  /// A rectangle that lies in the image, else, after some tries, the middle.
  private static RgbImage crop(RgbImage image, SplittableRandom random) {
    double all = (double) image.width() * image.height();
    for (int i = 0; i < TRIES; i++) {
      double area = all * random.nextDouble(LEAST_AREA, 1);
      double bound = StrictMath.log(MOST_RATIO);
      double ratio = StrictMath.exp(random.nextDouble(-bound, bound));
      int width = (int) Math.round(Math.sqrt(area * ratio));
      int height = (int) Math.round(Math.sqrt(area / ratio));
      if (width >= 1 && height >= 1 && width <= image.width() && height <= image.height()) {
        int left = random.nextInt(image.width() - width + 1);
        int top = random.nextInt(image.height() - height + 1);
        return square(image.crop(left, top, width, height));
      }
    }
    return Resampler.centerCrop(image, Math.min(image.width(), image.height()));
  }

  private static RgbImage square(RgbImage image) {
    int side = (int) Math.max(1, Math.round(Math.sqrt((double) image.width() * image.height())));
    return Resampler.resize(image, side, side, Resampler.Filter.BICUBIC);
  }
}
