"""Fits the weights by which a time is taken for the beginning of an agreement (data/bound_weights.csv).

    cargo run --release -p counterclaim-events --example truce_bounds -- runs/unpacked/*.txt > bounds.jsonl
    python training/bounds.py bounds.jsonl [--write data/bound_weights.csv]

A softmax over the times of a report and "none is told", with a ridge over evidence and hidden states; several times may tell one day. Prints how many
are right by leaving folds of reports out. Golds stand beside the texts as NAME.gold.json.
"""

import argparse
import hashlib
import json
import pathlib

import numpy as np
from scipy.optimize import minimize

HIDDEN = 384


def meets(a, b):
    return a[0] < b[1] and b[0] < a[1]


def fits(value, gold, by_name=False):
    """Whether a value tells the day, month or year of the gold; the name of a day may be a week off."""
    size = min(len(gold), 10)
    if value[:size] == gold[:size] and len(value) >= size and (len(value) == size or size == 10):
        return True
    if by_name and len(value) >= 10 and size == 10:
        return abs(int((np.datetime64(value[:10]) - np.datetime64(gold[:10])).astype(int))) == 7
    return False


def tells(value, gold, by_name):
    """As `fits`; besides, the month or year of a day that only the gold knows."""
    return fits(value, gold, by_name) or len(value) in (4, 7) and gold.startswith(value)


def groups_of(path):
    """Agreements of now: (report, times, whether each fits, gold)."""
    out = []
    for line in open(path):
        report = json.loads(line)
        place = pathlib.Path(report["file"].replace(".txt", ".gold.json"))
        if not place.exists():
            continue
        used = set()
        for item in json.loads(place.read_text()).get("ceasefires", []):
            spans = [item["span"]] + [other.get("span", other) for other in item.get("also_spans", [])]
            found = next((row for row in report["ceasefires"] if id(row) not in used and any(meets((s["start"], s["end"]), row["span"]) for s in spans)), None)
            if found is None or item.get("scope") == "background":
                continue
            used.add(id(found))
            gold, rows = item.get("effective"), found["bounds"]
            out.append((place.name, rows, [bool(gold) and tells(row["value"], gold, row["by_name"]) for row in rows], gold))
    return out


def design(groups, names):
    index = {name: at for at, name in enumerate(names)}
    xs = []
    for _, rows, *_ in groups:
        x = np.zeros((len(rows) + 1, len(names) + HIDDEN + 1), np.float32)
        x[-1, -1] = 1.0
        for at, row in enumerate(rows):
            for name, value in row["evidence"].items():
                if name in index:
                    x[at, index[name]] = value
            if row["vector"]:
                x[at, len(names) : len(names) + HIDDEN] = np.array(row["vector"]) / 1000.0
        xs.append(x)
    return xs


def fit(xs, ys, weights, ridge, start=None):
    """Minus the log of the share of times that fit, and ridges."""
    starts = np.cumsum([0] + [len(x) for x in xs])
    x, y = np.concatenate(xs), np.concatenate(ys)
    group = np.repeat(np.arange(len(xs)), np.diff(starts))
    weights = np.asarray(weights)

    def loss(w):
        score = x @ w
        top = np.maximum.reduceat(score, starts[:-1])
        odds = np.exp(score - top[group])
        total = np.add.reduceat(odds, starts[:-1])
        right = np.add.reduceat(odds * y, starts[:-1])
        value = (weights * (np.log(total) - np.log(right + 1e-9))).sum() + (ridge * w * w).sum()
        grad = (odds / total[group] - odds * y / (right + 1e-9)[group]) * weights[group]
        return float(value), np.asarray(x.T @ grad + 2 * ridge * w, np.float64)

    return minimize(loss, np.zeros(x.shape[1]) if start is None else start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x


def choose(rows, scores):
    """Index of the time that is taken; None for none. What is told as a beginning outright is taken, and times of one day count together."""
    for at, row in enumerate(rows):
        if "rule_chosen" in row["evidence"] and ("rule_open" in row["evidence"] or "rule_begins" in row["evidence"]):
            return at
    share = np.exp(scores - scores.max())
    days = [row["value"][:10] for row in rows]
    sums = [sum(s for s, other in zip(share, days) if other == day) for day in days]
    if not rows or max(sums) <= share[-1]:
        return None
    best = max(sums)
    return max((at for at in range(len(rows)) if sums[at] >= best), key=lambda at: scores[at])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--ridge", type=float, default=1.0)
    parser.add_argument("--hidden-ridge", type=float, default=8.0)
    parser.add_argument("--none", type=float, default=0.0, help="added to what speaks for none")
    parser.add_argument("--write", type=pathlib.Path)
    args = parser.parse_args()
    groups = [group for path in args.files for group in groups_of(path)]
    names = sorted({name for _, rows, *_ in groups for row in rows for name in row["evidence"]})
    xs = design(groups, names)
    # Where no time of the report fits, none should be told.
    ys = [np.array([*right, not any(right)], np.float32) for _, _, right, _ in groups]
    print("agreements", len(groups), "told", sum(bool(g[3]) for g in groups), "in reach", sum(any(g[2]) for g in groups))
    ridge = np.full(len(names) + HIDDEN + 1, args.ridge)
    ridge[len(names) : len(names) + HIDDEN] = args.hidden_ridge
    ridge[-1] = 0.01
    use = [at for at, y in enumerate(ys) if y.any()]
    fold = [int(hashlib.md5(name.encode()).hexdigest(), 16) % 5 for name, *_ in groups]
    picked = {}
    for part in range(5):
        train = [at for at in use if fold[at] != part]
        w = fit([xs[at] for at in train], [ys[at] for at in train], np.ones(len(train)), ridge)
        w[-1] += args.none
        for at in range(len(groups)):
            if fold[at] == part:
                picked[at] = choose(groups[at][1], xs[at] @ w)

    def row_of(at, test):
        return next(((r["value"], r["by_name"]) for r, ok in zip(*groups[at][1:3]) if test(r, ok)), None)

    ways = {
        "weights": lambda at: None if picked[at] is None else (groups[at][1][picked[at]]["value"], groups[at][1][picked[at]]["by_name"]),
        "rules": lambda at: row_of(at, lambda r, _: "rule_chosen" in r["evidence"]),
        "best in reach": lambda at: row_of(at, lambda _, ok: ok),
    }
    for name, answer in ways.items():
        told = [answer(at) for at in range(len(groups))]
        hits = sum(bool(t and g[3] and fits(t[0], g[3], t[1])) for t, g in zip(told, groups))
        given, wanted = sum(t is not None for t in told), sum(bool(g[3]) for g in groups)
        print(f"{name:14} right {hits} of {given} told, {wanted} wanted: F1 {2 * hits / max(given + wanted, 1):.3f}")
    w = fit([xs[at] for at in use], [ys[at] for at in use], np.ones(len(use)), ridge)
    w[-1] += args.none
    if args.write:
        labels = [*names, *(f"h{at}" for at in range(HIDDEN)), "none"]
        args.write.write_text("evidence,weight\n" + "".join(f"{name},{value:.4f}\n" for name, value in zip(labels, w)))


if __name__ == "__main__":
    main()
