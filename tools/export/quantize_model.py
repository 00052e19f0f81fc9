"""Quantises an ONNX network to 8 bits and writes the card that goes with it.

    quantize_model.py models/vit-b-16/model.onnx
    quantize_model.py models/resnet50/model.onnx --images photos --count 200

Writes model.int8.onnx and model.int8.json beside model.onnx; `semblance embed --compute int8` finds them there.

Without --images, weights of matrix products become int8 by channel and activations are scaled as they come (dynamic), which
suits transformers. With --images, convolutions are quantised, too, scaled by what these images give (static, QDQ), which
suits convolutional networks. Before the script ends it has compared both networks.
"""

import argparse
import json
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnxruntime.quantization import (CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_dynamic,
                                      quantize_static)
from onnxruntime.quantization.shape_inference import quant_pre_process
from PIL import Image

from export_model import json_text
from preprocessing import Preprocessing, Refused

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}
METHODS = {"percentile": CalibrationMethod.Percentile, "minmax": CalibrationMethod.MinMax,
           "entropy": CalibrationMethod.Entropy}


class Photos(CalibrationDataReader):
    """Images one by one, as the card feeds them."""

    def __init__(self, card: dict, files: list[Path]):
        self.name, self.preprocessing = card["input"], of_card(card)
        self.files = iter(files)

    def get_next(self):
        file = next(self.files, None)
        return None if file is None else {self.name: pixels(self.preprocessing, file)}


def of_card(card: dict) -> Preprocessing:
    return Preprocessing(card["resize"], card["filter"], card["crop"], tuple(card["mean"]), tuple(card["std"]),
                         card.get("resize_mode", "shorter"), card.get("crop_offset", "even"))


def pixels(preprocessing: Preprocessing, file: Path) -> np.ndarray:
    """1 x 3 x crop x crop."""
    with Image.open(file) as image:
        return preprocessing.tensor(image.convert("RGB")).numpy()[None]


def evenly(files: list[Path], count: int) -> list[Path]:
    return [files[i * len(files) // count] for i in range(min(count, len(files)))]


def quantise(model: Path, out: Path, card: dict, files: list[Path], args) -> str:
    """Writes the graph; returns how it was made, in words."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.onnx"
        quant_pre_process(str(model), str(ready), skip_symbolic_shape=True)
        common = {"weight_type": QuantType.QInt8, "per_channel": True, "reduce_range": args.reduce_range}
        if not files:
            quantize_dynamic(ready, out, op_types_to_quantize=["MatMul", "Gemm"],
                             extra_options={"MatMulConstBOnly": True}, **common)
            how = "dynamic, matrix products"
        else:
            quantize_static(ready, out, Photos(card, files), quant_format=QuantFormat.QDQ,
                            activation_type=QuantType.QUInt8, calibrate_method=METHODS[args.method], **common)
            how = f"static, scaled by {len(files)} images, {args.method}"
    graph = onnx.load(out)
    share = quantised_share(graph)
    if share < 0.5:
        out.unlink()
        raise Refused(f"only {100 * share:.0f} % of the weights of {model} became int8, as it is a network of convolutions: "
                      "give --images")
    graph.producer_name, graph.producer_version, graph.doc_string = "semblance quantize_model.py", "", ""
    onnx.save(graph, out)
    return how + ", weights int8 by channel" + (" in 7 bits" if args.reduce_range else "")


def quantised_share(graph: onnx.ModelProto) -> float:
    """Of the numbers in matrices and kernels, those that are int8."""
    sizes = {True: 0, False: 0}
    for weights in graph.graph.initializer:
        if len(weights.dims) >= 2:
            sizes[weights.data_type == onnx.TensorProto.INT8] += int(np.prod(weights.dims))
    return sizes[True] / max(1, sum(sizes.values()))


def compare(model: Path, out: Path, card: dict, files: list[Path]) -> float:
    """Mean cosine of vectors in float32 and in int8, the mean float32 vector subtracted from both."""
    if files:
        inputs = [pixels(of_card(card), file) for file in files]
    else:
        rng = np.random.default_rng(0)
        inputs = [rng.standard_normal((1, 3, card["crop"], card["crop"]), dtype=np.float32) for _ in range(8)]
    sessions = [onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"]) for path in (model, out)]
    expected, found = (np.stack([s.run([card["output"]], {card["input"]: x})[0].ravel() for x in inputs])
                       for s in sessions)
    mean = expected.mean(0)
    a, b = expected - mean, found - mean
    return float(np.mean((a * b).sum(1) / (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1))))


def parser() -> argparse.ArgumentParser:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model", type=Path, help="NAME.onnx, with its card NAME.json beside it")
    p.add_argument("--images", type=Path, metavar="DIR", help="quantise convolutions, too, scaled by images of this folder")
    p.add_argument("--count", type=int, default=100, help="of these images (default: %(default)s)")
    p.add_argument("--method", choices=sorted(METHODS), default="minmax", help="of scaling (default: %(default)s)")
    p.add_argument("--reduce-range", action="store_true",
                   help="weights in 7 bits: for processors with neither VNNI nor AMX, whose sums of products saturate")
    return p


def main() -> None:
    args = parser().parse_args()
    warnings.filterwarnings("ignore")
    card_file, out = args.model.with_suffix(".json"), args.model.with_suffix(".int8.onnx")
    try:
        if args.model.suffix != ".onnx" or not args.model.is_file() or not card_file.is_file():
            raise Refused(f"{args.model} is no .onnx file with its card {card_file.name} beside it")
        card = json.loads(card_file.read_text(encoding="utf-8"))
        files = []
        if args.images:
            found = sorted(p for p in args.images.rglob("*") if p.suffix.lower() in SUFFIXES)
            if not found:
                raise Refused(f"there is no image in {args.images}")
            files = evenly(found, args.count)
        how = quantise(args.model, out, card, files, args)
    except Refused as e:
        sys.exit(f"quantize_model.py: {e}.")
    card["source"] = f"{card.get('source', 'unknown')}; quantised: {how}"
    card["compute"] = "int8"
    out.with_suffix(".json").write_text(json_text(card), encoding="utf-8")
    cosine = compare(args.model, out, card, files[:32])
    print(f"  {out}: {out.stat().st_size} bytes; {how}")
    print(f"  against {args.model.name} on {'images' if files else 'noise'}: mean-centred cosine {cosine:.4f}")


if __name__ == "__main__":
    main()
