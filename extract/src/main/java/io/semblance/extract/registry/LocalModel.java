package io.semblance.extract.registry;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Sha256;
import io.semblance.core.table.Compute;
import io.semblance.extract.Execution;
import io.semblance.extract.Extractor;
import io.semblance.extract.ModelCard;
import io.semblance.extract.NetworkFiles;
import io.semblance.extract.onnx.CardReader;
import io.semblance.extract.onnx.OnnxCard;
import io.semblance.extract.onnx.OnnxExtractor;
import io.semblance.extract.onnx.OnnxModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files of a model of the registry on this machine: `model.onnx`, weights that it keeps apart,
/// and `model.json` where an export or a download wrote one; `model.pt` in its place or beside it,
/// and `model.int8.onnx` with a card of its own.
///
/// The card of the registry decides what happens to an image. A `model.json` says what the graph
/// calls its input and output, as that differs with who made the graph; in everything else it must
/// agree.
///
/// @param card of the registry
/// @param cache where its files are looked for
/// @param compute what it shall compute in, which decides on the form of the network
public record LocalModel(RegistryCard card, ModelCache cache, Compute compute) {

  private static final List<String> APART = List.of("model.onnx.data", "model.onnx_data");

  /// @param card of the registry
  /// @param cache where its files are looked for
  public LocalModel(RegistryCard card, ModelCache cache) {
    this(card, cache, Compute.FP32);
  }

  /// @param other what it shall compute in
  /// @return the same model, so
  public LocalModel in(Compute other) {
    return new LocalModel(card, cache, other);
  }

  /// @return whether the graph is there
  public boolean present() {
    return Files.isRegularFile(graph());
  }

  /// @return the graph; it need not be there
  public Path graph() {
    return networks().of(compute);
  }

  private NetworkFiles networks() {
    return NetworkFiles.beside(cache.graph(card.id()));
  }

  private Path json() {
    String graph = compute == Compute.INT8 ? "model.int8" : "model";
    return cache.folder(card.id()).resolve(graph + ".json");
  }

  /// Opens it.
  ///
  /// @param execution how it runs
  /// @return the extractor; close it
  /// @throws SemblanceException if a file is missing, is not the published one, or does not fit the
  ///   card; the message says what to do
  public Extractor open(Execution execution) throws SemblanceException {
    OnnxCard onnx = onnxCard();
    if (NetworkFiles.isScript(graph())) {
      return OnnxExtractor.openScript(onnx, modelCard(onnx), graph(), execution);
    }
    requireWhole();
    return OnnxExtractor.open(onnx, modelCard(onnx), new OnnxModelFile.OnDisk(graph()), execution);
  }

  /// @return the card with the hash of the weights on this machine
  /// @throws SemblanceException as [#open], short of loading the graph
  public ModelCard modelCard() throws SemblanceException {
    return modelCard(onnxCard());
  }

  private ModelCard modelCard(OnnxCard onnx) throws SemblanceException {
    ModelCard plain =
        onnx.modelCard(weightsHash())
            .computedIn(onnx.compute() == compute ? Compute.FP32 : compute);
    return new ModelCard(
        plain.id(),
        card.model().aliases(),
        plain.kind(),
        card.model().title(),
        card.model().description(),
        plain.dimension(),
        plain.weightsSha256(),
        card.model().licence(),
        card.model().source(),
        plain.preprocessing(),
        plain.normalized());
  }

  /// How the graph on this machine is fed.
  OnnxCard onnxCard() throws SemblanceException {
    if (!present()) {
      throw compute == Compute.FP32
          ? new SemblanceException(Advice.missing(card, cache))
          : networks().missing(compute);
    }
    Path json = json();
    Optional<OnnxCard> beside = read(json);
    if (beside.isEmpty()) {
      return card.onnx()
          .orElseThrow(
              () ->
                  new SemblanceException(
                      "There is no %s: how %s is fed is not established, so write the card, see docs/models.md."
                          .formatted(json, card.id())));
    }
    CardAgreement.check(card, beside.get(), json);
    return beside.get();
  }

  /// A graph that was published in two files is of no use without the second.
  private void requireWhole() throws SemblanceException {
    Path folder = cache.folder(card.id());
    if (card.hub().isEmpty()
        || compute != Compute.FP32
        || Files.exists(folder.resolve("model.json")) && !WeightsRecord.read(folder).pulled()) {
      return;
    }
    for (Weights.HubFile file : card.hub().get().files()) {
      if (!Files.exists(folder.resolve(file.name()))) {
        throw new SemblanceException(
            "There is no %s, which belongs to %s: get it with 'semblance models pull %s', or put the hub's %s there."
                .formatted(folder.resolve(file.name()), graph(), card.id(), file.path()));
      }
    }
  }

  private static Optional<OnnxCard> read(Path json) throws SemblanceException {
    try {
      return Files.exists(json)
          ? Optional.of(CardReader.read(Files.readAllBytes(json), json.toString()))
          : Optional.empty();
    } catch (SemblanceException e) {
      throw e;
    } catch (IOException e) {
      throw cannotRead(json, e);
    }
  }

  /// The files that are there, the graph first.
  List<Path> files() {
    var out = new ArrayList<Path>();
    out.add(graph());
    for (String name : graph().endsWith("model.onnx") ? APART : List.<String>of()) {
      Path apart = cache.folder(card.id()).resolve(name);
      if (Files.exists(apart)) {
        out.add(apart);
      }
    }
    return out;
  }

  /// What they should be.
  KnownFiles known() {
    return new KnownFiles(card.id(), cache.folder(card.id()), card.hub());
  }

  /// The hash of all weights, as for a graph of the user: of the graph where it holds them all.
  private String weightsHash() throws SemblanceException {
    try {
      List<String> hashes = known().hashes(files());
      return hashes.size() == 1 ? hashes.getFirst() : Sha256.of(String.join("", hashes));
    } catch (SemblanceException e) {
      throw e;
    } catch (IOException e) {
      throw cannotRead(cache.folder(card.id()), e);
    }
  }

  private static SemblanceException cannotRead(Path file, IOException e) {
    return new SemblanceException(
        "Cannot read %s (%s): check the files.".formatted(file, AtomicFile.reason(e)), e);
  }
}
