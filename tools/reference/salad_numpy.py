"""The SALAD benchmark as a careful user of numpy and scikit-learn writes it: the peer of `semblance salad` in perf/.

Whitens once (eigenvectors of the total covariance), distances by one matrix product a block of rows, the I nearest by
argpartition, heatmap by adding up columns of a cell, weights by least squares, Spearman by scipy, and R replicates of
the images within cells by one matrix product a block. Distances are float64: with float32 near-duplicates lose every
digit, which is why scikit-learn's own euclidean_distances computes float32 input in float64 too; `--single` shows what
float32 would save. Never holds n x n numbers. Reads table folders of semblance; writes one JSON.
"""

import argparse
import json
import resource
import time
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from scipy.stats import rankdata
from sklearn.decomposition import PCA


def read(folder: Path) -> tuple[np.ndarray, np.ndarray, int, int]:
    """Vectors sorted by cell, the cell of each, C and S."""
    x = np.concatenate([np.load(f) for f in sorted(folder.glob("img_emb/*.npy"))])
    rows = pq.read_table(sorted(folder.glob("metadata/*.parquet"))[0], columns=["category", "style"])
    categories, category = np.unique(rows["category"].to_numpy().astype(str), return_inverse=True)
    styles, style = np.unique(rows["style"].to_numpy().astype(str), return_inverse=True)
    cell = category * len(styles) + style
    order = np.argsort(cell, kind="stable")
    return x[order], cell[order], len(categories), len(styles)


def whiten(x: np.ndarray) -> np.ndarray:
    x = x.astype(np.float64)
    x -= x.mean(0)
    values, vectors = np.linalg.eigh(x.T @ x / (len(x) - 1))
    kept = values > max(x.shape) * np.finfo(float).eps * values[-1]
    return x @ (vectors[:, kept] / np.sqrt(values[kept]))


def draws(cell: np.ndarray, replicates: int, seed: int) -> np.ndarray:
    """n x R counts of a bootstrap within each cell."""
    rng = np.random.default_rng(seed)
    out = np.zeros((len(cell), replicates), np.float32)
    for c in range(cell.max() + 1):
        where = np.flatnonzero(cell == c)
        out[where] = rng.multinomial(len(where), np.full(len(where), 1 / len(where)), replicates).T
    return out


def passes(z: np.ndarray, cell: np.ndarray, weights: np.ndarray, block: int):
    """Mean distances of cells, counts of own among the I nearest, neighbours across cells, replicates of the means."""
    n, cells = len(z), cell.max() + 1
    starts = np.searchsorted(cell, np.arange(cells))
    size = np.diff(np.append(starts, n))
    instances = int(size[0])
    norms = np.einsum("ij,ij->i", z, z)
    sums = np.zeros((cells, cells))
    boot = np.zeros((cells, cells, weights.shape[1]), np.float32)
    counts, near = np.empty(n), np.empty(n, np.int64)
    for lo in range(0, n, block):
        hi = min(lo + block, n)
        d = norms[lo:hi, None] + norms[None] - 2 * (z[lo:hi] @ z.T)
        np.maximum(d, 0, out=d)
        np.sqrt(d, out=d)
        d[np.arange(hi - lo), np.arange(lo, hi)] = 0
        nearest = np.argpartition(d, instances - 1, axis=1)[:, :instances]
        counts[lo:hi] = (cell[nearest] == cell[lo:hi, None]).sum(1)
        np.add.at(sums, cell[lo:hi], np.add.reduceat(d, starts, axis=1))
        single = d.astype(np.float32)
        for c in np.unique(cell[lo:hi]):
            rows = np.flatnonzero(cell[lo:hi] == c)
            product = single[rows].T @ weights[lo + rows]  # n x R
            product *= weights
            boot[c] += np.add.reduceat(product, starts, axis=0)
        d[cell[lo:hi, None] == cell[None]] = np.inf
        near[lo:hi] = d.argmin(1)
    pairs = np.outer(size, size)
    means = sums / pairs
    np.fill_diagonal(means, np.diag(sums) / (size * (size - 1)))
    return means, counts, near, boot / pairs[..., None]


def weigh(vector: np.ndarray, design: np.ndarray, inverse: np.ndarray, ranks: np.ndarray) -> list[float]:
    z = (vector - vector.mean()) / vector.std()
    solution = inverse @ z
    r2 = 1 - ((z - design @ solution) ** 2).mean()
    own = rankdata(z)
    return [*solution[1:], r2, *(np.corrcoef(own, r)[0, 1] for r in ranks)]


def measure(folder: Path, replicates: int, block: int, single: bool) -> tuple[dict, np.ndarray]:
    x, cell, c, s = read(folder)
    z = whiten(x)
    if single:
        z = z.astype(np.float32)
    means, counts, near, boot = passes(z, cell, draws(cell, replicates, 1), block)
    a, b = np.triu_indices(c * s, 1)
    category, style = (a // s != b // s).astype(float), (a % s != b % s).astype(float)
    design = np.column_stack([np.ones(len(a)), category, style])
    ranks = [rankdata(v) for v in (category, style, np.sqrt(c * category + s * style))]
    inverse = np.linalg.pinv(design)
    drawn = np.array([weigh(boot[a, b, r], design, inverse, ranks) for r in range(replicates)])
    numbers = weigh(means[a, b], design, inverse, ranks)
    result = {
        "self_recognition_percent": float(counts.mean() / (len(x) / (c * s)) * 100),
        "nn1_category": float((cell[near] // s == cell // s).mean()),
        "nn1_style": float((cell[near] % s == cell % s).mean()),
    }
    for k, name in enumerate(["w_category", "w_style", "r2", "spearman_style_blind", "spearman_category_blind",
                              "spearman_balanced"]):
        low, high = np.percentile(drawn[:, k], [2.5, 97.5])
        result[name] = {"value": float(numbers[k]), "low": float(low), "high": float(high)}
    vector = means[a, b]
    return result, (vector - vector.mean()) / vector.std()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--replicates", type=int, default=1000)
    parser.add_argument("--block", type=int, default=1000)
    parser.add_argument("--single", action="store_true", help="distances in float32, without any correction")
    args = parser.parse_args()
    start, models, vectors = time.perf_counter(), {}, []
    for folder in args.tables:
        models[folder.name], vector = measure(folder, args.replicates, args.block, args.single)
        vectors.append(vector)
    out = {"models": models}
    if len(vectors) > 1:
        pca = PCA(min(len(vectors), 2)).fit(np.array(vectors))
        out["explained"] = pca.explained_variance_ratio_.tolist()
    out["seconds"] = time.perf_counter() - start
    out["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    args.out.write_text(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
