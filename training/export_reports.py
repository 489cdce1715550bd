"""Add the layers over whole reports and their heads to a weights file.

    python export_reports.py --run runs/reports --models ../models

The other tensors in the file stay as they are; those named `reports.` are replaced. Heads are f16, which the program reads as f32.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from export import QUANTIZED, quantize, replace_weights
from export_events import VERSION, as_stored
from model import LAYER_NAMES, Encoder
from report_model import ReportModel
from weights_file import read_weights

PLAIN = {"shape.weight": "shape_embeddings.weight", "parts.weight": "part_embeddings.weight", "norm.weight": "embeddings.LayerNorm.weight",
         "norm.bias": "embeddings.LayerNorm.bias"}  # fmt: skip
SHARED = ("word.", "position.", "segment.")  # the main encoder's


def layers_state(model: torch.nn.Module, prefix: str) -> dict[str, torch.Tensor]:
    """All tensors of layers over the main encoder's tables and of their heads."""
    state = {}
    for name, value in model.state_dict().items():
        if name.startswith(SHARED):
            continue
        value = value.detach().float().contiguous()
        if not name.startswith("layers."):
            half = value.half() if value.dim() > 1 and not name.startswith(("parts", "shape")) else value
            state[prefix + PLAIN.get(name, name)] = half.contiguous()
            continue
        _, layer, module, kind = name.split(".")
        out = f"{prefix}encoder.layer.{layer}.{LAYER_NAMES[module]}.{kind}"
        if name.endswith(QUANTIZED):
            state[out], state[out + ".scale"] = quantize(value)
        else:
            state[out] = value.clone()
    return state


def load_reports(folder: Path, base: Encoder, layers: int = 4) -> dict[str, torch.Tensor]:
    """The state of the encoder of reports from a weights file, on a main encoder of the same file; int8 tensors made f32."""
    stored = {k.removeprefix("reports."): v for k, v in read_weights(folder).items() if k.startswith("reports.")}
    for name in [n for n in stored if n.endswith(".scale")]:
        stored[name[: -len(".scale")]] = stored[name[: -len(".scale")]].float() * stored[name][:, None]
    state = {}
    for name, value in ReportModel(base, layers).state_dict().items():
        if not name.startswith("layers."):
            state[name] = value if name.startswith(SHARED) else stored[PLAIN.get(name, name)].float()
            continue
        _, layer, module, kind = name.split(".")
        state[name] = stored[f"encoder.layer.{layer}.{LAYER_NAMES[module]}.{kind}"]
    return state


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("runs/reports"))
    parser.add_argument("--models", type=Path, default=Path("../models"))
    parser.add_argument("--out", type=Path, help="folder to write to, if not --models")
    parser.add_argument("--layers", type=int, default=4)
    args = parser.parse_args()
    out = args.out or args.models
    model = ReportModel(Encoder(), args.layers)
    model.load_state_dict(torch.load(args.run / "state.pt"))
    gone = ("reports.", "events.answers.", "events.marks.")
    stored = {k: v for k, v in read_weights(args.models).items() if not k.startswith(gone)}
    stored = {k: as_stored(k, v) for k, v in stored.items()}
    stored.update(layers_state(model, "reports."))
    record = args.run / "training.json"
    run = json.loads(record.read_text()) if record.exists() else {}
    replace_weights(stored, args.models, out, VERSION, {"reports": {"data": [{"name": "own annotated reports (training/data/reports.jsonl)", "licence": "as this repository"}], **run}})


if __name__ == "__main__":
    main()
