package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.collection.Listing;
import io.semblance.core.collection.ListingSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `semblance list`: what images there are, once, for all that comes after.
@Command(
    name = "list",
    description = {
      "List images: how many of which kind, what is known of them, what cannot be read.",
      "",
      ImageInput.KINDS,
      "",
      "With --out the listing is written as Parquet or CSV, in the order that 'embed' uses, and can"
          + " be given to it in the place of IMAGES: millions of files are then looked through"
          + " once."
    },
    footer = {
      "  semblance list photos",
      "  semblance list photos --hash",
      "  semblance list photos --out photos.parquet",
      "  semblance embed photos.parquet --model efficientnet-lite0 --shard 1/4 --out tables",
    })
final class ListVerb extends Verb {

  @Mixin private ImageInput images;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the listing, as .parquet or .csv.")
  private Path out;

  @Option(
      names = "--hash",
      showDefaultValue = Visibility.NEVER,
      description = "Read every image, and tell which files are equal.")
  private boolean hash;

  @Option(names = "--overwrite", showDefaultValue = Visibility.NEVER, description = "Replace FILE.")
  private boolean overwrite;

  @Override
  int run(Console console) throws IOException {
    if (out != null && !out.toString().endsWith(".parquet") && !out.toString().endsWith(".csv")) {
      throw usage("--out is '" + out + "': give a name that ends in .parquet or .csv");
    }
    if (out != null && Files.exists(out) && !overwrite) {
      throw new SemblanceException(out + " exists: choose another name, or add --overwrite.");
    }
    try (ImageCollection collection = images.open(console)) {
      if (out != null) {
        Listing.writeManifest(collection, out);
      }
      ListingSummary summary =
          hash
              ? ListingSummary.hashed(collection, console.progress("reading", "images"))
              : ListingSummary.of(collection);
      result(
          console,
          document(
              "root", collection.root().toString(),
              "images", summary.images(),
              "kinds", summary.kinds(),
              "withCategory", summary.withCategory(),
              "columns", collection.extras().names(),
              "unlisted", collection.unlisted(),
              "duplicates", summary.duplicates(),
              "listing", out == null ? null : out.toString()),
          text(collection, summary));
    }
    return Semblance.DONE;
  }

  private String text(ImageCollection collection, ListingSummary summary) {
    var lines = new ArrayList<String>();
    lines.add("%,d images below %s".formatted(summary.images(), collection.root()));
    summary.kinds().forEach((kind, count) -> lines.add("  %,9d %s".formatted(count, kind)));
    if (summary.withCategory() > 0) {
      lines.add("  %,9d with a category".formatted(summary.withCategory()));
    }
    if (!collection.extras().isEmpty()) {
      lines.add("further columns: " + String.join(", ", collection.extras().names()));
    }
    if (!collection.unlisted().isEmpty()) {
      lines.add("%,d places cannot be looked at".formatted(collection.unlisted().size()));
    }
    for (List<String> group : summary.duplicates()) {
      lines.add("equal files: " + String.join(", ", group));
    }
    if (out != null) {
      lines.add("listing: " + out);
      if (out.toString().endsWith(".csv")
          && !collection.root().toAbsolutePath().equals(out.toAbsolutePath().getParent())) {
        lines.add(
            "  its paths begin at %1$s: read it with --root %1$s".formatted(collection.root()));
      }
    }
    return String.join("\n", lines);
  }
}
