"""Fits the weights by which a claim is one (data/claim_weights.csv).

    cargo run --release -p counterclaim-events --example claim_worth -- REPORT.txt ... > claims.jsonl
    python training/claim_worth.py claims.jsonl [--test more.jsonl ...] [--write data/claim_weights.csv]

A logistic regression with a ridge over the claims that are read. Golds stand beside the texts as NAME.gold.json: right is a claim whose cue and
source meet those of one of the gold, once each; those that meet an optional one are left out. Prints F1, precision and recall of claims found,
by folds of reports, for several thresholds.
"""

import argparse
import json
import pathlib

import numpy as np

from contradictions import fit, hash_of
from worth import meets

FEWEST = 8
THRESHOLDS = (-9.0, -2.5, -2.0, -1.5, -1.0, -0.7, -0.4, 0.0)
FOLDS = 6


def spans(item, key):
    value = item.get(key)
    value = value if isinstance(value, list) else [value] if value else []
    return [(span["start"], span["end"]) for span in value]


def load(paths):
    reports = []
    for report in (json.loads(line) for path in paths for line in open(path)):
        path = pathlib.Path(report["file"].replace(".txt", ".gold.json"))
        if not path.exists():
            continue
        gold = json.load(open(path))
        wanted = [item for item in gold.get("claims", []) if not item.get("optional")]
        optional = [item for item in gold.get("claims", []) if item.get("optional")]
        if not wanted and not optional:
            continue
        title = gold.get("document", {}).get("title_span")
        any_meets = lambda one, other: any(meets(a, b) for a in one for b in other)

        def told(claim, item):
            source = spans(item, "source")
            return any_meets(claim["cue"], spans(item, "cue")) and (any_meets(claim["source"], source) if source else not claim["source"])

        used, labels = set(), []
        for claim in report["claims"]:
            at = next((at for at, item in enumerate(wanted) if at not in used and told(claim, item)), None)
            if at is not None:
                used.add(at)
                labels.append(1.0)
            elif any(told(claim, item) for item in optional) or title and any(meets(cue, (title["start"], title["end"])) for cue in claim["cue"]):
                labels.append(None)
            else:
                # A cue of the gold with another source is no wrong cue.
                labels.append(None if any(any_meets(claim["cue"], spans(item, "cue")) for item in wanted) else 0.0)
        reports.append((report["file"], report["claims"], labels, len(wanted)))
    return sorted(reports, key=lambda row: hash_of(row[0]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("claims", nargs="+")
    parser.add_argument("--test", nargs="*", default=[])
    parser.add_argument("--ridge", type=float, default=10.0)
    parser.add_argument("--write", type=pathlib.Path)
    options = parser.parse_args()
    reports, tests = load(options.claims), [(path, load([path])) for path in options.test]
    counts = {}
    for _, claims, *_ in reports:
        for claim in claims:
            for name in claim["evidence"]:
                counts[name] = counts.get(name, 0) + 1
    names = ["bias"] + sorted(name for name, count in counts.items() if count >= FEWEST and name != "bias")
    at = {name: column for column, name in enumerate(names)}

    def matrix(claims):
        x = np.zeros((len(claims), len(names)))
        for line, claim in enumerate(claims):
            for name, value in claim["evidence"].items():
                if name in at:
                    x[line, at[name]] = value
        return x

    def learnt(group):
        x = np.vstack([matrix(claims)[[label is not None for label in labels]] for _, claims, labels, _ in group if claims])
        y = np.array([label for *_, labels, _ in group for label in labels if label is not None])
        return fit(x, y, options.ridge)

    def score(group, weigh):
        counts = np.zeros((len(THRESHOLDS), 3))
        for report in group:
            odds = weigh(report)
            for row, least in enumerate(THRESHOLDS):
                kept = [label for label, value in zip(report[2], odds) if value > least and label is not None]
                counts[row] += (sum(kept), len(kept), report[3])
        return counts

    def show(name, counts):
        for least, (right, judged, wanted) in zip(THRESHOLDS, counts):
            print(f"{name:22} above {least:5.1f}  F1 {2 * right / max(1, judged + wanted):.3f}  P {right / max(1, judged):.3f}  R {right / max(1, wanted):.3f}")

    counts = np.zeros((len(THRESHOLDS), 3))
    for fold in range(FOLDS):
        weights = learnt([report for index, report in enumerate(reports) if index % FOLDS != fold])
        held = [report for index, report in enumerate(reports) if index % FOLDS == fold]
        counts += score(held, lambda report: matrix(report[1]) @ weights)
    show("left out", counts)
    weights = learnt(reports)
    for path, test in tests:
        show(pathlib.Path(path).stem, score(test, lambda report: matrix(report[1]) @ weights))
    if options.write:
        lines = [f"{name},{weights[at[name]]:.4f}" for name in names if abs(weights[at[name]]) >= 0.0005]
        options.write.write_text("evidence,weight\n" + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
