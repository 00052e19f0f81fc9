"""Tiny random networks of every family, exported, with golden vectors from image files through each library's own code.

Per family: model.onnx and model.json as tools/export writes them (model.pt, too, for two of them); golden.csv names the
images, with SHA-256 of the file, of the decoded pixels and of the square of pixels after resizing and cropping;
inputs.npy samples what the network is fed, vectors.npy is what it answers in torch. Photos are read in place.
"""

import dataclasses
import hashlib
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import open_clip
import timm
import torch
import torchvision
import transformers
from PIL import Image
from torch import nn
from torchvision import transforms

from draw_fixtures import FIXTURES, open_source
from golden_features import PHOTOS
from golden_files import REPO, parser, print_versions, save, save_csv, sha256

sys.path.insert(0, str(REPO / "tools" / "export"))

import export_model  # noqa: E402
import preprocessing  # noqa: E402
import sources  # noqa: E402
from sources import Request, Source  # noqa: E402

TARGET = "extract/src/test/resources/io/semblance/extract/parity"
OWN = ["shapes.png", "shapes-420.jpg", "shapes-444.jpg", "shapes-gray.jpg", "noise.png", "pattern:640x480",
       "pattern:333x500", "pattern:256x343", "pattern:97x101", "pattern:300x224"]
MORE_PHOTOS = ["subjects-15/dog/00.jpg", "subjects-15/clock/00.jpg"]
SAMPLES = 48
STEP = 104729  # a prime: sample i of an input is component (i * STEP) mod length
IMAGENET = {"mean": (0.485, 0.456, 0.406), "std": (0.229, 0.224, 0.225)}
VIT = {"embed_dim": 48, "depth": 2, "num_heads": 4}
CLIP_TEXT = {"layers": 1, "width": 32, "heads": 2}
TORCHSCRIPT = ("vit", "resnet")


def redraw(model: nn.Module, seed: int) -> None:
    """Random weights under which photos differ: no layer is scaled to nothing, no two channels are alike."""
    draw = torch.Generator().manual_seed(seed)

    def normal(tensor, mean, std):
        tensor.copy_(mean + std * torch.randn(tensor.shape, generator=draw))

    with torch.no_grad():
        for name, p in model.named_parameters():
            if any(word in name for word in ("token", "pos", "embedding", "embeddings.cls")) and "patch" not in name:
                normal(p, 0, 0.3)
            elif p.ndim >= 2 and "gamma" not in name and p.squeeze().ndim >= 2:
                normal(p, 0, 1.4 / p[0].numel() ** 0.5)
            elif name.endswith("bias"):
                normal(p, 0, 0.1)
            else:
                normal(p, 1, 0.2)


def calibrate(features: nn.Module, batch: torch.Tensor) -> None:
    """Scales what goes into each ReLU of convolutional networks, by batch norm or its weights: no output is dead."""
    model = features.eval().model

    def unit(conv, _, out):
        std, mean = torch.std_mean(out, (0, 2, 3))
        conv.weight /= std[:, None, None, None]
        conv.bias.copy_((conv.bias - mean) / std)
        return (out - mean[:, None, None]) / std[:, None, None]

    norms = [m for m in model.modules() if isinstance(m, nn.BatchNorm2d)]
    hooks = [m.register_forward_hook(unit) for m in model.modules() if isinstance(m, nn.Conv2d)] \
        if isinstance(model, timm.models.vgg.VGG) else []
    for norm in norms:
        norm.momentum = None  # the mean over all batches, which is one
        norm.reset_running_stats()
        norm.train()
    if norms or hooks:
        with torch.no_grad():
            features(batch)
    for hook in hooks:
        hook.remove()
    features.eval()


def of_timm(name: str, **config) -> Source:
    return sources.load(f"timm:{name}", Request(random=True, config=config))


def of_open_clip(name: str, embed_dim: int, **vision) -> Source:
    return sources.load(f"open_clip:{name}", Request(random=True, config={
        "embed_dim": embed_dim, "vision_cfg": vision, "text_cfg": CLIP_TEXT}))


def of_transformers(name: str, processor: dict, **config) -> Source:
    return sources.load(f"transformers:{name}", Request(random=True, config=config, processor=processor))


def vgg() -> Source:
    model = timm.models.vgg.VGG([16, "M", 24, "M", 32, 32, "M", 48, 48, "M", 64, 64, "M"], num_classes=0, mlp_ratio=0.01)
    model.pretrained_cfg = timm.get_pretrained_cfg("vgg19.tv_in1k").to_dict()
    source = sources.of_timm("vgg19.tv_in1k", model, Request(random=True))
    return dataclasses.replace(source, transform=torchvision.models.VGG19_Weights.IMAGENET1K_V1.transforms())


def xception() -> Source:
    """timm's Xception has its widths in the code: its own blocks, narrower, take the places of the wide ones."""
    from timm.models.xception import Block, SeparableConv2d

    model = timm.create_model("legacy_xception.tf_in1k", num_classes=0)
    model.conv1, model.bn1 = nn.Conv2d(3, 12, 3, 2, 0, bias=False), nn.BatchNorm2d(12)
    model.conv2, model.bn2 = nn.Conv2d(12, 16, 3, bias=False), nn.BatchNorm2d(16)
    model.block1 = Block(16, 24, 2, 2, start_with_relu=False)
    model.block2, model.block3 = Block(24, 32, 2, 2), Block(32, 48, 2, 2)
    for i in range(4, 12):
        setattr(model, f"block{i}", Block(48, 48, 3, 1) if i < 6 else nn.Identity())
    model.block12 = Block(48, 64, 2, 2, grow_first=False)
    model.conv3, model.bn3 = SeparableConv2d(64, 96, 3, 1, 1), nn.BatchNorm2d(96)
    model.conv4, model.bn4 = SeparableConv2d(96, 128, 3, 1, 1), nn.BatchNorm2d(128)
    return sources.of_timm("legacy_xception.tf_in1k", model, Request(random=True))


def moco() -> Source:
    """As published: a checkpoint with the encoder below module.base_encoder, and ImageNet's usual preprocessing."""
    def create():
        return timm.create_model("vit_base_patch16_224", num_classes=0, **VIT)

    original = create()
    redraw(original, 12)
    state = {f"module.base_encoder.{k}": v for k, v in original.state_dict().items()}
    state["module.base_encoder.head.0.weight"] = torch.zeros(4, 48)
    state["module.momentum_encoder.cls_token"] = torch.zeros(1, 1, 48)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "moco.pth.tar"
        torch.save({"epoch": 1, "state_dict": state}, file)
        source = sources.of_timm("MoCo v3 ViT", create(), Request(checkpoint=file))
    published = transforms.Compose([transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor(),
                                    transforms.Normalize(IMAGENET["mean"], IMAGENET["std"])])
    changed = dataclasses.replace(source.preprocessing, resize=256, filter="bilinear", **IMAGENET)
    return dataclasses.replace(source, preprocessing=changed, transform=published)


FAMILIES = {
    "vit": lambda: of_timm("vit_base_patch16_224.augreg_in21k", **VIT),
    "vit-transformers": lambda: of_transformers(
        "vit", {}, hidden_size=48, num_hidden_layers=2, num_attention_heads=4, intermediate_size=96),
    "dino": lambda: of_timm("vit_base_patch16_224.dino", **VIT),
    "dinov2": lambda: of_transformers(
        "dinov2", {"image_processor_type": "BitImageProcessor", "size": {"shortest_edge": 256},
                   "image_mean": IMAGENET["mean"], "image_std": IMAGENET["std"]},
        hidden_size=48, num_hidden_layers=2, num_attention_heads=4, image_size=224, patch_size=14),
    "clip-vit": lambda: of_open_clip("ViT-B-16/laion2b_s34b_b88k", 32, layers=2, width=48, head_width=16),
    "clip-vit-openai": lambda: of_open_clip("ViT-B-16/openai", 32, layers=1, width=48, head_width=16),
    "clip-vit-transformers": lambda: of_transformers(
        "clip", {}, projection_dim=32,
        vision_config={"hidden_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 96,
                       "patch_size": 16},
        text_config={"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}),
    "clip-resnet": lambda: of_open_clip("RN50/openai", 48, layers=[1, 2, 1, 1], width=4),
    "resnet": lambda: of_timm("resnet50.tv_in1k", layers=(1, 1, 1, 1), stem_width=16, channels=(8, 16, 24, 32)),
    "vgg": vgg,
    "xception": xception,
    "convnext": lambda: of_open_clip("convnext_base/laion400m_s13b_b51k", 32, timm_model_name="test_convnext"),
    "convnextv2": lambda: of_timm("convnextv2_atto.fcmae_ft_in1k", depths=(1, 1, 2, 1), dims=(16, 24, 32, 48)),
    "moco": moco,
}


def square(source: Source, x: torch.Tensor) -> np.ndarray:
    """The pixels a network's input was made of: crop x crop x 3 uint8."""
    p = source.preprocessing
    values = (x.double().numpy().transpose(1, 2, 0) * np.array(p.std) + np.array(p.mean)) * 255
    pixels = np.rint(values)
    assert abs(values - pixels).max() < 1e-3, "the card's mean or std is not the library's"
    return pixels.astype(np.uint8)


def digest(array: np.ndarray) -> str:
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


def golden(source: Source, images: list[tuple]) -> tuple[list, np.ndarray, np.ndarray]:
    rows, inputs, vectors = [], [], []
    for kind, name, file_hash, image in images:
        x = source.transform(image)
        flat = x.numpy().reshape(-1)
        rows.append([kind, name, file_hash, digest(np.asarray(image)), digest(square(source, x))])
        inputs.append(flat[np.arange(SAMPLES) * STEP % flat.size])
        with torch.inference_mode():
            vectors.append(source.features(x[None])[0].numpy())
    return rows, np.stack(inputs), np.stack(vectors)


def measure(expected: np.ndarray, found: np.ndarray) -> tuple[float, float]:
    """Lowest cosine after subtracting the mean golden vector; largest error in spreads of its dimension."""
    a, b = expected - expected.mean(0, dtype=np.float64), found - expected.mean(0, dtype=np.float64)
    cosine = (a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)
    return cosine.min(), (abs(a - b) / a.std(0)).max()


def wrong_filter(source: Source, images, vectors) -> tuple[float, float]:
    p = source.preprocessing
    other = dataclasses.replace(p, filter="bilinear" if p.filter == "bicubic" else "bicubic")
    with torch.inference_mode():
        return measure(vectors, torch.cat([source.features(other.tensor(i[3])[None]) for i in images]).numpy())


def main() -> None:
    p = parser(__doc__, data=True)
    p.add_argument("--only", nargs="*", choices=sorted(FAMILIES), help="families (default: all)")
    args = p.parse_args()
    print_versions("torch", "torchvision", "timm", "open_clip_torch", "transformers", "pillow", "onnx", "onnxruntime")
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    fixtures = args.out / FIXTURES
    images = [("own", n, "" if ":" in n else sha256(fixtures / n), open_source(n, fixtures).convert("RGB")) for n in OWN]
    for name in PHOTOS + MORE_PHOTOS:
        path = args.data / name
        images.append(("photo", name, sha256(path), Image.open(path).convert("RGB")))
    for seed, (family, create) in enumerate(FAMILIES.items(), 1):
        if args.only and family not in args.only:
            continue
        torch.manual_seed(seed)
        source = create()
        if family != "moco":
            redraw(source.features.model, seed)
            calibrate(source.features, torch.stack([source.transform(i[3]) for i in images if i[0] == "own"]))
        print(f"{family}: {source.origin}")
        preprocessing.check(source.preprocessing, source.transform)
        folder = args.out / TARGET / family
        export_model.export(source, folder, f"tiny-{family}", torchscript=family in TORCHSCRIPT,
                            title=f"{source.name}, tiny", licence="Apache-2.0",
                            source=f"{source.origin}; random weights by tools/reference/tiny_models.py")
        rows, inputs, vectors = golden(source, images)
        save_csv(folder / "golden.csv", ["kind", "image", "sha256", "decoded", "square"], rows)
        save(folder / "inputs.npy", inputs)
        save(folder / "vectors.npy", vectors)
        for kind in ("own", "photo"):
            those = [i for i, row in enumerate(rows) if row[0] == kind]
            cosine, error = wrong_filter(source, [images[i] for i in those], vectors[those])
            print(f"  {kind}: spread {vectors[those].std(0).min():.2e} to {vectors[those].std(0).max():.2e} at values "
                  f"up to {abs(vectors).max():.2e}; a wrong filter: cosine {cosine:.6f}, error {error:.2e} spreads")


if __name__ == "__main__":
    main()
