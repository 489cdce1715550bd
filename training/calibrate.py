"""Set the decision offsets of cue, source and content spans on the PolNeAR documents kept out of training.

    python calibrate.py --run runs/full --base DIR_OF_BASE_MODEL --data ../../shared/data

The taggers are trained for likelihood and miss more spans than they invent, while spans are counted by F1. An offset is
added to every move into a B tag of the role (start and transitions of the CRF), so it asks for more or fewer spans
without pulling their ends. The best offsets by the mean of the three F1 are written into the run's state file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from data import CUE_TAGS, ROLE_TAGS, document_windows, load_polnear
from model import Model
from pieces import WordPiece
from score import Counts, Reader
from train import CALIBRATION_STEP

ENTRIES = {"cue": ("cue", CUE_TAGS.index("B")), "source": ("roles", 1), "content": ("roles", 3)}


def pieces_of(items) -> set:
    return {(a, b, role) for pieces in items for role, ranges in pieces.items() for a, b in ranges}


def shift(reader: Reader, role: str, value: float) -> None:
    """Add `value` to every move into the role's B tag."""
    name, row = ENTRIES[role]
    transitions, start, end = (t.copy() for t in reader.crf[name])
    transitions[:, row] += value
    start[row] += value
    reader.crf[name] = (transitions, start, end)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("runs/full"))
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../../shared/data"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--dry", action="store_true", help="only show the scores")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    wp = WordPiece(args.base / "vocab.txt")
    model = Model()
    model.load_state_dict(torch.load(args.run / "state.pt"))
    reader = Reader(model, wp, bf16=False)
    kept_out = [d for n, d in enumerate(load_polnear(args.data / "polnear/train.jsonl")) if n % CALIBRATION_STEP == 0]
    windows = [w for d in kept_out for w in document_windows(d, wp, False)]
    vectors = dict(reader.vectors(windows))
    gold = [pieces_of(w.attributions) for w in windows]
    # a piece in a window without its cue counts as gold as well, as it does in polnear_sent
    original = dict(reader.crf)

    def score(offsets: dict[str, float]) -> dict[str, float]:
        reader.crf = dict(original)
        for role, value in offsets.items():
            shift(reader, role, value)
        counts = Counts()
        for i, window in enumerate(windows):
            counts.add(pieces_of(reader.attributions(window, vectors[i])), gold[i])
        return counts.table()

    offsets = {role: 0.0 for role in ENTRIES}
    table = score(offsets)
    best = np.mean([table[r] for r in ENTRIES])
    print(offsets, table)
    for role, values in (("cue", (-0.6, -0.3, 0.3, 0.6, 0.9)), ("content", (-0.3, 0.3, 0.6, 0.9)), ("source", (-0.3, 0.3, 0.6, 0.9))):
        for value in values:
            trial = {**offsets, role: value}
            table = score(trial)
            print(trial, table)
            mean = np.mean([table[r] for r in ENTRIES])
            if mean > best:
                best, offsets = mean, trial
    print("chosen", offsets)
    if not args.dry:
        with torch.no_grad():
            for role, value in offsets.items():
                name, row = ENTRIES[role]
                crf = model.cue.crf if name == "cue" else model.roles.crf
                crf.transitions[:, row] += value
                crf.start[row] += value
        torch.save(model.state_dict(), args.run / "calibrated.pt")


if __name__ == "__main__":
    main()
