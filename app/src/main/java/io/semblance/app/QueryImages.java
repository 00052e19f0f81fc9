package io.semblance.app;

import io.semblance.attribution.Queries;
import io.semblance.attribution.Query;
import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.collection.CollectionImage;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.collection.Labels;
import io.semblance.core.image.ReadOptions;
import io.semblance.core.table.Compute;
import io.semblance.core.table.Provenance;
import io.semblance.extract.ExtractOptions;
import io.semblance.extract.Extractor;
import io.semblance.extract.ModelCard;
import io.semblance.extract.Models;
import io.semblance.extract.SourceImage;
import io.semblance.extract.registry.ModelCache;
import io.semblance.extract.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns the images a user asks about into queries, with the model their index was made with.
final class QueryImages {

  private QueryImages() {}

  /// Images made into queries.
  ///
  /// @param queries the usable ones
  /// @param failed the others, with the reason
  record Embedded(Queries queries, Map<String, String> failed) {}

  /// Embeds files, and every image in folders, one by one.
  ///
  /// @param places files or folders
  /// @param model of the index
  /// @param name what to open instead of the model's id, or null
  /// @param threads at least 1
  /// @param cache where the weights of registry models are looked for
  /// @param console hears the progress
  /// @return the queries, called by their paths, and the images that cannot be used
  /// @throws SemblanceException if no image or not the model can be used
  static Embedded embed(
      List<Path> places,
      Provenance model,
      String name,
      int threads,
      ModelCache cache,
      Console console)
      throws IOException {
    List<CollectionImage> images = images(places);
    if (model.kind() == Provenance.Kind.CONCEPTUAL) {
      throw new SemblanceException(
          "The index is of "
              + model.modelId()
              + ", which reads labels and not images: build one of a model that looks at images.");
    }
    var collection = new ImageCollection(Path.of(""), images);
    try (Extractor extractor =
        open(name == null ? model.modelId() : name, model, collection, threads, cache)) {
      if (extractor.readsText()) {
        throw new SemblanceException(
            "The index is of "
                + model.modelId()
                + ", which reads texts: ask an index of images, with --prompt or with images.");
      }
      ReadOptions reading = ModelCard.reading(model);
      int d = extractor.dimension();
      float[] vectors = new float[Math.multiplyExact(images.size(), d)];
      var queries = new ArrayList<Query>();
      var failed = new LinkedHashMap<String, String>();
      Progress progress = console.progress("queries", "images");
      for (CollectionImage image : images) {
        try {
          SourceImage source = SourceImage.read(image, reading);
          System.arraycopy(extractor.vector(source), 0, vectors, queries.size() * d, d);
          queries.add(new Query(image.id(), image.path(), source.sha256()));
        } catch (SemblanceException e) {
          console.say(e.getMessage());
          failed.put(image.id(), e.getMessage());
        }
        progress.at(queries.size() + failed.size(), images.size());
      }
      if (queries.isEmpty()) {
        throw new SemblanceException("None of the images can be used as a query.");
      }
      float[] used = Arrays.copyOf(vectors, queries.size() * d);
      return new Embedded(
          new Queries(queries, used, extractor.card().readAs(reading).provenance()), failed);
    }
  }

  private static Extractor open(
      String name, Provenance model, ImageCollection collection, int threads, ModelCache cache)
      throws SemblanceException {
    try {
      return Models.open(
          name,
          collection,
          ExtractOptions.defaults().withThreads(threads).withCompute(Compute.of(model)),
          cache);
    } catch (SemblanceException e) {
      // of a model of the registry, the message says which file to put where
      if (name.equals(model.modelId()) && Registry.find(name).isEmpty()) {
        throw new SemblanceException(
            "The index is of the model "
                + model.modelId()
                + ", which does not ship: give its file with --model.",
            e);
      }
      throw e;
    }
  }

  private static List<CollectionImage> images(List<Path> places) throws IOException {
    var images = new ArrayList<CollectionImage>();
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        for (CollectionImage image : ImageCollection.ofFolder(place, null).images()) {
          images.add(new CollectionImage(image.path().toString(), image.path(), Labels.NONE));
        }
      } else if (Files.isRegularFile(place)) {
        images.add(new CollectionImage(place.toString(), place, Labels.NONE));
      } else {
        throw new SemblanceException("There is no image " + place + ": check the path.");
      }
    }
    return images;
  }
}
