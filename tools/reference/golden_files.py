"""Where golden files go and how they are written: identical bytes on every run."""

import argparse
import csv
import hashlib
import importlib.metadata
import platform
from pathlib import Path

import numpy as np

REPO = Path(__file__).resolve().parents[2]


def parser(doc: str, data: bool = False) -> argparse.ArgumentParser:
    """Options shared by the scripts; `data` adds --data, the folder of test images that is never committed."""
    p = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--out", type=Path, default=REPO, help="repository root to write into (default: this checkout)")
    if data:
        p.add_argument("--data", type=Path, default=REPO.parent / "shared" / "data",
                       help="folder with imagenet-500, subjects-15 and fruit-salad-100 (default: ../shared/data)")
    return p


def print_versions(*packages: str) -> None:
    found = [f"{name} {importlib.metadata.version(name)}" for name in packages]
    print("; ".join([f"python {platform.python_version()}", *found]))


def save(path: Path, array) -> None:
    """Writes a version 1.0 .npy in C order, little-endian."""
    array = np.ascontiguousarray(array)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as f:
        np.lib.format.write_array(f, array, version=(1, 0), allow_pickle=False)
    print(f"  {path.name:44s} {array.dtype.str} {array.shape}")


def save_csv(path: Path, header: list[str], rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", newline="", encoding="utf-8") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(header)
        w.writerows(rows)
    print(f"  {path.name}")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
