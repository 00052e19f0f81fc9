"""Image collections as other tools write them: webdataset tars and img2dataset's three output formats (their layout, made
with webdataset, tarfile and pyarrow), a Hugging Face Parquet file, and tars with long names. A few hundred bytes an image.

expected.csv lists for every collection, in order: id, SHA-256 of the image's bytes, caption, url, width (empty where the
source says nothing).
"""

import hashlib
import io
import json
import shutil
import tarfile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import webdataset
from PIL import Image

from golden_files import parser, print_versions, save_csv

FIXTURES = "core/src/test/resources/io/semblance/core/collection/fixtures"


def image(seed: int, kind: str = "jpeg") -> bytes:
    out = io.BytesIO()
    pixels = np.random.default_rng(seed).integers(0, 256, (6, 5 + seed % 3, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(out, kind)
    return out.getvalue()


def row(n: int, ok: bool = True) -> dict:
    """One row of img2dataset's Parquet."""
    return {
        "url": f"http://localhost/{n}.jpg",
        "caption": f"a picture, number {n} \u00e9",
        "licence": None if n % 2 else "CC-BY",
        "key": f"{n:09d}",
        "status": "success" if ok else "failed_to_download",
        "error_message": None if ok else "HTTP Error 404: Not Found",
        "width": 5 + n % 3 if ok else None,
        "height": 6 if ok else None,
        "original_width": 50 if ok else None,
        "original_height": 60 if ok else None,
        "exif": "{}" if ok else None,
        "sha256": hashlib.sha256(image(n)).hexdigest() if ok else None,
    }


def expect(rows: list, collection: str, id: str, data: bytes, about: dict) -> None:
    rows.append([collection, id, hashlib.sha256(data).hexdigest(), about.get("caption"), about.get("url"), about.get("width")])


def reproducible(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))


def tars(folder, expected: list) -> None:
    """00000.tar has its Parquet beside it, 00001.tar only JSON and texts, 00002.tar texts only, 00003.tar nothing."""
    folder.mkdir(parents=True)
    for shard in range(4):
        name = f"{shard:05d}"
        numbers = [10 * shard + i for i in (2, 0, 1)]
        with webdataset.TarWriter(str(folder / f"{name}.tar"), mtime=0, user="u", group="g") as tar:
            for n in numbers:
                about = row(n)
                sample = {"__key__": about["key"], "jpg": image(n)}
                if shard < 3:
                    sample["txt"] = about["caption"]
                if shard < 2:
                    sample["json"] = json.dumps(about).encode()
                tar.write(sample)
                known = about if shard < 2 else {"caption": about["caption"]} if shard == 2 else {}
                expect(expected, "tars", f"{name}.tar/{about['key']}.jpg", image(n), known)
        if shard == 0:
            rows = [row(n) for n in sorted(numbers)] + [row(7, ok=False)]
            pq.write_table(pa.Table.from_pylist(rows), folder / f"{name}.parquet")
        (folder / f"{name}_stats.json").write_text(json.dumps({"count": len(numbers), "successes": len(numbers)}))


def files(folder, expected: list) -> None:
    for shard in range(2):
        name = f"{shard:05d}"
        (folder / name).mkdir(parents=True)
        for n in (10 * shard, 10 * shard + 1):
            about = row(n)
            stem = folder / name / about["key"]
            stem.with_suffix(".jpg").write_bytes(image(n))
            stem.with_suffix(".txt").write_text(about["caption"] + "\n")
            stem.with_suffix(".json").write_text(json.dumps(about))
            expect(expected, "files", f"{name}/{about['key']}.jpg", image(n), about)
        pq.write_table(pa.Table.from_pylist([row(n) for n in (10 * shard, 10 * shard + 1)]), folder / f"{name}.parquet")


def parquets(folder, expected: list) -> None:
    """img2dataset's format `parquet`: bytes in a column named after the encoding, null where a download failed."""
    folder.mkdir(parents=True)
    for shard in range(2):
        name = f"{shard:05d}"
        rows = []
        for n in (10 * shard, 10 * shard + 1, 10 * shard + 2):
            ok = n != 1
            rows.append(row(n, ok) | {"jpg": image(n) if ok else None})
            if ok:
                expect(expected, "parquets", f"{name}.parquet/{rows[-1]['key']}", image(n), rows[-1])
        pq.write_table(pa.Table.from_pylist(rows), folder / f"{name}.parquet", row_group_size=2)


def hugging_face(file, expected: list) -> None:
    kind = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
    images = [{"bytes": image(n, "png"), "path": f"{n}.png"} for n in range(5)]
    table = pa.table({"image": pa.array(images, kind), "label": pa.array(range(5)), "text": [f"number {n}" for n in range(5)]})
    pq.write_table(table, file)
    for n in range(5):
        expect(expected, "hugging-face.parquet", f"{n}.png", image(n, "png"), {})


def long_names(folder, expected: list) -> None:
    """Names over 100 bytes, as GNU tar and as POSIX pax write them; names that are not ASCII; a folder, a link."""
    folder.mkdir(parents=True)
    for name, format in (("gnu", tarfile.GNU_FORMAT), ("pax", tarfile.PAX_FORMAT), ("ustar", tarfile.USTAR_FORMAT)):
        with tarfile.open(folder / f"{name}.tar", "w", format=format) as tar:
            tar.addfile(directory := tarfile.TarInfo("deep"))
            directory.type = tarfile.DIRTYPE
            link = tarfile.TarInfo("link.jpg")
            link.type, link.linkname = tarfile.SYMTYPE, "elsewhere.jpg"
            tar.addfile(link)
            long = "deep/" + "a" * 60 + "/" + "b" * 60 + ".jpg"
            for n, member in enumerate([long, "caf\u00e9.png", "./plain.jpg"]):
                reproducible(tar, member, image(n))
                expect(expected, "names", f"{name}.tar/{member.removeprefix('./')}", image(n), {})


def main() -> None:
    args = parser(__doc__).parse_args()
    print_versions("numpy", "pillow", "pyarrow", "webdataset")
    folder = args.out / FIXTURES
    shutil.rmtree(folder, ignore_errors=True)
    expected = []
    tars(folder / "tars", expected)
    files(folder / "files", expected)
    parquets(folder / "parquets", expected)
    hugging_face(folder / "hugging-face.parquet", expected)
    long_names(folder / "names", expected)
    save_csv(folder / "expected.csv", ["collection", "id", "sha256", "caption", "url", "width"], expected)


if __name__ == "__main__":
    main()
