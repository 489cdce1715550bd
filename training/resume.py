"""Make states that a run can go on from out of a weights file.

    python resume.py --models ../models --out runs/shipped

Writes `state.pt` (`train.py --start`), `events.pt` (`train_events.py --go-on`) and `reports.pt` (`train_reports.py --go-on`). Integer tensors become f32 again; what
rounding took (0.3 points at most, see README.md) is lost.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from export import load_weights
from export_events import load_events
from export_reports import load_reports


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=Path("../models"))
    parser.add_argument("--out", type=Path, default=Path("runs/shipped"))
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--keys-offset", type=float, default=0.0, help="what the export took from the score of no part of an incident")
    parser.add_argument("--sides-offset", type=float, default=0.0, help="what the export took from the score of no side")
    parser.add_argument("--past-offset", type=float, default=0.0, help="what the export added to the score of history")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    main_model = load_weights(args.models)
    events = load_events(args.models, main_model, args.layers)
    with torch.no_grad():
        events.keys.linear.bias[0] += args.keys_offset
        events.sides.linear.bias[0] += args.sides_offset
        events.past.bias[1] -= args.past_offset
    torch.save(main_model.state_dict(), args.out / "state.pt")
    torch.save(events.state_dict(), args.out / "events.pt")
    torch.save(load_reports(args.models, main_model.encoder), args.out / "reports.pt")


if __name__ == "__main__":
    main()
