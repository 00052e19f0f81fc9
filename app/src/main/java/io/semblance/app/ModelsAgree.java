package io.semblance.app;

import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableFolder;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `semblance models agree`.
@Command(
    name = "agree",
    description = {
      "Say how far two tables of the same images agree, such as one in fp32 and one in bf16.",
      "",
      "Mean-centred cosine: of an image's two vectors, the mean of the first table subtracted from"
          + " both. Top 10: the share of an image's ten nearest that are the same. Heatmaps: their"
          + " correlation as 'semblance salad' makes them, where images have category and style."
    },
    footer = {
      "  semblance models agree tables/vit-b-16 tables/vit-b-16.bf16",
      "  semblance models agree tables/vit-b-16 tables/vit-b-16.int8 --json"
    })
final class ModelsAgree extends Verb {

  @Parameters(index = "0", paramLabel = "TABLE", description = "Folder of the table to go by.")
  private Path reference;

  @Parameters(index = "1", paramLabel = "OTHER", description = "Folder of the table to judge.")
  private Path other;

  @Override
  int run(Console console) throws IOException {
    try (EmbeddingTable a = TableFolder.open(reference);
        EmbeddingTable b = TableFolder.open(other)) {
      var found = TableAgreement.of(a, b);
      var document = document("reference", reference.toString(), "other", other.toString());
      document.putAll(found.document());
      result(console, document, found.text());
      return Semblance.DONE;
    }
  }
}
