"""The compression ensemble as OpenCV-Python, numpy and Pillow compute it: 86 values of the published code and one of ours.

Shared by golden_ensemble.py, compare_ensemble.py and perf/peers/ensemble_opencv.py. Images are BGR, as OpenCV has them.
"""

import io
import math

import cv2
import numpy as np
from PIL import Image

SEED = 1
SCALES = (100, 40, 20, 10)
CODECS = ("png", "gif", "jpeg75", "jpeg100")
AT_40 = {"box-blur", "gaussian-blur", "distance-mask", "gray", "canny", "emboss", "arccos", "power10", "kmeans3"}
ALSO_PNG = {"box-blur", "gaussian-blur"}


def exactly_opencv() -> None:
    """One thread, and no Intel IPP, which the Java build of OpenCV does not have and which rounds otherwise."""
    cv2.setNumThreads(1)
    cv2.ipp.setUseIPP(False)


# Sizes


def shrink(image):
    height, width = image.shape[:2]
    if width * height <= 160_000:
        return image
    scale = 400 / (math.sqrt(width) * math.sqrt(height))
    return cv2.resize(image, (max(1, int(width * scale)), max(1, int(height * scale))), interpolation=cv2.INTER_LINEAR)


def scaled(image, percent):
    if percent == 100:
        return image
    height, width = image.shape[:2]
    side = percent / 100
    return cv2.resize(image, (max(1, int(width * side)), max(1, int(height * side))), interpolation=cv2.INTER_LINEAR)


def file_size(array, codec) -> int:
    image = Image.fromarray(array if array.ndim == 2 else np.ascontiguousarray(array[:, :, ::-1]))
    options = {"quality": int(codec.removeprefix("jpeg"))} if codec.startswith("jpeg") else {}
    out = io.BytesIO()
    image.save(out, format="jpeg" if options else codec, **options)
    return out.tell()


def size(array, codec) -> float:
    """Mean of the image's bytes and of those of the image turned by 90 degrees. Pillow's GIF palette: median cut."""
    return (file_size(array, codec) + file_size(cv2.rotate(array, cv2.ROTATE_90_CLOCKWISE), codec)) / 2


# Transforms: name to function of (BGR, gray)


def distance_mask(_, gray):
    _, dark = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    square = np.ones((2, 2), np.uint8)
    closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, square, iterations=2)
    depth = cv2.distanceTransform(cv2.dilate(closed, square, iterations=3), cv2.DIST_L2, 3)
    return cv2.threshold(depth, 0.1 * depth.max(), 255, cv2.THRESH_BINARY)[1].astype(np.uint8)


def sobel_or(x_of, y_of):
    return cv2.bitwise_or(cv2.Sobel(x_of, cv2.CV_8U, 1, 0), cv2.Sobel(y_of, cv2.CV_8U, 0, 1))


def gabor(image):
    out = np.zeros_like(image)
    for k in range(16):
        kernel = cv2.getGaborKernel((35, 35), 3, k * (math.pi / 16), 10, 0.5, 0, ktype=cv2.CV_64F)
        out = np.maximum(out, cv2.filter2D(image, -1, kernel / kernel.sum()))
    return out


def kernel(*values):
    matrix = np.array(values, np.float32).reshape(3, 3)
    return lambda _, gray: cv2.filter2D(gray, -1, matrix)


def table(function):
    """A function of v in 0..1, times 255, truncated, modulo 256."""
    values = function(np.arange(256, dtype=np.float32) / np.float32(255)) * np.float32(255)
    lut = values.astype(np.int32).astype(np.uint8)
    return lambda bgr, _: lut[bgr]


def hls_as_hsv(bgr, _):
    hls = cv2.cvtColor(bgr, cv2.COLOR_BGR2HLS)
    hls[:, :, 1] = 255
    return cv2.cvtColor(hls, cv2.COLOR_HSV2BGR)


def pixelate(factor, method):
    def apply(bgr, _):
        height, width = bgr.shape[:2]
        small = cv2.resize(bgr, (max(1, width // factor), max(1, height // factor)), interpolation=method)
        return cv2.resize(small, (width, height), interpolation=method)

    return apply


def kmeans(k):
    def apply(bgr, _):
        lab = cv2.cvtColor(bgr, cv2.COLOR_BGR2LAB)
        points = lab.reshape(-1, 3).astype(np.float32)
        cv2.setRNGSeed(SEED)
        end = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 100, 1.0)
        _, labels, centres = cv2.kmeans(points, min(k, len(points)), None, end, 1, cv2.KMEANS_PP_CENTERS)
        return cv2.cvtColor(centres.astype(np.uint8)[labels[:, 0]].reshape(lab.shape), cv2.COLOR_LAB2BGR)

    return apply


def flood(seeds):
    """White, tolerance 1, from each seed (x, y) in turn, on the blurred image."""

    def apply(bgr, _):
        image = cv2.blur(bgr, (7, 7))
        for seed in seeds(image.shape[1], image.shape[0]):
            cv2.floodFill(image, None, seed, (255, 255, 255), loDiff=(1, 1, 1, 1), upDiff=(1, 1, 1, 1))
        return image

    return apply


def row(y):
    return flood(lambda w, h: [(x, y(h)) for x in range(w // 12, w - w // 12)])


def column(x):
    return flood(lambda w, h: [(x(w), y) for y in range(h // 12, h - h // 12)])


METHODS = {"linear": cv2.INTER_LINEAR, "cubic": cv2.INTER_CUBIC, "area": cv2.INTER_AREA, "nearest": cv2.INTER_NEAREST_EXACT}

TRANSFORMS = {
    "box-blur": lambda bgr, _: cv2.blur(bgr, (5, 5)),
    "gaussian-blur": lambda bgr, _: cv2.GaussianBlur(bgr, (25, 25), 0),
    "distance-mask": distance_mask,
    "wide-blur": lambda bgr, _: cv2.blur(bgr, (30, 30)),
    "gray": lambda _, gray: gray,
    "canny": lambda _, gray: cv2.Canny(gray, 30, 100),
    "sobel-or": lambda _, gray: sobel_or(gray, gray),
    "laplacian": lambda _, gray: cv2.Laplacian(gray, cv2.CV_8U),
    "sobel-or-blurred": lambda _, gray: sobel_or(cv2.GaussianBlur(gray, (15, 15), 0), gray),
    "gabor": lambda bgr, _: gabor(bgr),
    "gabor-gray": lambda _, gray: gabor(gray),
    "sharpen": kernel(0, -1, 0, -1, 5, -1, 0, -1, 0),
    "emboss": kernel(-2, -1, 0, -1, 1, 1, 0, 1, 2),
    "vertical-sobel": kernel(-1, 0, 1, -2, 0, 2, -1, 0, 1),
    "box-filter": lambda bgr, _: cv2.boxFilter(bgr, -1, (31, 31)),
    "arccos": table(np.arccos),
    "power10": table(lambda v: np.power(v, np.float32(10))),
    "sqrt": table(np.sqrt),
    "brighten": lambda bgr, _: np.minimum(bgr.astype(np.int16) + 200, 255).astype(np.uint8),
    "hls-as-hsv": hls_as_hsv,
    **{f"pixelate{f}-{name}": pixelate(f, method) for f in (10, 30) for name, method in METHODS.items()},
    "denoise5": lambda bgr, _: cv2.fastNlMeansDenoisingColored(bgr, None, 5, 5, 7, 21),
    "denoise30": lambda bgr, _: cv2.fastNlMeansDenoisingColored(bgr, None, 30, 30, 7, 21),
    "kmeans3": kmeans(3),
    "kmeans12": kmeans(12),
    "otsu": lambda _, gray: cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1],
    "threshold": lambda _, gray: cv2.threshold(gray, 127, 255, cv2.THRESH_BINARY)[1],
    "flood-row-upper": row(lambda h: h // 6),
    "flood-row-middle": row(lambda h: h // 2),
    "flood-row-lower": row(lambda h: int(h - h / 6)),
    "flood-column-left": column(lambda w: w // 6),
    "flood-column-middle": column(lambda w: w // 2),
    "flood-column-right": column(lambda w: int(w - w / 6)),
    "flood-centre": flood(lambda w, h: [(w // 2, h // 2)]),
    "flood-upper-left": flood(lambda w, h: [(w // 3, h // 3)]),
    "flood-upper-right": flood(lambda w, h: [(int(w - w / 3), h // 3)]),
    "flood-lower-left": flood(lambda w, h: [(w // 3, int(h - h / 3))]),
    "flood-lower-right": flood(lambda w, h: [(int(w - w / 3), int(h - h / 3))]),
}


# Statistics


def box_dimension(mask) -> float:
    side, sides, counts = 2 ** int(math.log2(min(mask.shape))), [], []
    while side >= 4:
        sums = np.add.reduceat(mask.astype(np.int64), np.arange(0, mask.shape[0], side), axis=0)
        sums = np.add.reduceat(sums, np.arange(0, mask.shape[1], side), axis=1)
        boxes = np.count_nonzero((sums > 0) & (sums < side * side))
        if boxes:
            sides.append(side)
            counts.append(boxes)
        side //= 2
    return -np.polyfit(np.log(sides), np.log(counts), 1)[0] if len(sides) > 1 else 0.0


def entropy(counts) -> float:
    p = counts[counts > 0] / counts.sum()
    return float(-(p * np.log(p)).sum()) + 0.0 if len(p) else 0.0


def hough_angle_entropy(gray) -> float:
    lines = cv2.HoughLines(cv2.Canny(cv2.medianBlur(gray, 3), 30, 100), 1, math.pi / 180, 100)
    if lines is None:
        return 0.0
    return entropy(np.bincount(np.rint(lines[:, 0, 1] * 180 / math.pi).astype(int)))


def statistics(bgr, gray) -> dict:
    hls = cv2.cvtColor(bgr, cv2.COLOR_BGR2HLS)
    hues = np.bincount(hls[:, :, 0].ravel(), minlength=181) / 180
    blue, green, red = (bgr[:, :, c].astype(float) for c in range(3))
    rg, yb = red - green, (red + green) / 2 - blue
    light = hls[:, :, 1]
    return {
        "box-dimension-otsu": box_dimension(TRANSFORMS["otsu"](bgr, gray) > 0),
        "box-dimension-canny": box_dimension(TRANSFORMS["canny"](bgr, gray) > 0),
        "box-dimension-gray": box_dimension(gray / 256 < 0.9),
        "hue-min": hues.min(),
        "hue-max": hues.max(),
        "hue-mean": hues.mean(),
        "hue-median": float(np.median(hues)),
        "hue-std": hues.std(),
        "hue-entropy": entropy(hues),
        "colourfulness": math.sqrt(rg.var() + yb.var()) + 0.3 * math.sqrt(rg.mean() ** 2 + yb.mean() ** 2),
        "lightness-range": float(light.max()) - float(light.min()),
        "lightness-std": light.std(),
        "hough-angle-entropy": hough_angle_entropy(gray),
    }


def ensemble(bgr) -> dict:
    """All 87 values of a BGR image, by name, in order."""
    bgr = shrink(bgr)
    at = {percent: scaled(bgr, percent) for percent in SCALES}
    gray = {percent: cv2.cvtColor(at[percent], cv2.COLOR_BGR2GRAY) for percent in (100, 40)}
    before = {(codec, percent): size(at[percent], codec) for codec in CODECS for percent in SCALES}
    before["blurred"] = size(cv2.blur(bgr, (7, 7)), "gif")
    bmp = {percent: size(at[percent], "bmp") for percent in SCALES}
    out = {f"{codec}-{percent}": before[codec, percent] / bmp[percent] for codec in CODECS for percent in SCALES}
    for name, transform in TRANSFORMS.items():
        base = "blurred" if name.startswith("flood") else ("gif", 100)
        done = transform(bgr, gray[100])
        out[f"{name}-gif-100"] = size(done, "gif") / before[base]
        if name in AT_40:
            small = transform(at[40], gray[40])
            out[f"{name}-gif-40"] = size(small, "gif") / before["gif", 40]
        if name in ALSO_PNG:
            out[f"{name}-png-100"] = size(done, "png") / before["png", 100]
            out[f"{name}-png-40"] = size(small, "png") / before["png", 40]
    return out | statistics(bgr, gray[100])
