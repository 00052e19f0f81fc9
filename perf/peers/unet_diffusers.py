"""Seconds of a step of diffusers' UNet at the size of SD 1.5, with random weights: `RUNS THREADS`.

Prints four lines: seconds of each forward run, peak memory in MB, seconds of each run with backward to the keys and values of
the text, peak memory in MB.
"""

import resource
import sys
import time

import diffusers
import torch


def main() -> None:
    runs, threads = int(sys.argv[1]), int(sys.argv[2])
    torch.set_num_threads(threads)
    unet = diffusers.UNet2DConditionModel(sample_size=64, cross_attention_dim=768).eval().requires_grad_(False)
    x, text, t = torch.randn(1, 4, 64, 64), torch.randn(1, 77, 768), torch.tensor([500])

    def forward():
        with torch.no_grad():
            unet(x, t, text).sample.sum().item()

    def backward():
        unet(x, t, text).sample.pow(2).mean().backward()

    print(*timed(forward, runs))
    print(peak())
    for name, parameter in unet.named_parameters():
        parameter.requires_grad_("attn2.to_k" in name or "attn2.to_v" in name)
    print(*timed(backward, runs))
    print(peak())


def timed(work, runs: int) -> list[float]:
    out = []
    for run in range(-1, runs):
        start = time.perf_counter()
        work()
        if run >= 0:
            out.append(time.perf_counter() - start)
    return out


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
