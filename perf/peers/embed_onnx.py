"""The peer of `semblance embed`: the same ONNX file by onnxruntime, with Pillow and torchvision's transforms.

Started and asked by io.semblance.perf.Embeds, so that neither's start is counted. MODEL.json beside the graph says what
happens to an image. Images are prepared by processes of a DataLoader or by threads, whichever is faster.
"""

import concurrent.futures
import itertools
import json
import os
import pathlib
import sys
import time

import numpy
import onnxruntime
import PIL
import torch
import torchvision
from PIL import Image
from torchvision import transforms

INTERPOLATION = {name: transforms.InterpolationMode(name)
                 for name in ("nearest", "bilinear", "bicubic", "box", "hamming", "lanczos")}


def transform(card):
    size = card["resize"] if card.get("resize_mode", "shorter") == "shorter" else (card["resize"], card["resize"])
    return transforms.Compose([transforms.Resize(size, INTERPOLATION[card["filter"]]), transforms.CenterCrop(card["crop"]),
                               transforms.ToTensor(), transforms.Normalize(card["mean"], card["std"])])


class Photos(torch.utils.data.Dataset):
    def __init__(self, files, card):
        self.files, self.transform = files, transform(card)

    def __len__(self):
        return len(self.files)

    def __getitem__(self, i):
        with Image.open(self.files[i]) as image:
            return self.transform(image.convert("RGB"))


def batches(photos, batch, workers, threads):
    if not threads:
        yield from torch.utils.data.DataLoader(photos, batch_size=batch, num_workers=workers)
        return
    with concurrent.futures.ThreadPoolExecutor(max(1, workers)) as pool:
        images = pool.map(photos.__getitem__, range(len(photos)))  # all submitted at once: ahead of the network
        while some := list(itertools.islice(images, batch)):
            yield torch.stack(some)


def embed(session, card, photos, batch, workers, threads):
    return numpy.concatenate([session.run([card["output"]], {card["input"]: x.numpy()})[0]
                              for x in batches(photos, batch, workers, threads)])


def session_of(model, intra, spin):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = intra
    options.add_session_config_entry("session.intra_op.allow_spinning", "1" if spin else "0")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


SETTINGS = list(itertools.product((1, 8, 16), (False, True), (True, False)))  # batch, threads, spin
CORES = os.cpu_count()


class Peer:
    """One model, its sessions made once."""

    def __init__(self, model):
        self.card = json.loads(model.with_suffix(".json").read_text())
        self.sessions = {spin: session_of(str(model), CORES, spin) for spin in (True, False)}
        self.best = SETTINGS[0]

    def seconds(self, files, setting):
        batch, threads, spin = setting
        start = time.perf_counter()
        self.features = embed(self.sessions[spin], self.card, Photos(files, self.card), batch, CORES, threads)
        return time.perf_counter() - start

    def tune(self, files):
        """Two rounds over all settings; the best is that of the least time."""
        tried = [(self.seconds(files, s), s) for _ in range(2) for s in SETTINGS]
        self.best = min(tried)[1]
        return "batch {}, {}, spinning {}".format(
            self.best[0], f"{CORES} {'threads' if self.best[1] else 'processes'}", "on" if self.best[2] else "off")


def files_of(folder):
    return sorted(p for p in pathlib.Path(folder).rglob("*") if p.suffix.lower() in (".png", ".jpg", ".jpeg"))


def main():
    """Answers orders, a line each: `tune MODEL FOLDER COUNT` by a setting, `run MODEL FOLDER COUNT OUT` by seconds."""
    print(f"onnxruntime {onnxruntime.__version__}, pillow {PIL.__version__}, torch {torch.__version__}, torchvision "
          f"{torchvision.__version__}", flush=True)
    peers = {}
    for line in sys.stdin:
        order, model, folder, count, *out = line.split()
        if model not in peers:
            peers[model] = Peer(pathlib.Path(model))
        peer = peers[model]
        files = files_of(folder)[: int(count)]
        if order == "tune":
            print(peer.tune(files), flush=True)
        else:
            seconds = peer.seconds(files, peer.best)
            numpy.save(out[0], peer.features)
            print(seconds, flush=True)


if __name__ == "__main__":
    main()
