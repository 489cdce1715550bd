"""Fits the weights by which the parties of a deed's sentence fill its slots (data/doer_weights.csv).

    cargo run --release -p counterclaim-events --example doers -- REPORT.txt ... > doers.jsonl
    python training/doers.py doers.jsonl --deeds data/deeds.jsonl [--write data/doer_weights.csv]

A logistic regression with a ridge, one table for both slots. `--deeds` are files of reports with all their deeds (`name`, `deeds`); right is a party whose
word stands in the words that fill the slot there, wrong one whose word stands outside of them; a party inside the words of another one is left out.
Prints how many of the parties that are told the rules find and the weights find, by folds of reports.
"""

import argparse
import functools
import json
import pathlib

import numpy as np

import torch

from contradictions import hash_of
from deeds import read_deeds
from worth import meets

FEWEST = 12
FOLDS = 6
THRESHOLDS = (-1.5, -1.0, -0.7, -0.4, 0.0, 0.4, 0.7, 1.0, 1.5)
SLOTS = {"actors": "A", "recipients": "RVD"}


def fit(x, y, penalty, free):
    """Logistic regression with a ridge on all but the first `free` columns, for many rows and columns (L-BFGS)."""
    x, y = torch.from_numpy(x), torch.from_numpy(y.astype(np.float32))
    ridge = torch.full((x.shape[1],), penalty / len(y))
    ridge[:free] = 1e-3 / len(y)
    weights = torch.zeros(x.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=300, history_size=20, tolerance_grad=1e-6, line_search_fn="strong_wolfe")

    def loss():
        optimizer.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights, y) + 0.5 * (ridge * weights * weights).sum()
        value.backward()
        return value

    optimizer.step(loss)
    return weights.detach().numpy()


@functools.cache
def text(path):
    return pathlib.Path(path).read_text(encoding="utf-8").replace("\n", " ")


def occurrences(whole, words):
    begin = whole.find(words)
    while begin >= 0:
        yield begin, begin + len(words)
        begin = whole.find(words, begin + 1)


def load(paths, deeds):
    """(file, slot, parties, labels) for each slot of a deed that both tell; labels 1, 0 or None."""
    rows = []
    for report in (json.loads(line) for path in paths for line in open(path)):
        gold = deeds.get(pathlib.Path(report["file"]).stem)
        if gold is None:
            continue
        for slot in report["slots"]:
            found = [deed for deed in gold if meets(slot["trigger"], deed["trigger"]) and slot["type"] in deed["types"]]
            # Who fights with others, or leaves, does it to nobody (`roles/doer.rs`).
            nobody = any(name.startswith(("r_frame_mutual", "r_frame_oneself")) for party in slot["parties"][:1] for name in party["evidence"])
            if not found or not slot["parties"] or nobody:
                continue
            spans = [span[1:] for deed in found for span in deed["roles"] if span[0] in SLOTS[slot["slot"]]]
            far = [words for deed in found for letter, words in deed.get("far", []) if letter in SLOTS[slot["slot"]]]
            far = [span for words in far for span in occurrences(text(report["file"]), words)]
            at = lambda party, spans: any(meets(mention, span) for mention in party["mentions"] for span in spans)
            labels = []
            for party in slot["parties"]:
                inside = [span for span in spans if meets(party["word"], span)]
                within = any(
                    other is not party and meets(other["word"], span) and other["phrase"][0] <= party["word"][0] and party["word"][1] <= other["phrase"][1] and other["word"] != party["word"]
                    for other in slot["parties"]
                    for span in inside
                )
                # The same party at other words of the sentence teaches nothing.
                again = not inside and at(party, spans)
                labels.append(None if within or again else 1.0 if inside or at(party, far) else 0.0)
            rows.append((report["file"], slot, labels))
    return sorted(rows, key=lambda row: hash_of(row[0]))


def by_rules(slot, party):
    letter = slot["slot"][0]
    return f"{letter}_rule_no" not in party["evidence"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("doers", nargs="+")
    parser.add_argument("--deeds", nargs="+", required=True)
    parser.add_argument("--ridge", type=float, default=6.0)
    parser.add_argument("--write", type=pathlib.Path)
    options = parser.parse_args()
    rows = load(options.doers, read_deeds(options.deeds))
    counts = {}
    for _, slot, _ in rows:
        for party in slot["parties"]:
            for name in party["evidence"]:
                counts[name] = counts.get(name, 0) + 1
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    # A bias of each slot stands first: it bears no ridge.
    names = ["a_bias", "r_bias"] + [name for name in names if not name.endswith("_bias")]
    at = {name: column for column, name in enumerate(names)}
    x, y, slots, chosen, files = [], [], [], [], []
    for file, slot, labels in rows:
        for party, label in zip(slot["parties"], labels):
            if label is None:
                continue
            line = np.zeros(len(names), np.float32)
            for name, value in party["evidence"].items():
                if name in at:
                    line[at[name]] = value
            x.append(line)
            y.append(label)
            slots.append(slot["slot"])
            chosen.append(by_rules(slot, party))
            files.append(file)
    x, y, slots, chosen = np.array(x), np.array(y), np.array(slots), np.array(chosen)
    order = {file: index % FOLDS for index, file in enumerate(sorted(set(files), key=hash_of))}
    folds = np.array([order[file] for file in files])
    print(f"{len(order)} reports, {len(rows)} slots, {len(y)} parties, {int(y.sum())} right, {len(names)} kinds of evidence")
    odds = np.zeros(len(y))
    for fold in range(FOLDS):
        weights = fit(x[folds != fold], y[folds != fold], options.ridge, 2)
        odds[folds == fold] = x[folds == fold] @ weights

    def show(name, taken):
        told = []
        for slot in SLOTS:
            of = slots == slot
            right, found, wanted = (taken & of & (y == 1)).sum(), (taken & of).sum(), (of & (y == 1)).sum()
            told.append(f"{slot} P {right / max(1, found):.3f} R {right / wanted:.3f} F1 {2 * right / (found + wanted):.3f}")
        print(f"{name:24}", "; ".join(told))

    show("rules", chosen)
    for least in THRESHOLDS:
        show(f"folds, above {least}", odds > least)
    if options.write:
        weights = fit(x, y, options.ridge, 2)
        lines = [f"{name},{weights[at[name]]:.3f}" for name in names if abs(weights[at[name]]) >= 0.0005]
        options.write.write_text("evidence,weight\n" + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
