"""What happens to an image before a network: the part of a card that says so, read from each library's own settings."""

import dataclasses
import math

import numpy as np
import torch
from PIL import Image
from torchvision.transforms import CenterCrop, InterpolationMode, Resize

FILTERS = {0: "nearest", 1: "lanczos", 2: "bilinear", 3: "bicubic", 4: "box", 5: "hamming"}  # Pillow's numbers


class Refused(Exception):
    """What was asked for cannot be done; the message says what can."""


@dataclasses.dataclass(frozen=True)
class Preprocessing:
    """RGB; resize; square from the middle; (v / 255 - mean) / std. Fields and words are those of the card."""

    resize: int  # length of the shorter side, or of both
    filter: str  # as Pillow has it, antialiased
    crop: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    resize_mode: str = "shorter"  # or "squash": both sides, whatever that does to the proportions
    crop_offset: str = "even"  # half a pixel goes to the even neighbour (torchvision) or "down" (transformers)

    def pixels(self, image: Image.Image) -> np.ndarray:
        """RGB image -> crop x crop x 3 uint8, by Pillow and torchvision."""
        size = self.resize if self.resize_mode == "shorter" else (self.resize, self.resize)
        image = Resize(size, InterpolationMode(self.filter))(image)
        if self.crop_offset == "even":
            return np.asarray(CenterCrop(self.crop)(image))
        left, top = (image.width - self.crop) // 2, (image.height - self.crop) // 2
        return np.asarray(image.crop((left, top, left + self.crop, top + self.crop)))

    def tensor(self, image: Image.Image) -> torch.Tensor:
        """RGB image -> 3 x crop x crop float32."""
        x = (self.pixels(image) / 255.0 - np.array(self.mean)) / np.array(self.std)
        return torch.from_numpy(x.transpose(2, 0, 1).astype(np.float32))


def of_timm(config: dict) -> Preprocessing:
    """From `timm.data.resolve_model_data_config(model)`."""
    _, height, width = config["input_size"]
    mode = {"center": "shorter", "squash": "squash"}.get(config["crop_mode"])
    if mode is None:
        raise Refused(f"timm's crop mode '{config['crop_mode']}' has no place in a card: center and squash have")
    return Preprocessing(math.floor(height / config["crop_pct"]), config["interpolation"], square(height, width),
                         triple(config["mean"]), triple(config["std"]), mode)


def of_open_clip(config: dict) -> Preprocessing:
    """From `open_clip.get_model_preprocess_cfg(model)`."""
    size = config["size"] if isinstance(config["size"], int) else square(*config["size"][-2:])
    mode = {"shortest": "shorter", "squash": "squash"}.get(config["resize_mode"])
    if mode is None:
        raise Refused(f"open_clip's resize mode '{config['resize_mode']}' has no place in a card: "
                      "shortest and squash have")
    return Preprocessing(size, config["interpolation"], size, triple(config["mean"]), triple(config["std"]), mode)


def of_transformers(processor) -> Preprocessing:
    """From an image processor, the one that works with Pillow where there are two."""
    name = type(processor).__name__
    if not (processor.do_resize and processor.do_rescale and processor.do_normalize):
        raise Refused(f"{name} does not resize, rescale and normalise: write the card by hand")
    if abs(processor.rescale_factor * 255 - 1) > 1e-12:
        raise Refused(f"{name} rescales by {processor.rescale_factor}, a card by 1/255: write the card by hand")
    size = {k: v for k, v in dict(processor.size).items() if v}
    if "height" in size:
        resize, mode = square(size["height"], size["width"]), "squash"
    elif set(size) == {"shortest_edge"}:
        resize, mode = size["shortest_edge"], "shorter"
    else:
        raise Refused(f"{name} resizes to {size}, which has no place in a card: "
                      "shortest_edge has, and height with width")
    crop = resize
    if hasattr(processor, "crop_pct"):  # ConvNeXt: below 384 pixels a crop, from there on squashed
        mode = "squash" if resize >= 384 else "shorter"
        resize = resize if resize >= 384 else int(resize / processor.crop_pct)
    elif processor.do_center_crop:
        crop = square(processor.crop_size["height"], processor.crop_size["width"])
    elif mode == "shorter":
        raise Refused(f"{name} does not crop, so images keep their proportions; a card feeds squares")
    return Preprocessing(resize, FILTERS[int(processor.resample)], crop, triple(processor.image_mean),
                         triple(processor.image_std), mode, "down")


def square(height: int, width: int) -> int:
    if height != width:
        raise Refused(f"the network takes images of {width} x {height} pixels; a card feeds squares")
    return height


def triple(values) -> tuple[float, float, float]:
    red, green, blue = (float(v) for v in values)
    return red, green, blue


def check(preprocessing: Preprocessing, transform) -> float:
    """Compares with the library's own transform on noise of awkward sizes; returns the largest difference."""
    rng = np.random.default_rng(0)
    worst = 0.0
    for width, height in ((500, 333), (171, 229), (343, 256), (64, 300)):
        tiles = rng.integers(0, 256, (height // 4 + 1, width // 4 + 1, 3), dtype=np.uint8)
        image = Image.fromarray(np.ascontiguousarray(tiles.repeat(4, 0).repeat(4, 1)[:height, :width]))
        ours, theirs = preprocessing.tensor(image), transform(image)
        if ours.shape != theirs.shape:
            raise Refused(f"the card would feed {tuple(ours.shape)}, the library {tuple(theirs.shape)}")
        worst = max(worst, (ours - theirs).abs().max().item())
    if worst > 1e-5:
        raise Refused(f"the card's preprocessing is off the library's own by {worst:.3g}: write the card by hand")
    return worst
