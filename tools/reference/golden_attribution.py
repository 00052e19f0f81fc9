"""Attribution by PyTorch in float64 on small seeded data: the contrastive loss and its regulariser, five Adam steps of every
kind of mapper, calibration by softplus, ranks and metrics, and look-alikes of the published files. README.md beside the
arrays lists them. Everything is written from the descriptions in the AbC paper (arXiv 2306.09345)."""

from collections import OrderedDict

import numpy as np
import torch
from sklearn.metrics import average_precision_score
from torch import nn
from torch.nn import functional as F

from golden_files import parser, print_versions, save, save_csv

GOLDEN = "attribution/src/test/resources/io/semblance/attribution/golden"
N, D, HIDDEN, OUT = 12, 6, 7, 4
STEPS, RATE, REGULARISATION = 5, 1e-3, 0.05


class Channel(nn.Module):
    def __init__(self, weights):
        super().__init__()
        self.weights = nn.Parameter(weights)

    def forward(self, x):
        return x * self.weights


def side(kind: str, g: torch.Generator) -> nn.Module:
    if kind == "identity":
        layer = nn.Linear(D, D)
        nn.init.eye_(layer.weight)
        nn.init.zeros_(layer.bias)
        return layer
    if kind == "affine":
        layer = nn.Linear(D, D)
        layer.weight.data = torch.eye(D) + 0.1 * torch.randn(D, D, generator=g)
        layer.bias.data = 0.1 * torch.randn(D, generator=g)
        return layer
    if kind == "channel":
        return Channel(1 + 0.1 * torch.randn(1, D, generator=g))
    first, second = nn.Linear(D, HIDDEN, bias=False), nn.Linear(HIDDEN, OUT, bias=False)
    first.weight.data = torch.randn(HIDDEN, D, generator=g)
    second.weight.data = torch.randn(OUT, HIDDEN, generator=g)
    inner = nn.BatchNorm1d(HIDDEN)
    inner.weight.data = 1 + 0.2 * torch.randn(HIDDEN, generator=g)
    inner.bias.data = 0.2 * torch.randn(HIDDEN, generator=g)
    return nn.Sequential(first, inner, nn.ReLU(), nn.Identity(), second, nn.BatchNorm1d(OUT, affine=False))


def norm(module) -> torch.Tensor:
    if isinstance(module, nn.Linear):
        return torch.norm(module.weight.T @ module.weight - torch.eye(D), p="fro")
    if isinstance(module, Channel):
        w = torch.diag(module.weights[0])
        return torch.norm(w.T @ w - torch.eye(D), p="fro")
    return torch.zeros(())


def loss(real, synth, x, y) -> torch.Tensor:
    t, s = F.normalize(real(x), dim=1), F.normalize(synth(y), dim=1)
    target = torch.arange(len(x))
    contrast = F.cross_entropy(t @ s.T, target) + F.cross_entropy(s @ t.T, target)
    return contrast + REGULARISATION * 0.5 * (norm(real) + norm(synth))


def state(out, name: str, module) -> None:
    for key, value in module.state_dict().items():
        if "num_batches" not in key:
            save(out / f"{name}-{key}.npy", np.atleast_2d(value.numpy()))


def mapper(out, kind: str, seed: int) -> None:
    g = torch.Generator().manual_seed(seed)
    x, y = torch.randn(N, D, generator=g), torch.randn(N, D, generator=g)
    y = y + x
    real, synth = side(kind, g), side(kind, g)
    save(out / f"{kind}-x.npy", x.numpy())
    save(out / f"{kind}-y.npy", y.numpy())
    state(out, f"{kind}-real-start", real)
    state(out, f"{kind}-synth-start", synth)
    parameters = [*real.parameters(), *synth.parameters()]
    adam = torch.optim.Adam(parameters, lr=RATE)
    rows = []
    for step in range(STEPS):
        adam.zero_grad()
        value = loss(real, synth, x, y)
        value.backward()
        if step == 0:
            for i, p in enumerate(parameters):
                save(out / f"{kind}-gradient-{i}.npy", np.atleast_2d(p.grad.numpy()))
        adam.step()
        rows.append([step, repr(value.item())])
    save_csv(out / f"{kind}-loss.csv", ["step", "loss"], rows)
    state(out, f"{kind}-real-end", real)
    state(out, f"{kind}-synth-end", synth)


def published(out) -> None:
    """Files as the published code writes them, float32."""
    g = torch.Generator().manual_seed(11)
    for kind in ("affine", "channel"):
        real, synth = side(kind, g).float(), side(kind, g).float()
        torch.save({"real_mapper": real.state_dict(), "synth_mapper": synth.state_dict()}, out / f"mapper-{kind}.pth")
        if kind == "affine":
            x = torch.randn(3, D, generator=g).float()
            save(out / "mapper-x.npy", x.numpy())
            save(out / "mapper-real.npy", real(x).detach().numpy())
            save(out / "mapper-synth.npy", synth(x).detach().numpy())
    torch.save(OrderedDict(inv_tau=torch.tensor([25.0]), bias=torch.tensor([-30.0])), out / "calibrator.pth")


def evaluation(out) -> None:
    g = torch.Generator().manual_seed(12)
    counts, n = [1, 3, 12, 2], 400
    ends = np.cumsum(counts).tolist()
    chunks = [(e - c, e) for c, e in zip(counts, ends)]
    exemplars = torch.randn(ends[-1], D, generator=g).float()
    pool = torch.randn(n, D, generator=g).float()
    pool[7] = exemplars[0]  # a copy: a tie that counts against the exemplar
    tensors, paths, ids, rows = {}, {}, {}, []
    for scheme, per_model in (("gpt", 3), ("media", 2)):
        who = [m for m in range(len(counts)) for _ in range(per_model)]
        made = torch.stack([exemplars[chunks[m][0]:chunks[m][1]].mean(0) for m in who])
        tensors[scheme] = made + 0.8 * torch.randn(len(who), D, generator=g).float()
        paths[scheme] = [f"{scheme}/{m}_{i}.png" for i, m in enumerate(who)]
        ids[scheme] = who
        for i, m in enumerate(who):
            q = F.normalize(tensors[scheme][i].double(), dim=0)
            # products summed row by row, so that equal rows have equal scores; BLAS does not promise that
            mine = (F.normalize(exemplars[slice(*chunks[m])].double(), dim=1) * q).sum(1)
            others = (F.normalize(pool.double(), dim=1) * q).sum(1)
            scores = np.concatenate([others.numpy(), mine.numpy()])
            wanted = np.array([0] * n + [1] * len(mine))
            order = np.argsort(-scores, kind="stable")  # distractors stand first, so ties go against the exemplars
            ranks = np.flatnonzero(wanted[order]) + 1
            ap = np.mean(np.arange(1, len(ranks) + 1) / ranks)
            if not (m == 0):  # scikit-learn averages ties, so only queries without one can be compared
                assert abs(ap - average_precision_score(wanted, scores)) < 1e-12
            rows.append([scheme, i, " ".join(map(str, ranks)), repr(float(ap))])
    torch.save({"exemplar_paths": [f"e{i}.png" for i in range(len(exemplars))], "exemplar_chunks": chunks,
                "exemplar_tensors": exemplars, "synth_paths": paths, "synth_ids": ids, "synth_tensors": tensors},
               out / "imagenet_seen.pth")
    torch.save({"feats": pool, "paths": [f"laion/{i}.jpg" for i in range(n)]}, out / "laion_subset.pth")
    save_csv(out / "ranks.csv", ["scheme", "query", "ranks", "ap"], rows)


def squares(n: int) -> list[int]:
    """Four whole numbers whose squares sum to n (Lagrange)."""
    for a in range(int(n**0.5), -1, -1):
        for b in range(int((n - a * a)**0.5), -1, -1):
            rest = n - a * a - b * b
            for c in range(int(rest**0.5), -1, -1):
                d = round((rest - c * c)**0.5)
                if d * d == rest - c * c:
                    return [a, b, c, d]
    raise AssertionError(n)


def rows_of(scores: np.ndarray, norm: int) -> np.ndarray:
    """Vectors of exactly that norm whose cosine with the q-th unit vector is exactly scores[q] / norm."""
    return np.array([[*s, *squares(norm * norm - int((s * s).sum()))] for s in scores.T], np.float32)


def metrics(out) -> None:
    """Ranks, average precision and recalls from given scores by sorting, as torch does it; distractors stand first, so
    that a stable sort breaks ties against the exemplars."""
    rng, queries, norm = np.random.default_rng(14), 6, 128
    counts = {"few": [13, 1], "constant": [3, 2]}
    for case in ("random", "tied", "constant", "negative", "degenerate", "few"):
        per_model = counts.get(case, [1, 3, 12])
        ends = np.cumsum(per_model).tolist()
        n = 1 if case == "few" else 300
        low, high = (-40, -1) if case == "negative" else (-3, 4) if case in ("tied", "degenerate") else (-40, 41)
        s = rng.integers(low, high, (queries, n + ends[-1]))
        s = np.full_like(s, 16) if case == "constant" else s
        x, asked = rows_of(s, norm), np.eye(queries, queries + 4, dtype=np.float32)
        if case == "degenerate":  # images without a direction: they score 0 with everything
            x[[3, 4, n, n + 2]] = 0
            s[:, [3, 4, n, n + 2]] = 0
            asked[5] = 0
            s[5] = 0
        rows = []
        for q in range(queries):
            model = q % len(per_model)
            mine = n + torch.arange(ends[model] - per_model[model], ends[model])
            scores = torch.cat([torch.tensor(s[q, :n]), torch.tensor(s[q])[mine]]).double() / norm
            hit = (torch.argsort(scores, descending=True, stable=True) >= n).double()
            ranks = torch.nonzero(hit)[:, 0] + 1
            precision = torch.cumsum(hit, 0) / torch.arange(1, len(hit) + 1)
            ap = ((precision * hit).sum() / hit.sum()).item()
            recalls = [repr((hit[:k].sum() / hit.sum()).item()) for k in (1, 5)]
            rows.append([model, " ".join(str(r.item()) for r in ranks), repr(ap), *recalls, repr(scores[n:].max().item())])
        save(out / f"metrics-{case}-pool.npy", x[:n])
        save(out / f"metrics-{case}-exemplars.npy", x[n:])
        save(out / f"metrics-{case}-queries.npy", asked)
        save_csv(out / f"metrics-{case}.csv", ["model", "ranks", "ap", "recall1", "recall5", "best"], rows)


def calibration(out) -> None:
    """inv_tau and bias by Adam, lambda = -0.001 * bias, softplus with beta 100 in place of relu."""
    rng = np.random.default_rng(13)
    queries, kept = 8, 60
    counts = rng.integers(1, 4, queries)
    scores = np.float32(rng.uniform(-0.1, 0.6, (queries, kept)))
    for q in range(queries):  # the exemplars come first and score high
        scores[q, :counts[q]] = np.float32(rng.uniform(0.4, 0.8, counts[q]))
    save(out / "calibration-scores.npy", scores)
    save(out / "calibration-counts.npy", counts.astype(np.int32))
    s = torch.tensor(scores, dtype=torch.float64)
    wanted = torch.arange(kept)[None, :] < torch.tensor(counts)[:, None]
    inv_tau, bias = (torch.tensor([v], requires_grad=True) for v in (1.0, 0.0))
    adam = torch.optim.Adam([inv_tau, bias], lr=0.5)
    rows = []
    for step in range(201):
        adam.zero_grad()
        p = F.softplus(torch.exp((s - s.max(1, keepdim=True).values) * inv_tau) + 0.001 * bias, beta=100)
        mean_log = (torch.log(p) * wanted).sum(1) / wanted.sum(1)
        value = (torch.log(p.sum(1)) - mean_log).mean()
        value.backward()
        if step in (0, 1, 2, 3, 4, 5, 50, 200):
            rows.append([step, *(repr(v.item()) for v in (inv_tau, bias, value, inv_tau.grad, bias.grad))])
        adam.step()
    save_csv(out / "calibration.csv", ["step", "inv_tau", "bias", "loss", "grad_inv_tau", "grad_bias"], rows)


def main() -> None:
    args = parser(__doc__).parse_args()
    print_versions("torch", "numpy", "scikit-learn")
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    out = args.out / GOLDEN
    out.mkdir(parents=True, exist_ok=True)
    for seed, kind in enumerate(("identity", "affine", "channel", "mlp")):
        mapper(out, kind, seed)
    published(out)
    evaluation(out)
    metrics(out)
    calibration(out)


if __name__ == "__main__":
    main()
