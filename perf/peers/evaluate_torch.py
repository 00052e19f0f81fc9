"""The paper's evaluation, written from its description: cosines of a batch of queries with all distractors and exemplars by
one product, and for each query an argsort, recall at 5, 10 and 100, and the average precision of the whole ranking.

    evaluate_torch.py FOLDER [QUERIES]    QUERIES of the 2,000 are ranked (all if not given)
"""

import sys
import time
from pathlib import Path

import numpy as np
import torch

BATCH = 64


def main() -> None:
    folder = Path(sys.argv[1])
    pool = torch.from_numpy(np.load(folder / "pool.npy"))
    test = torch.load(folder / "imagenet_seen.pth", weights_only=True)
    made, who = test["synth_tensors"]["gpt"], test["synth_ids"]["gpt"]
    n = int(sys.argv[2]) if len(sys.argv) > 2 else len(made)
    start, sums = time.perf_counter(), np.zeros(4)
    for at in range(0, n, BATCH):
        block = made[at:min(at + BATCH, n)]
        scores = block @ pool.T
        for i, q in enumerate(block):
            begin, end = test["exemplar_chunks"][who[at + i]]
            all_scores = torch.cat([scores[i], test["exemplar_tensors"][begin:end] @ q])
            order = torch.argsort(all_scores, descending=True)
            wanted = order >= len(pool)
            ranks = torch.nonzero(wanted).flatten() + 1
            ap = (torch.arange(1, len(ranks) + 1) / ranks).mean()
            sums += [float(wanted[:k].sum()) / (end - begin) for k in (5, 10, 100)] + [float(ap)]
    print(n, "queries", *np.round(sums / n, 6), "in", round(time.perf_counter() - start, 2), "s")


if __name__ == "__main__":
    main()
