"""Epochs of training an affine mapper on preloaded tensors, written from the paper's description (eq. 3-4).

    train_torch.py FOLDER EPOCHS
"""

import math
import sys
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

D, BATCH, RATE = 768, 1024, 1e-3


def side():
    layer = nn.Linear(D, D)
    nn.init.eye_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


def main() -> None:
    data, epochs = torch.load(Path(sys.argv[1]) / "train.pth", weights_only=True), int(sys.argv[2])
    exemplars, made = data["exemplar_tensors"], data["synth_tensors"]["gpt"]
    real, synth, eye = side(), side(), torch.eye(D)
    adam = torch.optim.Adam([*real.parameters(), *synth.parameters()], lr=RATE)
    start = time.perf_counter()
    for epoch in range(epochs):
        for group in adam.param_groups:
            group["lr"] = RATE / 2 * (1 + math.cos(math.pi * epoch / epochs))
        order = torch.randperm(len(made))
        for at in range(0, len(order), BATCH):
            rows = order[at:at + BATCH]
            t, s = F.normalize(real(exemplars[rows]), dim=1), F.normalize(synth(made[rows]), dim=1)
            logits, target = t @ s.T, torch.arange(len(rows))
            loss = F.cross_entropy(logits, target) + F.cross_entropy(logits.T, target)
            for layer in (real, synth):
                loss = loss + 0.025 * torch.norm(layer.weight.T @ layer.weight - eye)
            adam.zero_grad()
            loss.backward()
            adam.step()
    print(epochs, "epochs, loss", round(loss.item(), 4), "in", round(time.perf_counter() - start, 2), "s")


if __name__ == "__main__":
    main()
