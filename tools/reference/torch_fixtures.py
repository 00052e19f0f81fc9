"""Look-alikes of the files that numpy, torch and safetensors users have, and what is in them.

Everything is drawn from a fixed seed and small; run again, it is the same bytes but for the *legacy* files, in which torch
names storages by their address. values.json says what each readable file holds, as nested JSON: a number
is {"real": x}, {"int": "n"} or true/false/null, a text is a text, an array is {"dtype", "shape", "values"} with the
values row-major as doubles, and collections are {"list": [...]}, {"tuple": [...]}, {"set": [...]} and
{"dict": [[key, value], ...]}. refused.csv lists the files that must be refused, each with a part of the sentence.

The layout of the AbC files follows shared/design/attribution.md, "Interoperation".
"""

import collections
import datetime
import io
import json
import pathlib
import pickle
import struct
import zipfile

import ml_dtypes
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import safetensors.torch
import torch

from golden_files import parser, print_versions, save_csv

FIXTURES = "core/src/test/resources/io/semblance/core/array/fixtures"
DTYPES = [torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.float8_e4m3fn, torch.float8_e5m2,
          torch.float8_e4m3fnuz, torch.float8_e5m2fnuz, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8,
          torch.uint16, torch.uint32, torch.uint64, torch.bool]
NUMPY = ["f8", "f4", "f2", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1", "b1"]


def number(x):
    x = float(x)
    return repr(x) if x != x or x in (float("inf"), float("-inf")) else x


def describe(value):
    match value:
        case None | True | False | str():
            return value
        case int():
            return {"int": str(value)}
        case float():
            return {"real": number(value)}
        case bytes() | bytearray():
            return {"bytes": value.hex()}
        case torch.Tensor():
            dense = value.detach().contiguous()
            name = str(value.dtype).removeprefix("torch.")
            if dense.dtype in (torch.uint64, torch.int64, torch.uint32, torch.uint16):
                flat = [float(v) for v in dense.flatten().tolist()]
            else:
                flat = dense.to(torch.float64).flatten().tolist()
            return {"dtype": name, "shape": list(value.shape), "values": [number(v) for v in flat]}
        case np.ndarray() | np.generic():
            array = np.asarray(value)
            if array.dtype.kind in "US":
                texts = [t.decode() if isinstance(t, bytes) else str(t) for t in array.ravel().tolist()]
                return {"dtype": "text", "shape": list(array.shape), "values": texts}
            return {"dtype": array.dtype.name, "shape": list(array.shape),
                    "values": [number(v) for v in array.ravel().tolist()]}
        case torch.dtype():
            return {"name": str(value)}
        case dict():
            return {"dict": [[describe(k), describe(v)] for k, v in value.items()]}
        case list():
            return {"list": [describe(v) for v in value]}
        case tuple():
            return {"tuple": [describe(v) for v in value]}
        case set() | frozenset():
            return {"set": [describe(v) for v in value]}
        case _:
            raise TypeError(type(value))


class Fixtures:
    """Collects what was written."""

    def __init__(self, out: pathlib.Path):
        self.out = out
        self.values: dict[str, object] = {}
        self.refused: list[tuple[str, str]] = []
        out.mkdir(parents=True, exist_ok=True)

    def path(self, name: str) -> pathlib.Path:
        (self.out / name).parent.mkdir(parents=True, exist_ok=True)
        return self.out / name

    def good(self, name: str, value) -> None:
        self.values[name] = describe(value)

    def bad(self, name: str, data: bytes, sentence: str) -> None:
        self.path(name).write_bytes(data)
        self.refused.append((name, sentence))

    def torch(self, name: str, value, **options) -> None:
        # Through a buffer: a path would become the name of the archive's folder.
        buffer = io.BytesIO()
        torch.save(value, buffer, **options)
        self.path(name).write_bytes(buffer.getvalue())
        self.good(name, value)

    def pickle(self, name: str, value, protocol: int) -> None:
        self.path(name).write_bytes(pickle.dumps(value, protocol=protocol))
        self.good(name, value)


def every_bit(dtype: torch.dtype) -> torch.Tensor:
    """Numbers at which decoding goes wrong: zeros, the smallest, the largest, infinities, both signs."""
    if dtype == torch.bool:
        return torch.tensor([False, True, True])
    if not dtype.is_floating_point:
        info = torch.iinfo(dtype)
        return torch.tensor([0, 1, info.max, info.min, info.max - 1, 7], dtype=dtype)
    if dtype.itemsize == 1:
        return torch.arange(256, dtype=torch.int64).to(torch.uint8).view(dtype)
    info = torch.finfo(dtype)
    values = [0.0, -0.0, 1.0, -1.5, info.max, info.min, info.tiny, info.tiny / 4, float("inf"), -float("inf"),
              float("nan"), 1 / 3]
    return torch.tensor(values, dtype=torch.float64).to(dtype)


def abc_files(f: Fixtures, rng) -> None:
    def features(n, d=6):
        x = torch.from_numpy(rng.standard_normal((n, d)).astype("float32"))
        return x / x.norm(dim=1, keepdim=True)

    f.torch("laion_subset.pth", {"feats": features(7), "paths": [f"laion/{i:05d}.jpg" for i in range(6)] + ["laion/é.jpg"]})
    schemes = ("gpt", "object")
    f.torch("test.pth", {
        "exemplar_paths": [f"exemplar/{i}.jpg" for i in range(5)],
        "exemplar_chunks": [(0, 2), (2, 5)],
        "exemplar_tensors": features(5),
        "synth_paths": {s: [f"synth/{s}/{i}.png" for i in range(4)] for s in schemes},
        "synth_ids": {s: torch.tensor([0, 0, 1, 1]) for s in schemes},
        "synth_tensors": {s: features(4).half() for s in schemes},
    })
    torch.manual_seed(1)
    affine = torch.nn.Linear(6, 6)
    f.torch("mapper-affine.pth", {"real_mapper": affine.state_dict(), "synth_mapper": torch.nn.Linear(6, 6).state_dict()})
    f.torch("mapper-channel.pth", {k: collections.OrderedDict(weights=torch.rand(1, 6)) for k in ("real_mapper", "synth_mapper")})

    def mlp():
        net = torch.nn.Sequential(
            torch.nn.Linear(6, 8, bias=False), torch.nn.BatchNorm1d(8), torch.nn.ReLU(), torch.nn.Identity(),
            torch.nn.Linear(8, 4, bias=False), torch.nn.BatchNorm1d(4, affine=False))
        net(torch.rand(16, 6))
        return net.state_dict()

    f.torch("mapper-mlp.pth", {"real_mapper": mlp(), "synth_mapper": mlp()})
    f.torch("calibrator.pth", {"inv_tau": torch.tensor(37.5), "bias": torch.tensor(0.25)})


def torch_files(f: Fixtures) -> None:
    everything = {str(d).removeprefix("torch."): every_bit(d) for d in DTYPES}
    f.torch("dtypes.pth", everything)
    base = torch.arange(24, dtype=torch.float32).reshape(4, 6)
    half = torch.arange(12).half()
    views = {
        "base": base, "transposed": base.t(), "narrowed": base[1:3, 2:5], "strided": base[::2, ::3],
        "column": base[:, 1], "expanded": torch.tensor([5.0, 6.0]).unsqueeze(1).expand(2, 3),
        "permuted": torch.arange(24).reshape(2, 3, 4).permute(2, 0, 1), "scalar": torch.tensor(3.5),
        "empty": torch.empty(0, 5), "one": torch.tensor([[[2]]], dtype=torch.int8), "tail": half[7:],
    }
    f.torch("views.pth", views)
    f.torch("legacy.pth", {**views, **{k: v for k, v in everything.items() if k not in ("uint16", "uint32", "uint64")
                                       and not k.startswith("float8")}}, _use_new_zipfile_serialization=False)
    parameter = torch.nn.Parameter(torch.ones(2, 3))
    f.torch("parameters.pth", {"weight": parameter, "frozen": torch.nn.Parameter(torch.zeros(2), requires_grad=False),
                               "tied": parameter})
    model = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.Linear(2, 2))
    for protocol in (2, 3, 4, 5):
        f.torch(f"protocol{protocol}.pth", {"state": model.state_dict(), "numbers": [0, -1, 255, 65536, 2**40, -2**70],
                                            "reals": (0.1, float("inf")), "size": tuple(base.shape),
                                            "type": torch.float16, "none": None, "yes": True, "no": False,
                                            "text": "ä€😀", "bytes": b"\0\xff\n", "set": {"x"}, 5: "int key"},
                pickle_protocol=protocol)
    f.torch("single.pth", base)
    f.torch("legacy-single.pth", base.t(), _use_new_zipfile_serialization=False)
    f.values["legacy-single.pth"] = describe(base.t())
    big_endian(f)
    # What torch.jit.save writes, without the paths of this machine that it keeps for stack traces.
    scripted = io.BytesIO()
    with zipfile.ZipFile(scripted, "w") as archive:
        for name in ("data.pkl", "constants.pkl", "code/__torch__.py", "version"):
            archive.writestr(zipfile.ZipInfo(f"script/{name}"), pickle.dumps(None))
    f.bad("script.pt", scripted.getvalue(), "TorchScript")


def big_endian(f: Fixtures) -> None:
    """The same tensors as a big-endian machine writes them: every element turned, and a record that says so."""
    tensors = {"f": torch.tensor([1.5, -2.25]), "i": torch.tensor([1, -2, 2**40]), "b": torch.tensor([1, 2], dtype=torch.uint8)}
    buffer = io.BytesIO()
    torch.save(tensors, buffer)
    sizes = {"0": 4, "1": 8, "2": 1}
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = old.read(info.filename)
            key = info.filename.rpartition("data/")[2]
            if info.filename.endswith("byteorder"):
                data = b"big"
            elif key in sizes:
                data = b"".join(data[i:i + sizes[key]][::-1] for i in range(0, len(data), sizes[key]))
            new.writestr(zipfile.ZipInfo(info.filename), data)
    f.path("big-endian.pth").write_bytes(out.getvalue())
    f.good("big-endian.pth", tensors)


def pickles(f: Fixtures, rng) -> None:
    influence = {"random": {"rank": np.array([2, 0, 1]), "influence": rng.standard_normal(3)},
                 "scores": np.arange(6, dtype=">f4").reshape(2, 3), "fortran": np.asfortranarray(np.arange(6).reshape(2, 3)),
                 "one": np.float32(1.5), "n": np.int64(7), "yes": np.bool_(True), "names": np.array(["a", "bcd", "é"]),
                 "raw": np.array([b"x", b"yz"])}
    for protocol in range(6):
        f.pickle(f"influence-{protocol}.pkl", influence, protocol)
    old_names = pickle.dumps(influence, protocol=2).replace(b"numpy._core", b"numpy.core")
    f.path("influence-old-numpy.pkl").write_bytes(old_names)
    f.good("influence-old-numpy.pkl", influence)
    plain = {"list": [1, [2, [3.5]]], "tuple": (1, "two", None), "bool": [True, False], "big": [2**64, -2**64, 2**31, -2**31],
             "text": "tab\tnew\nline \\ ä 😀", "bytes": b"\x00\xfe'\"\n\\", "empty": [(), [], {}, "", b""], "shared": None,
             "ordered": collections.OrderedDict([("b", 1), ("a", 2)]), "real": [0.1, -0.0, 1e300, float("nan")],
             "frozen": frozenset(["x"]), "array": bytearray(b"ab")}
    plain["shared"] = [plain["list"], plain["list"]]
    for protocol in range(6):
        f.pickle(f"plain-{protocol}.pkl", plain, protocol)
    # As Python 2 wrote them: 'str' by BINSTRING, OrderedDict from a list of pairs, old module names.
    f.path("python2.pkl").write_bytes(
        b"\x80\x02}q\x00(U\x05pathsq\x01]q\x02(U\x05a.jpgq\x03U\x06\xc3\xa9.jpgq\x04eU\x01oq\x05ccollections\nOrderedDict\n"
        b"q\x06]q\x07]q\x08(U\x01kq\tK\x05ea\x85q\nRq\x0bU\x01sq\x0cc__builtin__\nset\nq\r]q\x0eK\x01a\x85q\x0fRq\x10"
        b"u.")
    f.good("python2.pkl", {"paths": ["a.jpg", "é.jpg"], "o": {"k": 5}, "s": {1}})


class Calls:
    """Asks for a call when it is unpickled."""

    def __init__(self, function, *args):
        self.call = (function, args)

    def __reduce__(self):
        return self.call


class Stranger:
    pass


def malicious(f: Fixtures) -> None:
    import os
    for protocol in (0, 2, 4):
        f.bad(f"evil/os-system-{protocol}.pkl", pickle.dumps(Calls(os.system, "echo gotcha"), protocol=protocol),
              f"asks for '{os.name}.system'")
        f.bad(f"evil/eval-{protocol}.pkl", pickle.dumps(Calls(eval, "1"), protocol=protocol), ".eval'")
    f.bad("evil/deep.pkl", pickle.dumps({"feats": [1, 2, {"x": Calls(print)}]}), "asks for 'builtins.print'")
    f.bad("evil/stranger.pkl", pickle.dumps(Stranger()), ".Stranger'")
    f.bad("evil/getattr.pkl", b"\x80\x04\x8c\x08builtins\x8c\x07getattr\x93\x8c\x02os\x8c\x06system\x86R.", "'builtins.getattr'")
    f.bad("evil/dotted.pkl", b"\x80\x04\x8c\x05torch\x8c\x19_utils._rebuild_tensor_v2\x93.", "'torch._utils._rebuild_tensor_v2'")
    f.bad("evil/inst.pkl", b"(S'echo'\nios\nsystem\n.", "asks for 'os.system'")
    f.bad("evil/obj.pkl", b"(cos\nsystem\nS'echo'\no.", "asks for 'os.system'")
    f.bad("evil/extension.pkl", b"\x80\x02\x82\x05.", "copyreg extension.5")
    for module, name in [("torch.storage", "_load_from_bytes"), ("torch", "load"), ("torch.hub", "load"),
                         ("torch.jit._serialization", "load"), ("torch._utils", "_rebuild_from_type_v2"),
                         ("torch._utils", "_import_dotted_name"), ("numpy", "load"), ("numpy.testing._private.utils", "runstring"),
                         ("pathlib", "PosixPath"), ("runpy", "_run_code"), ("functools", "partial"), ("torch.serialization", "load")]:
        f.bad(f"evil/{module}.{name}.pkl", b"\x80\x02c" + f"{module}\n{name}\n".encode() + b"(tR.", f"'{module}.{name}'")
    f.bad("evil/complex.pkl", pickle.dumps(1j), "'builtins.complex'")
    buffer = io.BytesIO()
    torch.save({"feats": torch.ones(2, 2), "run": Calls(os.system, "echo gotcha")}, buffer)
    f.bad("evil/os-system.pth", buffer.getvalue(), f"asks for '{os.name}.system'")
    buffer = io.BytesIO()
    torch.save({"feats": torch.ones(2, 2), "run": Calls(eval, "1")}, buffer, _use_new_zipfile_serialization=False)
    f.bad("evil/eval-legacy.pth", buffer.getvalue(), "asks for '__builtin__.eval'")
    f.bad("evil/object-array.pkl", pickle.dumps(np.array([1, "a"], dtype=object)), "array of Python objects")
    f.bad("evil/complex-array.pkl", pickle.dumps(np.ones(2, dtype="complex64")), "numpy array of 'c8'")
    f.bad("evil/dates.pkl", pickle.dumps(np.array(["2020-01-01"], dtype="datetime64[D]")), "numpy")
    f.bad("evil/date.pkl", pickle.dumps(datetime.date(2020, 1, 1)), "'datetime.date'")
    buffer = io.BytesIO()
    torch.save(torch.tensor([1 + 2j]), buffer)
    f.bad("evil/complex.pth", buffer.getvalue(), "'torch.ComplexFloatStorage'")
    buffer = io.BytesIO()
    torch.save(torch.eye(2).to_sparse(), buffer)
    f.bad("evil/sparse.pth", buffer.getvalue(), "_rebuild_sparse_tensor'")
    # Bombs: a list that holds itself, lists of lists ten times over, a number of many digits, a far place of the memo.
    f.bad("evil/cycle.pkl", b"\x80\x02]q\x00h\x00a.", "holds itself")
    laughs = b"\x80\x02]q\x00" + b"".join(b"](" + b"h" + bytes([i]) * 1 + (b"h" + bytes([i])) * 9 + b"eq" + bytes([i + 1])
                                           for i in range(12)) + b"."
    f.bad("evil/laughs.pkl", laughs, "hold each other")
    f.bad("evil/nested.pkl", b"\x80\x02" + b"(" * 5000 + b"l" * 5000 + b".", "deep")
    f.bad("evil/digits.pkl", b"L" + b"9" * 100000 + b"L\n.", "digits")
    f.bad("evil/memo.pkl", b"\x80\x02Nr\xff\xff\xff\x7f.", "memo")
    f.bad("evil/length.pkl", b"\x80\x04\x8d\xff\xff\xff\xff\xff\xff\xff\x7fabc.", "bytes should follow")


def npy_files(f: Fixtures, rng) -> None:
    def npy(name, array, version=None):
        buffer = io.BytesIO()
        np.lib.format.write_array(buffer, array, version=version)
        f.path(f"npy/{name}.npy").write_bytes(buffer.getvalue())
        f.good(f"npy/{name}.npy", array)

    for code in NUMPY:
        dtype = np.dtype(code)
        if dtype.kind == "f":
            info = np.finfo(dtype)
            values = [0, -0.0, 1 / 3, info.max, info.tiny, np.inf, np.nan, -2]
        elif dtype.kind == "b":
            values = [0, 1] * 4
        else:
            info = np.iinfo(dtype)
            values = [0, 1, info.max, info.min, info.max - 1, 3, 4, 5]
        array = np.array(values).astype(dtype) if dtype.kind == "f" else np.array(values, dtype=dtype)
        npy(code, array.reshape(2, 4))
        if dtype.itemsize > 1:
            npy(f"{code}-big", array.reshape(2, 4).astype(dtype.newbyteorder(">")))
    x = np.arange(24, dtype="<f4")
    npy("fortran", np.asfortranarray(x.reshape(4, 6)))
    npy("fortran3", np.asfortranarray(x.reshape(2, 3, 4)))
    npy("scalar", np.array(2.5))
    npy("vector", x)
    npy("cube", x.reshape(2, 3, 4))
    npy("none", x[:0].reshape(0, 6))
    npy("version2", x.reshape(4, 6), (2, 0))
    npy("version3", x.reshape(4, 6), (3, 0))
    npy("names", np.array(["a.jpg", "é.jpg", "😀"]))
    npy("names-big", np.array(["a.jpg", "é"]).astype(">U5"))
    npy("bytes", np.array([b"a.jpg", b"bc"]))
    for name, array, sentence in [
            ("complex", np.ones(2, dtype="c8"), "complex numbers"), ("object", np.array([None, 1]), "Python objects"),
            ("records", np.ones(2, dtype=[("a", "f4"), ("b", "i4")]), "records of several fields"),
            ("bfloat16", np.ones(2, dtype=ml_dtypes.bfloat16), "perhaps bfloat16"),
            ("dates", np.array(["2020-01-01"], dtype="M8[D]"), "elements of type")]:
        buffer = io.BytesIO()
        np.save(buffer, array, allow_pickle=True)
        f.bad(f"npy/bad-{name}.npy", buffer.getvalue(), sentence)
    feats = rng.standard_normal((5, 4)).astype("float16")
    content = {"feats": feats, "paths": np.array([f"{i}.jpg" for i in range(5)]), "epoch": np.array(3)}
    for name, write in [("stored", np.savez), ("compressed", np.savez_compressed)]:
        buffer = io.BytesIO()
        write(buffer, **content)
        f.path(f"npz/{name}.npz").write_bytes(buffer.getvalue())
        f.good(f"npz/{name}.npz", content)


def vectors(f: Fixtures, rng) -> None:
    x = rng.standard_normal((5, 4)).astype("<f4")
    b = rng.integers(0, 256, (5, 4)).astype("u1")
    i = rng.integers(-5, 5, (5, 4)).astype("<i4")
    lengths = np.full((5, 1), 4, dtype="<i4")
    for name, array in [("fvecs", x), ("bvecs", b), ("ivecs", i)]:
        rows = np.concatenate([lengths.view("u1").reshape(5, 4), array.view("u1").reshape(5, -1)], axis=1)
        f.path(f"vectors/x.{name}").write_bytes(rows.tobytes())
        f.good(f"vectors/x.{name}", array)
    for name, array in [("fbin", x), ("u8bin", b), ("i8bin", i.astype("i1")), ("ibin", i)]:
        f.path(f"vectors/x.{name}").write_bytes(struct.pack("<II", 5, 4) + array.tobytes())
        f.good(f"vectors/x.{name}", array)


def safetensors_files(f: Fixtures) -> None:
    tensors = {str(d).removeprefix("torch."): every_bit(d) for d in DTYPES}
    tensors |= {"scalar": torch.tensor(1.5), "matrix": torch.arange(6.0).reshape(2, 3), "none": torch.empty(0, 4)}
    f.path("safetensors/all.safetensors").write_bytes(safetensors.torch.save(tensors, metadata={"model": "toy ä", "n": "3"}))
    f.good("safetensors/all.safetensors", tensors)
    f.path("safetensors/single.safetensors").write_bytes(safetensors.torch.save({"embeddings": torch.arange(12.0).reshape(3, 4)}))
    f.good("safetensors/single.safetensors", {"embeddings": torch.arange(12.0).reshape(3, 4)})

    def raw(header: bytes, data: bytes) -> bytes:
        return struct.pack("<Q", len(header)) + header + data

    def tensor(a, b, shape=(1,), dtype="F32"):
        return {"dtype": dtype, "shape": list(shape), "data_offsets": [a, b]}

    def js(**tensors):
        return json.dumps(tensors).encode()

    one = json.dumps(tensor(0, 4))
    for name, data, sentence in [
            ("hole", raw(js(a=tensor(0, 4), b=tensor(8, 12)), bytes(12)), "byte 4 comes next"),
            ("overlap", raw(js(a=tensor(0, 4), b=tensor(0, 4)), bytes(4)), "byte 4 comes next"),
            ("short", raw(js(a=tensor(0, 4)), bytes(2)), "truncated"),
            ("long", raw(js(a=tensor(0, 4)), bytes(8)), "damaged"),
            ("size", raw(js(a=tensor(0, 4, (2,))), bytes(4)), "tensor 'a'"),
            ("huge", raw(js(a=tensor(0, 4, (2**62, 8))), bytes(4)), "impossible shape"),
            ("negative", raw(js(a=tensor(0, 4, (-1,))), bytes(4)), "lacks a dtype"),
            ("twice", raw(f'{{"a":{one},"a":{one}}}'.encode(), bytes(4)), "unreadable header"),
            ("dtype", raw(js(a=tensor(0, 8, (1,), "C64")), bytes(8)), "'C64'"),
            ("length", struct.pack("<Q", 10**12) + b"{}", "100000000 are allowed"),
            ("json", raw(b"[1,2]", b""), "no JSON object"), ("text", b"hello world, no tensors here", "allowed")]:
        f.bad(f"safetensors/bad-{name}.safetensors", data, sentence)


def parquets(f: Fixtures, rng) -> None:
    x = rng.standard_normal((6, 4)).astype("float32")
    ids = [f"{i:09d}" for i in range(6)]
    columns = {"key": pa.array(ids), "url": pa.array([f"https://example.org/{i}?a=b,c" for i in range(6)]),
               "caption": pa.array([None if i == 2 else f"pear nº {i}" for i in range(6)]), "width": pa.array(range(6))}
    kinds = {
        "list-float": pa.array(x.tolist(), pa.list_(pa.float32())),
        "list-double": pa.array(x.astype("float64").tolist(), pa.list_(pa.float64())),
        "list-half": pa.array([list(r) for r in x.astype("float16")], pa.list_(pa.float16())),
        "fixed": pa.array(x.tolist(), pa.list_(pa.float32(), 4)),
        "large-list": pa.array(x.tolist(), pa.large_list(pa.float32())),
    }
    for name, column in kinds.items():
        pq.write_table(pa.table({**columns, "embedding": column}), f.path(f"parquet/{name}.parquet"), row_group_size=4)
        f.good(f"parquet/{name}.parquet", x.astype("float16") if name == "list-half" else x)
    pq.write_table(pa.table({"id": pa.array(range(6)), "embeddings": kinds["list-float"]}), f.path("parquet/numbers.parquet"))
    f.good("parquet/numbers.parquet", x)
    for part in range(2):
        table = pa.table({**columns, "embedding": kinds["list-float"]}).slice(3 * part, 3)
        pq.write_table(table, f.path(f"parquet/parts/part_{9 + part}.parquet"))
    f.good("parquet/parts", x)
    for name, column, sentence in [
            ("ragged", pa.array([[1.0, 2.0], [3.0], [1.0, 2.0]]), "numbers"),
            ("null", pa.array([[1.0, 2.0], None, [1.0, 2.0]]), "no embedding"),
            ("hole", pa.array([[1.0, None], [1.0, 2.0], [1.0, 2.0]]), "embedding"),
            ("text", pa.array(["a", "b", "c"]), "embedding")]:
        buffer = io.BytesIO()
        pq.write_table(pa.table({"key": pa.array(["a", "b", "c"]), "embedding": column}), buffer)
        f.bad(f"parquet/bad-{name}.parquet", buffer.getvalue(), sentence)
    for number in (9, 10, 100):
        np.save(f.path(f"npy-folder/emb_{number}.npy"), x[:2].astype("float16") + number)
    f.good("npy-folder", np.concatenate([x[:2].astype("float16") + n for n in (9, 10, 100)]))


def main() -> None:
    args = parser(__doc__).parse_args()
    print_versions("numpy", "torch", "safetensors", "pyarrow")
    f = Fixtures(args.out / FIXTURES)
    rng = np.random.default_rng(2306_09345)
    abc_files(f, rng)
    torch_files(f)
    pickles(f, rng)
    malicious(f)
    npy_files(f, rng)
    vectors(f, rng)
    safetensors_files(f)
    parquets(f, rng)
    (f.out / "values.json").write_text(json.dumps(f.values, ensure_ascii=False, indent=None, separators=(",", ":"))
                                       .replace('},"', '},\n"') + "\n", encoding="utf-8")
    save_csv(f.out / "refused.csv", ["file", "sentence"], f.refused)


if __name__ == "__main__":
    main()
