package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.table.Compute;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableManifest;
import io.semblance.extract.EmbeddingRun;
import io.semblance.extract.ExtractOptions;
import io.semblance.extract.Extractor;
import io.semblance.extract.Models;
import io.semblance.extract.registry.ModelCache;
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
/// @param console hears of what is done
record EmbedJob(
    ImageCollection collection,
    TextInput texts,
    CollectionPart part,
    ExtractOptions options,
    ModelCache cache,
    Path out,
    int check,
    Console console) {

  /// What a job left.
  ///
  /// @param tables one for each model that could be run
  /// @param checks how far tables in less than fp32 agree with it, by folder
  /// @param refused the others, with the reason
  record Outcome(
      List<EmbeddingRun.Result> tables,
      Map<Path, TableAgreement> checks,
      Map<String, String> refused) {}

  /// @param models ids or paths, one after the other
  /// @return what was made of them
  /// @throws IOException if a table cannot be written
  Outcome embed(List<String> models) throws IOException {
    var tables = new ArrayList<EmbeddingRun.Result>();
    var checks = new LinkedHashMap<Path, TableAgreement>();
    var refused = new LinkedHashMap<String, String>();
    for (String model : models) {
      try {
        EmbeddingRun.Result table = embed(model);
        tables.add(table);
        check(model, table).ifPresent(found -> checks.put(table.folder(), found));
      } catch (SemblanceException e) {
        console.say(e.getMessage());
        refused.put(model, e.getMessage());
      }
    }
    return new Outcome(tables, checks, refused);
  }

  private EmbeddingRun.Result embed(String model) throws IOException {
    try (Extractor extractor = open(model)) {
      String id = extractor.card().id();
      Compute compute = Compute.of(extractor.card().provenance());
      String unit = extractor.readsText() ? "texts" : "images";
      Path folder = folder(compute == Compute.FP32 ? id : id + "." + compute);
      EmbeddingRun.Result result =
          run(extractor).writeTo(folder, console.progress(id, unit), console::say);
      if (result.nothingToDo()) {
        console.say(id + ": complete already, nothing to do");
      }
      return result;
    }
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
