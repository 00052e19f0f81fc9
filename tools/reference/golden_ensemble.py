"""Every operation of the compression ensemble by OpenCV-Python, numpy and Pillow, on images drawn by code.

transforms.csv has, for each image and transform, a SHA-256 of the pixels, row by row, RGB or gray, and the bytes of
Pillow's GIF file, mean of the image and its turn. The Gabor filters go through a Fourier transform in float, so
gabor-*.npy keep their pixels, compared with a tolerance. statistics.csv has the numbers, sizes.csv what OpenCV's own
JPEG and PNG encoders, and Pillow's BMP and GIF, make of the image at 100 %.
"""

import hashlib

import cv2
import numpy as np

import ensemble
from draw_fixtures import FIXTURES, open_source
from golden_files import parser, print_versions, save, save_csv

GOLDEN = "extract/src/test/resources/io/semblance/extract/ensemble/golden"
IMAGES = ["shapes.png", "shapes-palette.png", "shapes-gray.jpg", "noise.png", "strip.png", "pattern:640x480"]
PNG = (
    cv2.IMWRITE_PNG_COMPRESSION, 6,
    cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_FILTERED,
    cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_ALL_FILTERS,
)
WITH_GABOR = ["shapes-palette.png", "noise.png"]


def rgb(array):
    return array if array.ndim == 2 else np.ascontiguousarray(array[:, :, ::-1])


def encoded(bgr, extension, *options) -> float:
    turned = cv2.rotate(bgr, cv2.ROTATE_90_CLOCKWISE)
    return sum(len(cv2.imencode(extension, image, options)[1]) for image in (bgr, turned)) / 2


def main() -> None:
    args = parser(__doc__).parse_args()
    print_versions("opencv-python-headless", "numpy", "pillow")
    ensemble.exactly_opencv()
    golden = args.out / GOLDEN
    transforms, statistics, sizes = [], [], []
    for source in IMAGES:
        image = np.asarray(open_source(source, args.out / FIXTURES).convert("RGB"))
        bgr = ensemble.shrink(np.ascontiguousarray(image[:, :, ::-1]))
        for percent in (100, 40):
            at = ensemble.scaled(bgr, percent)
            gray = cv2.cvtColor(at, cv2.COLOR_BGR2GRAY)
            for name, transform in ensemble.TRANSFORMS.items():
                if name.startswith("gabor") or percent == 40 and name not in ensemble.AT_40:
                    continue
                done = transform(at, gray)
                digest = hashlib.sha256(rgb(done).tobytes()).hexdigest()
                transforms.append([source, name, percent, ensemble.size(done, "gif"), digest])
        gray = cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY)
        statistics += [[source, name, repr(float(v))] for name, v in ensemble.statistics(bgr, gray).items()]
        sizes.append([
            source,
            encoded(bgr, ".jpg", cv2.IMWRITE_JPEG_QUALITY, 75),
            encoded(bgr, ".jpg", cv2.IMWRITE_JPEG_QUALITY, 100),
            encoded(bgr, ".png", *PNG),
            ensemble.size(bgr, "bmp"),
            ensemble.size(bgr, "gif"),
        ])
        if source in WITH_GABOR:
            name = source.split(".")[0]
            save(golden / f"gabor-{name}.npy", rgb(ensemble.gabor(bgr)))
            save(golden / f"gabor-gray-{name}.npy", ensemble.gabor(gray))
    save_csv(golden / "transforms.csv", ["image", "transform", "percent", "gif", "sha256"], transforms)
    save_csv(golden / "statistics.csv", ["image", "name", "value"], statistics)
    save_csv(golden / "sizes.csv", ["image", "jpeg75", "jpeg100", "png", "bmp", "gif"], sizes)


if __name__ == "__main__":
    main()
