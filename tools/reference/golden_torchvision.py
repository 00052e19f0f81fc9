"""What torchvision's Resize and CenterCrop make of Pillow images.

torchvision.csv lists the source (a fixture or pattern:WxH), the operation, its arguments, and width, height and SHA-256 of
all height * width * 3 bytes of the result. Operations: `shorter` is Resize(size, max_size=max_size), max_size empty for
none; `exact` is Resize((height, width)); `crop` is CenterCrop((height, width)), black around images that are smaller.
"""

import hashlib
import random

import numpy as np
from torchvision.transforms import CenterCrop, InterpolationMode, Resize

from draw_fixtures import FIXTURES, open_source
from efficientnet_lite0 import rgb
from golden_files import parser, print_versions, save_csv

GOLDEN = "core/src/test/resources/io/semblance/core/image/golden"
FILTERS = ["nearest", "bilinear", "bicubic", "box", "hamming", "lanczos"]
SIZES = ["shapes.png", "noise.png", "strip.png", "pattern:640x480", "pattern:333x500", "pattern:97x101", "pattern:1x50",
         "pattern:300x1", "pattern:256x256", "pattern:257x256"]


def cases():
    draw = random.Random(8)
    for source in SIZES:
        for filter in FILTERS:
            yield source, "shorter", draw.choice([1, 7, 32, 63, 224, 256]), "", "", filter
            size = draw.choice([1, 5, 31, 96])
            yield source, "shorter", size, "", draw.choice([size + 1, 2 * size, 3 * size + 1]), filter
            yield source, "exact", draw.randint(1, 260), draw.randint(1, 260), "", filter
        for size in (1, 2, 63, 64, 224, 301):
            yield source, "crop", size, size, "", ""
        yield source, "crop", draw.randint(1, 700), draw.randint(1, 700), "", ""


def transform(operation, width, height, max_size, filter):
    match operation:
        case "shorter":
            return Resize(width, InterpolationMode(filter), max_size=max_size or None)
        case "exact":
            return Resize((height, width), InterpolationMode(filter))
        case _:
            return CenterCrop((height, width))


def main() -> None:
    args = parser(__doc__).parse_args()
    print_versions("numpy", "pillow", "torchvision")
    rows = []
    for source, operation, width, height, max_size, filter in cases():
        image = rgb(open_source(source, args.out / FIXTURES))
        try:
            pixels = np.asarray(transform(operation, width, height, max_size, filter)(image))
        except ValueError:  # so thin that nothing is left of the shorter side
            continue
        digest = hashlib.sha256(pixels.tobytes()).hexdigest()
        rows.append([source, operation, width, height, max_size, filter, pixels.shape[1], pixels.shape[0], digest])
    save_csv(args.out / GOLDEN / "torchvision.csv",
             ["source", "operation", "width", "height", "max_size", "filter", "out_width", "out_height", "sha256"], rows)


if __name__ == "__main__":
    main()
