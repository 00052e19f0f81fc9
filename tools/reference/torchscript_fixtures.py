"""Small TorchScript files of every kind of answer, and files that end in .pt and are none.

The networks take n x 3 x 4 x 4 and answer with its 48 numbers, twice them and so on; no weights.
"""

from pathlib import Path

import torch

from golden_files import parser, print_versions

TARGET = "extract/src/test/resources/io/semblance/extract/script"


class Plain(torch.nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.flatten(1)


class Tuple(torch.nn.Module):
    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return x.flatten(1), 2 * x.flatten(1)


class List(torch.nn.Module):
    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        return [x.flatten(1), 2 * x.flatten(1)]


class Dict(torch.nn.Module):
    def forward(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"tokens": x, "features": 2 * x.flatten(1)}


class Text(torch.nn.Module):
    def forward(self, x: torch.Tensor) -> str:
        return "a cat"


class FixedBatch(torch.nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.reshape(2, 24)


class Dropout(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.drop = torch.nn.Dropout(0.5)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.drop(x.flatten(1))


class Cuda(torch.nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.flatten(1).to(torch.device("cuda:0"))


def main() -> None:
    args = parser(__doc__).parse_args()
    out = args.out / TARGET
    out.mkdir(parents=True, exist_ok=True)
    for name, module in {"plain": Plain(), "tuple": Tuple(), "list": List(), "dict": Dict(), "text": Text(),
                         "fixed-batch": FixedBatch(), "dropout": Dropout(), "cuda": Cuda()}.items():
        write(torch.jit.script(module), out / f"{name}.pt")
    torch.save({"weight": torch.ones(2, 3)}, out / "state-dict.pt")
    (out / "no-archive.pt").write_bytes(b"\x80\x02}q\x00.")
    whole = (out / "plain.pt").read_bytes()
    (out / "cut-off.pt").write_bytes(whole[: len(whole) // 2])
    print_versions("torch")


def write(script, path: Path) -> None:
    """Without the records that tell where on this machine the source code lay."""
    raw = path.with_suffix(".raw")
    script.save(str(raw))
    reader = torch._C.PyTorchFileReader(str(raw))
    writer = torch._C.PyTorchFileWriter(str(path))
    for name in reader.get_all_records():
        if not name.endswith(".debug_pkl") and name not in ("version", "byteorder", ".data/serialization_id"):
            record = reader.get_record(name)
            writer.write_record(name, record, len(record))
    writer.write_end_of_file()
    raw.unlink()


if __name__ == "__main__":
    main()
