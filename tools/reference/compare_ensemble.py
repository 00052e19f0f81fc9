"""Compares a table of compression-ensemble with the same 87 values by OpenCV-Python and Pillow's encoders.

Prints, for each value, Pearson's correlation over the images and the median of ours / theirs. Make the table first:
`./semblance embed ../shared/data/imagenet-500 --model compression-ensemble --out TABLES`. Reads photos in place, writes nothing.
Takes several seconds an image: --every 10 takes every tenth.
"""

import argparse
import concurrent.futures
import pathlib

import cv2
import numpy as np
import pyarrow.parquet
from PIL import Image

import ensemble
from golden_files import print_versions


def values(path) -> dict:
    ensemble.exactly_opencv()
    with Image.open(path) as image:
        return ensemble.ensemble(np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1]))


def table_rows(table):
    vectors = np.concatenate([np.load(f) for f in sorted(table.glob("img_emb/*.npy"))])
    metadata = pyarrow.parquet.read_table(table / "metadata").to_pydict()
    return dict(zip(metadata["image_path"], vectors))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("images", type=pathlib.Path, help="the folder that was embedded")
    parser.add_argument("table", type=pathlib.Path, help="TABLES/compression-ensemble")
    parser.add_argument("--every", type=int, default=10)
    parser.add_argument("--workers", type=int, default=1)
    args = parser.parse_args()
    print_versions("opencv-python-headless", "numpy", "pillow")
    rows = table_rows(args.table)
    ids = sorted(rows)[:: args.every]
    with concurrent.futures.ProcessPoolExecutor(args.workers) as pool:
        theirs = list(pool.map(values, [args.images / i for i in ids]))
    names = list(theirs[0])
    ours = np.stack([rows[i] for i in ids]).astype(float)
    other = np.array([[v[name] for name in names] for v in theirs], dtype=float)
    print(f"{len(ids)} images, {ours.shape[1]} values")
    for j, name in enumerate(names):
        x, y = ours[:, j], other[:, j]
        r = 1.0 if np.allclose(x, y, rtol=1e-5, atol=1e-6) else np.corrcoef(x, y)[0, 1] if x.std() and y.std() else np.nan
        ratio = np.median(x[y != 0] / y[y != 0]) if (y != 0).any() else np.nan
        print(f"{name:30s} r {r:.4f}  ours/theirs {ratio:.3f}{'' if r >= 0.99 else '   <-- below 0.99'}")


if __name__ == "__main__":
    main()
