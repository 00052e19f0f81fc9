"""Text towers of open_clip and transformers as one kind of thing: token ids in, one vector a text out."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import torch

from preprocessing import Refused
from sources import Features, Request, fetch, fill, open_clip_create, origin

CLEANINGS = {"_clean_lower": "open_clip", "_clean_whitespace": "open_clip_whitespace",
             "_clean_canonicalize": "open_clip_canonicalize"}
TOWERS = {"clip": "CLIPTextModelWithProjection", "siglip": "SiglipTextModel", "siglip2": "Siglip2TextModel"}


@dataclasses.dataclass
class TextSource:
    """A loaded text tower with all that its card says."""

    name: str
    features: Features
    tokenize: Callable[[list[str]], torch.Tensor]  # the library's own: texts -> n x t
    write_tokenizer: Callable[[Path], str]  # writes its files into a folder; what the card calls it
    cleaning: str
    padding: str | int
    vector: str  # what the vector is, in words
    licence: str
    origin: str


def load(name: str, request: Request) -> TextSource:
    library, _, model = name.partition(":")
    loaders = {"open_clip": open_clip_text, "transformers": transformers_text}
    if library not in loaders:
        raise Refused(f"'{name}' has no text tower that is known: begin with {', '.join(f'{k}:' for k in loaders)}")
    return loaders[library](model, request)


def open_clip_text(name: str, request: Request) -> TextSource:
    import open_clip

    title, model = open_clip_create(name, request)
    architecture = name.partition("/")[0]
    tokenizer = fetch(f"open_clip:{name}", request, lambda: open_clip.get_tokenizer(architecture))
    return of_open_clip(title, model, tokenizer, request)


def of_open_clip(name: str, model, tokenizer, request: Request) -> TextSource:
    """The text tower of one of open_clip's models, with one of its tokenizers."""
    import open_clip

    fill(model, request)
    cleaning = CLEANINGS.get(getattr(tokenizer.clean_fn, "__name__", ""))
    if cleaning is None or getattr(tokenizer, "reduction_fn", None) or getattr(tokenizer, "strip_sep_token", False) \
            or getattr(tokenizer, "tokenizer_mode", ""):
        raise Refused(f"the tokenizer of {name} does what a card cannot say")
    common = dict(vector="text projection", licence="unknown", origin=origin("open_clip_torch", name))
    features = Features(model, lambda m, x: m.encode_text(x))
    if isinstance(tokenizer, open_clip.tokenizer.SimpleTokenizer):
        return TextSource(name, features, tokenizer, lambda folder: write_clip(
            folder, tokenizer.encoder, [" ".join(p) for p in tokenizer.bpe_ranks]), cleaning, "zero", **common)
    return TextSource(name, features, tokenizer, lambda folder: write_json(folder, tokenizer.tokenizer), cleaning,
                      padding_id(tokenizer.tokenizer), **common)


def transformers_text(name: str, request: Request) -> TextSource:
    import transformers

    def create():
        kind = name in transformers.CONFIG_MAPPING
        config = transformers.AutoConfig.for_model(name, **request.config) if kind \
            else transformers.AutoConfig.from_pretrained(name, **request.config)
        tower = getattr(transformers, TOWERS.get(config.model_type, ""), None)
        if tower is None:
            raise Refused(f"transformers' {config.model_type} has no text tower that is known: {', '.join(TOWERS)} have")
        model = tower.from_pretrained(name) if request.published else tower(config.text_config)
        return transformers.AutoTokenizer.from_pretrained(request.tokenizer or name), model

    if name in transformers.CONFIG_MAPPING and not request.tokenizer:
        raise Refused(f"'{name}' is a kind of model: give --tokenizer, or the name of published weights")
    tokenizer, model = fetch(f"transformers:{name}", request, create)
    return of_transformers(name, model, tokenizer, request)


def of_transformers(name: str, model, tokenizer, request: Request) -> TextSource:
    """A text tower of transformers with its tokenizer."""
    import transformers

    fill(model, request)
    model.set_attn_implementation("eager")
    context = model.config.max_position_embeddings
    projected = hasattr(model, "text_projection")

    def tokenize(texts: list[str]) -> torch.Tensor:
        return tokenizer(texts, padding="max_length", truncation=True, max_length=context, return_tensors="pt")["input_ids"]

    def vector(m, ids):
        out = m(input_ids=ids)
        return out.text_embeds if projected else out.pooler_output

    byte_pairs = isinstance(tokenizer, transformers.CLIPTokenizer)
    if not byte_pairs and not getattr(tokenizer, "is_fast", False):
        raise Refused(f"the tokenizer of {name} ({type(tokenizer).__name__}) has no tokenizer.json: give one with --tokenizer")
    padding = "eos" if byte_pairs and tokenizer.pad_token_id == tokenizer.eos_token_id else padding_id(tokenizer)
    writer = (lambda folder: write_clip_of_transformers(folder, tokenizer)) if byte_pairs \
        else (lambda folder: write_json(folder, tokenizer))
    return TextSource(name, Features(model, vector), tokenize, writer, "none", padding,
                      "text projection" if projected else "pooled output", "unknown", origin("transformers", name))


def padding_id(tokenizer) -> str | int:
    if tokenizer.pad_token_id is None:
        raise Refused(f"{type(tokenizer).__name__} has no padding token")
    return "zero" if tokenizer.pad_token_id == 0 else tokenizer.pad_token_id


def write_clip(folder: Path, vocabulary: dict[str, int], merges: list[str]) -> str:
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n", encoding="utf-8")
    return "."


def write_clip_of_transformers(folder: Path, tokenizer) -> str:
    model = json.loads(tokenizer.backend_tokenizer.to_str())["model"]
    added = {token: id for token, id in tokenizer.get_added_vocab().items() if token not in model["vocab"]}
    if added:
        (folder / "added_tokens.json").write_text(json.dumps(added, ensure_ascii=False) + "\n", encoding="utf-8")
    return write_clip(folder, model["vocab"], [pair if isinstance(pair, str) else " ".join(pair) for pair in model["merges"]])


def write_json(folder: Path, tokenizer) -> str:
    backend = tokenizer.backend_tokenizer
    backend.no_padding()
    backend.no_truncation()
    backend.save(str(folder / "tokenizer.json"))
    return "tokenizer.json"
