"""Write models/oracle_agreements.json: what the reader of agreements answers in training on the sentences of oracle.py, for tests of the program.

    python oracle_agreements.py --models ../models
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from agreement_model import MARKS, Window, collate
from export import load_weights
from export_agreements import load_agreements
from oracle import TEXTS
from pieces import WordPiece
from score import text_window


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=Path("../models"))
    args = parser.parse_args()
    wp = WordPiece(args.models / "vocab.txt")
    model = load_agreements(args.models, load_weights(args.models).encoder)
    cases = []
    for text in TEXTS:
        sentences = text_window(text, wp)[0].sentences
        offsets = [o for s in sentences for o in s.offsets]
        count = len(offsets)
        # The first three words name it, one in the middle names it again, the last but one names another.
        names = np.zeros(count, dtype=np.int64)
        names[:3], names[count // 2], names[count - 2] = 1, 2, 3
        window = Window("", [s.forms for s in sentences], [n for n, s in enumerate(sentences) for _ in s.forms])
        with torch.no_grad():
            found = model(collate([window], wp, found=[names]), bf16=False)[0, :count]
        cases.append({
            "text": text,
            "words": offsets,
            "sentence_lengths": [len(s.forms) for s in sentences],
            "marks": [[round(float(v), 3) for v in row[: len(MARKS)]] for row in found],
        })  # fmt: skip
    body = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    (args.models / "oracle_agreements.json").write_text('{"cases": [\n' + body + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
