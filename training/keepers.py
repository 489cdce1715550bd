"""Fits the weights by which a side of a report is taken for a party to its agreement (data/keeper_weights.csv).

    cargo run --release -p counterclaim-events --example truce_keepers -- REPORT.txt ... > keepers.jsonl
    python training/keepers.py keepers.jsonl [--test more.jsonl] [--write data/keeper_weights.csv]

A logistic regression with a ridge. Prints F1 of parties by leaving reports out, beside that of the rules; golds stand beside the texts as
NAME.gold.json. No encoder of reports is asked, so reports that it was trained on may be used.
"""

import argparse
import json
import pathlib

import numpy as np

from contradictions import fit, hash_of
from truces import matches

ARMED = ("REB", "PRM", "UAF", "CRM")


def code_of(code):
    return code[:3], any(sector in code[3:] for sector in ARMED)


def load(paths):
    """Ceasefires of now that are found: candidates, gold parties."""
    rows = []
    for line in (line for path in paths for line in open(path)):
        report = json.loads(line)
        if not pathlib.Path(report["file"].replace(".txt", ".gold.json")).exists():
            continue
        for item, found in matches(report):
            if item is None or found is None or item.get("scope") == "background":
                continue
            keepers = report["ceasefires"][found]["keepers"]
            rows.append((report["file"], keepers, [code_of(code) for code in item.get("parties", [])]))
    return sorted(rows, key=lambda row: hash_of(row[0]))


def labels(keepers, wanted):
    """1 for as many sides of a code as the gold has, those that speak and act most first."""
    y = np.zeros(len(keepers))
    left = list(wanted)
    order = sorted(range(len(keepers)), key=lambda at: -keepers[at]["evidence"].get("share", 0))
    for at in order:
        code = (keepers[at]["country"], keepers[at]["armed"])
        if code in left:
            left.remove(code)
            y[at] = 1
    return y


def score(rows, chosen):
    """F1, precision, recall of codes."""
    right = told = wanted = 0
    for (_, keepers, gold), kept in zip(rows, chosen):
        left = list(gold)
        for at in kept:
            told += 1
            code = (keepers[at]["country"], keepers[at]["armed"])
            if code in left:
                left.remove(code)
                right += 1
        wanted += len(gold)
    return 2 * right / max(1, told + wanted), right / max(1, told), right / max(1, wanted)


def pick(odds, least, second):
    """The sides above a threshold; of fewer than two the next one, where it is not much too light."""
    order = np.argsort(-odds)
    kept = [at for at in order if odds[at] >= least]
    if len(kept) < 2:
        kept = [at for at in order[:2] if odds[at] >= second]
    return kept


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+")
    parser.add_argument("--test", nargs="*", default=[])
    parser.add_argument("--write")
    parser.add_argument("--ridge", type=float, default=5.0)
    parser.add_argument("--least", type=float, default=0.0)
    parser.add_argument("--second", type=float, default=-1.5)
    options = parser.parse_args()
    rows, tests = load(options.files), load(options.test)
    names = ["bias"] + sorted({name for _, keepers, _ in rows + tests for row in keepers for name in row["evidence"]} - {"bias"})
    at = {name: column for column, name in enumerate(names)}

    def matrix(keepers):
        x = np.zeros((len(keepers), len(names)))
        for index, row in enumerate(keepers):
            for name, value in row["evidence"].items():
                x[index, at[name]] = value
        return x

    xs, ys = [matrix(keepers) for _, keepers, _ in rows], [labels(keepers, gold) for _, keepers, gold in rows]

    def train(keep):
        return fit(np.vstack([xs[i] for i in keep]), np.concatenate([ys[i] for i in keep]), options.ridge)

    odds = [None] * len(rows)
    for fold in range(5):
        weights = train([i for i in range(len(rows)) if i % 5 != fold])
        for i in range(fold, len(rows), 5):
            odds[i] = xs[i] @ weights
    weights = train(range(len(rows)))
    ruled = lambda group: [[i for i, row in enumerate(keepers) if row["evidence"].get("ruled")] for _, keepers, _ in group]
    for name, group, told in (("left out", rows, odds), ("test", tests, [matrix(keepers) @ weights for _, keepers, _ in tests])):
        if not group:
            continue
        print(name, len(group), "ceasefires; rules F1 %.3f P %.3f R %.3f" % score(group, ruled(group)))
        for least in (-0.5, 0.0, 0.5):
            for second in (-2.5, -1.5, -0.5):
                print("  %.1f %.1f: F1 %.3f P %.3f R %.3f" % (least, second, *score(group, [pick(o, least, second) for o in told])))
    for name, weight in sorted(zip(names, weights), key=lambda row: -abs(row[1])):
        print(f"{weight:7.2f} {name}")
    if options.write:
        pathlib.Path(options.write).write_text("name,weight\n" + "".join(f"{name},{weight:.3f}\n" for name, weight in zip(names, weights)))


if __name__ == "__main__":
    main()
