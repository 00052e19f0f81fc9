"""Pixels that Pillow decodes from each fixture, and pixels that Pillow's resize makes by every filter.

decode.csv lists file, size and golden .npy (height x width x 3 uint8). resize.csv lists source, target size, filter,
box (left top right bottom in source pixels, empty for the whole image) and the part of the target that the golden .npy
holds (x, y of its top left corner). Both give the SHA-256 of all height * width * 3 bytes of the full result.
"""

import hashlib

import numpy as np
from PIL import Image

from draw_fixtures import FIXTURES, open_source
from efficientnet_lite0 import rgb
from golden_files import parser, print_versions, save, save_csv

GOLDEN = "core/src/test/resources/io/semblance/core/image/golden"
FILTERS = {name: Image.Resampling[name.upper()] for name in ("bilinear", "bicubic", "nearest", "box", "hamming", "lanczos")}
SMALL_PART = 12  # side of the kept part for filters that share all code but the weights

# source, target width and height, box, kept part of the target (left, top, right, bottom)
CASES = [
    ("shapes.png", 224, 149, None, (128, 85, 224, 149)),
    ("shapes.png", 240, 60, None, (0, 0, 96, 60)),
    ("shapes.png", 90, 160, None, (0, 96, 90, 160)),
    ("shapes.png", 64, 48, (10.5, 20.25, 200, 150), (0, 0, 64, 48)),
    ("shapes.png", 240, 160, None, (200, 120, 240, 160)),
    ("noise.png", 224, 224, None, (0, 0, 64, 64)),
    ("noise.png", 11, 9, None, (0, 0, 11, 9)),
    ("strip.png", 5, 5, None, (0, 0, 5, 5)),
    ("strip.png", 1, 1, None, (0, 0, 1, 1)),
    ("strip.png", 3, 40, None, (0, 0, 3, 40)),
    ("pattern:640x480", 341, 256, None, (277, 192, 341, 256)),
    ("pattern:640x480", 256, 192, None, (0, 0, 64, 64)),
    ("pattern:640x480", 50, 40, (100, 60, 500, 380), (0, 0, 50, 40)),
    ("pattern:1024x1024", 224, 224, None, (80, 80, 144, 144)),
    ("pattern:1000x3", 7, 5, None, (0, 0, 7, 5)),
    # rows before columns: Pillow 13 begins with the direction that makes the image smaller
    ("shapes.png", 300, 40, None, (0, 0, 64, 40)),
    ("noise.png", 60, 20, None, (0, 0, 60, 20)),
    ("noise.png", 30, 40, (3.5, 2.25, 33, 47), (0, 0, 30, 40)),
    ("noise.png", 20, 20, (4, 5, 24, 25), (0, 0, 20, 20)),
]


def digest(pixels: np.ndarray) -> str:
    return hashlib.sha256(pixels.tobytes()).hexdigest()


def decode(fixtures, golden) -> None:
    rows = []
    for file in sorted(fixtures.iterdir()):
        with Image.open(file) as image:
            pixels, mode = np.asarray(rgb(image)), image.mode
        name = f"decode-{file.name.replace('.', '-')}.npy"
        save(golden / name, pixels)
        rows.append([file.name, mode, pixels.shape[1], pixels.shape[0], digest(pixels), name])
    save_csv(golden / "decode.csv", ["file", "mode", "width", "height", "sha256", "golden"], rows)


def resize(fixtures, golden) -> None:
    rows = []
    for source, width, height, box, (left, top, right, bottom) in CASES:
        image = rgb(open_source(source, fixtures))
        for filter_name, filter in FILTERS.items():
            pixels = np.asarray(image.resize((width, height), filter, box=box, reducing_gap=None))
            stem = source.split(".")[0].replace(":", "-")
            name = f"resize-{stem}-{width}x{height}{'-box' if box else ''}-{filter_name}.npy"
            if filter_name not in ("bilinear", "bicubic"):
                right, bottom = min(right, left + SMALL_PART), min(bottom, top + SMALL_PART)
            save(golden / name, pixels[top:bottom, left:right])
            rows.append([source, width, height, filter_name, " ".join(map(str, box or ())), left, top, digest(pixels), name])
    save_csv(golden / "resize.csv",
             ["source", "width", "height", "filter", "box", "golden_x", "golden_y", "sha256", "golden"], rows)


def main() -> None:
    args = parser(__doc__).parse_args()
    print_versions("numpy", "pillow")
    fixtures, golden = args.out / FIXTURES, args.out / GOLDEN
    decode(fixtures, golden)
    resize(fixtures, golden)


if __name__ == "__main__":
    main()
