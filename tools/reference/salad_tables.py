"""Random tables of the size of the fruit-SALAD record, for perf/: category effect + style effect + noise on a falling
spectrum, 10 x 10 x INSTANCES rows. Writes NAME.npy and NAME.ids; `semblance convert` makes tables of them.
"""

import argparse
from pathlib import Path

import numpy as np

# fruit-SALAD, tables 1 and 2: dimensions of its 23 models.
PAPER = [768, 768, 1280, 768, 768, 2048, 512, 2048, 512, 320, 512, 512, 1024, 512, 512, 1024, 512, 87, 1, 1, 10, 10, 20]


def table(instances: int, d: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    category, style = np.repeat(np.arange(10), 10 * instances), np.tile(np.repeat(np.arange(10), instances), 10)
    x = 0.5 * rng.standard_normal((10, d))[category] + 0.6 * rng.standard_normal((10, d))[style]
    x += rng.standard_normal((len(x), d)) * np.arange(1, d + 1) ** -0.25
    return x.astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--instances", type=int, default=100)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    ids = [f"{c}_{s}_{i}.png" for c in range(10) for s in range(10) for i in range(args.instances)]
    for seed, d in enumerate([768, 2048, *PAPER]):
        name = f"wide-{d}" if seed < 2 else f"model-{seed - 1:02d}-{d}"
        np.save(args.out / f"{name}.npy", table(args.instances, d, seed))
        (args.out / f"{name}.ids").write_text("\n".join(ids) + "\n")


if __name__ == "__main__":
    main()
