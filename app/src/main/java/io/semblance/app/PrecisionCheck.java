package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.CollectionImage;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.file.Json;
import io.semblance.core.table.Compute;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableFolder;
import io.semblance.extract.EmbeddingRun;
import io.semblance.extract.ExtractOptions;
import io.semblance.extract.Extractor;
import io.semblance.extract.Models;
import io.semblance.extract.NetworkFiles;
import io.semblance.extract.registry.ModelCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// Embeds some images of a collection in fp32, too, and keeps with the table how far its vectors
/// agree with those.
///
/// @param images at most so many are compared, spread over the collection
/// @param cache where weights of registry models are
/// @param console hears the progress
record PrecisionCheck(int images, ModelCache cache, Console console) {

  /// The file in a table's folder.
  static final String FILE = "precision.json";

  /// @param model as the user named it
  /// @param table finished, of that model in less than fp32
  /// @param collection it was made from
  /// @param options it was made with
  /// @return what was found and written
  /// @throws SemblanceException if there is nothing to compare with; the table is good all the same
  TableAgreement run(String model, Path table, ImageCollection collection, ExtractOptions options)
      throws IOException {
    ExtractOptions plain =
        options
            .withCompute(Compute.FP32)
            .withFresh(true)
            .withPrune(false)
            .withPrecision(io.semblance.core.table.Precision.FLOAT32);
    ImageCollection some = spread(collection);
    Path folder = Files.createTempDirectory("semblance-fp32-").resolve("table");
    try (Extractor extractor = Models.open(reference(model), some, plain, cache)) {
      if (Compute.of(extractor.card().provenance()) != Compute.FP32) {
        throw new SemblanceException("there is no form of the network in fp32 beside it");
      }
      new EmbeddingRun(some, extractor, plain)
          .writeTo(folder, console.progress("check in fp32", "images"), console::say);
      try (EmbeddingTable reference = TableFolder.open(folder);
          EmbeddingTable reduced = TableFolder.open(table)) {
        var found = TableAgreement.of(reference, reduced);
        var document = Verb.document("reference", reference.provenance());
        document.putAll(found.document());
        Json.write(document, table.resolve(FILE));
        return found;
      }
    } finally {
      TempFolder.delete(folder.getParent());
    }
  }

  // A path of the quantised form means the plain one beside it.
  private static String reference(String model) {
    if (!model.endsWith(".int8.onnx") && !model.endsWith(".int8.json")) {
      return model;
    }
    Path plain = NetworkFiles.beside(Path.of(model)).of(Compute.FP32);
    return Files.isRegularFile(plain) ? plain.toString() : model;
  }

  private ImageCollection spread(ImageCollection collection) {
    var taken = new ArrayList<CollectionImage>();
    int count = Math.min(images, collection.size());
    for (int i = 0; i < count; i++) {
      taken.add(collection.image((int) ((long) i * collection.size() / count)));
    }
    return new ImageCollection(collection.root(), taken);
  }
}
