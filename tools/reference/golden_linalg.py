"""Linear algebra by scikit-learn, scipy and faiss on small seeded data. README.md beside the arrays lists them."""

import faiss
import numpy as np
import scipy.linalg
from scipy.spatial.distance import cdist, pdist, squareform
from sklearn.covariance import LedoitWolf
from sklearn.decomposition import PCA
from sklearn.manifold import ClassicalMDS, smacof
from threadpoolctl import threadpool_limits

from golden_files import parser, print_versions, save, save_csv

GOLDEN = "core/src/test/resources/io/semblance/core/golden"


def correlated(rng, n: int, d: int) -> np.ndarray:
    """n x d rows with unequal variances, correlation and a mean away from 0."""
    return rng.standard_normal((n, d)) * np.geomspace(3, 0.2, d) @ rng.standard_normal((d, d)) + rng.uniform(-5, 5, d)


def signs(rows: np.ndarray) -> np.ndarray:
    """k x 1: the sign of the loading of largest absolute value of each row."""
    return np.sign(rows[np.arange(len(rows)), abs(rows).argmax(1)])[:, None]


def pca(out) -> None:
    x = correlated(np.random.default_rng(1), 60, 8)
    model = PCA(svd_solver="full").fit(x)
    sign = signs(model.components_)
    save(out / "pca-x.npy", x)
    save(out / "pca-mean.npy", model.mean_)
    save(out / "pca-components.npy", model.components_ * sign)
    save(out / "pca-explained-variance.npy", model.explained_variance_)
    save(out / "pca-explained-variance-ratio.npy", model.explained_variance_ratio_)
    save(out / "pca-transformed.npy", model.transform(x) * sign.T)


def ledoit_wolf(out) -> None:
    rng, rows = np.random.default_rng(2), []
    for n, d in ((40, 12), (25, 60)):
        x = correlated(rng, n, d)
        model = LedoitWolf().fit(x)
        save(out / f"ledoit-wolf-{n}x{d}-x.npy", x)
        save(out / f"ledoit-wolf-{n}x{d}-covariance.npy", model.covariance_)
        rows.append([n, d, repr(float(model.shrinkage_))])
    save_csv(out / "ledoit-wolf.csv", ["n", "d", "shrinkage"], rows)


def eigen(out) -> None:
    rng = np.random.default_rng(3)
    q = np.linalg.qr(rng.standard_normal((12, 12)))[0]
    a = q * np.array([9, 9, 7.5, 4, 2, 1, 0.1, 1e-3, 0, 0, -1, -3]) @ q.T
    a = (a + a.T) / 2
    values = scipy.linalg.eigh(a, eigvals_only=True)[::-1]
    b = correlated(rng, 30, 6)
    b = b.T @ b
    simple, vectors = scipy.linalg.eigh(b)
    save(out / "eigen-repeated-a.npy", a)
    save(out / "eigen-repeated-values.npy", values)
    save(out / "eigen-simple-a.npy", b)
    save(out / "eigen-simple-values.npy", simple[::-1])
    save(out / "eigen-simple-vectors.npy", (vectors.T * signs(vectors.T))[::-1])


def mds(out) -> None:
    rng = np.random.default_rng(4)
    points = rng.standard_normal((30, 5)) * [3, 2, 1, 0.7, 0.4]
    distances = squareform(pdist(points))
    classical = ClassicalMDS(n_components=2, metric="precomputed").fit(distances)
    centred = np.eye(30) - 1 / 30
    values, vectors = np.linalg.eigh(-centred @ distances**2 @ centred / 2)
    by_hand = (vectors[:, :-3:-1] * np.sqrt(values[:-3:-1])).T
    by_hand = (by_hand * signs(by_hand)).T
    sign = signs(classical.embedding_.T).T
    np.testing.assert_allclose(classical.embedding_ * sign, by_hand, atol=1e-9)
    start = rng.uniform(size=(30, 2))
    save(out / "mds-distances.npy", distances)
    save(out / "mds-classical.npy", by_hand)
    save(out / "mds-classical-eigenvalues.npy", values[::-1])
    save(out / "mds-init.npy", start)
    rows = []
    for name, init, eps, max_iter in (("default", start, 1e-6, 300), ("converged", start, 1e-12, 20000),
                                      ("from-classical", by_hand, 1e-6, 300)):
        embedding, stress, n_iter = smacof(distances, init=init.copy(), n_init=1, eps=eps, max_iter=max_iter,
                                           n_components=2, normalized_stress=False, return_n_iter=True)
        stress1 = np.sqrt(stress / (pdist(embedding) ** 2).sum())
        save(out / f"mds-smacof-{name}.npy", embedding)
        rows.append([name, "mds-classical.npy" if init is by_hand else "mds-init.npy", eps, max_iter, n_iter,
                     repr(float(stress)), repr(float(stress1))])
    save_csv(out / "mds-smacof.csv", ["run", "init", "eps", "max_iter", "n_iter", "raw_stress", "stress_1"], rows)


def top_k(out) -> None:
    rng = np.random.default_rng(5)
    base, queries = (rng.standard_normal((n, 32), dtype=np.float32) for n in (500, 20))
    faiss.normalize_L2(base)
    faiss.normalize_L2(queries)
    index = faiss.IndexFlatIP(32)
    index.add(base)
    scores, ids = index.search(queries, 11)
    if (scores[:, :-1] - scores[:, 1:]).min() < 2e-6:
        raise SystemExit("two neighbours are too close for the order to be certain: choose another seed")
    save(out / "topk-base.npy", base)
    save(out / "topk-queries.npy", queries)
    save(out / "topk-ids.npy", ids[:, :10])
    save(out / "topk-scores.npy", scores[:, :10])


def mahalanobis(out) -> None:
    x = correlated(np.random.default_rng(6), 40, 6)
    inverse = np.linalg.inv(np.cov(x, rowvar=False))
    save(out / "mahalanobis-x.npy", x)
    save(out / "mahalanobis-inverse-covariance.npy", inverse)
    save(out / "mahalanobis-distances.npy", cdist(x, x, "mahalanobis", VI=inverse))


def main() -> None:
    args = parser(__doc__).parse_args()
    print_versions("numpy", "scipy", "scikit-learn", "faiss-cpu")
    out = args.out / GOLDEN
    faiss.omp_set_num_threads(1)
    with threadpool_limits(1):
        for golden in (pca, ledoit_wolf, eigen, mds, top_k, mahalanobis):
            golden(out)


if __name__ == "__main__":
    main()
