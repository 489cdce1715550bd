"""Write the weights in the form the program reads, and read them back.

    python export.py --run runs/full --base DIR_OF_BASE_MODEL --models ../models

Linear weights of the encoder and the word embedding are int8 with one f32 scale a row (symmetric: w ~ q * scale,
q in -127..127); everything else is f32.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import torch

from data import DEPRELS, KINDS, UPOS
from model import Model, file_name
from weights_file import NAME, read_weights, without_unused, write_weights

VERSION = "1.0.0"
QUANTIZED = ("query.weight", "key.weight", "value.weight", "output.weight", "up.weight", "down.weight")
DATA = [
    {"name": "polnear train", "licence": "texts under their publishers' copyright, none stated for the annotation"},
    {"name": "ner_wikigold train", "licence": "CC BY 4.0"},
    {"name": "ner_uner train", "licence": "CC BY-SA 4.0"},
    {"name": "gum train: academic, bio, interview, news, voyage", "licence": "annotation CC BY 4.0; texts CC BY 4.0, CC BY-SA 3.0, CC BY 2.5"},
    {"name": "re3d train without BBC", "licence": "OGL 3, CC BY 3.0 AU, CC BY-SA 3.0, public domain, EU notice"},
    {"name": "ecbplus train", "licence": "CC BY 3.0 (annotation), texts under their publishers' copyright"},
    {"name": "ewt train", "licence": "CC BY-SA 4.0"},
    {"name": "toponyms_lgl train: places that stand by themselves", "licence": "annotation GPL-3; texts under their publishers' copyright"},
    {"name": "own sentences (training/data/own)", "licence": "as this repository"},
    {"name": "own sentence patterns", "licence": "as this repository"},
    {"name": "all-MiniLM-L6-v2 (base encoder)", "licence": "Apache-2.0"},
    {"name": "own annotated reports (training/data/reports.jsonl)", "licence": "as this repository"},
]


def quantize(weight: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Symmetric int8 by row: [R, C] f32 -> [R, C] int8 and scales [R]."""
    scale = weight.abs().amax(1).clamp_min(1e-12) / 127.0
    return torch.round(weight / scale[:, None]).clamp(-127, 127).to(torch.int8), scale


def weights_state(model: Model) -> dict[str, torch.Tensor]:
    """All tensors of the weights file."""
    state = {}
    for name, value in model.encoder.state_dict().items():
        value = value.detach().float().contiguous()
        out = file_name(name)
        if name == "word.weight" or name.endswith(QUANTIZED) and name.startswith("layers."):
            state[out], state[out + ".scale"] = quantize(value)
        else:
            state[out] = value.clone()
    state.update({k: v.clone() for k, v in model.heads_state().items()})
    return state


def load_weights(folder: Path) -> Model:
    """A model from a weights file, int8 tensors dequantized."""
    stored = {name: value.float() if value.dtype == torch.float16 else value for name, value in read_weights(folder).items()}
    for name in [n for n in stored if n.endswith(".scale")]:
        base = name[: -len(".scale")]
        stored[base] = stored[base].float() * stored[name][:, None]
    model = Model()
    encoder = model.encoder.state_dict()
    model.encoder.load_state_dict({k: stored[file_name(k)] for k in encoder})
    with torch.no_grad():
        for name, tagger in (("mention", model.mention), ("cue", model.cue)):
            tagger.linear.weight.copy_(stored[f"heads.{name}.weight"])
            tagger.linear.bias.copy_(stored[f"heads.{name}.bias"])
        for prefix, crf in (("heads.mention", model.mention.crf), ("heads.cue", model.cue.crf), ("roles", model.roles.crf)):
            for key in ("transitions", "start", "end"):
                getattr(crf, key).copy_(stored[f"{prefix}.crf.{key}"])
        for key, value in model.roles.named_parameters():
            if not key.startswith("crf."):
                value.copy_(stored[f"roles.{key}"])
        model.upos.weight.copy_(stored["heads.upos.weight"])
        model.upos.bias.copy_(stored["heads.upos.bias"])
        for key, value in model.parser.named_parameters():
            value.copy_(stored[f"parser.{key}"])
    return model.eval()


def replace_weights(stored: dict[str, torch.Tensor], models: Path, out: Path, version: str, told: dict) -> None:
    """Write tensors, vocabulary and manifest of `models` with other tensors and what is told of them to `out`."""
    words = "embeddings.word_embeddings.weight"
    stored[words] = without_unused(stored[words], models / "vocab.txt")
    digest = write_weights(out, stored)
    if out != models:
        (out / "vocab.txt").write_bytes((models / "vocab.txt").read_bytes())
    manifest = json.loads((models / "manifest.json").read_text())
    manifest["version"] = version
    manifest["sha256"] = {NAME: digest, "vocab.txt": manifest["sha256"]["vocab.txt"]}
    (out / "manifest.json").write_text(json.dumps({**manifest, **told}, indent=1) + "\n", encoding="utf-8")


def export(model: Model, vocab: Path, folder: Path, training: dict, scores: dict) -> None:
    """Write the weights, vocab.txt and manifest.json."""
    digest = write_weights(folder, weights_state(model))
    shutil.copyfile(vocab, folder / "vocab.txt")
    digests = {NAME: digest, "vocab.txt": hashlib.sha256((folder / "vocab.txt").read_bytes()).hexdigest()}
    manifest = {
        "schema": "counterclaim.model/1",
        "name": "counterclaim-english",
        "version": VERSION,
        "sha256": digests,
        "mention_kinds": KINDS,
        "upos": UPOS,
        "deprels": DEPRELS,
        "training": {"data": DATA, **training},
        "scores": scores,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("runs/full"))
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--models", type=Path, default=Path("../models"))
    args = parser.parse_args()
    model = Model()
    state = args.run / "calibrated.pt"
    model.load_state_dict(torch.load(state if state.exists() else args.run / "state.pt"))
    read = lambda name: json.loads((args.run / name).read_text()) if (args.run / name).exists() else {}  # noqa: E731
    export(model.eval(), args.base / "vocab.txt", args.models, read("training.json"), read("scores.json"))


if __name__ == "__main__":
    main()
