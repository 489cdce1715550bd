"""Fits the weights by which a side of a report is taken for a party to its agreement, and for the one that broke it (data/keeper_weights.csv).

    cargo run --release -p counterclaim-events --example truce_keepers -- REPORT.txt ... > keepers.jsonl
    python training/keepers.py keepers.jsonl [--test more.jsonl] [--write data/keeper_weights.csv]

Two logistic regressions with a ridge. Prints F1 of parties, and of breaches that are found the share with the right side, by leaving reports
out, beside those of the rules; golds stand beside the texts as NAME.gold.json. No encoder of reports is asked, so reports that it was trained
on may be used.
"""

import argparse
import json
import pathlib

import numpy as np

from contradictions import fit, hash_of
from truces import matches, meets, offsets

ARMED = ("REB", "PRM", "UAF", "CRM")


def code_of(code):
    return code[:3], any(sector in code[3:] for sector in ARMED)


def load(paths):
    """Ceasefires of now that are found: candidates, gold parties; breaches that are found: suspects, gold side or none."""
    rows, broken = [], []
    for line in (line for path in paths for line in open(path)):
        report = json.loads(line)
        if not pathlib.Path(report["file"].replace(".txt", ".gold.json")).exists():
            continue
        for item, found in matches(report):
            if item is None or found is None or item.get("scope") == "background":
                continue
            truce = report["ceasefires"][found]
            rows.append((report["file"], truce["keepers"], [code_of(code) for code in item.get("parties", [])]))
            free = list(truce["violations"])
            for breach in item.get("violations", []):
                span = offsets(breach, report["text"], item["span"]["start"])
                told = next((row for row in free if span and meets(span, row["span"])), None)
                if told is None or breach.get("optional") or breach.get("against") == "each other":
                    continue
                free.remove(told)
                against = breach.get("against")
                broken.append((report["file"], told["suspects"], code_of(against) if against else None))
    by_name = lambda row: hash_of(row[0])
    return sorted(rows, key=by_name), sorted(broken, key=by_name)


def columns(groups):
    """Names of the evidence, and the matrix of a list of rows."""
    names = ["bias"] + sorted({name for _, sides, _ in groups for row in sides for name in row["evidence"]} - {"bias"})
    at = {name: column for column, name in enumerate(names)}

    def matrix(sides):
        x = np.zeros((len(sides), len(names)))
        for index, row in enumerate(sides):
            for name, value in row["evidence"].items():
                x[index, at[name]] = value
        return x

    return names, matrix


def learnt(xs, ys, ridge):
    """Log odds of each group by weights fitted to the others, and weights fitted to all."""
    train = lambda keep: fit(np.vstack([xs[i] for i in keep]), np.concatenate([ys[i] for i in keep]), ridge)
    odds = [None] * len(xs)
    for fold in range(5):
        weights = train([i for i in range(len(xs)) if i % 5 != fold])
        for i in range(fold, len(xs), 5):
            odds[i] = xs[i] @ weights
    return odds, train(range(len(xs)))


def violators(rows, tests, ridge):
    """Weights of suspects."""
    names, matrix = columns(rows + tests)
    is_right = lambda side, gold: gold is not None and (side["country"], side["armed"]) == gold
    odds, weights = learnt([matrix(sides) for _, sides, _ in rows], [np.array([float(is_right(side, gold)) for side in sides]) for _, sides, gold in rows], ridge)

    def share(group, chosen):
        right = [gold is None if at is None else is_right(sides[at], gold) for (_, sides, gold), at in zip(group, chosen)]
        return sum(right) / max(1, len(right))

    ruled = lambda sides: next((at for at in reversed(range(len(sides))) if "ruled" in sides[at]["evidence"]), None)
    best = lambda values: int(values.argmax()) if len(values) else None
    for name, group, told in (("left out", rows, odds), ("test", tests, [matrix(sides) @ weights for _, sides, _ in tests])):
        if group:
            print(f"breaches {name}: {len(group)}, right side by rules {share(group, [ruled(sides) for _, sides, _ in group]):.3f}, weighed {share(group, [best(values) for values in told]):.3f}")
    return names, weights


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
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    (rows, broken), (tests, test_broken) = load(options.files), load(options.test)
    names, matrix = columns(rows + tests)
    odds, weights = learnt([matrix(keepers) for _, keepers, _ in rows], [labels(keepers, gold) for _, keepers, gold in rows], options.ridge)
    ruled = lambda group: [[i for i, row in enumerate(keepers) if row["evidence"].get("ruled")] for _, keepers, _ in group]
    for name, group, told in (("left out", rows, odds), ("test", tests, [matrix(keepers) @ weights for _, keepers, _ in tests])):
        if not group:
            continue
        print(name, len(group), "ceasefires; rules F1 %.3f P %.3f R %.3f" % score(group, ruled(group)))
        for least in (-0.5, 0.0, 0.5):
            for second in (-2.5, -1.5, -0.5):
                print("  %.1f %.1f: F1 %.3f P %.3f R %.3f" % (least, second, *score(group, [pick(o, least, second) for o in told])))
    others, other_weights = violators(broken, test_broken, options.ridge)
    table = [("keeper_" + name, weight) for name, weight in zip(names, weights)]
    table += [("violator_" + name, weight) for name, weight in zip(others, other_weights)]
    if options.show:
        for name, weight in sorted(table, key=lambda row: -abs(row[1])):
            print(f"{weight:7.2f} {name}")
    if options.write:
        pathlib.Path(options.write).write_text("name,weight\n" + "".join(f"{name},{weight:.3f}\n" for name, weight in table))


if __name__ == "__main__":
    main()
