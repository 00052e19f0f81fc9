package io.semblance.extract.registry;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.extract.hub.Download;
import io.semblance.extract.hub.Hub;
import io.semblance.extract.hub.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/// Downloads the weights of models into the cache. For one thread.
public final class Pull implements AutoCloseable {

  private final Hub hub;
  private final ModelCache cache;
  private final boolean licenceAccepted;
  private final Download download;

  /// @param hub that is asked
  /// @param cache where files go
  /// @param licenceAccepted whether the user has accepted the licences of gated and non-commercial
  ///   models
  public Pull(Hub hub, ModelCache cache, boolean licenceAccepted) {
    this.hub = hub;
    this.cache = cache;
    this.licenceAccepted = licenceAccepted;
    this.download = new Download(hub);
  }

  /// What a pull did.
  ///
  /// @param id of the model
  /// @param folder its files are in
  /// @param bytes downloaded by this call, 0 where all was there
  public record Result(String id, Path folder, long bytes) {}

  /// Gets what is missing of a model.
  ///
  /// @param card of the model
  /// @param progress of a file, by its path in the repository; in bytes
  /// @return what was done
  /// @throws SemblanceException if it cannot be pulled; the message says what to do instead
  public Result pull(RegistryCard card, Function<String, Progress> progress) throws IOException {
    var local = new LocalModel(card, cache);
    if (card.hub().isEmpty()) {
      if (local.present()) {
        local.modelCard(); // refuses what does not fit
        return new Result(card.id(), cache.folder(card.id()), 0);
      }
      throw new SemblanceException(
          "%s cannot be pulled; %s."
              .formatted(card.id(), String.join("; or ", Advice.ways(card, cache))));
    }
    requireAccepted(card);
    Path folder = cache.folder(card.id());
    long bytes =
        own(local.present(), folder) ? 0 : fetch(card.hub().get(), folder, card.json(), progress);
    local.modelCard();
    return new Result(card.id(), folder, bytes);
  }

  /// Gets what is missing of a model's text tower.
  ///
  /// @param card of the image model, with a text half
  /// @param progress as above
  /// @return what was done
  /// @throws SemblanceException as above
  public Result pullText(RegistryCard card, Function<String, Progress> progress)
      throws IOException {
    var local = new LocalText(card, cache);
    TextHalf half = card.text().orElseThrow();
    Path folder = cache.folder(local.id());
    long bytes = 0;
    if (!own(local.present(), folder)) {
      if (!(half.weights().getFirst() instanceof Weights.Hub hub)) {
        throw new SemblanceException(
            "%s cannot be pulled; %s."
                .formatted(local.id(), String.join("; or ", Advice.textWays(card, cache))));
      }
      requireAccepted(card);
      bytes = fetch(hub, folder, half.json(), progress);
    }
    local.model();
    return new Result(local.id(), folder, bytes);
  }

  /// Whether the user has put an export there.
  private static boolean own(boolean present, Path folder) {
    return present
        && Files.exists(folder.resolve("model.json"))
        && !WeightsRecord.read(folder).pulled();
  }

  private long fetch(
      Weights.Hub weights, Path folder, String json, Function<String, Progress> progress)
      throws IOException {
    WeightsRecord record = WeightsRecord.read(folder);
    long bytes = 0;
    // the graph last: a model is there when its graph is
    for (Weights.HubFile file : weights.files().reversed()) {
      Path target = folder.resolve(file.name());
      if (Files.exists(target)) {
        continue;
      }
      var wanted =
          new Wanted(
              hub.file(weights.repository(), weights.revision(), file.path()),
              target,
              file.bytes(),
              file.sha256());
      Download.Received received = download.fetch(wanted, progress.apply(file.path()));
      String source = hub.base() + "/" + weights.repository();
      record = record.with(target, received.sha256()).pulledFrom(source, received.commit());
      AtomicFile.write(folder.resolve("model.json"), json);
      record.write(folder);
      bytes += received.bytes();
    }
    return bytes;
  }

  private void requireAccepted(RegistryCard card) throws SemblanceException {
    if (card.terms().ask() && !licenceAccepted) {
      throw new SemblanceException(
          "%s is %s (%s): read the licence, and pull again with --accept-licence if you accept it; or %s."
              .formatted(
                  card.id(),
                  card.terms().gated() ? "gated" : "not for commercial use",
                  card.model().licence(),
                  "put your own file at " + cache.graph(card.id())));
    }
  }

  @Override
  public void close() {
    download.close();
  }
}
