"""The peer of `semblance embed --model compression-ensemble`: OpenCV-Python, numpy and Pillow in worker processes.

The same 87 values, with OpenCV as it comes (Intel IPP), Pillow's adaptive palette (median cut) for GIF and Pillow's PNG and
JPEG. One OpenCV thread a process: the processes take the cores. Needs the packages of tools/reference/requirements.txt.
"""

import argparse
import concurrent.futures
import pathlib
import sys

import cv2
import numpy
from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools" / "reference"))
import ensemble  # noqa: E402


def vector(file):
    cv2.setNumThreads(1)
    with Image.open(file) as image:
        bgr = numpy.ascontiguousarray(numpy.asarray(image.convert("RGB"))[:, :, ::-1])
    return numpy.array(list(ensemble.ensemble(bgr).values()), numpy.float32)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("images", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    files = sorted(p for p in args.images.rglob("*") if p.suffix.lower() in (".png", ".jpg", ".jpeg"))
    with concurrent.futures.ProcessPoolExecutor(args.workers) as pool:
        vectors = numpy.stack(list(pool.map(vector, files)))
    args.out.mkdir(parents=True, exist_ok=True)
    numpy.save(args.out / "ensemble.npy", vectors)
    (args.out / "names.txt").write_text("\n".join(str(f) for f in files))


if __name__ == "__main__":
    main()
