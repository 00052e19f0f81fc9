package io.semblance.perf;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.Json;
import io.semblance.core.linalg.LinearAlgebra;
import io.semblance.synth.network.Hooks;
import io.semblance.synth.network.UNet;
import io.semblance.synth.network.UNetConfig;
import io.semblance.synth.network.UNetInput;
import io.semblance.synth.weights.FloatType;
import io.semblance.synth.weights.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// How long a step of the UNet takes at the size of SD 1.5, with random weights, one image of 512 x
/// 512 pixels: forward, and forward and backward to the keys and values of the text, ours against
/// diffusers on the same processor and threads. Each side runs in a process of its own, ours in
/// this one, one after the other, so that both have the memory.
///
/// `UNetSteps RUNS COMPUTE PYTHON`: COMPUTE is fp32 or bf16; bf16 is compared with the peer's fp32.
/// One run of each is not counted. The result goes to `perf/results/unet-COMPUTE.json`.
public final class UNetSteps {

  private static final int LATENT = 64;
  private static final int TOKENS = 77;
  private static final int CONTEXT = 768;

  private UNetSteps() {}

  /// The measurement.
  ///
  /// @param schema version of this document
  /// @param commit of this repository
  /// @param cpu the processor's name
  /// @param threads of both sides
  /// @param java version of the JDK
  /// @param compute what ours computes in; the peer computes in fp32
  /// @param ours in this process
  /// @param peer diffusers
  /// @param forwardRatio median of the peer's over ours: above 1, ours is faster
  /// @param backwardRatio the same with backward
  public record Result(
      int schema,
      String commit,
      String cpu,
      int threads,
      String java,
      String compute,
      Side ours,
      Side peer,
      double forwardRatio,
      double backwardRatio) {}

  /// One side.
  ///
  /// @param forward seconds of each run, without gradients
  /// @param forwardPeak most memory until then, in megabytes
  /// @param backward seconds of each run, forward and backward
  /// @param backwardPeak most memory until the end, in megabytes
  public record Side(
      List<Double> forward, double forwardPeak, List<Double> backward, double backwardPeak) {}

  /// @param args runs, compute, the peer's interpreter
  /// @throws IOException if the peer fails or the result cannot be written
  /// @throws InterruptedException if interrupted
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 3) {
      throw new SemblanceException("Give three arguments: RUNS COMPUTE PYTHON.");
    }
    int runs = Integer.parseInt(args[0]);
    int threads = Runtime.getRuntime().availableProcessors();
    LinearAlgebra.threads(threads);
    Side ours = ours(runs, FloatType.valueOf(args[1].toUpperCase(java.util.Locale.ROOT)));
    System.out.println("ours: " + ours);
    Side peer = peer(args[2], runs, threads);
    System.out.println("peer: " + peer);
    var result =
        new Result(
            1,
            Compare.commit(),
            Compare.cpu(),
            threads,
            Runtime.version().toString(),
            args[1],
            ours,
            peer,
            Compare.median(peer.forward()) / Compare.median(ours.forward()),
            Compare.median(peer.backward()) / Compare.median(ours.backward()));
    Json.write(result, Path.of("perf", "results", "unet-" + args[1] + ".json"));
  }

  private static UNet unet() {
    var blocks =
        List.of(
            new UNetConfig.Block(320, 8, 1, true, true),
            new UNetConfig.Block(640, 8, 1, true, true),
            new UNetConfig.Block(1280, 8, 1, true, true),
            new UNetConfig.Block(1280, 8, 1, false, false));
    return new UNet(
        new UNetConfig(LATENT, 4, 4, blocks, 2, CONTEXT, false, 32, 1e-5, true, 0, null));
  }

  private static Parameters random(UNet unet, FloatType type) {
    var tensors = new LinkedHashMap<String, Tensor>();
    try (var _ = new PointerScope()) {
      for (Map.Entry<String, long[]> one : unet.shapes().entrySet()) {
        try (var _ = new PointerScope()) {
          boolean matrix = one.getValue().length > 1;
          double scale = matrix ? 0.02 : one.getKey().endsWith("weight") ? 1 : 0;
          Tensor drawn = matrix ? torch.randn(one.getValue()) : torch.ones(one.getValue());
          Tensor made = drawn.mul(new Scalar(scale)).to(type.torch());
          made.retainReference();
          tensors.put(one.getKey(), made);
        }
      }
    }
    return Parameters.of(tensors, type, new Device("cpu"));
  }

  private static Side ours(int runs, FloatType type) throws IOException {
    UNet unet = unet();
    try (Parameters parameters = random(unet, type);
        var _ = new PointerScope()) {
      var in =
          new UNetInput(
              torch.randn(1, 4, LATENT, LATENT).to(type.torch()),
              torch.full(new long[] {1}, new Scalar(500.0)),
              torch.randn(1, TOKENS, CONTEXT).to(type.torch()),
              null,
              null);
      var forward = new ArrayList<Double>();
      for (int run = -1; run < runs; run++) {
        double seconds = forward(unet, parameters, in);
        if (run >= 0) {
          forward.add(seconds);
        }
      }
      double peak = peakMegabytes();
      System.out.println("ours, forward: " + forward + " s, " + Math.round(peak) + " MB");
      List<String> trained =
          parameters.train(n -> n.contains("attn2.to_k") || n.contains("attn2.to_v"));
      var backward = new ArrayList<Double>();
      for (int run = -1; run < runs; run++) {
        double seconds = backward(unet, parameters, in, trained);
        if (run >= 0) {
          backward.add(seconds);
        }
      }
      return new Side(forward, peak, backward, peakMegabytes());
    }
  }

  private static double forward(UNet unet, Parameters parameters, UNetInput in) {
    long start = System.nanoTime();
    try (var _ = new PointerScope();
        var _ = new NoGradGuard()) {
      unet.forward(parameters, in, Hooks.NONE).sum().item_float();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static double backward(
      UNet unet, Parameters parameters, UNetInput in, List<String> trained) {
    long start = System.nanoTime();
    try (var _ = new PointerScope();
        var _ = new AutoGradMode(true)) {
      Tensor out = unet.forward(parameters, in, Hooks.NONE);
      out.mul(out).mean().backward();
      parameters.get(trained.getFirst()).grad().sum().item_float();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static double peakMegabytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(l -> l.startsWith("VmHWM"))
          .mapToDouble(l -> Long.parseLong(l.replaceAll("[^0-9]", "")) / 1024.0)
          .findFirst()
          .orElse(0);
    }
  }

  private static Side peer(String python, int runs, int threads)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                python,
                "perf/peers/unet_diffusers.py",
                String.valueOf(runs),
                String.valueOf(threads))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines = process.inputReader().lines().toList();
    if (process.waitFor() != 0 || lines.size() != 4) {
      throw new SemblanceException("The peer ended early: its message stands above.");
    }
    return new Side(
        numbers(lines.get(0)),
        numbers(lines.get(1)).getFirst(),
        numbers(lines.get(2)),
        numbers(lines.get(3)).getFirst());
  }

  private static List<Double> numbers(String line) {
    return Stream.of(line.strip().split(" ")).map(Double::valueOf).toList();
  }
}
