"""Tiny random text towers of three kinds, exported, with golden vectors from texts through each library's own code.

Per family: model.onnx, model.json and the tokenizer as tools/export writes them; golden.json has the texts, vectors.npy
what the library makes of them. `clip-open-clip` has its image tower beside it, and in cosines.npy the library's cosines
of four images with every text. The tokenizers are those of golden_tokenizers.py, which must have run.
"""

import json
import sys
import warnings

import numpy as np
import open_clip
import torch
import transformers

import golden_tokenizers
from draw_fixtures import FIXTURES, open_source
from golden_files import REPO, parser, print_versions, save
from tiny_models import redraw

sys.path.insert(0, str(REPO / "tools" / "export"))

import export_model  # noqa: E402
import sources  # noqa: E402
import text_sources  # noqa: E402
from sources import Request  # noqa: E402

TARGET = "extract/src/test/resources/io/semblance/extract/text/parity"
TEXTS = ["a photo of a dog", "A photo of the cats, sitting", "two birds in a tree", "", "Café at night: naïve façade", "it's 2024!",
         "東京タワー", "🐕 a dog & a 🐈", "a " * 100, "&lt;b&gt;R&amp;D&lt;/b&gt;", "red flowers in a green field", "dog"]
IMAGES = ["shapes.png", "noise.png", "pattern:640x480", "pattern:97x101"]
LICENCE = {"licence": "Apache-2.0"}
VOCABULARY = 512 + golden_tokenizers.PAIRS + 2


def of_open_clip(folder, scratch):
    merges = golden_tokenizers.pairs(golden_tokenizers.PAIRS)
    config = {"embed_dim": 32, "vision_cfg": {"layers": 2, "width": 48, "head_width": 16},
              "text_cfg": {"layers": 2, "width": 32, "heads": 2, "vocab_size": VOCABULARY}}
    title, model = sources.open_clip_create("ViT-B-16/laion2b_s34b_b88k", Request(random=True, config=config))
    redraw(model, 21)
    tokenizer = golden_tokenizers.of_open_clip(merges, "lower", scratch)
    source = text_sources.of_open_clip(title, model, tokenizer, Request(random=True))
    image = sources.of_open_clip(title, model, Request(random=True))
    note = f"{image.origin}; random weights by tools/reference/tiny_texts.py"
    export_model.export(image, folder / "image", "tiny-clip", title="CLIP, tiny", source=note, **LICENCE)
    with torch.inference_mode():
        pixels = torch.stack([image.transform(open_source(n, REPO / FIXTURES).convert("RGB")) for n in IMAGES])
        a = model.encode_image(pixels, normalize=True)
        b = model.encode_text(tokenizer(TEXTS, 77), normalize=True)
    save(folder / "cosines.npy", (a @ b.T).numpy())
    return source, lambda texts: model.encode_text(tokenizer(texts, 77))


def of_clip(folder, scratch):
    merges = golden_tokenizers.pairs(golden_tokenizers.PAIRS)
    golden_tokenizers.write_clip(scratch, merges)
    tokenizer = golden_tokenizers.of_transformers(scratch, merges)
    config = transformers.CLIPTextConfig(hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=48,
                                         projection_dim=24, vocab_size=VOCABULARY, bos_token_id=VOCABULARY - 2,
                                         eos_token_id=VOCABULARY - 1, pad_token_id=VOCABULARY - 1)
    model = transformers.CLIPTextModelWithProjection(config)
    redraw(model, 22)
    source = text_sources.of_transformers("CLIPTextModelWithProjection", model, tokenizer, Request(random=True))
    return source, lambda texts: model(**tokenizer(texts, padding=True, truncation=True, max_length=77,
                                                   return_tensors="pt")).text_embeds


def of_siglip(folder, scratch):
    golden_tokenizers.gemma(golden_tokenizers.CORPUS).save(str(scratch / "tokenizer.json"))
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_file=str(scratch / "tokenizer.json"), pad_token="<pad>",
                                                     eos_token="<eos>", unk_token="<unk>")
    config = transformers.SiglipTextConfig(hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=48,
                                           projection_size=24, vocab_size=len(tokenizer), max_position_embeddings=20)
    model = transformers.SiglipTextModel(config)
    redraw(model, 23)
    source = text_sources.of_transformers("SiglipTextModel", model, tokenizer, Request(random=True))
    return source, lambda texts: model(tokenizer(texts, padding="max_length", truncation=True, max_length=20,
                                                 return_tensors="pt")["input_ids"]).pooler_output


FAMILIES = {"clip-open-clip": (of_open_clip, "tiny-clip"), "clip-transformers": (of_clip, "tiny-clip-hf"),
            "siglip": (of_siglip, "tiny-siglip")}


def main() -> None:
    args = parser(__doc__).parse_args()
    print_versions("torch", "open_clip_torch", "transformers", "tokenizers", "onnx", "onnxruntime")
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    import tempfile
    from pathlib import Path
    for seed, (family, (create, space)) in enumerate(FAMILIES.items(), 21):
        torch.manual_seed(seed)
        folder = args.out / TARGET / family
        with tempfile.TemporaryDirectory() as scratch:
            source, library = create(folder, Path(scratch))
            print(f"{family}: {source.origin}")
            export_model.export_text(source, folder, f"{space}-text", space, title=f"{source.name}, tiny text tower",
                                     source=f"{source.origin}; random weights by tools/reference/tiny_texts.py", **LICENCE)
            with torch.inference_mode():
                vectors = library(TEXTS).numpy()
        (folder / "golden.json").write_text(json.dumps({"texts": TEXTS}, indent=1) + "\n", encoding="utf-8")
        save(folder / "vectors.npy", vectors.astype(np.float32))
        print(f"  spread {vectors.std(0).min():.2e} to {vectors.std(0).max():.2e}")


if __name__ == "__main__":
    main()
