"""Small tables for the readers: .npy files of several kinds, and a folder in the layout of clip-retrieval.

Every readable value is exact in float16: row i, column j of a matrix holds (4 i + j) / 8 - 1. expected.csv says what the
reader of an embedding table (float16 or float32, two dimensions) must do with each .npy file, and why. The rows of
clip-retrieval run on over its two shards: shard 1 starts with row 5. The caption of row 2 is null.
"""

import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.lib import format as npy

from golden_files import parser, print_versions, save, save_csv

FIXTURES = "core/src/test/resources/io/semblance/core/table/fixtures"


def matrix(rows: int, start: int = 0) -> np.ndarray:
    return (np.arange(4 * start, 4 * (start + rows)) / 8 - 1).reshape(rows, 4)


def npy_bytes(array: np.ndarray, version=(1, 0)) -> bytes:
    buffer = io.BytesIO()
    npy.write_array(buffer, array, version=version, allow_pickle=False)
    return buffer.getvalue()


def npy_files(out) -> None:
    f2, f4 = matrix(3).astype("<f2"), matrix(3).astype("<f4")
    good = npy_bytes(f4)
    huge = io.BytesIO()
    npy.write_array_header_1_0(huge, {"descr": "<f4", "fortran_order": False, "shape": (3, 4_000_000_000)})
    files = [
        ("float16.npy", npy_bytes(f2), "read", "3x4"),
        ("float32.npy", good, "read", "3x4"),
        ("float32-v2.npy", npy_bytes(f4, version=(2, 0)), "read", "3x4"),
        ("float32-no-rows.npy", npy_bytes(f4[:0]), "read", "0x4"),
        ("float64.npy", npy_bytes(matrix(3)), "refuse", "element type <f8"),
        ("int32.npy", npy_bytes(np.arange(12, dtype="<i4").reshape(3, 4)), "refuse", "element type <i4"),
        ("one-dimension.npy", npy_bytes(f4.ravel()), "refuse", "shape (12,)"),
        ("fortran-order.npy", npy_bytes(np.asfortranarray(f4)), "refuse", "fortran_order True"),
        ("big-endian.npy", npy_bytes(f4.astype(">f4")), "refuse", "element type >f4"),
        ("bad-magic.npy", b"\x93NUMPX" + good[6:], "refuse", "not an npy file"),
        ("truncated-header.npy", good[:40], "refuse", "header ends at byte 40 instead of 128"),
        ("truncated-data.npy", good[:-6], "refuse", "170 bytes instead of 176"),
        ("trailing-data.npy", good + b"\0\0\0\0", "refuse", "180 bytes instead of 176"),
        ("huge-shape.npy", huge.getvalue() + good[128:], "refuse", "176 bytes instead of 48000000128"),
    ]
    for name, content, _, _ in files:
        (out / name).write_bytes(content)
    save_csv(out / "expected.csv", ["file", "verdict", "detail"], [[n, v, d] for n, _, v, d in files])


def clip_retrieval(out) -> None:
    start = 0
    (out / "metadata").mkdir(parents=True, exist_ok=True)
    for shard, rows in enumerate((5, 3)):
        save(out / "img_emb" / f"img_emb_{shard}.npy", matrix(rows, start).astype("<f2"))
        index = range(start, start + rows)
        table = pa.table({
            "image_path": pa.array([f"images/{i:09d}.jpg" for i in index], pa.string()),
            "caption": pa.array([None if i == 2 else f"a pear, n\u00ba {i} \U0001f350" for i in index], pa.string()),
            "key": pa.array([f"{i:09d}" for i in index], pa.string()),
        })
        pq.write_table(table, out / "metadata" / f"metadata_{shard}.parquet", compression="snappy")
        start += rows


def main() -> None:
    args = parser(__doc__).parse_args()
    print_versions("numpy", "pyarrow")
    out = args.out / FIXTURES
    out.mkdir(parents=True, exist_ok=True)
    npy_files(out)
    clip_retrieval(out / "clip-retrieval")


if __name__ == "__main__":
    main()
