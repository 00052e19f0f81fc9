"""Draws the project's own small test images. Run it first: the other scripts read these files.

The images show the same scene, so that one golden value explains another: only size and encoding differ.
"""

import numpy as np
from PIL import Image, ImageDraw

from golden_files import parser, print_versions

FIXTURES = "core/src/test/resources/io/semblance/core/image/fixtures"
MAX_BYTES = 60_000


def pattern(width: int, height: int) -> Image.Image:
    """A large image that needs no file: v = (5x + 3y + 85c + 64 ((x / 8 xor y / 8) and 1)) mod 256, integer division."""
    y, x, c = np.mgrid[0:height, 0:width, 0:3]
    return Image.fromarray(((5 * x + 3 * y + 85 * c + 64 * (((x // 8) ^ (y // 8)) & 1)) % 256).astype(np.uint8))


def open_source(source: str, fixtures) -> Image.Image:
    """`pattern:640x480`, or the name of a fixture."""
    if source.startswith("pattern:"):
        return pattern(*map(int, source.removeprefix("pattern:").split("x")))
    return Image.open(fixtures / source)


def shapes(width: int, height: int) -> Image.Image:
    """A colour gradient with an ellipse, a triangle, thin lines and a noisy patch."""
    y, x = np.mgrid[0:height, 0:width]
    red, green, blue = 255 * x / (width - 1), 255 * y / (height - 1), 255 - 127 * (x + y) / (width + height - 2)
    pixels = np.rint(np.stack([red, green, blue], 2)).astype(np.uint8)
    rng = np.random.default_rng(7)
    h, w = height // 3, width // 4
    pixels[-h:, -w:] = rng.integers(0, 256, (h, w, 3), dtype=np.uint8)
    image = Image.fromarray(pixels)
    draw = ImageDraw.Draw(image)
    draw.ellipse((width // 10, height // 8, width // 2, 3 * height // 4), fill=(220, 40, 30), outline=(0, 0, 0))
    draw.polygon([(width // 2, height - 8), (3 * width // 4, height // 6), (width - 10, height // 2)], fill=(30, 90, 200))
    for i in range(4, width // 3, 7):
        draw.line((i, height - 4, i + 20, 2 * height // 3), fill=(255, 240, 0))
    return image


def with_alpha(image: Image.Image) -> Image.Image:
    """Alpha rises from 0 at the left to 255 at the right, with an opaque band."""
    width, height = image.size
    alpha = np.rint(np.tile(255 * np.arange(width) / (width - 1), (height, 1))).astype(np.uint8)
    alpha[height // 3:height // 2] = 255
    return Image.fromarray(np.dstack([np.asarray(image), alpha]))


def noise(width: int, height: int) -> Image.Image:
    return Image.fromarray(np.random.default_rng(11).integers(0, 256, (height, width, 3), dtype=np.uint8))


def main() -> None:
    args = parser(__doc__).parse_args()
    print_versions("numpy", "pillow")
    folder = args.out / FIXTURES
    folder.mkdir(parents=True, exist_ok=True)
    small = shapes(121, 81)
    palette = small.quantize(32, dither=Image.Dither.NONE)
    files = {
        "shapes.png": (shapes(240, 160), {}),
        "shapes-420.jpg": (small, {"quality": 90, "subsampling": "4:2:0"}),
        "shapes-444.jpg": (small, {"quality": 90, "subsampling": "4:4:4"}),
        "shapes-gray.jpg": (small.convert("L"), {"quality": 90}),
        "shapes-alpha.png": (with_alpha(small), {}),
        "shapes-palette.png": (palette, {}),
        "shapes-palette-alpha.png": (palette, {"transparency": 0}),
        "shapes-gray-alpha.png": (with_alpha(small).convert("LA"), {}),
        "noise.png": (noise(37, 53), {}),
        "strip.png": (noise(1, 17), {}),
    }
    for name, (image, options) in files.items():
        image.save(folder / name, **options)
        size = (folder / name).stat().st_size
        print(f"  {name:26s} {image.mode:5s} {image.size}, {size} bytes")
        if size >= MAX_BYTES:
            raise SystemExit(f"{name} must stay below {MAX_BYTES} bytes")


if __name__ == "__main__":
    main()
