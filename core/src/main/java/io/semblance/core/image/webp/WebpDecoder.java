package io.semblance.core.image.webp;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import io.semblance.core.image.Exif;
import io.semblance.core.image.ImageDecoder;
import io.semblance.core.image.RgbImage;
import io.semblance.core.image.White;
import java.util.Arrays;

/// WebP, lossy and lossless, with and without alpha; of an animation the first picture on its
/// canvas, as Pillow shows it.
public final class WebpDecoder implements ImageDecoder {

  /// Makes a decoder; all are alike.
  public WebpDecoder() {}

  @Override
  public void check(EncodedImage file) throws SemblanceException {
    WebpFile.parse(file);
  }

  @Override
  public int orientation(EncodedImage file) throws SemblanceException {
    WebpFile webp = WebpFile.parse(file);
    return webp.exif() == null ? 1 : Exif.orientation(webp.exif());
  }

  @Override
  public RgbImage decode(EncodedImage file) throws SemblanceException {
    WebpFile webp = WebpFile.parse(file);
    int[] pixels = Libwebp.decode(webp.still(), file);
    int wide = webp.picture().width();
    int high = webp.picture().height();
    if (pixels.length != wide * high) {
      throw file.damaged("WebP", "its picture is of another size than it says", null);
    }
    file.requireTime();
    byte[] rgb = new byte[3 * webp.width() * webp.height()];
    if (webp.alpha()) { // the canvas is transparent; without alpha it is black
      Arrays.fill(rgb, (byte) 255);
    }
    boolean opaque = !webp.alpha();
    for (int y = 0, from = 0; y < high; y++) {
      int to = 3 * ((webp.top() + y) * webp.width() + webp.left());
      for (int x = 0; x < wide; x++, from++, to += 3) {
        int pixel = pixels[from];
        int alpha = opaque ? 255 : pixel >>> 24;
        rgb[to] = White.behind(pixel >> 16 & 0xFF, alpha);
        rgb[to + 1] = White.behind(pixel >> 8 & 0xFF, alpha);
        rgb[to + 2] = White.behind(pixel & 0xFF, alpha);
      }
    }
    return new RgbImage(webp.width(), webp.height(), rgb);
  }
}
