package io.semblance.synth.diffusion;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.Sha256;
import io.semblance.synth.network.Autoencoder;
import io.semblance.synth.network.UNet;
import io.semblance.synth.network.UNetConfig;
import io.semblance.synth.network.VaeConfig;
import io.semblance.synth.schedule.ScheduleConfig;
import io.semblance.synth.weights.FloatType;
import io.semblance.synth.weights.Parameters;
import io.semblance.synth.weights.WeightFiles;
import io.semblance.synth.weights.WeightLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;

/// The networks of a folder of diffusers with their weights: Stable Diffusion 1.x, 2.x or XL.
///
/// It owns the weights until it is closed. One thread at a time.
public final class Pipeline implements AutoCloseable {

  private final ModelIndex index;
  private final List<TextPart> texts;
  private final UNet unet;
  private final Parameters unetParameters;
  private final Autoencoder vae;
  private final Parameters vaeParameters;
  private final ScheduleConfig schedule;

  private Pipeline(
      ModelIndex index,
      List<TextPart> texts,
      UNet unet,
      Parameters unetParameters,
      Autoencoder vae,
      Parameters vaeParameters,
      ScheduleConfig schedule) {
    this.index = index;
    this.texts = List.copyOf(texts);
    this.unet = unet;
    this.unetParameters = unetParameters;
    this.vae = vae;
    this.vaeParameters = vaeParameters;
    this.schedule = schedule;
  }

  /// Loads a pipeline; the first call loads libtorch.
  ///
  /// @param folder with `model_index.json` and a folder for each part
  /// @param options where and in what to compute
  /// @return the pipeline; close it
  /// @throws SemblanceException if a file is missing or damaged, a configuration is not supported,
  ///   the weights are not those of the configuration, or the device is not there
  public static Pipeline open(Path folder, EngineOptions options) throws IOException {
    ModelIndex index = ModelIndex.read(folder);
    var unet = new UNet(UNetConfig.read(folder.resolve("unet/config.json")));
    var vae = new Autoencoder(VaeConfig.read(folder.resolve("vae/config.json")));
    ScheduleConfig schedule =
        ScheduleConfig.read(folder.resolve("scheduler/scheduler_config.json"));
    if (options.device().cuda() && !torch.cuda_is_available()) {
      throw new SemblanceException(
          "libtorch finds no CUDA device: use --device cpu, or see \"GPU\" in docs/models.md.");
    }
    var opened = new ArrayList<AutoCloseable>();
    try {
      var texts = new ArrayList<TextPart>();
      for (String suffix : index.xl() ? List.of("", "_2") : List.of("")) {
        TextPart part = TextPart.open(folder, suffix, !suffix.isEmpty(), options);
        opened.add(part);
        texts.add(part);
      }
      requireFit(index, unet.config(), vae.config(), texts);
      Parameters unetParameters =
          load(folder.resolve("unet"), unet.shapes(), n -> n, options.compute(), options);
      opened.add(unetParameters);
      boolean overflows = options.compute() == FloatType.FP16 && vae.config().forceUpcast();
      FloatType vaeType = overflows ? FloatType.FP32 : options.compute();
      Parameters vaeParameters =
          load(folder.resolve("vae"), vae.shapes(), Autoencoder::name, vaeType, options);
      return new Pipeline(
          index,
          texts,
          unet,
          unetParameters,
          vae,
          vaeParameters,
          index.xl() ? schedule : schedule.asSd1());
    } catch (IOException | RuntimeException e) {
      close(opened, e);
      throw e;
    }
  }

  private static Parameters load(
      Path folder,
      Map<String, long[]> shapes,
      UnaryOperator<String> rename,
      FloatType type,
      EngineOptions options)
      throws IOException {
    try (WeightFiles files = WeightFiles.open(folder)) {
      return WeightLoader.load(files, shapes, rename, type, options.device().toString());
    }
  }

  private static void requireFit(
      ModelIndex index, UNetConfig unet, VaeConfig vae, List<TextPart> texts)
      throws SemblanceException {
    int width = texts.stream().mapToInt(t -> t.encoder().config().width()).sum();
    if (width != unet.contextChannels()) {
      throw new SemblanceException(
          "%s: the text encoders give %d channels, and the UNet reads %d (\"cross_attention_dim\"): copy the folder of one model."
              .formatted(index.folder(), width, unet.contextChannels()));
    }
    if (unet.inChannels() != vae.latentChannels() || unet.outChannels() != unet.inChannels()) {
      throw new SemblanceException(
          "%s: the UNet reads %d and gives %d channels (\"in_channels\", \"out_channels\"), and the autoencoder has %d: models for inpainting are not supported."
              .formatted(
                  index.folder(), unet.inChannels(), unet.outChannels(), vae.latentChannels()));
    }
    int pooled = texts.getLast().encoder().config().projection();
    int wanted = unet.added() == null ? 0 : unet.added().pooledChannels();
    if (pooled != wanted) {
      throw new SemblanceException(
          "%s: the UNet wants %d channels of pooled text (\"projection_class_embeddings_input_dim\"), and the second text encoder gives %d (\"projection_dim\"): copy the folder of one model."
              .formatted(index.folder(), wanted, pooled));
    }
  }

  private static void close(List<AutoCloseable> opened, Exception because) {
    for (AutoCloseable one : opened) {
      try {
        one.close();
      } catch (Exception e) {
        because.addSuppressed(e);
      }
    }
  }

  /// @return its folder
  public Path folder() {
    return index.folder();
  }

  /// @return whether it is Stable Diffusion XL
  public boolean xl() {
    return index.xl();
  }

  /// @return whether no negative prompt means zeros, else the encoded empty text
  public boolean zerosForEmpty() {
    return index.zerosForEmpty();
  }

  /// @return the text encoders, one or two
  public List<TextPart> texts() {
    return texts;
  }

  /// @return the network that predicts noise
  public UNet unet() {
    return unet;
  }

  /// @return its weights; the pipeline's
  public Parameters unetParameters() {
    return unetParameters;
  }

  /// @return the autoencoder
  public Autoencoder vae() {
    return vae;
  }

  /// @return its weights; the pipeline's
  public Parameters vaeParameters() {
    return vaeParameters;
  }

  /// @return the training's schedule, as the pipeline of diffusers uses it
  public ScheduleConfig schedule() {
    return schedule;
  }

  /// Hashes everything the pipeline was made from: configurations, tokenizers, weights. Reads all
  /// files, some seconds for some gigabytes.
  ///
  /// @return 64 hexadecimal characters
  /// @throws IOException if a file cannot be read
  public String sha256() throws IOException {
    var lines = new ArrayList<String>();
    try (Stream<Path> files = Files.walk(folder())) {
      for (Path file : files.filter(Pipeline::counts).sorted().toList()) {
        String inside = folder().relativize(file).toString().replace('\\', '/');
        lines.add(Sha256.of(file) + " " + inside);
      }
    }
    return Sha256.of(String.join("\n", lines));
  }

  private static boolean counts(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && (name.endsWith(".json") || name.endsWith(".safetensors") || name.equals("merges.txt"));
  }

  /// @return native side of an image in pixels
  public int nativeSize() {
    return unet.config().sampleSize() * vae.config().factor();
  }

  @Override
  public void close() {
    texts.forEach(TextPart::close);
    unetParameters.close();
    vaeParameters.close();
  }
}
