"""Vision models of timm, open_clip and transformers as one kind of thing: pixels in, one vector an image out."""

import dataclasses
import difflib
import importlib.metadata
from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn

import preprocessing
from preprocessing import Preprocessing, Refused

POOLINGS = ("auto", "class", "mean", "pooled", "projection")
PREFIXES = ("module.", "base_encoder.", "backbone.", "visual.", "encoder.", "model.")
WRAPPERS = ("state_dict", "model", "teacher", "model_state_dict")


class Features(nn.Module):
    """The network and how its output becomes n x d."""

    def __init__(self, model: nn.Module, vector: Callable[[nn.Module, torch.Tensor], torch.Tensor]):
        super().__init__()
        self.model = model
        self.vector = vector

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        return self.vector(self.model, pixels)


@dataclasses.dataclass
class Source:
    """A loaded model with all that its card says."""

    name: str
    features: Features
    preprocessing: Preprocessing
    transform: Callable | None  # the library's own: RGB image -> 3 x crop x crop
    vector: str  # what the vector is, in words
    licence: str
    origin: str


@dataclasses.dataclass
class Request:
    """What to load. `config` overrides the architecture, `processor` a transformers image processor, `tokenizer` names
    another place for that of a text tower."""

    pooling: str = "auto"
    random: bool = False
    checkpoint: Path | None = None
    config: dict = dataclasses.field(default_factory=dict)
    processor: dict = dataclasses.field(default_factory=dict)
    tokenizer: str | None = None

    @property
    def published(self) -> bool:
        return not self.random and self.checkpoint is None


def load(name: str, request: Request) -> Source:
    library, colon, model = name.partition(":")
    loaders = {"timm": timm_model, "open_clip": open_clip_model, "transformers": transformers_model}
    if not colon or library not in loaders:
        raise Refused(f"'{name}' does not say where from: begin with {', '.join(f'{k}:' for k in loaders)}")
    return loaders[library](model, request)


def timm_model(name: str, request: Request) -> Source:
    import timm

    if not timm.is_model(name):
        raise unknown("timm", name, timm.list_models())
    model = fetch(f"timm:{name}", request, lambda: timm.create_model(
        name, pretrained=request.published, num_classes=0, **request.config))
    return of_timm(name, model, request)


def of_timm(name: str, model: nn.Module, request: Request) -> Source:
    """A model of one of timm's classes, whoever made it."""
    import timm

    fill(model, request)
    config = timm.data.resolve_model_data_config(model)
    vector, words = timm_vector(model, request.pooling)
    return Source(name, Features(model, vector), preprocessing.of_timm(config),
                  timm.data.create_transform(**config, is_training=False), words,
                  model.pretrained_cfg.get("license") or "unknown", origin("timm", name))


def timm_vector(model: nn.Module, pooling: str):
    if pooling == "auto":
        # VGG keeps two wide layers of its classifier before what timm calls features
        if type(model).__name__ == "VGG":
            return timm_vector(model, "mean")
        token = getattr(model, "global_pool", None) == "token"
        return (lambda m, x: m.forward_head(m.forward_features(x), pre_logits=True)), \
            "class token after the final norm" if token else "pooled output before the classifier"
    prefix = getattr(model, "num_prefix_tokens", 0)
    if pooling == "class" and prefix:
        return (lambda m, x: m.forward_features(x)[:, 0]), "class token after the final norm"
    if pooling == "mean":
        places = (1, 2) if getattr(model, "output_fmt", "NCHW") == "NHWC" else (2, 3)

        def mean(m, x):
            x = m.forward_features(x)
            return x.mean(places) if x.ndim == 4 else x[:, prefix:].mean(1)

        return mean, "mean over the places of the last feature map"
    raise Refused(f"timm's {type(model).__name__} has no pooling '{pooling}': choose auto"
                  f"{', class' if prefix else ''} or mean")


def open_clip_model(name: str, request: Request) -> Source:
    title, model = open_clip_create(name, request)
    return of_open_clip(title, model, request)


def open_clip_create(name: str, request: Request) -> tuple[str, nn.Module]:
    """Both towers, and what to call them."""
    import open_clip

    name, _, tag = name.partition("/")
    if name not in open_clip.list_models():
        raise unknown("open_clip", name, open_clip.list_models())
    tags = open_clip.list_pretrained_tags_by_model(name)
    if (tag or request.published) and tag.lower() not in tags:
        raise Refused(f"open_clip has no weights '{tag}' for {name}: choose {name}/TAG with TAG one of "
                      f"{', '.join(tags) or 'none'}, or give --checkpoint or --random-weights")
    published = open_clip.get_pretrained_cfg(name, tag) if tag else {}
    config = open_clip.get_model_config(name)
    overrides = {key: {**config[key], **value} if isinstance(value, dict) else value
                 for key, value in request.config.items()}
    model = fetch(f"open_clip:{name}/{tag}", request, lambda: open_clip.create_model(
        name, pretrained=tag if request.published else None, pretrained_text=False,
        force_quick_gelu=published.get("quick_gelu", False),
        force_preprocess_cfg={k: v for k, v in published.items() if k in ("mean", "std", "interpolation", "resize_mode")},
        **overrides))
    return f"{name}/{tag}" if tag else name, model


def of_open_clip(name: str, model: nn.Module, request: Request) -> Source:
    """The image tower of one of open_clip's models."""
    import open_clip

    if request.pooling not in ("auto", "projection"):
        raise Refused(f"open_clip's models have no pooling '{request.pooling}': their vector is the image projection")
    config = open_clip.get_model_preprocess_cfg(model)
    fill(model.visual, request)
    transform = open_clip.transform.image_transform_v2(open_clip.transform.PreprocessCfg(**config), is_train=False)
    return Source(name, Features(model.visual, lambda m, x: m(x)), preprocessing.of_open_clip(config), transform,
                  "image projection", "unknown", origin("open_clip_torch", name))


def transformers_model(name: str, request: Request) -> Source:
    import transformers
    from transformers.models.auto.image_processing_auto import IMAGE_PROCESSOR_MAPPING

    def processor_for(config):
        classes = IMAGE_PROCESSOR_MAPPING[type(config)]
        return getattr(transformers, request.processor.get("image_processor_type", "x") + "Pil", None) \
            or classes.get("pil") or classes["torchvision"]

    if name in transformers.CONFIG_MAPPING:  # a kind of model, not a published one
        if request.published:
            raise Refused(f"'{name}' is a kind of model: give --random-weights or --checkpoint, or the name of "
                          "published weights such as facebook/dinov2-base")
        config = transformers.AutoConfig.for_model(name, **request.config)
        settings = {k: v for k, v in request.processor.items() if k != "image_processor_type"}
        processor, model = fetch(name, request, lambda: (
            processor_for(config)(**settings), transformers.AutoModel.from_config(config)))
    else:
        def create():
            config = transformers.AutoConfig.from_pretrained(name, **request.config)
            processor = transformers.AutoImageProcessor.from_pretrained(name, backend="pil", **request.processor)
            model = transformers.AutoModel.from_pretrained(name, config=config) if request.published \
                else transformers.AutoModel.from_config(config)
            return processor, model

        processor, model = fetch(f"transformers:{name}", request, create)
    return of_transformers(name, model, processor, request)


def of_transformers(name: str, model: nn.Module, processor, request: Request) -> Source:
    """A vision model of transformers with its image processor."""
    fill(model, request)
    model.set_attn_implementation("eager")
    vector, words = transformers_vector(model, request.pooling)

    def transform(image):
        return torch.from_numpy(processor(image, return_tensors="np")["pixel_values"][0]).float()

    return Source(name, Features(model, vector), preprocessing.of_transformers(processor), transform, words,
                  "unknown", origin("transformers", name))


def transformers_vector(model: nn.Module, pooling: str):
    projection = getattr(model, "visual_projection", None)
    tower = getattr(model, "vision_model", model)
    side = getattr(tower.config, "image_size", 224)
    with torch.inference_mode():
        last = tower.eval()(pixel_values=torch.zeros(1, 3, side, side)).last_hidden_state
    tokens = last.ndim == 3
    if pooling == "auto":
        pooling = "projection" if projection is not None else "class" if tokens else "pooled"
    if pooling == "projection" and projection is not None:
        return (lambda m, x: m.visual_projection(m.vision_model(pixel_values=x).pooler_output)), "image projection"
    if projection is None and pooling == "class" and tokens:
        return (lambda m, x: m(pixel_values=x).last_hidden_state[:, 0]), "class token after the final norm"
    if projection is None and pooling == "pooled":
        return (lambda m, x: m(pixel_values=x).pooler_output.flatten(1)), "pooled output"
    if projection is None and pooling == "mean":
        first = 1 + getattr(tower.config, "num_register_tokens", 0)
        return (lambda m, x: m(pixel_values=x).last_hidden_state[:, first:].mean(1) if tokens
                else m(pixel_values=x).last_hidden_state.mean((2, 3))), "mean over the places of the last layer"
    allowed = "projection" if projection is not None else "class, mean or pooled" if tokens else "mean or pooled"
    raise Refused(f"{type(model).__name__} has no pooling '{pooling}': choose auto, {allowed}")


def fetch(name: str, request: Request, create):
    try:
        return create()
    except Exception as e:  # the libraries and the hub have dozens of kinds of them
        reason = f"{type(e).__name__}: {(str(e).strip().splitlines() or [''])[0][:200]}"
        if not request.published and not name.startswith("transformers:"):
            raise Refused(f"cannot build {name} ({reason}): check --config") from e
        yours = "give a folder you have in place of the name" if name.startswith("transformers:") \
            else "give weights you have with --checkpoint FILE"
        raise Refused(f"cannot load {name} ({reason}). If this machine has no way to the hub, {yours}, or "
                      "--random-weights to try things out") from e


def fill(model: nn.Module, request: Request) -> None:
    """Loads the user's own weights, whatever they are wrapped in. Every weight of the network must be there."""
    if request.checkpoint is None:
        return
    if not request.checkpoint.is_file():
        raise Refused(f"there is no {request.checkpoint}: check --checkpoint")
    state = read(request.checkpoint)
    wanted = set(model.state_dict())
    for wrapper in WRAPPERS:
        if isinstance(state.get(wrapper), dict):
            state = state[wrapper]
    while (stripped := strip(state, wanted)) is not None:
        state = stripped
    missing = sorted(wanted - set(state))
    if missing:
        raise Refused(f"{request.checkpoint} lacks {len(missing)} of {len(wanted)} weights, such as "
                      f"{', '.join(missing[:3])}; it has {', '.join(list(state)[:3])}")
    print(f"  {request.checkpoint.name}: {len(wanted)} weights taken, {len(state) - len(wanted)} not needed")
    model.load_state_dict({key: state[key] for key in wanted})


def read(file: Path) -> dict:
    try:
        if file.suffix == ".safetensors":
            from safetensors.torch import load_file
            return load_file(file)
        state = torch.load(file, map_location="cpu", weights_only=True)
    except Exception as e:  # of zip, pickle, torch and safetensors
        raise Refused(f"{file} cannot be read as weights ({type(e).__name__}: {str(e).strip().splitlines()[0][:200]}): "
                      "give a state dict as .pth or .safetensors") from e
    if not isinstance(state, dict):
        raise Refused(f"{file} holds a {type(state).__name__}: give a state dict as .pth or .safetensors")
    return state


def strip(state: dict, wanted: set) -> dict | None:
    """The weights below one of the usual prefixes, if more of them fit then or nothing fits yet."""
    for prefix in PREFIXES:
        below = {k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)}
        if below and (len(wanted & set(below)) > len(wanted & set(state)) or not wanted & set(state)):
            return below
    return None


def origin(package: str, name: str) -> str:
    return f"{package} {importlib.metadata.version(package)}, {name}"


def unknown(library: str, name: str, names: list[str]) -> Refused:
    near = difflib.get_close_matches(name.partition(".")[0], names, 3, 0.5)
    return Refused(f"{library} has no model '{name}'" + (f": did you mean {', '.join(near)}?" if near else ""))
