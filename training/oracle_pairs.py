"""Write models/oracle_pairs.json: what the reader of pairs answers in training on the sentences of oracle.py, for tests of the program.

    python oracle_pairs.py --models ../models
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from export import load_weights
from export_pairs import load_pairs
from oracle import TEXTS
from pair_model import TASKS, collate, lay, text_of
from pieces import WordPiece
from score import text_window


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=Path("../models"))
    args = parser.parse_args()
    wp = WordPiece(args.models / "vocab.txt")
    model = load_pairs(args.models, load_weights(args.models).encoder)
    cases = []
    for text in TEXTS:
        sentences = text_window(text, wp)[0].sentences
        cut = text_of(text, wp)
        count = len(cut.offsets)
        half = count // 2
        # A word of source, one of a cue, and what is said up to the middle; the last five words against them.
        first = {0: 1, 1: 2, 2: 3, **{word: 4 for word in range(3, half)}}
        second = {count - 5: 2, count - 4: 3, **{word: 4 for word in range(count - 3, count)}}
        pair = lay(cut, wp, 0, first, second, 0.0)
        with torch.no_grad():
            found = model(collate([pair]), bf16=False)[0]
        cases.append({
            "text": text,
            "words": cut.offsets,
            "sentence_lengths": [len(s.forms) for s in sentences],
            **{name: round(float(value), 3) for name, value in zip(TASKS, found)},
        })  # fmt: skip
    body = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    (args.models / "oracle_pairs.json").write_text('{"cases": [\n' + body + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
