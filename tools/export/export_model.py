"""Exports a model of timm, open_clip or transformers to ONNX, with the card that Semblance reads.

    export_model.py timm:vit_base_patch16_224.augreg_in21k --out models/vit-b-16
    export_model.py open_clip:ViT-B-32/openai --out models/clip-b-32
    export_model.py transformers:facebook/dinov2-base --out models/dinov2-b
    export_model.py open_clip:ViT-B-32/openai --text --space clip-b-32 --out models/clip-b-32-text
    export_model.py timm:vit_base_patch16_224 --checkpoint moco.pth.tar --resize 256 --filter bilinear \\
        --mean 0.485 0.456 0.406 --std 0.229 0.224 0.225 --out models/moco-b-16

DIR gets model.onnx (weights inside below 2 GB, else in model.onnx.data) and model.json. Before the script ends it has
compared the card's preprocessing with the library's own, and the graph in ONNX Runtime with the model in torch.
With --text it is the text tower, and DIR gets its tokenizer, too: vocab.json and merges.txt, or tokenizer.json.
"""

import argparse
import dataclasses
import json
import re
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch

import preprocessing
import text_sources
from preprocessing import FILTERS, Refused
from sources import POOLINGS, Request, Source, load
from text_sources import TextSource

OPSET = 17
TOKENIZER = ("vocab.json", "merges.txt", "added_tokens.json", "tokenizer.json")
LIMIT = 2_000_000_000  # bytes a protocol buffer holds, with room for the graph
TOLERANCE = 1e-3  # of the root mean square of the vectors


def export(source: Source, out: Path, id: str, /, opset: int = OPSET, torchscript: bool = False, **card) -> dict:
    """Writes model.onnx, model.json and, if wanted, model.pt; returns the card."""
    out.mkdir(parents=True, exist_ok=True)
    features = source.features.eval().requires_grad_(False)
    side = source.preprocessing.crop
    torch.backends.mha.set_fastpath_enabled(False)  # its operators have no counterpart in ONNX
    examples = [torch.randn(n, 3, side, side, generator=torch.Generator().manual_seed(n)) for n in (2, 1, 3)]
    write_onnx(features, examples[0], out / "model.onnx", opset)
    if torchscript:
        write_torchscript(features, examples[0], out / "model.pt")
    with torch.inference_mode():
        vectors = [features(x).numpy() for x in examples]
    if vectors[0].ndim != 2:
        raise Refused(f"the vectors have the shape {list(vectors[0].shape)}, not [n, d]: choose another --pooling")
    content = card_of(source, id, vectors[0].shape[1]) | card
    (out / "model.json").write_text(json_text(content), encoding="utf-8")
    session = onnxruntime.InferenceSession(out / "model.onnx", providers=["CPUExecutionProvider"])
    compare("ONNX Runtime", vectors, [session.run(["features"], {"pixels": x.numpy()})[0] for x in examples])
    if torchscript:
        script = torch.jit.load(out / "model.pt")
        with torch.inference_mode():
            compare("TorchScript", vectors, [script(x).numpy() for x in examples])
    return content


def export_text(source: TextSource, out: Path, id: str, space: str | None, /, opset: int = OPSET, **card) -> dict:
    """Writes model.onnx, model.json and the tokenizer; returns the card."""
    out.mkdir(parents=True, exist_ok=True)
    features = source.features.eval().requires_grad_(False)
    torch.backends.mha.set_fastpath_enabled(False)
    examples = [source.tokenize(texts) for texts in (["a photo of a dog", "two cats"], [""], ["1", "a" * 400, "it's a bird"])]
    write_onnx(features, examples[0], out / "model.onnx", opset, "input_ids")
    with torch.inference_mode():
        vectors = [features(x).numpy() for x in examples]
    if vectors[0].ndim != 2:
        raise Refused(f"the vectors have the shape {list(vectors[0].shape)}, not [n, d]")
    content = {"modality": "text", "id": id, "title": f"{source.name}, text tower",
               "description": f"The {source.vector} of {source.name}.", "licence": source.licence, "source": source.origin}
    if space:
        content["space"] = space
    content |= {"tokenizer": source.write_tokenizer(out), "context_length": examples[0].shape[1],
                "cleaning": source.cleaning, "padding": source.padding, "input": "input_ids", "output": "features",
                "dimension": vectors[0].shape[1], "pooling": "none", "normalize": False} | card
    (out / "model.json").write_text(json_text(content), encoding="utf-8")
    session = onnxruntime.InferenceSession(out / "model.onnx", providers=["CPUExecutionProvider"])
    compare("ONNX Runtime", vectors, [session.run(["features"], {"input_ids": x.numpy()})[0] for x in examples])
    return content


def write_onnx(features, example: torch.Tensor, path: Path, opset: int, input: str = "pixels") -> None:
    """One file, or two where one cannot hold the weights; no path of this machine in either."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.onnx"
        torch.onnx.export(features, (example,), raw, input_names=[input], output_names=["features"],
                          dynamic_axes={input: {0: "n"}, "features": {0: "n"}}, opset_version=opset, dynamo=False)
        model = onnx.load(raw)
    for node in model.graph.node:
        node.doc_string = ""
    name_dimension(model, features, example)
    model.producer_name, model.producer_version, model.doc_string = "semblance export_model.py", "", ""
    data = path.with_name(path.name + ".data")
    data.unlink(missing_ok=True)
    if sum(len(weight.raw_data) for weight in model.graph.initializer) < LIMIT:
        path.write_bytes(model.SerializeToString(deterministic=True))
    else:
        onnx.save(model, path, save_as_external_data=True, all_tensors_to_one_file=True, location=data.name)
        data.chmod(0o644)
    onnx.checker.check_model(path)


def name_dimension(model, features, example: torch.Tensor) -> None:
    """The exporter often forgets how long the vectors are; readers check the card against it."""
    with torch.inference_mode():
        shape = features(example[:1]).shape
    output = model.graph.output[0].type.tensor_type.shape
    if len(output.dim) == len(shape) == 2:
        output.dim[1].dim_value = shape[1]


def write_torchscript(features, example: torch.Tensor, path: Path) -> None:
    """Traced; without the records that tell where on this machine the source code lay."""
    with torch.inference_mode(), tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "model.pt"
        torch.jit.trace(features, example, check_trace=False).save(raw)
        reader = torch._C.PyTorchFileReader(str(raw))
        writer = torch._C.PyTorchFileWriter(str(path))
        for name in reader.get_all_records():
            if not name.endswith(".debug_pkl") and name not in ("version", "byteorder", ".data/serialization_id"):
                record = reader.get_record(name)
                writer.write_record(name, record, len(record))
        writer.write_end_of_file()


def compare(what: str, expected: list[np.ndarray], found: list[np.ndarray]) -> None:
    """Batches of 1, 2 and 3 images of noise, or texts."""
    for a, b in zip(expected, found):
        if a.shape != b.shape:
            raise Refused(f"{what} gives {b.shape}, torch {a.shape}: the batch size is not free")
    scale = np.sqrt(np.mean([np.mean(a.astype(np.float64) ** 2) for a in expected]))
    error = max(np.abs(a - b).max() for a, b in zip(expected, found))
    print(f"  {what} against torch: vectors of length {expected[0].shape[1]}, largest error {error:.2e} "
          f"at a root mean square of {scale:.2e}")
    if not error <= TOLERANCE * scale:
        raise Refused(f"{what} does not reproduce the model: try another --opset")


def card_of(source: Source, id: str, dimension: int) -> dict:
    p = source.preprocessing
    card = {"id": id, "title": source.name, "description": f"The {source.vector} of {source.name}.",
            "licence": source.licence, "source": source.origin, "input": "pixels", "output": "features",
            "dimension": dimension, "resize": p.resize, "filter": p.filter, "crop": p.crop, "mean": list(p.mean),
            "std": list(p.std), "pooling": "none", "normalize": False}
    if p.resize_mode != "shorter":
        card["resize_mode"] = p.resize_mode
    if p.crop_offset != "even" and (p.resize_mode, p.resize) != ("squash", p.crop):
        card["crop_offset"] = p.crop_offset
    return card


def json_text(card: dict) -> str:
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in card.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def overridden(source: Source, args) -> Source:
    """The preprocessing that goes with the user's weights, where it is not the library's."""
    changes = {field: value for field in ("resize", "filter", "mean", "std", "resize_mode")
               if (value := getattr(args, field)) is not None}
    if not changes:
        return source
    changed = dataclasses.replace(source.preprocessing, **changes)
    if changed.resize < changed.crop:
        raise Refused(f"--resize {changed.resize} is less than the {changed.crop} pixels that the network takes")
    return dataclasses.replace(source, preprocessing=changed, transform=None)


def parser() -> argparse.ArgumentParser:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model", help="timm:NAME, open_clip:NAME/TAG, or transformers:NAME (a folder or a kind of model, too)")
    p.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write into")
    p.add_argument("--id", help="id in the card (default: the model's name)")
    p.add_argument("--pooling", choices=POOLINGS, default="auto",
                   help="what the vector is (default: class token after the final norm for transformers, image "
                        "projection for CLIP, global average for convolutional networks)")
    p.add_argument("--opset", type=int, default=OPSET, help="of ONNX (default: %(default)s)")
    p.add_argument("--torchscript", action="store_true", help="write model.pt, too")
    p.add_argument("--licence", help="of the weights, where the library does not say")
    t = p.add_argument_group("text towers (open_clip, and CLIP and SigLIP of transformers)")
    t.add_argument("--text", action="store_true", help="export the text tower in place of the image tower")
    t.add_argument("--space", metavar="ID", help="id of the image model whose vectors the texts' can be compared with")
    t.add_argument("--tokenizer", metavar="NAME", help="folder or hub name of the tokenizer (default: the model's)")
    w = p.add_argument_group("weights (default: those the library publishes under that name)")
    w.add_argument("--checkpoint", type=Path, metavar="FILE", help="your own: .pth or .safetensors")
    w.add_argument("--random-weights", action="store_true", help="none: for trying things out")
    w.add_argument("--seed", type=int, default=0, help="of random weights (default: %(default)s)")
    a = p.add_argument_group("architecture")
    a.add_argument("--config", type=json.loads, default={}, metavar="JSON",
                   help="""overrides, such as '{"depth": 2, "embed_dim": 48}'""")
    a.add_argument("--processor", type=json.loads, default={}, metavar="JSON",
                   help="settings of a transformers image processor")
    c = p.add_argument_group("preprocessing, where your weights were trained with another than the library's")
    c.add_argument("--resize", type=int, help="length of the shorter side")
    c.add_argument("--resize-mode", choices=("shorter", "squash"), help="or of both sides")
    c.add_argument("--filter", choices=sorted(FILTERS.values()), help="Pillow's, antialiased")
    c.add_argument("--mean", type=float, nargs=3, metavar="V", help="red, green, blue on the scale 0..1")
    c.add_argument("--std", type=float, nargs=3, metavar="V", help="the same")
    return p


def main() -> None:
    args = parser().parse_args()
    if args.random_weights and args.checkpoint:
        sys.exit("export_model.py: --random-weights and --checkpoint exclude each other")
    torch.manual_seed(args.seed)
    warnings.filterwarnings("ignore")  # of tracing: what it got wrong shows in the comparison with torch
    try:
        request = Request(args.pooling, args.random_weights, args.checkpoint, args.config, args.processor, args.tokenizer)
        source = text_sources.load(args.model, request) if args.text else overridden(load(args.model, request), args)
        if not args.text and source.transform is not None:
            worst = preprocessing.check(source.preprocessing, source.transform)
            print(f"  preprocessing against the library's own: largest difference {worst:.1e}")
        id = args.id or re.sub(r"[^A-Za-z0-9._-]+", "-", source.name).strip("-._")
        extra = {"licence": args.licence} if args.licence else {}
        if args.random_weights:
            extra = {"licence": "none needed", "source": f"{source.origin}, random weights of seed {args.seed}"} | extra
        elif args.checkpoint:
            extra = {"licence": "unknown", "source": f"{source.origin}, weights of {args.checkpoint.name}"} | extra
        if args.text:
            export_text(source, args.out, args.id or f"{id}-text", args.space, args.opset, **extra)
        else:
            export(source, args.out, id, args.opset, args.torchscript, **extra)
    except Refused as e:
        sys.exit(f"export_model.py: {e}.")
    for file in sorted(f for f in args.out.iterdir() if f.name.startswith("model.") or f.name in TOKENIZER):
        print(f"  {file}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
