"""Small image files of every format and kind, and what Pillow makes of their pixels.

Drawings by code only. formats.csv lists each file with the mode and size that Pillow finds, the SHA-256 of all height *
width * 3 bytes of RGB (transparency on white, as efficientnet_lite0.rgb) and 16 pixels for diagnosis, at columns i * width
// 4 and rows j * height // 4, row by row, six hexadecimal digits each. Further hashes where options matter: `upright` with
EXIF orientation applied, `saturated` with 16-bit grey as Pillow has it (`sha256` is then that of the high bytes).

Two command-line tools make what Pillow cannot write: cjpeg of libjpeg-turbo (Debian: libjpeg-turbo-progs 2.1.5) and
tiffcp of libtiff (libtiff-tools 4.5.0). Their files are only hashed, not made again, where the tools are missing.
"""

import hashlib
import io
import shutil
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from draw_fixtures import noise, shapes, with_alpha
from efficientnet_lite0 import rgb
from golden_files import parser, print_versions, save_csv

FOLDER = "core/src/test/resources/io/semblance/core/image/formats"
MAX_BYTES = 1_000_000
ORIENTATION = 0x0112


def encoded(image: Image.Image, format: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def tool(command: list[str], data: bytes) -> bytes | None:
    """A command that reads one file and writes another; None where it is not installed."""
    if not shutil.which(command[0]):
        return None
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in"), Path(folder, "out")
        source.write_bytes(data)
        if command[0] == "cjpeg":
            target.write_bytes(subprocess.run([*command, source], check=True, stdout=subprocess.PIPE).stdout)
        else:
            subprocess.run([*command, source, target], check=True, capture_output=True)
        return target.read_bytes()


# --- JPEG


def jpegs(image: Image.Image):
    for name, quality, options in (
        ("444", 85, {"subsampling": "4:4:4"}), ("422", 85, {"subsampling": "4:2:2"}), ("420", 60, {"subsampling": "4:2:0"}),
        ("411", 75, {"subsampling": "4:1:1"}), ("best", 100, {}), ("worst", 1, {}), ("optimized", 90, {"optimize": True}),
        ("progressive-420", 80, {"progressive": True}), ("progressive-444", 92, {"progressive": True, "subsampling": 0}),
        ("restart", 75, {"restart_marker_blocks": 3}), ("progressive-restart", 75, {"progressive": True, "restart_marker_rows": 1}),
        ("rgb", 85, {"keep_rgb": True}),
    ):
        yield f"jpeg-{name}.jpg", encoded(image, "JPEG", quality=quality, **options)
    yield "jpeg-gray.jpg", encoded(image.convert("L"), "JPEG", quality=80)
    yield "jpeg-gray-progressive.jpg", encoded(image.convert("L"), "JPEG", quality=80, progressive=True)
    cmyk = encoded(image.convert("CMYK"), "JPEG", quality=80)
    yield "jpeg-cmyk.jpg", cmyk
    yield "jpeg-ycck.jpg", edit(cmyk, b"Adobe", 11, 2)  # the same samples, said to be luma, chroma and black
    yield "jpeg-cmyk-without-adobe.jpg", without(cmyk, 0xEE)
    plain = encoded(image, "JPEG", quality=85)
    yield "jpeg-standard-tables.jpg", without(plain, 0xC4)
    yield "jpeg-without-jfif.jpg", without(plain, 0xE0)
    yield "jpeg-without-end.jpg", plain[:-2]
    yield "jpeg-stray-bytes.jpg", plain[:2] + b"\xff\xff" + plain[3:20] + b"\x00\x01\x02" + plain[20:]
    keep = encoded(image, "JPEG", quality=85, keep_rgb=True)
    yield "jpeg-rgb-named.jpg", without(keep, 0xEE)
    yield "jpeg-adobe-says-rgb.jpg", with_adobe(without(plain, 0xE0), 0)
    yield "jpeg-adobe-says-ycc.jpg", with_adobe(without(keep, 0xEE), 1)
    ppm = encoded(image, "PPM")
    for sampling in ("1x2", "4x1", "1x4", "2x4", "4x2", "1x1,2x2,2x2", "2x2,2x1,1x2", "2x1,1x1,1x2"):
        yield f"jpeg-{sampling.replace(',', '-')}.jpg", tool(["cjpeg", "-quality", "85", "-sample", sampling], ppm)
    for name, options in (("arithmetic", []), ("arithmetic-progressive", ["-progressive"]), ("arithmetic-restart", ["-restart", "2B"])):
        yield f"jpeg-{name}.jpg", tool(["cjpeg", "-quality", "80", "-arithmetic", *options], ppm)
    scans = Path(tempfile.gettempdir(), "semblance-scans.txt")
    scans.write_text("0;\n1;\n2;\n")
    yield "jpeg-three-scans.jpg", tool(["cjpeg", "-quality", "80", "-scans", str(scans)], ppm)
    for width, height in ((1, 1), (2, 1), (1, 2), (3, 5), (8, 8), (9, 7), (16, 16), (17, 15), (33, 2)):
        yield f"jpeg-size-{width}x{height}.jpg", encoded(noise(width, height), "JPEG", quality=90)
    yield "jpeg-wide.jpg", encoded(noise(530, 9), "JPEG", quality=70, subsampling="4:2:2")


def segments(jpeg: bytes):
    """Offset and length, with the marker, of each block up to the first scan's data."""
    at = 2
    while True:
        length = 2 + struct.unpack_from(">H", jpeg, at + 2)[0]
        yield at, length
        if jpeg[at + 1] == 0xDA:
            return
        at += length


def without(jpeg: bytes, marker: int) -> bytes:
    for at, length in reversed(list(segments(jpeg))):
        if jpeg[at + 1] == marker:
            jpeg = jpeg[:at] + jpeg[at + length:]
    return jpeg


def with_adobe(jpeg: bytes, transform: int) -> bytes:
    return jpeg[:2] + b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00" + bytes([transform]) + jpeg[2:]


def edit(data: bytes, near: bytes, offset: int, value: int) -> bytes:
    at = data.index(near) + offset
    return data[:at] + bytes([value]) + data[at + 1:]


# --- PNG


def png(width, height, depth, color, rows, interlaced=False, chunks=()):
    """From samples: rows is height x width x channels, values as stored."""
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    def packed(part):
        out = b""
        for i, row in enumerate(part):
            flat = row.reshape(-1)
            if depth == 16:
                line = flat.astype(">u2").tobytes()
            elif depth == 8:
                line = flat.astype(np.uint8).tobytes()
            else:
                bits = ((flat[:, None] >> np.arange(depth - 1, -1, -1)) & 1).reshape(-1)
                line = np.packbits(bits.astype(np.uint8)).tobytes()
            out += bytes([2 if i and i % 2 else 0]) + (bytes((a - b) % 256 for a, b in zip(line, above)) if i and i % 2 else line)
            above = line
        return out

    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    data = b"".join(packed(rows[y::dy, x::dx]) for x, y, dx, dy in passes if rows[y::dy, x::dx].size) if interlaced else packed(rows)
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced))
    body = b"".join(chunk(name, content) for name, content in [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(data, 9)), (b"IEND", b"")])
    return b"\x89PNG\r\n\x1a\n" + body


def pngs(image: Image.Image):
    rng = np.random.default_rng(3)
    width, height = image.size
    for color, channels, depths in ((0, 1, (1, 2, 4, 8, 16)), (2, 3, (8, 16)), (3, 1, (1, 2, 4, 8)), (4, 2, (8, 16)), (6, 4, (8, 16))):
        for depth in depths:
            ramp = np.linspace(0, (1 << depth) - 1, width * height * channels).astype(np.uint16).reshape(height, width, channels)
            rows = np.where(rng.random(ramp.shape) < 0.3, rng.integers(0, 1 << depth, ramp.shape), ramp).astype(np.uint16)
            palette = [(b"PLTE", rng.integers(0, 256, 3 * (1 << depth), dtype=np.uint8).tobytes())] if color == 3 else []
            for interlaced in (False, True):
                name = f"png-{('gray', '', 'rgb', 'palette', 'gray-alpha', '', 'rgba')[color]}-{depth}{'-interlaced' if interlaced else ''}.png"
                yield name, png(width, height, depth, color, rows, interlaced, palette)
            if color in (0, 2):
                key = struct.pack(">" + channels * "H", *map(int, rows[3, 3]))
                yield f"png-{'gray' if color == 0 else 'rgb'}-{depth}-key.png", png(width, height, depth, color, rows, False, [(b"tRNS", key)])
            if color == 3:
                alpha = (b"tRNS", bytes(rng.integers(0, 256, max(1, (1 << depth) // 2), dtype=np.uint8)))
                yield f"png-palette-{depth}-alpha.png", png(width, height, depth, color, rows, False, [*palette, alpha])
    yield "png-animation.apng", encoded(image, "PNG", save_all=True, append_images=[image.rotate(20)])


# --- WebP


def webps(image: Image.Image):
    alpha = with_alpha(image)
    for name, picture, options in (
        ("lossy", image, {"quality": 70}), ("lossless", image, {"lossless": True}), ("lossy-alpha", alpha, {"quality": 60}),
        ("lossless-alpha", alpha, {"lossless": True}), ("1x1", noise(1, 1), {"quality": 90}), ("odd", noise(17, 5), {"quality": 30}),
    ):
        yield f"webp-{name}.webp", encoded(picture, "WEBP", **options)
    yield "webp-animation.webp", encoded(image, "WEBP", save_all=True, append_images=[image.rotate(20)], duration=50, quality=70)
    canvas = Image.new("RGBA", (image.width + 20, image.height + 12), (0, 0, 0, 0))
    canvas.paste(alpha, (10, 6))
    yield "webp-animation-offset.webp", encoded(canvas, "WEBP", save_all=True, append_images=[canvas.rotate(9)], duration=50, lossless=True, minimize_size=True)


# --- GIF


def gifs(image: Image.Image):
    for name, colors, options in (("2", 2, {}), ("13", 13, {"interlace": False}), ("256", 256, {"interlace": True}), ("transparent", 16, {"transparency": 3})):
        yield f"gif-{name}.gif", encoded(image.quantize(colors, dither=Image.Dither.NONE), "GIF", **options)
    yield "gif-gray.gif", encoded(image.convert("L"), "GIF")
    yield "gif-animation.gif", encoded(image, "GIF", save_all=True, append_images=[image.rotate(20)], duration=50, disposal=2)
    palette = bytes([10, 20, 30, 200, 40, 60, 70, 180, 90, 100, 110, 220])
    indices = [(x + y) % 4 for y in range(4) for x in range(5)]
    for name, options in (("offset", {}), ("offset-transparent", {"transparent": 2}), ("larger-than-screen", {"screen": (3, 3)}), ("interlaced", {"interlaced": True}), ("local-palette", {"local": palette[::-1]})):
        yield f"gif-{name}.gif", gif(palette, indices, 5, 4, **options)


def gif(palette, indices, width, height, screen=(9, 7), local=None, transparent=None, interlaced=False):
    """One picture at (2, 1), indices of two bits, a clear code before every pair of them."""
    acc = count = 0
    data = bytearray()
    codes = [code for i in range(0, len(indices), 2) for code in (4, *indices[i:i + 2])] + [5]
    for code in codes:
        acc |= code << count
        count += 3
        while count >= 8:
            data.append(acc & 255)
            acc >>= 8
            count -= 8
    data.append(acc)
    out = b"GIF89a" + struct.pack("<HHBBB", *screen, 0x81, 0, 0) + palette
    if transparent is not None:
        out += b"!\xf9\x04\x01\x00\x00" + bytes([transparent, 0])
    out += b"," + struct.pack("<HHHHB", 2, 1, width, height, (0x81 if local else 0) | (0x40 if interlaced else 0)) + (local or b"")
    return out + bytes([2, len(data)]) + bytes(data) + b"\x00;"


# --- BMP


def bmp(width, height, bits, rows, header=40, compression=0, palette=b"", colors=0, masks=(), top_down=False, file_header=True):
    if header == 12:
        head = struct.pack("<IHHHH", 12, width, height, 1, bits)
    else:
        head = struct.pack("<IiiHHIIiiII", header, width, -height if top_down else height, 1, bits, compression, len(rows), 0, 0, colors, 0)
        packed = b"".join(struct.pack("<I", mask) for mask in masks)
        head = (head + (packed[:header - 40] if header > 40 else b"")).ljust(header, b"\0") + (packed[:12] if header == 40 else b"")
    offset = 14 + len(head) + len(palette)
    return (b"BM" + struct.pack("<IHHI", offset + len(rows), 0, 0, offset) if file_header else b"") + head + palette + rows


def bmps(image: Image.Image):
    rng = np.random.default_rng(5)
    width, height = 21, 13
    data = {bits: rng.integers(0, 256, ((width * bits + 31) // 32 * 4) * height, dtype=np.uint8).tobytes() for bits in (1, 4, 8, 16, 24, 32)}
    colors = {bits: rng.integers(0, 256, 4 << bits, dtype=np.uint8).tobytes() for bits in (1, 4, 8)}
    for bits in (1, 4, 8):
        yield f"bmp-{bits}.bmp", bmp(width, height, bits, data[bits], palette=colors[bits])
        yield f"bmp-{bits}-os2.bmp", bmp(width, height, bits, data[bits], header=12, palette=colors[bits][:3 << bits])
    for bits in (16, 24, 32):
        yield f"bmp-{bits}.bmp", bmp(width, height, bits, data[bits])
    yield "bmp-8-few-colors.bmp", bmp(width, height, 8, data[8], palette=colors[8][:40], colors=10)
    yield "bmp-8-top-down.bmp", bmp(width, height, 8, data[8], palette=colors[8], top_down=True)
    yield "bmp-without-file-header.dib", bmp(width, height, 8, data[8], palette=colors[8], file_header=False)
    yield "bmp-565.bmp", bmp(width, height, 16, data[16], compression=3, masks=(0xF800, 0x7E0, 0x1F))
    yield "bmp-555.bmp", bmp(width, height, 16, data[16], header=108, compression=3, masks=(0x7C00, 0x3E0, 0x1F, 0))
    for name, masks in (("bgrx", (0xFF0000, 0xFF00, 0xFF, 0)), ("rgba", (0xFF, 0xFF00, 0xFF0000, 0xFF000000)), ("abgr", (0xFF000000, 0xFF0000, 0xFF00, 0xFF)), ("no-masks", (0, 0, 0, 0))):
        yield f"bmp-32-{name}.bmp", bmp(width, height, 32, data[32], header=124, compression=3, masks=masks)
    runs8 = b"".join(bytes([6, y, 0, 5, 1, 2, 3, 4, y, 0, 10, 9 * y, 0, 0]) for y in range(height)) + b"\0\1"
    yield "bmp-runs-8.bmp", bmp(width, height, 8, runs8, compression=1, palette=colors[8])
    jumps = bytes([0, 2, 4, 3]) + b"".join(bytes([21, 5 * y + 1, 0, 0]) for y in range(11))
    yield "bmp-runs-8-jump.bmp", bmp(width, height, 8, jumps, compression=1, palette=colors[8])
    runs4 = b"".join(bytes([7, 0x10 + y, 0, 6, 0x12, 0x34, 0x56, 0, 8, 0xAB, 0, 0]) for y in range(height)) + b"\0\1"
    yield "bmp-runs-4.bmp", bmp(width, height, 4, runs4, compression=2, palette=colors[4])
    yield "bmp-pillow-rgba.bmp", encoded(with_alpha(image), "BMP")


# --- TIFF


def tiffs(image: Image.Image):
    alpha = with_alpha(image)
    gray = np.asarray(image.convert("L"))
    pictures = {
        "rgb": image, "rgba": alpha, "l": image.convert("L"), "la": alpha.convert("LA"), "cmyk": image.convert("CMYK"),
        "p": image.quantize(20, dither=Image.Dither.NONE), "bw": image.convert("1"), "ycbcr": image.convert("YCbCr"),
        "i16": Image.fromarray(gray.astype(np.uint16) * 251 + 7), "i32": Image.fromarray(gray.astype(np.int32) * 2 - 90),
        "f32": Image.fromarray(gray.astype(np.float32) * 1.3 - 20),
    }
    for name, picture in pictures.items():
        plain = encoded(picture, "TIFF")
        yield f"tiff-{name}.tif", plain
        for compression in {"bw": ("tiff_lzw", "packbits", "tiff_ccitt", "group3", "group4"), "rgb": ("tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"),
                            "l": ("jpeg",), "cmyk": ("jpeg",), "ycbcr": ("tiff_lzw", "jpeg")}.get(name, ("tiff_lzw",)):
            yield f"tiff-{name}-{compression.removeprefix('tiff_')}.tif", encoded(picture, "TIFF", compression=compression)
        for label, options in (("tiled", ["-t", "-w", "16", "-l", "32", "-c", "lzw"]), ("separate", ["-p", "separate", "-c", "zip"]), ("big-endian", ["-B", "-c", "none"]),
                               ("big", ["-8", "-c", "lzw", "-r", "5"]), ("predicted", ["-c", "lzw:2"]), ("reversed", ["-f", "lsb2msb", "-c", "packbits"])):
            wanted = {"tiled": True, "separate": name in ("rgb", "rgba", "cmyk"), "big-endian": True, "big": name in ("rgb", "p", "bw"),
                      "predicted": name in ("rgb", "rgba", "l", "i16", "i32"), "reversed": name in ("bw", "l", "rgb")}
            if wanted[label] and name != "ycbcr":
                yield f"tiff-{name}-{label}.tif", tool(["tiffcp", *options], plain)
    black_white = encoded(pictures["bw"], "TIFF")
    for fax in ("g3:1d", "g3:2d", "g3:2d:fill", "g4"):
        yield f"tiff-bw-{fax.replace(':', '-')}.tif", tool(["tiffcp", "-c", fax, "-r", "9"], black_white)
    yield "tiff-rgb-jpeg-tiled.tif", tool(["tiffcp", "-c", "jpeg:80", "-t", "-w", "32", "-l", "32"], encoded(image, "TIFF"))
    yield "tiff-f32-predicted.tif", tool(["tiffcp", "-c", "zip:3"], encoded(pictures["f32"], "TIFF"))
    yield "tiff-pages.tif", encoded(image, "TIFF", save_all=True, append_images=[image.rotate(20)])


# --- orientation


def turned(image: Image.Image):
    for value in range(1, 9):
        exif = Image.Exif()
        exif[ORIENTATION] = value
        for format, name in (("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("TIFF", "tif")):
            yield f"turned-{value}.{name}", encoded(image, format, exif=exif, **({"lossless": True} if format == "WEBP" else {}))


# --- goldens


def high_bytes(image: Image.Image) -> Image.Image:
    """16-bit grey by its high byte, transparent colour and all."""
    values = np.asarray(image)
    out = (values >> 8).astype(np.uint8)
    if "transparency" in image.info:
        out[values == image.info["transparency"]] = 255
    return Image.fromarray(out).convert("RGB")


def digest(image: Image.Image) -> str:
    return hashlib.sha256(np.asarray(image).tobytes()).hexdigest()


def golden(name: str, data: bytes) -> list:
    if name == "jpeg-without-end.jpg":  # Pillow waits for more
        data += b"\xff\xd9"
    with Image.open(io.BytesIO(data)) as image:
        mode = image.mode
        upright = ImageOps.exif_transpose(image) if name.startswith("turned") else None
        if image.format == "TIFF" and upright:  # Pillow turns a TIFF as it loads it
            pixels = rgb(image)
            upright = pixels
        elif mode.startswith("I;16"):
            pixels = high_bytes(image)
        else:
            pixels = rgb(image)
        saturated = digest(rgb(image)) if mode.startswith("I;16") else ""
    width, height = pixels.size
    sample = " ".join("%02x%02x%02x" % pixels.getpixel((i * width // 4, j * height // 4)) for j in range(4) for i in range(4))
    return [name, mode, width, height, digest(pixels), digest(rgb(upright)) if upright else "", saturated, sample]


def main() -> None:
    args = parser(__doc__).parse_args()
    print_versions("numpy", "pillow")
    folder = args.out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    image = shapes(45, 34)
    rows = []
    for source in (jpegs(image), pngs(noise(21, 13)), webps(image), gifs(image), bmps(image), tiffs(image), turned(shapes(9, 6))):
        for name, data in source:
            path = folder / name
            if data is None:
                print(f"  {name}: kept, as its tool is missing")
                data = path.read_bytes()
            path.write_bytes(data)
            rows.append(golden(name, data))
    save_csv(folder / "formats.csv", ["file", "mode", "width", "height", "sha256", "upright", "saturated", "sample"], rows)
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(f"  {len(rows)} files, {size} bytes with formats.csv")
    if size > MAX_BYTES:
        raise SystemExit(f"keep the files below {MAX_BYTES} bytes")


if __name__ == "__main__":
    main()
