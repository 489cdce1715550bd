"""Fits the weights by which an event is worth a row of its own in the ledger (data/event_weights.csv).

    cargo run --release -p counterclaim-events --example event_worth -- REPORT.txt ... > events.jsonl
    python training/worth.py events.jsonl [--test more.jsonl] [--write data/event_weights.csv]

A logistic regression with a ridge over the events that are found. Golds stand beside the texts as NAME.gold.json; right is an event that meets a
trigger of the gold with an accepted type, once for each of the gold; events that meet an optional one are left out. Prints F1, precision and
recall of events without the weights and, reports left out, for several thresholds.
"""

import argparse
import json
import pathlib

import numpy as np

from contradictions import fit, hash_of

FEWEST = 8
THRESHOLDS = (-2.0, -1.4, -0.85, -0.6, -0.4, 0.0)


def meets(one, other):
    return one[0] < other[1] and other[0] < one[1]


def triggers(item):
    spans = ([item["trigger"]] if item.get("trigger") else []) + item.get("also_triggers", [])
    return [(span["start"], span["end"]) for span in spans]


def load(paths):
    """For each report with events in its gold: file, events found with 1, 0 or None (optional), number of gold events."""
    reports = []
    for report in (json.loads(line) for path in paths for line in open(path)):
        gold = json.load(open(report["file"].replace(".txt", ".gold.json")))
        wanted = [item for item in gold.get("events", []) if not item.get("optional")]
        optional = [item for item in gold.get("events", []) if item.get("optional")] + gold.get("optional_events", [])
        if not wanted and not optional:
            continue
        told = lambda event, item: any(meets(event["trigger"], span) for span in triggers(item)) and event["type"] in (item.get("plover") or [event["type"]])
        used, labels = set(), []
        for event in report["events"]:
            at = next((at for at, item in enumerate(wanted) if told(event, item)), None)
            if at is not None:
                labels.append(float(at not in used))
                used.add(at)
            else:
                labels.append(None if any(told(event, item) for item in optional) else 0.0)
        reports.append((report["file"], report["events"], labels, len(wanted)))
    return sorted(reports, key=lambda row: hash_of(row[0]))


def score(reports, odds, least):
    right = judged = wanted = 0
    for (_, _, labels, gold), values in zip(reports, odds):
        wanted += gold
        kept = [label for label, value in zip(labels, values) if value > least and label is not None]
        judged += len(kept)
        right += int(sum(kept))
    return 2 * right / max(1, judged + wanted), right / max(1, judged), right / max(1, wanted)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("events", nargs="+")
    parser.add_argument("--test", nargs="*", default=[])
    parser.add_argument("--ridge", type=float, default=10.0)
    parser.add_argument("--write", type=pathlib.Path)
    options = parser.parse_args()
    reports, tests = load(options.events), load(options.test)
    counts = {}
    for _, events, _, _ in reports:
        for event in events:
            for name in event["evidence"]:
                counts[name] = counts.get(name, 0) + 1
    names = ["bias"] + sorted(name for name, count in counts.items() if count >= FEWEST and name != "bias")
    at = {name: column for column, name in enumerate(names)}

    def matrix(events):
        x = np.zeros((len(events), len(names)))
        for index, event in enumerate(events):
            for name, value in event["evidence"].items():
                if name in at:
                    x[index, at[name]] = value
        return x

    def learnt(group):
        x = np.vstack([matrix(events)[[label is not None for label in labels]] for _, events, labels, _ in group])
        y = np.array([label for *_, labels, _ in group for label in labels if label is not None])
        return fit(x, y, options.ridge)

    odds = [None] * len(reports)
    for fold in range(6):
        weights = learnt([report for index, report in enumerate(reports) if index % 6 != fold])
        for index in range(fold, len(reports), 6):
            odds[index] = matrix(reports[index][1]) @ weights
    weights = learnt(reports)
    for name, group, values in (("left out", reports, odds), ("test", tests, [matrix(events) @ weights for _, events, _, _ in tests])):
        if group:
            everything = [np.zeros(len(events)) for _, events, _, _ in group]
            print(f"{name}: {len(group)} reports, all " + " ".join(f"{value:.3f}" for value in score(group, everything, -1)))
            for least in THRESHOLDS:
                print(f"  above {least:5.2f} " + " ".join(f"{value:.3f}" for value in score(group, values, least)))
    if options.write:
        rows = [f"{name},{weight:.3f}" for name, weight in zip(names, weights)]
        options.write.write_text("\n".join(["evidence,weight", *sorted(rows)]) + "\n")


if __name__ == "__main__":
    main()
