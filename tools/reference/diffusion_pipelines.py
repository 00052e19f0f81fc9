"""Tiny Stable Diffusion pipelines, 1.x and XL, built by diffusers, and what each stage of them computes.

Weights are not stored: a tensor's numbers follow from its name (`numbers` below; `SeededWeights` in the Java tests is its
twin), so only the configurations, tokenizers and the names and shapes that `save_pretrained` wrote are kept, and one
safetensors file of goldens per pipeline. All in float32 on one thread. Sizes are chosen so that mistakes show: not square,
several heads, several groups, odd sizes inside, no norm's weight 1 nor bias 0.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import diffusers
import numpy as np
import torch
import transformers
from safetensors import safe_open
from safetensors.torch import save_file

import golden_tokenizers
from golden_files import parser, print_versions

TARGET = "synth/src/test/resources/io/semblance/synth/reference"
PAIRS = 300
SCHEDULE = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", clip_sample=False, set_alpha_to_one=False)
PROMPTS = ["a painting of a red apple, in the style of <new1>", "two pears!"]
NEGATIVE = "blurry, ugly"
TEXTS = ["", " ", "a photo of a dog", "A Photo of A DOG", "an apple " * 60, "12 cats in 2024", "Café crème, naïve façade",
         "🍎🍐 fruit", "it’s a pear’s skin", "it's a pear's skin", "hello!", "!", "!!! wow !!!", "a <new1> apple", "<new1>",
         "<NEW1> apple", "tab\tand\nline", "  many   spaces  ", "under_score-hyphen", "東京タワー", "İstanbul ΣΑΣ", "a/b\\c (d) [e]",
         "100% cotton & silk", "<|endoftext|> after", "a <|startoftext|> b", "don't we'll they've I'm he'd you're", "ﬁ ligature",
         "e\u0301 combining", "\u00a0nbsp\u2003em", "x" * 200, "👩‍👩‍👧‍👦 family", "ℝ², ½, ①", "“quoted” – dash…", "a.b.c", "C++ & C#",
         "apple,pear,plum", "photo of a <new1>dog", "ÀÉÎ", "zero\u200bwidth", "word " * 500]


def numbers(name: str, shape) -> np.ndarray:
    """The float32 numbers of a tensor: uniform, from splitmix64 seeded with FNV-1a of the name."""
    seed = 0xCBF29CE484222325
    for byte in name.encode():
        seed = (seed ^ byte) * 0x100000001B3 % 2**64
    count = int(np.prod(shape))
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    uniform = (z >> np.uint64(40)).astype(np.float32) * np.float32(2.0**-23) - np.float32(1)
    if "embedding.weight" in name:
        scaled = uniform * np.float32(0.5)
    elif len(shape) >= 2:
        scaled = uniform * np.float32(1.7 / np.sqrt(float(np.prod(shape[1:]))))
    elif name.endswith("weight"):
        scaled = np.float32(1) + uniform * np.float32(0.3)
    else:
        scaled = uniform * np.float32(0.2)
    return scaled.reshape(shape)


def fill(component: str, module: torch.nn.Module) -> torch.nn.Module:
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            # transformers 5 drops this prefix in files of the plain text model
            parameter.copy_(torch.from_numpy(numbers(f"{component}/{name.removeprefix('text_model.')}", tuple(parameter.shape))))
    return module.eval()


def noise(name: str, *shape: int) -> torch.Tensor:
    return torch.from_numpy(np.random.default_rng(int.from_bytes(name.encode()[:8], "big")).standard_normal(shape, np.float32))


def text_config(hidden, heads, layers, act, projection, eos):
    return transformers.CLIPTextConfig(
        hidden_size=hidden, intermediate_size=hidden * 2 - 3, num_hidden_layers=layers, num_attention_heads=heads, hidden_act=act,
        projection_dim=projection, vocab_size=512 + PAIRS + 2, max_position_embeddings=77, bos_token_id=0, eos_token_id=eos,
        pad_token_id=1)


def tokenizer(scratch: Path, pad: str):
    merges = golden_tokenizers.pairs(PAIRS)
    golden_tokenizers.write_clip(scratch, merges)
    return golden_tokenizers.of_transformers(scratch, merges, pad_token=pad, model_max_length=77)


def sd(scratch: Path):
    end = 512 + PAIRS + 1
    unet = diffusers.UNet2DConditionModel(
        sample_size=12, block_out_channels=(16, 32, 32), layers_per_block=2, cross_attention_dim=24, attention_head_dim=4,
        down_block_types=("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"), norm_num_groups=4)
    vae = diffusers.AutoencoderKL(
        block_out_channels=(16, 32, 32), layers_per_block=1, norm_num_groups=8, sample_size=32,
        down_block_types=("DownEncoderBlock2D",) * 3, up_block_types=("UpDecoderBlock2D",) * 3)
    text = transformers.CLIPTextModel(text_config(24, 2, 3, "quick_gelu", 24, end))
    return diffusers.StableDiffusionPipeline(
        vae=fill("vae", vae), unet=fill("unet", unet), text_encoder=fill("text_encoder", text),
        tokenizer=tokenizer(scratch, "<|endoftext|>"), scheduler=diffusers.DDIMScheduler(**SCHEDULE, timestep_spacing="leading", steps_offset=0), safety_checker=None,
        feature_extractor=None, requires_safety_checker=False)


def sdxl(scratch: Path):
    unet = diffusers.UNet2DConditionModel(
        sample_size=10, block_out_channels=(16, 32, 48), layers_per_block=2, cross_attention_dim=56, attention_head_dim=(2, 4, 6),
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"), norm_num_groups=8, use_linear_projection=True,
        transformer_layers_per_block=(1, 1, 2), addition_embed_type="text_time", addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=6 * 8 + 20)
    vae = diffusers.AutoencoderKL(
        block_out_channels=(16, 32, 32), layers_per_block=2, norm_num_groups=8, sample_size=32, scaling_factor=0.13025,
        down_block_types=("DownEncoderBlock2D",) * 3, up_block_types=("UpDecoderBlock2D",) * 3)
    one = transformers.CLIPTextModel(text_config(24, 2, 3, "quick_gelu", 24, 2))
    two = transformers.CLIPTextModelWithProjection(text_config(32, 4, 4, "gelu", 20, 2))
    return diffusers.StableDiffusionXLPipeline(
        vae=fill("vae", vae), unet=fill("unet", unet), text_encoder=fill("text_encoder", one),
        text_encoder_2=fill("text_encoder_2", two), tokenizer=tokenizer(scratch, "<|endoftext|>"),
        tokenizer_2=tokenizer(scratch, "!"), scheduler=diffusers.DDIMScheduler(**SCHEDULE, timestep_spacing="leading", steps_offset=0), add_watermarker=False)


def tokens(pipe, out: dict) -> None:
    for name in ("tokenizer", "tokenizer_2"):
        one = getattr(pipe, name, None)
        if one is not None:
            out[name] = [{"text": t, "ids": ids(one, t)} for t in TEXTS]
            one.add_tokens(["<new1>"])
            out[name + "+<new1>"] = [{"text": t, "ids": ids(one, t)} for t in TEXTS]


def ids(one, text: str):
    return one(text, padding="max_length", max_length=77, truncation=True).input_ids


def encoders(pipe, out: dict) -> None:
    for name, tok in (("text_encoder", "tokenizer"), ("text_encoder_2", "tokenizer_2")):
        model = getattr(pipe, name, None)
        if model is None:
            continue
        batch = torch.tensor([ids(getattr(pipe, tok), p) for p in PROMPTS])
        out[f"{name}.ids"] = batch
        answer = model(batch, output_hidden_states=True)
        for i, state in enumerate(answer.hidden_states):
            out[f"{name}.hidden.{i}"] = state[:1]
        out[f"{name}.last"] = answer.last_hidden_state[:1]
        if name == "text_encoder_2":
            out[f"{name}.pooled"] = answer.text_embeds
            turned = batch.clone()
            turned[0, 3] = model.config.vocab_size - 1  # an end of text in the middle
            out[f"{name}.turned"] = turned
            out[f"{name}.turned.pooled"] = model(turned).text_embeds


def watch(module, name: str, out: dict, hooks: list) -> None:
    def keep(_, __, value):
        out[name] = (value[0] if isinstance(value, tuple) else value).detach().clone()
    hooks.append(module.register_forward_hook(keep))


def unet(pipe, latent, out: dict) -> None:
    net = pipe.unet
    x = noise("latents", 2, 4, *latent)
    t = torch.tensor([981, 20])
    text = noise("context", 2, 77, net.config.cross_attention_dim) * 0.7
    added = None
    out |= {"unet.in": x, "unet.t": t, "unet.text": text}
    if net.config.addition_embed_type:
        added = {"text_embeds": noise("pooled", 2, 20), "time_ids": torch.tensor([[1024., 768., 0., 8., 1024., 768.], [512., 512., 64., 0., 640., 512.]])}
        out |= {"unet.pooled": added["text_embeds"], "unet.time_ids": added["time_ids"]}
    hooks = []
    watch(net.time_proj, "unet.sinusoid", out, hooks)
    watch(net.time_embedding, "unet.time_embedding", out, hooks)
    if added:
        watch(net.add_embedding, "unet.add_embedding", out, hooks)
    watch(net.conv_in, "unet.conv_in", out, hooks)
    for i, block in enumerate(net.down_blocks):
        watch(block, f"unet.down_blocks.{i}", out, hooks)
    watch(net.mid_block, "unet.mid_block", out, hooks)
    for i, block in enumerate(net.up_blocks):
        watch(block, f"unet.up_blocks.{i}", out, hooks)
    watch(net.mid_block.resnets[0], "unet.mid_block.resnets.0", out, hooks)
    watch(net.mid_block.attentions[0], "unet.mid_block.attentions.0", out, hooks)
    first = net.mid_block.attentions[0].transformer_blocks[0]
    for name in ("attn1.to_q", "attn1.to_k", "attn1.to_v", "attn1", "attn2", "ff"):
        watch(first.get_submodule(name), f"unet.mid_block.attentions.0.transformer_blocks.0.{name}", out, hooks)
    answer = net(x, t, text, added_cond_kwargs=added).sample
    out["unet.out"] = answer
    for hook in hooks:
        hook.remove()
    with torch.enable_grad():
        trained = [(n, p) for n, p in net.named_parameters() if "attn2.to_k" in n or "attn2.to_v" in n]
        for _, p in trained:
            p.requires_grad_(True)
        loss = (net(x, t, text, added_cond_kwargs=added).sample - x).pow(2).mean()
        out["unet.loss"] = loss.detach().reshape(1)
        grads = torch.autograd.grad(loss, [p for _, p in trained])
        for (name, p), g in list(zip(trained, grads))[::9]:
            out[f"unet.grad.{name}"] = g


def vae(pipe, latent, out: dict) -> None:
    net = pipe.vae
    image = torch.from_numpy(np.random.default_rng(5).uniform(-1, 1, (1, 3, latent[0] * 4, latent[1] * 4)).astype(np.float32))
    hooks = []
    watch(net.encoder, "vae.encoder", out, hooks)
    watch(net.encoder.mid_block, "vae.encoder.mid_block", out, hooks)
    watch(net.decoder.mid_block, "vae.decoder.mid_block", out, hooks)
    posterior = net.encode(image).latent_dist
    eps = noise("epsilon", *posterior.mean.shape)
    z = noise("zlatent", 1, 4, *latent)
    out |= {"vae.image": image, "vae.mean": posterior.mean, "vae.logvar": posterior.logvar, "vae.eps": eps,
            "vae.sample": posterior.mean + posterior.std * eps, "vae.z": z, "vae.decoded": net.decode(z).sample}
    for hook in hooks:
        hook.remove()
    net.enable_tiling()
    out["vae.tiled.mean"] = net.encode(image).latent_dist.mean
    out["vae.tiled.decoded"] = net.decode(z).sample
    net.disable_tiling()


def pixels(images) -> torch.Tensor:
    return torch.from_numpy(np.stack([np.asarray(i) for i in images]))


def loops(pipe, latent, out: dict) -> None:
    size = dict(height=latent[0] * 4, width=latent[1] * 4)
    start = torch.cat([torch.randn((1, 4, *latent), generator=torch.Generator().manual_seed(s)) for s in (3, 4)])
    out["loop.start"] = start
    ddim = pipe.scheduler
    dpm = diffusers.DPMSolverMultistepScheduler.from_config(ddim.config)
    v = diffusers.DDIMScheduler.from_config(ddim.config, prediction_type="v_prediction", timestep_spacing="trailing")
    cases = {"plain": (ddim, 4, 7.5, None, 0.0, 0.0), "empty": (ddim, 2, 5.0, "", 0.0, 0.0), "negative": (ddim, 3, 6.0, NEGATIVE, 0.0, 0.7),
             "unguided": (ddim, 2, 1.0, None, 0.0, 0.0), "eta": (ddim, 3, 4.0, NEGATIVE, 1.0, 0.0), "v": (v, 3, 3.0, NEGATIVE, 0.0, 0.0),
             "dpm": (dpm, 5, 5.0, NEGATIVE, 0.0, 0.0), "dpm20": (dpm, 20, 5.0, NEGATIVE, 0.0, 0.0)}
    for name, (scheduler, steps, guidance, negative, eta, rescale) in cases.items():
        pipe.scheduler = scheduler
        seen = []

        def keep(_, __, ___, kwargs, seen=seen):
            seen.append(kwargs["latents"].clone())
            return kwargs
        answer = pipe(PROMPTS, negative_prompt=None if negative is None else [negative] * 2, num_inference_steps=steps,
                      guidance_scale=guidance, eta=eta, guidance_rescale=rescale, callback_on_step_end=keep, output_type="pil",
                      generator=[torch.Generator().manual_seed(s) for s in (3, 4)], **size)
        out[f"loop.{name}.latents"] = torch.stack(seen if steps < 6 else seen[-1:])
        if name == "plain":
            out["loop.plain.image"] = pixels(answer.images)
    pipe.scheduler = ddim
    xl = hasattr(pipe, "text_encoder_2")
    encoded = pipe.encode_prompt(PROMPTS, device="cpu", num_images_per_prompt=1, do_classifier_free_guidance=True)
    out["prompt.text"] = encoded[0]
    out["prompt.uncond"] = encoded[1]
    if xl:
        out["prompt.pooled"] = encoded[2]


def invert(pipe, latent, out: dict) -> None:
    """Inversion by the text of Google's notebook for SDXL, as described in the design notes, on any of the two pipelines."""
    xl = hasattr(pipe, "text_encoder_2")
    encoded = pipe.encode_prompt(PROMPTS[:1], device="cpu", num_images_per_prompt=1, do_classifier_free_guidance=True)
    text = torch.cat([torch.zeros_like(encoded[0]) if xl else encoded[1], encoded[0]])
    added = None
    if xl:
        time_ids = torch.tensor([[latent[0] * 4, latent[1] * 4, 0, 0, latent[0] * 4, latent[1] * 4]] * 2, dtype=torch.float32)
        added = {"text_embeds": torch.cat([torch.zeros_like(encoded[2]), encoded[2]]), "time_ids": time_ids}
    scheduler = pipe.scheduler
    steps, guidance = 5, 2.0
    scheduler.set_timesteps(steps)
    z = pipe.vae.encode(out["vae.image"]).latent_dist.mean * pipe.vae.config.scaling_factor
    kept = [z]
    for t in reversed(scheduler.timesteps.tolist()):
        eps = pipe.unet(torch.cat([z, z]), t, text, added_cond_kwargs=added).sample
        eps = eps[:1] + guidance * (eps[1:] - eps[:1])
        before = min(t - 1000 // steps, 999)
        a0 = scheduler.alphas_cumprod[before] if before >= 0 else scheduler.final_alpha_cumprod
        a1 = scheduler.alphas_cumprod[t]
        z = a1.sqrt() * (z - (1 - a0).sqrt() * eps) / a0.sqrt() + (1 - a1).sqrt() * eps
        kept.append(z)
    out["inversion.zts"] = torch.cat(kept).flip(0)


def feature(pipe, out: dict) -> None:
    """Mid-block features at t = 100 of the image of the VAE's golden, with a caption and fixed noise."""
    mean = out["vae.mean"] * pipe.vae.config.scaling_factor
    drawn = noise("feature", *mean.shape)
    abar = pipe.scheduler.alphas_cumprod[100]
    z = abar.sqrt() * mean + (1 - abar).sqrt() * drawn
    kept, hooks = {}, []
    watch(pipe.unet.mid_block, "mid", kept, hooks)
    text = pipe.encode_prompt(PROMPTS[:1], device="cpu", num_images_per_prompt=1, do_classifier_free_guidance=False)[0]
    pipe.unet(z, 100, text)
    hooks[0].remove()
    out |= {"feature.noise": drawn, "feature.z": z, "feature.mid": kept["mid"], "feature.pooled": kept["mid"].mean((2, 3))}


def schedules(out: dict) -> None:
    tables = []
    for spacing in ("leading", "trailing", "linspace"):
        for steps in (1, 3, 10, 50, 1000):
            for offset in (0, 1):
                settings = dict(timestep_spacing=spacing, steps_offset=offset)
                one = diffusers.DDIMScheduler(**SCHEDULE, **settings)
                one.set_timesteps(steps)
                row = {**settings, "steps": steps, "ddim": one.timesteps.tolist()}
                if steps < 1000:
                    other = diffusers.DPMSolverMultistepScheduler.from_config(one.config)
                    other.set_timesteps(steps)
                    row |= {"dpm": other.timesteps.tolist(), "sigmas": other.sigmas.tolist()}
                tables.append(row)
    out["timesteps"] = tables
    out["abar"] = {"scaled_linear": diffusers.DDIMScheduler(**SCHEDULE).alphas_cumprod.tolist()[::37],
                   "linear": diffusers.DDIMScheduler().alphas_cumprod.tolist()[::37]}
    x, e, z = (noise(n, 1, 4, 2, 3) for n in ("sample", "output", "variance"))
    out["x"], out["e"], out["z"] = (v.flatten().tolist() for v in (x, e, z))
    rows = []
    for prediction in ("epsilon", "v_prediction"):
        for eta in (0.0, 1.0):
            for one_at_end in (False, True):
                for clip in (False, True):
                    one = diffusers.DDIMScheduler(**SCHEDULE | dict(set_alpha_to_one=one_at_end, clip_sample=clip), prediction_type=prediction)
                    one.set_timesteps(10)
                    for t in (900, 500, 0):
                        after = one.step(e, t, x, eta=eta, variance_noise=z).prev_sample
                        rows.append(dict(prediction=prediction, eta=eta, set_alpha_to_one=one_at_end, clip_sample=clip, t=t,
                                         after=after.flatten().tolist()))
    out["steps"] = rows
    out["noised"] = {str(t): diffusers.DDIMScheduler(**SCHEDULE).add_noise(x, z, torch.tensor([t])).flatten().tolist() for t in (0, 100, 999)}


def save(name: str, make, latent, root: Path, scratch: Path) -> None:
    torch.manual_seed(0)
    pipe = make(scratch / "tokenizer")
    pipe.set_progress_bar_config(disable=True)
    folder = scratch / name
    pipe.save_pretrained(folder, safe_serialization=True)
    target = root / name
    shutil.rmtree(target, ignore_errors=True)
    shapes = {}
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if file.suffix == ".safetensors":
            with safe_open(file, "pt") as f:
                shapes[str(inside)] = {key: list(f.get_slice(key).get_shape()) for key in sorted(f.keys())}
        elif file.is_file():
            (target / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target / inside)
    (target / "shapes.json").write_text(json.dumps(shapes) + "\n")
    golden = {}
    with torch.no_grad():
        encoders(pipe, golden)
        unet(pipe, latent, golden)
        vae(pipe, latent, golden)
        loops(pipe, latent, golden)
        invert(pipe, latent, golden)
        if name == "sd":
            feature(pipe, golden)
    save_file({k: v.detach().contiguous() for k, v in golden.items()}, target / "golden.safetensors")
    texts = {}
    tokens(pipe, texts)
    (target / "tokens.json").write_text(json.dumps(texts) + "\n")


def main() -> None:
    args = parser(__doc__).parse_args()
    print_versions("torch", "diffusers", "transformers", "safetensors")
    diffusers.logging.set_verbosity_error()
    torch.set_num_threads(1)
    root = args.out / TARGET
    with tempfile.TemporaryDirectory() as scratch:
        save("sd", sd, (8, 12), root, Path(scratch))
        save("sdxl", sdxl, (10, 6), root, Path(scratch))
    table = {}
    schedules(table)
    (root / "schedules.json").write_text(json.dumps(table) + "\n")
    for file in sorted(root.rglob("*")):
        if file.is_file():
            print(f"  {file.relative_to(root)!s:44s} {file.stat().st_size:8d}")


if __name__ == "__main__":
    sys.exit(main())
