"""Add the encoder of answers (train_answers.py) to a weights file.

    python export_answers.py --run runs/answers --models ../models

The other tensors in the file stay as they are; those named `answers.` are replaced.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from export import replace_weights
from export_events import VERSION
from export_reports import PLAIN, SHARED, layers_state
from model import LAYER_NAMES, Encoder
from report_model import ReportModel
from weights_file import read_weights

OTHERS = ("marks.", "acts.")  # heads that are of use in training alone


def load_answers(folder: Path, base: Encoder, layers: int = 4) -> ReportModel:
    """The encoder of answers from a weights file, on a main encoder of the same file; int8 tensors made f32."""
    stored = {k.removeprefix("answers."): v for k, v in read_weights(folder).items() if k.startswith("answers.")}
    for name in [n for n in stored if n.endswith(".scale")]:
        stored[name[: -len(".scale")]] = stored[name[: -len(".scale")]].float() * stored[name][:, None]
    model = ReportModel(base, layers)
    state = {}
    for name, value in model.state_dict().items():
        if name.startswith("layers."):
            _, layer, module, kind = name.split(".")
            state[name] = stored[f"encoder.layer.{layer}.{LAYER_NAMES[module]}.{kind}"]
        else:
            state[name] = value if name.startswith(SHARED + OTHERS) else stored[PLAIN.get(name, name)].float()
    model.load_state_dict(state)
    return model.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("runs/answers"))
    parser.add_argument("--models", type=Path, default=Path("../models"))
    parser.add_argument("--out", type=Path, help="folder to write to, if not --models")
    args = parser.parse_args()
    state = torch.load(args.run / "state.pt")
    model = ReportModel(Encoder(), 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers.")))
    model.load_state_dict(state)
    stored = {k: v for k, v in read_weights(args.models).items() if not k.startswith("answers.")}
    stored.update({k: v for k, v in layers_state(model, "answers.").items() if not k.removeprefix("answers.").startswith(OTHERS)})
    record = args.run / "training.json"
    run = json.loads(record.read_text()) if record.exists() else {}
    data = [{"name": "own annotated reports (training/data/reports.jsonl, agreements.jsonl, quarrels.jsonl)", "licence": "as this repository"}]
    replace_weights(stored, args.models, args.out or args.models, VERSION, {"answers": {"data": data, **run}})


if __name__ == "__main__":
    main()
