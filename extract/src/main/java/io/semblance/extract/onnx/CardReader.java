package io.semblance.extract.onnx;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.Resampler;
import io.semblance.core.table.Compute;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Reads and checks the JSON card of an ONNX model. Every complaint names the file, the field, its
/// value and what is allowed. The fields are those of [OnnxCard]; see `docs/models.md`.
public final class CardReader extends CardFields {

  private static final Set<String> FIELDS =
      new TreeSet<>(
          List.of(
              "id",
              "title",
              "description",
              "licence",
              "source",
              "input",
              "output",
              "dimension",
              "resize",
              "resize_mode",
              "filter",
              "crop",
              "crop_offset",
              "mean",
              "std",
              "pooling",
              "normalize",
              "compute"));
  private static final int MAX_SIDE = 8192;

  private CardReader(byte[] bytes, String name) throws SemblanceException {
    super(bytes, name, FIELDS);
  }

  /// @param bytes the card's file
  /// @param name what to call it in messages
  /// @return the card
  /// @throws SemblanceException if it is not JSON, or a field is missing, unknown or out of range
  public static OnnxCard read(byte[] bytes, String name) throws SemblanceException {
    return new CardReader(bytes, name).card();
  }

  private OnnxCard card() throws SemblanceException {
    String id = id();
    int resize = integer("resize", 1, MAX_SIDE);
    int crop = integer("crop", 1, MAX_SIDE);
    if (crop > resize) {
      throw wrong("crop", "at most " + resize + ", which is \"resize\", or raise that");
    }
    return new OnnxCard(
        id,
        text("title", id),
        text("description", "A network supplied by the user."),
        text("licence", "unknown"),
        text("source", "supplied by the user"),
        text("input", null),
        text("output", null),
        integer("dimension", 1, LONGEST),
        resize,
        choice("resize_mode", ResizeMode.class, ResizeMode.SHORTER),
        choice("filter", Resampler.Filter.class, null),
        crop,
        choice("crop_offset", CropOffset.class, CropOffset.EVEN),
        triple("mean", -10),
        triple("std", Double.MIN_NORMAL),
        choice("pooling", Pooling.class, Pooling.NONE),
        flag("normalize"),
        choice("compute", Compute.class, Compute.FP32));
  }
}
