"""Makes tables and reads them into blocks of float32, on command: the peer of io.semblance.perf.TableReads.

A line "name" on standard input reads that table once and answers with the seconds it took; the end of input ends it.
Each table is mapped and copied block by block into one array, which is as fast as numpy and torch do it.
"""

import sys
import time
from pathlib import Path

import numpy as np
import safetensors
import torch
from safetensors.numpy import save_file

ROWS, DIMENSION, BLOCK = 350_000, 768, 340
folder = Path(sys.argv[1])
torch.set_num_threads(1)


def make() -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / "f4.safetensors").exists():
        return
    x = np.random.default_rng(1).standard_normal((ROWS, DIMENSION), dtype=np.float32)
    np.save(folder / "f4.npy", x)
    np.save(folder / "f2.npy", x.astype(np.float16))
    torch.save({"feats": torch.from_numpy(x)}, folder / "f4.pth")
    torch.save({"feats": torch.from_numpy(x).half()}, folder / "f2.pth")
    save_file({"embeddings": x}, folder / "f4.safetensors")


def read(name: str) -> float:
    start = time.perf_counter()
    path = folder / name
    match path.suffix:
        case ".npy":
            x = np.load(path, mmap_mode="r")
        case ".pth":
            x = torch.load(path, mmap=True)["feats"]
        case _:
            x = safetensors.safe_open(path, "np").get_tensor("embeddings")
    if isinstance(x, torch.Tensor):
        block = torch.empty(BLOCK, DIMENSION)
        for i in range(0, ROWS, BLOCK):
            part = x[i:i + BLOCK]
            block[:len(part)].copy_(part)
    else:
        block = np.empty((BLOCK, DIMENSION), dtype=np.float32)
        for i in range(0, ROWS, BLOCK):
            part = x[i:i + BLOCK]
            np.copyto(block[:len(part)], part)
    return time.perf_counter() - start


make()
print(f"python {sys.version.split()[0]}, numpy {np.__version__}, torch {torch.__version__}, "
      f"safetensors {safetensors.__version__}", flush=True)
for line in sys.stdin:
    print(read(line.strip()), flush=True)
