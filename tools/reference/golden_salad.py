"""The SALAD benchmark on a synthetic grid of 4 categories x 3 styles x 6 instances, by scipy, scikit-learn and numpy.

Definitions: design notes "The SALAD benchmark, exactly". Rows are ordered category, style, instance (ids.csv); cell
c * 3 + s. Heatmaps are 12 x 12; vectors are the 66 cells above the diagonal, row by row, z-scored with divisor 66.
"""

import numpy as np
from scipy.spatial.distance import cdist
from scipy.stats import rankdata, zscore
from sklearn.covariance import LedoitWolf
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestNeighbors
from threadpoolctl import threadpool_limits

from golden_files import parser, print_versions, save, save_csv

GOLDEN = "salad/src/test/resources/io/semblance/salad/golden"
C, S, I = 4, 3, 6
N = C * S * I
CATEGORY, STYLE = np.repeat(np.arange(C), S * I), np.tile(np.repeat(np.arange(S), I), C)
CELL = CATEGORY * S + STYLE
UPPER = np.triu_indices(C * S, 1)


def embedding(seed: int, d: int, category: float, style: float) -> np.ndarray:
    """N x d float32: category effect + style effect + noise of unit variance, then an affine map."""
    rng = np.random.default_rng(seed)
    x = (category * rng.standard_normal((C, d))[CATEGORY] + style * rng.standard_normal((S, d))[STYLE]
         + rng.standard_normal((N, d)))
    return (x @ rng.standard_normal((d, d)) + rng.uniform(-2, 2, d)).astype(np.float32)


def conceptual() -> dict[str, np.ndarray]:
    by_category, by_style = np.eye(C)[CATEGORY], np.eye(S)[STYLE]
    return {"style_blind": by_category, "category_blind": by_style, "balanced": np.hstack([by_category, by_style])}


def distances(x: np.ndarray, covariance: str) -> np.ndarray:
    """N x N Mahalanobis; the pseudo-inverse drops the directions without variance of one-hot encodings."""
    x = x.astype(np.float64)
    total = np.cov(x, rowvar=False) if covariance == "empirical" else LedoitWolf().fit(x).covariance_
    return cdist(x, x, "mahalanobis", VI=np.linalg.pinv(total, hermitian=True))


def heatmap(d: np.ndarray) -> np.ndarray:
    """Mean over the pairs of two cells; within a cell over the pairs of different images."""
    cells = d.reshape(C * S, I, C * S, I)
    means = cells.mean((1, 3))
    np.fill_diagonal(means, np.einsum("aiaj->a", cells) / (I * (I - 1)))
    return means


def self_recognition(d: np.ndarray) -> np.ndarray:
    """N counts of 0..I: how many of an image's I nearest, itself included, are in its own cell."""
    order = d.argsort(1, kind="stable")
    ordered = np.take_along_axis(d, order, 1)
    if ((ordered[:, I] - ordered[:, I - 1]) < 1e-6 * ordered[:, I]).any():
        raise SystemExit("a tie at the boundary: choose another seed")
    return (CELL[order[:, :I]] == CELL[:, None]).sum(1)


def recognition(d: np.ndarray, k: int) -> list[float]:
    """Share of the category, then of the style, among the k nearest images of other cells, by scikit-learn."""
    other = np.where(CELL[:, None] == CELL, d.max() * 10, d)
    nearest = NearestNeighbors(n_neighbors=k, metric="precomputed").fit(other).kneighbors(other, return_distance=False)
    return [float((of[nearest] == of[:, None]).mean()) for of in (CATEGORY, STYLE)]


def signs(rows: np.ndarray) -> np.ndarray:
    return np.sign(rows[np.arange(len(rows)), abs(rows).argmax(1)])[:, None]


def weights(vector: np.ndarray, concepts: dict[str, np.ndarray]) -> list[float]:
    """w_c, w_s, intercept and R^2 of the regression, then Spearman with each conceptual model (ties: mean rank)."""
    a, b = UPPER
    design = np.column_stack([np.ones(len(a)), a // S != b // S, a % S != b % S]).astype(np.float64)
    solution = np.linalg.lstsq(design, vector)[0]
    r2 = 1 - ((vector - design @ solution) ** 2).sum() / ((vector - vector.mean()) ** 2).sum()
    ranks = [rankdata(v.round(9)) for v in (vector, *concepts.values())]
    return [*solution[[1, 2, 0]], r2, *(np.corrcoef(ranks[0], r)[0, 1] for r in ranks[1:])]


def check_known_answers(heatmaps: dict[str, np.ndarray]) -> None:
    """The analytic values of the balanced model, so that the goldens stand on more than this script."""
    a, b = UPPER
    other_category, other_style = a // S != b // S, a % S != b % S
    expected = np.sqrt((2 * C * other_category + 2 * S * other_style) * (N - 1) / N)
    np.testing.assert_allclose(heatmaps["balanced"][UPPER], expected, rtol=1e-12)
    assert abs(np.diag(heatmaps["balanced"])).max() < 1e-12


def main() -> None:
    args = parser(__doc__).parse_args()
    print_versions("numpy", "scipy", "scikit-learn")
    out = args.out / GOLDEN
    neural = {"five": embedding(10, 5, 3.0, 2.0), "three": embedding(11, 3, 2.0, 4.0)}
    with threadpool_limits(1):
        save_csv(out / "ids.csv", ["row", "id", "category", "style", "instance", "cell"],
                 [[r, f"{CATEGORY[r]}_{STYLE[r]}_{r % I}", CATEGORY[r], STYLE[r], r % I, CELL[r]] for r in range(N)])
        for name, x in neural.items():
            save(out / f"{name}-embedding.npy", x)
            for covariance in ("empirical", "ledoit-wolf"):
                d = distances(x, covariance)
                save(out / f"{name}-heatmap-{covariance}.npy", heatmap(d))
                counts = self_recognition(d)
                save(out / f"{name}-self-recognition-counts-{covariance}.npy", counts.astype(np.int32))
                save(out / f"{name}-self-recognition-{covariance}.npy", counts.reshape(C, S, I).mean(2))
        models = {**neural, **conceptual()}
        heatmaps = {name: heatmap(distances(x, "empirical")) for name, x in models.items()}
        check_known_answers(heatmaps)
        save_csv(out / "neighbours.csv", ["model", "nn1_category", "nn1_style", "nn10_category", "nn10_style"],
                 [[name, *(repr(r) for k in (1, 10) for r in recognition(distances(x, "empirical"), k))]
                  for name, x in neural.items()])
        vectors = zscore([h[UPPER] for h in heatmaps.values()], axis=1, ddof=0)
        pca = PCA(svd_solver="full").fit(vectors)
        components = len(models) - 1  # centring leaves one direction without variance
        sign = signs(pca.components_[:components])
        save(out / "models-vectors.npy", vectors)
        save(out / "models-correlation.npy", np.corrcoef(vectors))
        save(out / "models-pca-explained-variance.npy", pca.explained_variance_[:components])
        save(out / "models-pca-explained-variance-ratio.npy", pca.explained_variance_ratio_[:components])
        save(out / "models-pca-components.npy", pca.components_[:components] * sign)
        save(out / "models-pca-scores.npy", pca.transform(vectors)[:, :components] * sign.T)
        concepts = dict(zip(list(models)[2:], vectors[2:]))
        save_csv(out / "models.csv", ["row", "model", "w_category", "w_style", "intercept", "r2",
                                      *(f"spearman_{c}" for c in concepts)],
                 [[i, name, *(repr(round(float(w), 12) + 0.0) for w in weights(v, concepts))]
                  for i, (name, v) in enumerate(zip(models, vectors))])


if __name__ == "__main__":
    main()
