"""Write models/oracle.json: what the shipped weights answer on a few sentences of our own, for tests of the program.

    python oracle.py --models ../models

The answers come from the weights as shipped (int8 made f32 again) with all activations in f32.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from data import CUE_TAGS, DEPRELS, MENTION_TAGS, UPOS
from export import load_weights
from pieces import WordPiece
from score import Reader, text_window, viterbi

TEXTS = [
    "The army said on Friday that its troops had retaken the town of Meraka from the rebels.",
    "“The shelling has eased,” a military spokesman, Col. Haidar Osman, said, “but some areas are still being hit.”",
    "According to residents, at least 14 people were killed when rockets struck a market in Kharkiv early on Tuesday.",
    "Kyrgyz border guards accused Tajikistan of using heavy weapons. Tajikistan's foreign ministry denied the claim.",
    "The U.N. called for an immediate ceasefire, citing reports that more than 2,000 families had fled the city.",
    "Al-Shabaab claimed responsibility for the bombing, but J. Smith of the Red Cross could not confirm the death toll.",
    "It was not clear who had fired the drone; both sides' commanders ordered their forces to hold fire until 10:30.",
    "Russia’s defence ministry claims that Ukraine attacked the Belgorod region with U.S.-made missiles, Reuters reported.",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=Path("../models"))
    args = parser.parse_args()
    wp = WordPiece(args.models / "vocab.txt")
    reader = Reader(load_weights(args.models), wp, bf16=False)
    cases = []
    for text in TEXTS:
        windows = text_window(text, wp)
        assert len(windows) == 1
        window = windows[0]
        ids, shapes, first = wp.encode([s.forms for s in window.sentences])
        (_, h), = reader.vectors([window])
        with torch.no_grad():
            cue = viterbi(reader.model.cue.linear(h).double().numpy(), reader.crf["cue"])
        lengths = [len(s.forms) for s in window.sentences]
        trees = reader.trees(window, h)
        shown = sorted({0, len(first) // 3, len(first) // 2, len(first) - 1})
        cases.append(
            {
                "text": text,
                "words": [o for s in window.sentences for o in s.offsets],
                "sentence_lengths": lengths,
                "pieces": ids,
                "shapes": shapes,
                "first_piece": first,
                "vectors": {str(i): [round(float(v), 5) for v in h[i]] for i in shown},
                "upos": [UPOS[u] for t in trees for u in t[2]],
                "heads": [t[0] for t in trees],
                "deprels": [DEPRELS[r] for t in trees for r in t[1]],
                "cue_tags": [CUE_TAGS[t] for t in cue],
                "attributions": reader.attributions(window, h),
                "mentions": reader.mentions(window, h),
                "cue_emissions": [[round(float(v), 4) for v in row] for row in reader.model.cue.linear(h).detach()[:6]],
                "mention_emissions": [
                    [round(float(v), 4) for v in row] for row in reader.model.mention.linear(h).detach()[:3]
                ],
            }
        )
    body = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    note = (
        "Answers of the shipped weights (int8 made f32 again, f32 activations). Words, attributions and mentions are "
        "ranges: words in code points, the others in words of the text; heads count from 1 inside each sentence, 0 = root."
    )
    header = json.dumps({"schema": "counterclaim.oracle/1", "note": note, "mention_tags": MENTION_TAGS})[:-1]
    (args.models / "oracle.json").write_text(header + ', "cases": [\n' + body + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
