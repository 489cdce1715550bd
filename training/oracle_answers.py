"""Write models/oracle_answers.json: what the encoder of answers answers in training on the sentences of oracle.py, for tests of the program.

    python oracle_answers.py --models ../models
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from export import load_weights
from export_answers import load_answers
from oracle import TEXTS
from pieces import WordPiece
from report_model import ALL_MARKS, STANCES, Report, collate
from score import text_window


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=Path("../models"))
    args = parser.parse_args()
    wp = WordPiece(args.models / "vocab.txt")
    model = load_answers(args.models, load_weights(args.models).encoder)
    cases = []
    for text in TEXTS:
        sentences = text_window(text, wp)[0].sentences
        offsets = [o for s in sentences for o in s.offsets]
        count = len(offsets)
        half = count // 2
        # A word of source, one of a cue, and what is said: the rest of the first half.
        parts = np.array([1, 2, 3, *[4] * (half - 3), *[0] * (count - half)])
        spans = [list(range(1, half)), list(range(half, count))]
        pairs = [(0, 1, apart, 0.0) for apart in range(8)]
        report = Report("", sentences, 0, parts, claims=spans, sources=[[0], []], cues=[1, half], stances=[[0.0] * len(STANCES)] * 2, pairs=pairs,
                        figures=spans, figure_pairs=pairs, marks=np.zeros((count, len(ALL_MARKS)), dtype=np.float32))  # fmt: skip
        with torch.no_grad():
            found = model(collate([report], wp), bf16=False)
        cases.append({
            "text": text,
            "words": offsets,
            "sentence_lengths": [len(s.forms) for s in sentences],
            "claims": [round(float(v), 3) for v in found["answers"]],
            "figures": [round(float(v), 3) for v in found["figures"]],
        })  # fmt: skip
    body = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    (args.models / "oracle_answers.json").write_text('{"cases": [\n' + body + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
