package io.semblance.synth.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// How large images go through the autoencoder in parts: squares that overlap by a quarter and are
/// blended there, so that memory depends on the square. The result differs a little from that of
/// the whole. Source: diffusers, `AutoencoderKL.tiled_decode`.
///
/// @param side of a square in pixels, a multiple of four times the autoencoder's factor, or 0 to
///   take images whole
public record Tiles(int side) {

  /// Images whole, whatever their size.
  public static final Tiles NONE = new Tiles(0);

  private static final double OVERLAP = 0.25;
  private static final int QUARTERS = 4;
  private static final int LARGE = 1024;
  private static final int USUAL = 512;

  /// Checks the side.
  ///
  /// @throws IllegalArgumentException if it is below 0
  public Tiles {
    if (side < 0) {
      throw new IllegalArgumentException("the side of tiles is " + side + ": give 0 or more");
    }
  }

  /// @param width of an image in pixels
  /// @param height of an image in pixels
  /// @return squares of 512 pixels where there are more than 1024 x 1024 pixels
  public static Tiles forImage(int width, int height) {
    return (long) width * height > (long) LARGE * LARGE ? new Tiles(USUAL) : NONE;
  }

  /// @param images `b x c x h x w`
  /// @param factor pixels along a side for one latent pixel
  /// @param part encodes an image
  /// @return what it gives for the whole
  Tensor encode(Tensor images, int factor, UnaryOperator<Tensor> part) {
    int latent = latent(factor);
    return whole(images, side)
        ? part.apply(images)
        : parts(images, side, overlapping(side), (int) (latent * OVERLAP), latent, part);
  }

  /// @param latents `b x c x h x w`
  /// @param factor pixels along a side for one latent pixel
  /// @param part decodes latents
  /// @return what it gives for the whole
  Tensor decode(Tensor latents, int factor, UnaryOperator<Tensor> part) {
    int latent = latent(factor);
    return whole(latents, latent)
        ? part.apply(latents)
        : parts(latents, latent, overlapping(latent), (int) (side * OVERLAP), side, part);
  }

  // overlaps are whole latent pixels
  private int latent(int factor) {
    if (!fits(factor)) {
      throw new IllegalArgumentException(
          "the side of tiles is %d: give a multiple of %d".formatted(side, QUARTERS * factor));
    }
    return side / factor;
  }

  /// @param factor pixels along a side for one latent pixel
  /// @return whether squares of this side overlap by whole latent pixels: multiples of four times
  ///   the factor do
  public boolean fits(int factor) {
    return side % (QUARTERS * factor) == 0;
  }

  private boolean whole(Tensor x, int square) {
    return side == 0 || x.size(2) <= square && x.size(3) <= square;
  }

  private static int overlapping(int square) {
    return Math.max(1, (int) (square * (1 - OVERLAP)));
  }

  /// @param square side of a part that is read
  /// @param step from one part to the next
  /// @param blend pixels that are blended, of what comes out
  /// @param made side of a part that comes out
  private static Tensor parts(
      Tensor x, int square, int step, int blend, int made, UnaryOperator<Tensor> part) {
    return Pass.keep(
        () -> {
          var finished = new TensorVector();
          List<Tensor> above = List.of();
          for (long top = 0; top < x.size(2); top += step) {
            var row = new ArrayList<Tensor>();
            var cut = new TensorVector();
            for (long left = 0; left < x.size(3); left += step) {
              Tensor read = part(part(x, 2, top, square), 3, left, square);
              Tensor tile = part.apply(read.contiguous());
              if (!above.isEmpty()) {
                tile = blended(above.get(row.size()), tile, 2, blend);
              }
              if (!row.isEmpty()) {
                tile = blended(row.getLast(), tile, 3, blend);
              }
              row.add(tile);
              cut.push_back(part(part(tile, 2, 0, made - blend), 3, 0, made - blend));
            }
            finished.push_back(torch.cat(cut, 3));
            above = row;
          }
          return torch.cat(finished, 2);
        });
  }

  private static Tensor part(Tensor x, int axis, long from, long length) {
    return x.narrow(axis, from, Math.min(length, x.size(axis) - from));
  }

  /// The begin of a tile goes over from the end of the one before it.
  private static Tensor blended(Tensor before, Tensor tile, int axis, int blend) {
    return Pass.keep(
        () -> {
          long n = Math.min(blend, Math.min(before.size(axis), tile.size(axis)));
          Tensor share =
              torch
                  .arange(new Scalar((double) n), new TensorOptions(ScalarType.Float))
                  .div(new Scalar((double) n))
                  .to(tile.device(), ScalarType.Float)
                  .to(tile.dtype());
          Tensor along = axis == 2 ? share.view(1, 1, n, 1) : share.view(1, 1, 1, n);
          Tensor old = before.narrow(axis, before.size(axis) - n, n);
          Tensor begin = tile.narrow(axis, 0, n);
          Tensor mixed = old.mul(along.neg().add(new Scalar(1.0))).add(begin.mul(along));
          Tensor rest = tile.narrow(axis, n, tile.size(axis) - n);
          return torch.cat(new TensorVector(mixed, rest), axis);
        });
  }
}
