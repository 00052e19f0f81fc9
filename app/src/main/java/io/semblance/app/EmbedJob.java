package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.table.Compute;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableManifest;
import io.semblance.core.table.View;
import io.semblance.extract.EmbeddingRun;
import io.semblance.extract.ExtractOptions;
import io.semblance.extract.Extractor;
import io.semblance.extract.Models;
import io.semblance.extract.registry.ModelCache;
import io.semblance.extract.view.ViewExtractor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes a collection through several models, each into a table of its own; a model that cannot run
/// does not stop the others.
///
/// @param collection images or texts
/// @param texts which of its columns text towers read
/// @param part of the collection to embed, or null for all
/// @param options how the extraction runs
/// @param cache where the weights of registry models are looked for
/// @param out folder for the tables
/// @param check images that are embedded in fp32, too, where networks compute in less; 0 for none
/// @param views of each image to embed, in a table each; none for the images as they are
/// @param console hears of what is done
record EmbedJob(
    ImageCollection collection,
    TextInput texts,
    CollectionPart part,
    ExtractOptions options,
    ModelCache cache,
    Path out,
    int check,
    List<View> views,
    Console console) {

  /// A table that a job made or brought up to date.
  ///
  /// @param result what the run left
  /// @param texts whether its rows are texts rather than images
  /// @param agreement how far it agrees with fp32, or null where that is not asked for
  record Made(EmbeddingRun.Result result, boolean texts, TableAgreement agreement) {}

  /// What a job left.
  ///
  /// @param tables one for each model that could be run
  /// @param refused the others, with the reason
  record Outcome(List<Made> tables, Map<String, String> refused) {}

  /// @param models ids or paths, one after the other
  /// @return what was made of them
  /// @throws IOException if a table cannot be written
  Outcome embed(List<String> models) throws IOException {
    var tables = new ArrayList<Made>();
    var refused = new LinkedHashMap<String, String>();
    for (String model : models) {
      try {
        for (Made made : embed(model)) {
          tables.add(made); // a check that fails leaves the table
          if (views.isEmpty()) {
            check(model, made.result())
                .ifPresent(
                    f -> tables.set(tables.size() - 1, new Made(made.result(), made.texts(), f)));
          }
        }
      } catch (SemblanceException e) {
        console.say(e.getMessage());
        refused.put(model, e.getMessage());
      }
    }
    return new Outcome(tables, refused);
  }

  private List<Made> embed(String model) throws IOException {
    var results = new ArrayList<Made>();
    try (Extractor extractor = open(model)) {
      if (views.isEmpty()) {
        return List.of(embed(extractor, ""));
      }
      for (View view : views) {
        results.add(embed(ViewExtractor.of(extractor, view), ".view-" + view.number()));
      }
    }
    return results;
  }

  private Made embed(Extractor extractor, String suffix) throws IOException {
    String id = extractor.card().id();
    Compute compute = Compute.of(extractor.card().provenance());
    String unit = extractor.readsText() ? "texts" : "images";
    String name = (compute == Compute.FP32 ? id : id + "." + compute) + suffix;
    EmbeddingRun.Result result =
        run(extractor).writeTo(folder(name), console.progress(id + suffix, unit), console::say);
    if (result.nothingToDo()) {
      console.say(id + suffix + ": complete already, nothing to do");
    }
    return new Made(result, extractor.readsText(), null);
  }

  private Extractor open(String model) throws IOException {
    return DiffusionModel.isPath(model)
        ? DiffusionModel.open(model, collection, texts.column(), options)
        : Models.open(model, collection, options, cache);
  }

  /// What a reduced precision costs, where that is asked for and not known yet.
  private Optional<TableAgreement> check(String model, EmbeddingRun.Result table)
      throws IOException {
    Path known = table.folder().resolve(PrecisionCheck.FILE);
    boolean reduced = Compute.of(TableFolder.manifest(table.folder()).provenance()) != Compute.FP32;
    if (!reduced
        || check == 0
        || DiffusionModel.isPath(model)
        || table.nothingToDo() && Files.exists(known)) {
      return Optional.empty();
    }
    try {
      ImageCollection images = part == null ? collection : part.of(collection, options.batchSize());
      var asked = new PrecisionCheck(check, cache, console);
      return Optional.of(asked.run(model, table.folder(), images, options));
    } catch (SemblanceException e) {
      console.say("%s: not compared with fp32 (%s).".formatted(table.folder(), e.getMessage()));
      return Optional.empty();
    }
  }

  private Path folder(String id) {
    return out.resolve(
        part == null ? id : "%s.shard-%d-of-%d".formatted(id, part.index(), part.count()));
  }

  private EmbeddingRun run(Extractor extractor) throws IOException {
    ImageCollection read = texts.read(collection, extractor);
    if (part == null) {
      return new EmbeddingRun(read, extractor, options);
    }
    ImageCollection images = part.of(read, options.batchSize());
    if (images.size() == 0) {
      throw new SemblanceException(
          "Part %d of %d is empty, as parts are whole batches of %d and the collection has %d images: give fewer parts, or a smaller --batch."
              .formatted(part.index(), part.count(), options.batchSize(), collection.size()));
    }
    var shard =
        new TableManifest.ShardOf(
            part.index(), part.count(), collection.size(), collection.listingHash());
    return new EmbeddingRun(images, extractor, options, shard);
  }
}
