"""Makes images and reads, resizes and crops them on command: the peer of io.semblance.perf.Decodes.

A line "KIND FILTER WAY" on standard input (png|jpg, bilinear|bicubic, pillow-processes|pillow-threads|torchvision-processes)
does it once for all images of a kind, on two workers, and answers with the seconds it took and the sum of all bytes of the
crops; the end of input ends it. Pillow decodes in full (no `draft`) and resizes without `reducing_gap`: what torchvision's
transforms make of a PIL image. torchvision decodes by torchvision.io and resizes tensors, antialiased.
"""

import multiprocessing
import multiprocessing.pool
import sys
import time
from pathlib import Path

import numpy as np
import PIL
import torch
import torchvision
from PIL import Image, features
from torchvision.io import ImageReadMode, decode_image, read_file
from torchvision.transforms import InterpolationMode
from torchvision.transforms.v2 import functional as F

folder, data = Path(sys.argv[1]), Path(sys.argv[2])
SHORTER, CROP, WORKERS = 256, 224, 2
PNGS, JPEGS = 60, 240


def make() -> None:
    """PNGs of 1024 x 1024 from the larger images, JPEGs of 500 pixels on the longer side from all."""
    if (folder / "done").exists():
        return
    photos = sorted(p for p in data.rglob("*") if p.suffix in (".jpg", ".jpeg", ".png"))
    large = [p for p in photos if min(size(p)) >= 512]
    for kind, count, sources in (("png", PNGS, large), ("jpg", JPEGS, photos)):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for i in range(count):
            with Image.open(sources[i * len(sources) // count]) as image:
                image = image.convert("RGB")
            if kind == "png":
                image.resize((1024, 1024), Image.Resampling.LANCZOS).save(folder / kind / f"{i}.png")
            else:
                scale = 500 / max(image.size)
                sides = [max(1, round(side * scale)) for side in image.size]
                image.resize(sides, Image.Resampling.LANCZOS).save(folder / kind / f"{i}.jpg", quality=90)
    (folder / "done").touch()


def size(path: Path) -> tuple[int, int]:
    with Image.open(path) as image:
        return image.size


def shorter(width: int, height: int) -> tuple[int, int]:
    if width <= height:
        return SHORTER, SHORTER * height // width
    return SHORTER * width // height, SHORTER


def pillow(job: tuple[str, str]) -> int:
    path, filter = job
    with Image.open(path) as image:
        image = image.convert("RGB")
    width, height = shorter(*image.size)
    image = image.resize((width, height), Image.Resampling[filter.upper()])
    left, top = round((width - CROP) / 2), round((height - CROP) / 2)
    return int(np.asarray(image.crop((left, top, left + CROP, top + CROP))).sum(dtype=np.int64))


def tensors(job: tuple[str, str]) -> int:
    path, filter = job
    image = decode_image(read_file(path), ImageReadMode.RGB)
    image = F.resize(image, [SHORTER], InterpolationMode(filter), antialias=True)
    return int(F.center_crop(image, [CROP]).sum(dtype=torch.int64))


def main() -> None:
    make()
    torch.set_num_threads(1)
    processes, threads = multiprocessing.get_context("fork").Pool(WORKERS), multiprocessing.pool.ThreadPool(WORKERS)
    ways = {
        "pillow-processes": (processes, pillow), "pillow-threads": (threads, pillow),
        "torchvision-processes": (processes, tensors),
    }
    print(f"python {sys.version.split()[0]}, pillow {PIL.__version__} (libjpeg-turbo {features.version_feature('libjpeg_turbo')}, "
          f"zlib {features.version('zlib')}), torch {torch.__version__}, torchvision {torchvision.__version__}", flush=True)
    for line in sys.stdin:
        kind, filter, way = line.split()
        pool, work = ways[way]
        jobs = [(str(path), filter) for path in sorted((folder / kind).iterdir())]
        start = time.perf_counter()
        total = sum(pool.imap_unordered(work, jobs, chunksize=4))
        print(time.perf_counter() - start, total, flush=True)


if __name__ == "__main__":
    main()
