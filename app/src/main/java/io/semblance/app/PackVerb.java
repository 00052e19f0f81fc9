package io.semblance.app;

import io.semblance.core.collection.ImageCollection;
import io.semblance.core.collection.WebdatasetWriter;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `semblance pack`: images to tars as webdataset and img2dataset have them.
@Command(
    name = "pack",
    description = {
      "Pack images into tars in the layout of img2dataset: OUT/00000.tar with image, caption (.txt)"
          + " and .json of every sample, beside it 00000.parquet and 00000_stats.json.",
      "",
      ImageInput.KINDS,
      "",
      "Image files go in as they are. One that cannot be read is listed in the Parquet file with"
          + " the reason. Interrupted, the same command goes on with the tar it was at."
    },
    footer = {
      "  semblance pack photos --out packed",
      "  semblance pack works.csv --out packed --per-tar 1000",
      "  semblance embed packed --model efficientnet-lite0 --out tables",
    })
final class PackVerb extends Verb {

  @Mixin private ImageInput images;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the tars.")
  private Path out;

  @Option(
      names = "--per-tar",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Images a tar is for.")
  private int perTar;

  @Override
  int run(Console console) throws IOException {
    try (ImageCollection collection = images.open(console)) {
      WebdatasetWriter.Result made =
          WebdatasetWriter.write(collection, out, perTar, console.progress("packing", "images"));
      result(
          console,
          document(
              "folder", out.toString(),
              "tars", made.tars(),
              "images", made.images(),
              "failed", made.failed()),
          "%s: %d images in %d tars%s"
              .formatted(
                  out,
                  made.images(),
                  made.tars(),
                  made.failed() == 0
                      ? ""
                      : "; "
                          + made.failed()
                          + " could not be read, see error_message in the .parquet files"));
      return Semblance.DONE;
    }
  }
}
