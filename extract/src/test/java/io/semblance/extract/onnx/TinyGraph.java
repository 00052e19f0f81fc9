package io.semblance.extract.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes ONNX files of a single node, field by field of `onnx.proto`, so that tests need no model.
public final class TinyGraph {

  private static final int FLOAT = 1;

  private TinyGraph() {}

  /// `y = op(x)`; a length below 0 is left open.
  public static byte[] of(String op, long[] input, long[] output) {
    var node = new Message().text(1, "x").text(2, "y").text(4, op);
    var graph =
        new Message()
            .message(1, node)
            .text(2, "tiny")
            .message(11, value("x", input))
            .message(12, value("y", output));
    var opset = new Message().text(1, "").number(2, 17);
    return new Message().number(1, 8).message(7, graph).message(8, opset).bytes();
  }

  private static Message value(String name, long[] shape) {
    var dims = new Message();
    for (long length : shape) {
      dims.message(1, length < 0 ? new Message().text(2, "n") : new Message().number(1, length));
    }
    var tensor = new Message().number(1, FLOAT).message(2, dims);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  private static final class Message {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      variable((long) field << 3);
      variable(value);
      return this;
    }

    Message text(int field, String value) {
      return raw(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return raw(field, value.bytes());
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private Message raw(int field, byte[] bytes) {
      variable((long) field << 3 | 2);
      variable(bytes.length);
      out.writeBytes(bytes);
      return this;
    }

    private void variable(long value) {
      long rest = value;
      for (; rest >= 0x80; rest >>>= 7) {
        out.write((int) (rest | 0x80));
      }
      out.write((int) rest);
    }
  }
}
