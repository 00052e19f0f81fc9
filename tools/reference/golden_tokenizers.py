"""Token ids of CLIP's tokenizer by transformers and open_clip, and of a tokenizer.json by tokenizers, on awkward texts.

Writes a cut of CLIP's vocabulary (its first 1,200 pairs), a small tokenizer.json of Gemma's kind, and the ids that the
libraries give. `--full FOLDER` writes the same of the whole vocabulary to a folder outside the repository, for the
comparison of all 49,408 tokens (see README.md).
"""

import argparse
import gzip
import json
from pathlib import Path

import ftfy
import open_clip.tokenizer
import transformers
from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

import nasty_texts
from golden_files import parser, print_versions

TARGET = "extract/src/test/resources/io/semblance/extract/text/tokenizers"
PAIRS = 1200
CONTEXT = 77
JSON_CONTEXT = 24
STYLES = ("lower", "whitespace", "canonicalize")


def pairs(count: int | None) -> list[str]:
    lines = gzip.open(open_clip.tokenizer.default_bpe()).read().decode("utf-8").split("\n")
    return lines[1:49152 - 256 - 2 + 1][:count]


def vocabulary(merges: list[str], start: str, end: str) -> dict[str, int]:
    letters = list(open_clip.tokenizer.bytes_to_unicode().values())
    tokens = letters + [c + "</w>" for c in letters] + ["".join(m.split()) for m in merges] + [start, end]
    return {token: i for i, token in enumerate(tokens)}


def write_clip(folder: Path, merges: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    vocab = vocabulary(merges, "<|startoftext|>", "<|endoftext|>")
    (folder / "vocab.json").write_text(json.dumps(vocab, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n", encoding="utf-8")


def of_transformers(folder: Path, merges: list[str], **settings) -> transformers.CLIPTokenizer:
    return transformers.CLIPTokenizer(vocab=json.loads((folder / "vocab.json").read_text(encoding="utf-8")),
                                      merges=[tuple(m.split()) for m in merges], **settings)


def of_open_clip(merges: list[str], clean: str, scratch: Path) -> open_clip.tokenizer.SimpleTokenizer:
    file = scratch / "bpe.txt.gz"
    file.write_bytes(gzip.compress(("header\n" + "\n".join(merges)).encode("utf-8")))
    tokenizer = open_clip.tokenizer.SimpleTokenizer(bpe_path=str(file), clean=clean)
    file.unlink()
    return tokenizer


def cut(ids: list[int]) -> list[int]:
    return ids if len(ids) <= CONTEXT else ids[:CONTEXT - 1] + ids[-1:]


def not_misread(text: str) -> bool:
    """Whether ftfy leaves the encoding of a text alone, the one repair that is not ours."""
    config = ftfy.TextFixerConfig(fix_encoding=False, explain=False)
    return ftfy.fix_text(text) == ftfy.fix_text(text, config)


def clip(folder: Path, merges: list[str]) -> None:
    write_clip(folder, merges)
    usual = of_transformers(folder, merges)
    others = {style: of_open_clip(merges, style, folder) for style in STYLES}
    added = of_transformers(folder, merges)
    added.add_tokens([AddedToken("<new1>"), AddedToken("<new12>")])
    zero = of_transformers(folder, merges, pad_token="!")
    rows, misread = [], 0
    for text in nasty_texts.texts():
        row = {"text": text, "transformers": usual(text, truncation=True, max_length=CONTEXT)["input_ids"]}
        if not_misread(text):
            for style, tokenizer in others.items():
                ids = tokenizer(text, CONTEXT)[0].tolist()
                row[style] = ids[:ids.index(tokenizer.eot_token_id, 1) + 1] if "end_of_text" not in text else cut(
                    [tokenizer.sot_token_id, *tokenizer.encode(text), tokenizer.eot_token_id])
        else:
            misread += 1
        rows.append(row)
    more = [{"text": text, "ids": added(text, truncation=True, max_length=CONTEXT)["input_ids"]} for text in
            ["<new1> dog", "a photo of <new1> dog", "a<new1>b", "<NEW1> Dog", "<new12>", "<new1>2", "<new1><new12>", "<new2>",
             "photo of a <new1>, in <new12>'s style", "<|endoftext|><new1>", "<new1> " * 90]]
    padded = [{"text": text,
               "eos": usual(text, padding="max_length", truncation=True, max_length=CONTEXT)["input_ids"],
               "zero": zero(text, padding="max_length", truncation=True, max_length=CONTEXT)["input_ids"],
               "open_clip": others["lower"](text, CONTEXT)[0].tolist()}
              for text in ["", "a photo of a dog", "the " * 500]]
    write(folder / "golden.json", {"context": CONTEXT, "new1": added.convert_tokens_to_ids("<new1>"),
                                   "new12": added.convert_tokens_to_ids("<new12>"), "added": more, "padded": padded,
                                   "texts": rows})
    print(f"  {folder.name}: {len(rows)} texts, {misread} of them misread in ftfy's eyes, without ids of open_clip")


def write(path: Path, content: dict) -> None:
    lines = []
    for key, value in content.items():
        if isinstance(value, list):
            items = ",\n".join("  " + json.dumps(item, separators=(",", ":")) for item in value)
            lines.append(f" {json.dumps(key)}: [\n{items}\n ]")
        else:
            lines.append(f" {json.dumps(key)}: {json.dumps(value)}")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def gemma(corpus: list[str]) -> Tokenizer:
    """A small tokenizer of the kind SigLIP 2 has: byte pairs over whole texts, bytes for what is unknown."""
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Lowercase(), normalizers.Replace(" ", "▁")])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    tokenizer.train_from_iterator(corpus, trainers.BpeTrainer(
        vocab_size=700, show_progress=False,
        special_tokens=["<pad>", "<eos>", "<bos>", "<unk>"] + [f"<0x{i:02X}>" for i in range(256)]))
    tokenizer.post_processor = processors.TemplateProcessing("$A <eos>", special_tokens=[("<eos>", 1)])
    return tokenizer


CORPUS = ["a photo of a dog", "a photo of a cat sitting on the mat", "two birds in a tree, painted in oil", "the city at night",
          "an apple and a pear on a table", "a drawing of a house", "red flowers in a green field", "a woman reading a book"]


def json_tokenizer(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    gemma(CORPUS).save(str(folder / "tokenizer.json"))
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"), pad_token="<pad>",
                                                     eos_token="<eos>", unk_token="<unk>")
    rows = [{"text": text, "ids": tokenizer(text, padding="max_length", truncation=True,
                                            max_length=JSON_CONTEXT)["input_ids"]} for text in nasty_texts.texts()]
    write(folder / "golden.json", {"context": JSON_CONTEXT, "texts": rows})
    print(f"  {folder.name}: {len(rows)} texts")


def main() -> None:
    p = parser(__doc__)
    p.add_argument("--full", type=Path, metavar="FOLDER", help="write the whole vocabulary with its ids there instead")
    args: argparse.Namespace = p.parse_args()
    print_versions("transformers", "tokenizers", "open_clip_torch", "ftfy", "regex")
    if args.full:
        clip(args.full, pairs(None))
        return
    clip(args.out / TARGET / "clip", pairs(PAIRS))
    json_tokenizer(args.out / TARGET / "gemma")


if __name__ == "__main__":
    main()
