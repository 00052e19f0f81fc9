package io.semblance.extract.onnx;

import io.semblance.core.SemblanceException;
import io.semblance.core.table.Compute;
import io.semblance.core.torch.TorchScript;
import io.semblance.core.torch.TorchScript.Arithmetic;
import io.semblance.extract.Execution;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;

/// A network of TorchScript, run by libtorch. It does not say what it takes and gives, so it is
/// tried when it is opened.
final class ScriptEngine implements Engine {

  private final TorchScript script;
  private final OnnxCard card;
  private final String name;

  private ScriptEngine(TorchScript script, OnnxCard card, String name) {
    this.script = script;
    this.card = card;
    this.name = name;
  }

  static ScriptEngine open(Path file, OnnxCard card, Execution execution)
      throws SemblanceException {
    Arithmetic arithmetic =
        execution.compute() == Compute.BF16 ? Arithmetic.BFLOAT16 : Arithmetic.FLOAT32;
    TorchScript script =
        TorchScript.load(file, arithmetic, execution.device().toString(), execution.threads());
    var engine = new ScriptEngine(script, card, file.toString());
    try {
      engine.tryOut();
      return engine;
    } catch (SemblanceException e) {
      engine.close();
      throw e;
    }
  }

  private void tryOut() throws SemblanceException {
    int floats = 3 * card.crop() * card.crop();
    FloatBuffer zeros =
        ByteBuffer.allocateDirect(floats * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    run(zeros, 1, 1, new float[card.dimension()], 0);
  }

  @Override
  public int fixedBatch() {
    return -1;
  }

  @Override
  public void run(FloatBuffer pixels, int batch, int count, float[] vectors, int at)
      throws SemblanceException {
    long[] shape = {batch, 3, card.crop(), card.crop()};
    TorchScript.Output output = script.run(pixels, shape, card.output());
    long[] found = output.shape();
    Engine.requireDimension(card, found, name);
    if (found[0] != batch) {
      throw new SemblanceException(
          "%s gives %d vectors for %d images: trace it again with a free batch size."
              .formatted(name, found[0], batch));
    }
    for (int i = 0; i < count; i++) {
      card.pooling().pool(output.values(), found, i, vectors, at + i * card.dimension());
    }
  }

  @Override
  public void close() {
    script.close();
  }
}
