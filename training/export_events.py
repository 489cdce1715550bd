"""Add the event encoder and its heads to a weights file.

    python export_events.py --run runs/events --base DIR_OF_BASE_MODEL --models ../models

The tensors of the main encoder in the file stay as they are; those named `events.` are replaced.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from event_model import EventModel, known
from export import QUANTIZED, quantize, replace_weights
from model import LAYER_NAMES, Model
from weights_file import read_weights

VERSION = "2.11.0"
SMALL = {
    "position.weight": "embeddings.position_embeddings.weight",
    "segment.weight": "embeddings.token_type_embeddings.weight",
    "shape.weight": "shape_embeddings.weight",
    "norm.weight": "embeddings.LayerNorm.weight",
    "norm.bias": "embeddings.LayerNorm.bias",
}
DATA = [
    {"name": "plover_plv train", "licence": "none stated; texts under their publishers' copyright"},
    {"name": "plover_gsr train", "licence": "CC BY-SA 4.0"},
    {"name": "cameo_roles train, cameo_penta train", "licence": "GPL-3 repository; texts under their publishers' copyright"},
    {"name": "case21_acled train", "licence": "none stated; texts under their publishers' copyright"},
    {"name": "event_location train", "licence": "MIT; texts under their publishers' copyright"},
    {"name": "factuality train (FactBank, UW, MEANTIME)", "licence": "LDC; research; texts under their publishers' copyright"},
    {"name": "muc4 train", "licence": "handed out by DARPA/NRaD without conditions"},
    {"name": "ecbplus train", "licence": "CC BY 3.0 (annotation), texts under their publishers' copyright"},
    {"name": "synth_plover", "licence": "made by a language model, published by A. Halterman"},
    {"name": "own annotated sentences (training/data/own)", "licence": "as this repository"},
    {"name": "own stories (fixtures/stories): deeds", "licence": "as this repository"},
    {"name": "own reports (training/data/deeds.jsonl): deeds", "licence": "as this repository"},
    {"name": "402 printed reports, our annotation: train parts of FA-KES, Reuters-21578, MUC-4, Local-Global Lexicon, ECB+, re3d without BBC, PolNeAR", "licence": "texts under their publishers' copyright; re3d: OGL 3, CC BY 3.0 AU, CC BY-SA 3.0, public domain, EU notice"},
]


def events_state(model: EventModel) -> dict[str, torch.Tensor]:
    """All tensors of the event encoder and its heads."""
    state = {}
    for name, value in model.side.state_dict().items():
        value = value.detach().float().contiguous()
        if name in SMALL:
            state[f"events.{SMALL[name]}"] = value.clone()
            continue
        _, layer, module, kind = name.split(".")
        out = f"events.encoder.layer.{layer}.{LAYER_NAMES[module]}.{kind}"
        if name.endswith(QUANTIZED):
            state[out], state[out + ".scale"] = quantize(value)
        else:
            state[out] = value.clone()
    for head in ("words", "status", "past", "facts", "deeds"):
        for kind in ("weight", "bias"):
            state[f"events.{head}.{kind}"] = getattr(getattr(model, head), kind)
    for head in ("types", "labels"):
        pool = getattr(model, head)
        state[f"events.{head}.attention.weight"] = pool.attention.weight
        state[f"events.{head}.linear.weight"], state[f"events.{head}.linear.bias"] = pool.linear.weight, pool.linear.bias
    for head in ("sides", "keys"):
        tagger = getattr(model, head)
        state[f"events.{head}.weight"], state[f"events.{head}.bias"] = tagger.linear.weight, tagger.linear.bias
    for key in ("token.weight", "token.bias", "cue.weight", "distance.weight", "product_token.weight",
                "product_cue.weight", "out.weight", "out.bias"):  # fmt: skip
        state[f"events.links.{key}"] = model.links.get_parameter(key)
    for head in ("sides", "keys", "links"):
        for key, table in zip(("transitions", "start", "end"), getattr(model, head).crf.tables()):
            state[f"events.{head}.crf.{key}"] = table
    return {k: (v if v.dtype == torch.int8 else as_stored(k, v.detach().float())).contiguous() for k, v in state.items()}


def as_stored(name: str, value: torch.Tensor) -> torch.Tensor:
    """The matrices of the link head take two bytes a number: the largest of the file, and as good so."""
    return value.half() if name.startswith("events.links.") and value.dim() > 1 and ".crf." not in name else value


def load_events(folder: Path, main_model: Model, layers: int = 3) -> EventModel:
    """The event encoder and its heads from a weights file, on a main model of the same file; int8 tensors made f32."""
    stored = {k: v for k, v in read_weights(folder).items() if k.startswith("events.")}
    for name in [n for n in stored if n.endswith(".scale")]:
        base = name[: -len(".scale")]
        stored[base] = stored[base].float() * stored[name][:, None]
    model = EventModel(main_model, main_model, layers)
    side = {}
    for name in model.side.state_dict():
        if name in SMALL:
            side[name] = stored[f"events.{SMALL[name]}"]
            continue
        _, layer, module, kind = name.split(".")
        side[name] = stored[f"events.encoder.layer.{layer}.{LAYER_NAMES[module]}.{kind}"]
    model.side.load_state_dict(side)
    with torch.no_grad():
        for name in [n for n in events_state(model) if not n.startswith(("events.embeddings", "events.encoder", "events.shape"))]:
            rest = name.removeprefix("events.").replace("sides.weight", "sides.linear.weight").replace("sides.bias", "sides.linear.bias")
            rest = rest.replace("keys.weight", "keys.linear.weight").replace("keys.bias", "keys.linear.bias")
            model.get_parameter(rest).copy_(stored[name])
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("runs/events"))
    parser.add_argument("--models", type=Path, default=Path("../models"))
    parser.add_argument("--out", type=Path, help="folder to write to, if not --models")
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--keys-offset", type=float, default=0.0, help="taken from the score of no part of an incident")
    parser.add_argument("--sides-offset", type=float, default=0.0, help="taken from the score of no side")
    parser.add_argument("--past-offset", type=float, default=0.0, help="added to the score of history")
    args = parser.parse_args()
    out = args.out or args.models
    model = EventModel(Model(), Model(), args.layers)
    model.load_state_dict({**model.state_dict(), **known(torch.load(args.run / "state.pt"))})
    with torch.no_grad():
        model.keys.linear.bias[0] -= args.keys_offset
        model.sides.linear.bias[0] -= args.sides_offset
        model.past.bias[1] += args.past_offset
    stored = {k: v for k, v in read_weights(args.models).items() if not k.startswith("events.")}
    stored.update(events_state(model))
    record = args.run / "training.json"
    run = json.loads(record.read_text()) if record.exists() else {}
    replace_weights(stored, args.models, out, VERSION, {"events": {"data": DATA, **run}})


if __name__ == "__main__":
    main()
