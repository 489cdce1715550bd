"""Fits the weights by which a place is where a deed was (data/site_weights.csv).

    cargo run --release -p counterclaim-events --example event_sites -- REPORT.txt ... > places.jsonl
    python training/sites.py places.jsonl [--test more.jsonl ...] [--write data/site_weights.csv]

A logistic regression with a ridge over the places of each deed's sentence. Golds stand beside the texts as NAME.gold.json: right is a place
that meets the place (or another accepted one) of the event of the gold whose trigger it meets; of an event of the gold without a place all are
wrong, with half the weight, since a gold may leave a place out. Prints how many places of the golds are found and how many events without
one are given one, reports left out by folds, for several thresholds, beside the parse's rule.
"""

import argparse
import json
import pathlib

import numpy as np

from contradictions import fit, hash_of
from worth import meets, triggers

FEWEST = 6
THRESHOLDS = (-2.0, -1.5, -1.0, -0.7, -0.4, 0.0, 0.4)
FOLDS = 8


def load(paths):
    """For each event found in the gold: file, its candidates, right or not of each, whether the gold has a place at all."""
    rows = []
    for report in (json.loads(line) for path in paths for line in open(path)):
        gold = json.load(open(report["file"].replace(".txt", ".gold.json")))
        items = gold.get("events", []) + gold.get("optional_events", [])
        used = set()
        for event in report["events"]:
            fits = lambda at: any(meets(event["trigger"], span) for span in triggers(items[at]))
            at = next((at for at in range(len(items)) if at not in used and fits(at)), None)
            if at is None:
                continue
            used.add(at)
            item = items[at]
            spans = ([item["place"]] if item.get("place") else []) + (item.get("place_alternatives") or [])
            right = [any(meets(place["span"], (span["start"], span["end"])) for span in spans) for place in event["places"]]
            optional = item.get("optional") or at >= len(gold.get("events", []))
            if optional and not spans:
                continue
            rows.append((report["file"], event, right, bool(spans), not optional))
    return sorted(rows, key=lambda row: hash_of(row[0]))


def score(rows, choose):
    """Share of the golds' places that are chosen, share that are chosen where the sentence has one, false places of events without one."""
    told = right = reachable = false = without = 0
    for row in rows:
        chosen = choose(row)
        if row[3]:
            told += row[4]
            reachable += row[4] and any(row[2])
            right += row[4] and chosen is not None and row[2][chosen]
        else:
            without += 1
            false += chosen is not None
    return right, told, reachable, false, without


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("places", nargs="+")
    parser.add_argument("--test", nargs="*", default=[])
    parser.add_argument("--ridge", type=float, default=8.0)
    parser.add_argument("--write", type=pathlib.Path)
    options = parser.parse_args()
    rows, tests = load(options.places), [(path, load([path])) for path in options.test]
    counts = {}
    for row in rows:
        for place in row[1]["places"]:
            for name in place["evidence"]:
                counts[name] = counts.get(name, 0) + 1
    names = ["bias"] + sorted(name for name, count in counts.items() if count >= FEWEST and name != "bias")
    at = {name: column for column, name in enumerate(names)}

    def matrix(row):
        x = np.zeros((len(row[1]["places"]), len(names)))
        for line, place in enumerate(row[1]["places"]):
            for name, value in place["evidence"].items():
                if name in at:
                    x[line, at[name]] = value
        return x

    def train(rows):
        x = np.vstack([matrix(row) for row in rows])
        y = np.array([float(right) for row in rows for right in row[2]])
        # A gold without a place: half the weight, by leaving out every second of its rows.
        keep = np.array([row[3] or index % 2 == 0 for index, row in enumerate(rows) for _ in row[2]])
        return fit(x[keep], y[keep], options.ridge)

    def by(weights, least):
        def choose(row):
            if not row[2]:
                return None
            odds = matrix(row) @ weights
            best = int(np.argmax(odds))
            return best if odds[best] > least else None

        return choose

    def rule(row):
        return next((at for at, place in enumerate(row[1]["places"]) if "rule" in place["evidence"]), None)

    def show(name, counts):
        right, told, reachable, false, without = counts
        print(f"{name:26} right {right:4} of {told} ({right / max(1, told):.3f}; told in the sentence {reachable}), false {false} of {without} ({false / max(1, without):.3f})")

    show("rule", score(rows, rule))
    files = sorted({row[0] for row in rows}, key=hash_of)
    fold_of = {file: index % FOLDS for index, file in enumerate(files)}
    sums = {least: np.zeros(5) for least in THRESHOLDS}
    for fold in range(FOLDS):
        weights = train([row for row in rows if fold_of[row[0]] != fold])
        held = [row for row in rows if fold_of[row[0]] == fold]
        for least in THRESHOLDS:
            sums[least] += np.array(score(held, by(weights, least)))
    for least in THRESHOLDS:
        show(f"folds, above {least}", sums[least])
    weights = train(rows)
    for path, test in tests:
        show(f"{pathlib.Path(path).stem}: rule", score(test, rule))
        for least in THRESHOLDS:
            show(f"{pathlib.Path(path).stem}, above {least}", score(test, by(weights, least)))
    if options.write:
        lines = [f"{name},{weights[at[name]]:.4f}" for name in names if abs(weights[at[name]]) >= 0.0005]
        options.write.write_text("evidence,weight\n" + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
