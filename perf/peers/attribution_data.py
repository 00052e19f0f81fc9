"""Makes the data of the attribution measurements: a pool of 1M x 768 unit vectors (pool.npy), a test split of 2,000 queries
of 500 models with 1 to 12 exemplars (imagenet_seen.pth), and training and validation splits of 15,351 and 250 models.

    attribution_data.py FOLDER [ROWS] [QUERIES]
"""

import sys
from pathlib import Path

import numpy as np
import torch

D = 768


def unit(x):
    return x / x.norm(dim=1, keepdim=True)


def split(g, models, per_model, largest):
    counts = torch.randint(1, largest + 1, (models,), generator=g).tolist()
    ends = np.cumsum(counts).tolist()
    chunks = [(e - c, e) for c, e in zip(counts, ends)]
    exemplars = unit(torch.randn(ends[-1], D, generator=g))
    who = [m for m in range(models) for _ in range(per_model)]
    first = exemplars[[chunks[m][0] + i % counts[m] for i, m in enumerate(who)]]
    made = unit(first + unit(torch.randn(len(who), D, generator=g)) * 4)
    return {"exemplar_paths": [f"e{i}" for i in range(len(exemplars))], "exemplar_chunks": chunks,
            "exemplar_tensors": exemplars, "synth_paths": {"gpt": [f"q{i}" for i in range(len(who))]},
            "synth_ids": {"gpt": who}, "synth_tensors": {"gpt": made}}


def main() -> None:
    out, rows = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    queries = int(sys.argv[3]) if len(sys.argv) > 3 else 2000
    out.mkdir(parents=True, exist_ok=True)
    g = torch.Generator().manual_seed(0)
    pool = np.lib.format.open_memmap(out / "pool.npy", mode="w+", dtype=np.float32, shape=(rows, D))
    for i in range(0, rows, 50_000):
        n = min(50_000, rows - i)
        pool[i:i + n] = unit(torch.randn(n, D, generator=g)).numpy()
    pool.flush()
    torch.save(split(g, queries // 4, 4, 12), out / "imagenet_seen.pth")
    torch.save(split(g, 15_351, 1, 1), out / "train.pth")
    torch.save(split(g, 250, 1, 1), out / "val.pth")


if __name__ == "__main__":
    main()
