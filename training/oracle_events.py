"""Write models/oracle_events.json: what the event heads answer in training on the sentences of oracle.py, for tests of the program.

    python oracle_events.py --run runs/events --models ../models
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from event_data import FACT_BINS, LABELS, LINK_TAGS, TYPES, Item, Link
from event_model import EventModel, collate, known
from export import load_weights
from model import Model
from oracle import TEXTS
from pieces import WordPiece
from score import likely_runs, text_window


LINK_PRICE = 0.4


def factuality(shares: torch.Tensor) -> list[float]:
    """The mean of the bins, less than "possible" where a quarter or more is for what is not told (`factuality` of the program)."""
    mean = shares @ torch.tensor(FACT_BINS)
    untold = (shares[:, 2] >= 0.25) & (shares[:, 2] > shares[:, 0] + shares[:, 1])
    return torch.where(untold, mean.clamp(max=0.95), mean).tolist()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("runs/events"))
    parser.add_argument("--models", type=Path, default=Path("../models"))
    args = parser.parse_args()
    wp = WordPiece(args.models / "vocab.txt")
    model = EventModel(Model(), Model())
    model.load_state_dict({**model.state_dict(), **known(torch.load(args.run / "state.pt"))})
    model.main.load_state_dict(load_weights(args.models).encoder.state_dict())
    model.eval()
    crf = tuple(t.detach().double().numpy() for t in model.links.crf.tables())
    cases = []
    for text in TEXTS:
        window = text_window(text, wp)[0]
        count = sum(len(s.forms) for s in window.sentences)
        item = Item(window.sentences, window.pieces, [(0, count)], [list(range(len(TYPES)))], [0])
        with torch.no_grad():
            h = model.word_vectors(collate([item], wp), bf16=False)
            words = model.words(h)
            types, labels = model.unit_scores(h, torch.arange(count)[None], words)
            shares = words[0].softmax(1)
            facts = factuality(model.facts(h[0]).softmax(1))
            deed = int(shares[:, : len(TYPES) - 1].max(1).values.argmax())
            batch = collate([Item(window.sentences, window.pieces, links=[Link((deed, deed + 1), [])])], wp)
            cue = (batch["link_words"] @ h[batch["link_window"]]).squeeze(1)
            emissions = model.links(h, batch["link_window"], cue, batch["link_buckets"])[0].double().numpy()
        cases.append({
            "text": text,
            "words": [o for s in window.sentences for o in s.offsets],
            "sentence_lengths": [len(s.forms) for s in window.sentences],
            "types": [TYPES[int(row.argmax())] for row in shares],
            "shares": [round(float(row.max()), 4) for row in shares],
            "factuality": [round(float(v), 3) for v in facts],
            "unit_type": TYPES[int(types[0].argmax())],
            "unit_class": LABELS[int(labels[0].argmax())],
            "deed": deed,
            "links": [[role, a, b] for a, b, role in likely_runs(emissions, crf, LINK_TAGS, LINK_PRICE)],
        })  # fmt: skip
    body = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    (args.models / "oracle_events.json").write_text('{"cases": [\n' + body + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
