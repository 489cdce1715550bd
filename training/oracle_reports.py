"""Write models/oracle_reports.json: what the encoder of reports and its heads answer in training on the sentences of oracle.py, for tests of the program.

    python oracle_reports.py --run runs/reports --models ../models
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from export import load_weights
from oracle import TEXTS
from pieces import WordPiece
from report_model import Report, ReportModel, collate
from score import text_window


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("runs/reports"))
    parser.add_argument("--models", type=Path, default=Path("../models"))
    args = parser.parse_args()
    wp = WordPiece(args.models / "vocab.txt")
    state = torch.load(args.run / "state.pt")
    model = ReportModel(load_weights(args.models).encoder, 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers.")))
    shared = {name: value for name, value in model.state_dict().items() if name.startswith(("word.", "position.", "segment."))}
    model.load_state_dict({**state, **shared})
    model.eval()
    cases = []
    for text in TEXTS:
        sentences = text_window(text, wp)[0].sentences
        offsets = [o for s in sentences for o in s.offsets]
        count = len(offsets)
        half = count // 2
        # A word of source, one of a cue, and what is said: the rest of the first half.
        parts = np.array([1, 2, 3, *[4] * (half - 3), *[0] * (count - half)])
        claims = [list(range(1, half)), list(range(half, count))]
        marks = np.zeros((count, model.marks.out_features), dtype=np.float32)
        report = Report("", sentences, 0, parts, claims=claims, sources=[[0], []], stances=[[0.0] * model.acts.out_features] * 2, marks=marks,
                        pairs=[(0, 1, 1, 0.0)], figures=claims, figure_pairs=[(0, 1, 1, 0.0)])  # fmt: skip
        with torch.no_grad():
            found = model(collate([report], wp), bf16=False)
        cases.append({
            "text": text,
            "words": offsets,
            "sentence_lengths": [len(s.forms) for s in sentences],
            "marks": [[round(float(v), 3) for v in row] for row in found["marks"]],
            "acts": [round(float(v), 3) for v in found["stances"][0]],
            "answer": round(float(found["answers"][0]), 3),
            "figure": round(float(found["figures"][0]), 3),
        })  # fmt: skip
    body = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    (args.models / "oracle_reports.json").write_text('{"cases": [\n' + body + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
