"""The peer of `semblance embed --model efficientnet-lite0`: torch and Pillow, as a careful Python user would write it.

Decoding and resizing in worker processes, the network in batches on all cores, features and names saved at the end.
Needs the packages of tools/reference/requirements.txt.
"""

import argparse
import pathlib
import sys

import numpy
import torch
from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools" / "reference"))
import efficientnet_lite0  # noqa: E402


class Photos(torch.utils.data.Dataset):
    def __init__(self, files):
        self.files = files

    def __len__(self):
        return len(self.files)

    def __getitem__(self, i):
        with Image.open(self.files[i]) as image:
            return efficientnet_lite0.crop(image)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("images", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    files = sorted(p for p in args.images.rglob("*") if p.suffix.lower() in (".png", ".jpg", ".jpeg"))
    loader = torch.utils.data.DataLoader(Photos(files), batch_size=args.batch, num_workers=args.workers)
    model = efficientnet_lite0.load()
    with torch.inference_mode():
        features = numpy.concatenate(
            [efficientnet_lite0.features(model, efficientnet_lite0.normalise(b.numpy())).numpy() for b in loader]
        )
    args.out.mkdir(parents=True, exist_ok=True)
    numpy.save(args.out / "features.npy", features)
    (args.out / "names.txt").write_text("\n".join(str(f) for f in files))


if __name__ == "__main__":
    main()
