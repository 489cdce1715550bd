"""Fits the weights by which two claims are taken to exclude each other (data/contradiction_weights.csv).

    cargo run --release -p counterclaim-events --example claim_pairs -- fixtures/stories/*.txt fixtures/disputes/*.txt > pairs.jsonl
    python training/contradictions.py pairs.jsonl [--write data/contradiction_weights.csv]

Two logistic regressions: of a pair by itself, and of a pair among the others of its report. Prints precision, recall and F1 of pairs
of claims by leaving reports out, by threshold; golds stand beside the texts as NAME.gold.json.
"""

import argparse
import json
import pathlib

import numpy as np

LEAST = -6.0
AMONG = ["among_bias", "among_own", "among_report", "among_rival", "among_reply", "among_quarrel", "among_behind_rival", "among_behind_reply",
         "among_behind_quarrel"]


def pieces(value):
    """Offsets of a span or a list of spans."""
    rows = value if isinstance(value, list) else [value] if value else []
    return [(row["start"], row["end"]) for row in rows]


def overlap(ones, others):
    common = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in ones for b in others)
    size = sum(b - a for a, b in ones) + sum(b - a for a, b in others)
    return 2 * common / size if size else 0.0


def labelled(report):
    """Pairs of a report with 1, 0 or None (careful readers differ), and how many pairs of claims the gold wants."""
    gold = json.loads(pathlib.Path(report["file"].replace(".txt", ".gold.json")).read_text())
    rows = [pieces(claim.get("content")) for claim in report["claims"]]
    cues = [pieces(claim["cue"]) for claim in report["claims"]]
    found = {}
    taken = set()
    scored = []
    for claim in gold["claims"]:
        content = pieces(claim.get("content")) + pieces(claim.get("content_more"))
        for index, row in enumerate(rows):
            score = overlap(content, row) + 0.5 * overlap(pieces(claim.get("cue")), cues[index])
            if score > 0.3:
                scored.append((score, claim["id"], index))
    for _, name, index in sorted(scored, reverse=True):
        if name not in found and index not in taken:
            found[name] = index
            taken.add(index)
    def pairs(key):
        wanted = [(item["a"], item["b"]) for item in gold.get(key, []) if item["a"].startswith("c") and item["b"].startswith("c")]
        met = {tuple(sorted((found[a], found[b]))) for a, b in wanted if a in found and b in found}
        return wanted, met
    wanted, right = pairs("contradictions")
    _, optional = pairs("optional_contradictions")
    labels = []
    for pair in report["pairs"]:
        key = (pair["a"], pair["b"])
        labels.append(1 if key in right else None if key in optional else 0)
    return labels, len([1 for a, b in wanted if a != b])


def fit(x, y, penalty, free=0):
    """Logistic regression with a ridge on all but the first `free + 1` columns."""
    weights = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], penalty)
    ridge[: free + 1] = 1e-3
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - y) + ridge * weights
        hessian = (x * (p * (1 - p) + 1e-9)[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-3:
            break
    return weights


def among(report, alone):
    """How a pair stands among the other pairs of its report."""
    pairs = report["pairs"]
    rows = []
    dense = (alone > -1).sum() / max([1] + [pair["b"] + 1 for pair in pairs])
    for index, pair in enumerate(pairs):
        most = lambda fits: max([LEAST] + [alone[other] for other, row in enumerate(pairs) if other != index and fits(row)])
        own = alone[index]
        rival = most(lambda row: row["b"] == pair["b"])
        reply = most(lambda row: row["a"] == pair["a"])
        quarrel = most(lambda row: row["speakers"] == pair["speakers"])
        rows.append([1, own, dense, rival, reply, quarrel, rival > own, reply > own, quarrel > own])
    return np.array(rows, dtype=float).reshape(-1, len(AMONG))


def train(reports, names, penalty, folds=4):
    """Weights of both regressions; the second one sees scores of reports that the first one was not fitted to."""
    x = np.vstack([report["x"] for report in reports])
    y = np.concatenate([report["y"] for report in reports])
    keep = y >= 0
    first = fit(x[keep], y[keep], penalty)
    rows = []
    for fold in range(folds):
        rest = [report for at, report in enumerate(reports) if at % folds != fold]
        xr, yr = np.vstack([report["x"] for report in rest]), np.concatenate([report["y"] for report in rest])
        weights = fit(xr[yr >= 0], yr[yr >= 0], penalty)
        rows += [(report, among(report, report["x"] @ weights)) for at, report in enumerate(reports) if at % folds == fold]
    z = np.vstack([row for _, row in rows])
    t = np.concatenate([report["y"] for report, _ in rows])
    second = fit(z[t >= 0], t[t >= 0], 0.3)
    return first, second


def score(reports, first, second):
    return [among(report, report["x"] @ first) @ second for report in reports]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs", nargs="+")
    parser.add_argument("--write")
    parser.add_argument("--penalty", type=float, default=6.0)
    parser.add_argument("--folds", type=int, default=6)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--threshold", type=float)
    options = parser.parse_args()
    reports = [json.loads(line) for path in options.pairs for line in open(path)]
    reports = [report for report in reports if pathlib.Path(report["file"].replace(".txt", ".gold.json")).exists()]
    names = ["bias"] + sorted({name for report in reports for pair in report["pairs"] for name in pair["evidence"]} - {"bias"})
    at = {name: column for column, name in enumerate(names)}
    for report in reports:
        labels, report["wanted"] = labelled(report)
        report["y"] = np.array([-1 if label is None else label for label in labels], dtype=float)
        report["x"] = np.zeros((len(report["pairs"]), len(names)))
        for row, pair in enumerate(report["pairs"]):
            for name, value in pair["evidence"].items():
                report["x"][row, at[name]] = value
    reports.sort(key=lambda report: hash_of(report["file"]))
    folds = options.folds
    scored = []
    for fold in range(folds):
        rest = [report for index, report in enumerate(reports) if index % folds != fold]
        held = [report for index, report in enumerate(reports) if index % folds == fold]
        first, second = train(rest, names, options.penalty)
        scored += list(zip(held, score(held, first, second)))
    wanted = sum(report["wanted"] for report in reports)
    reachable = sum(int((report["y"] == 1).sum()) for report in reports)
    rule = [report["x"][:, at["rule"]] > 0 for report in reports]
    right = sum(int((hits & (report["y"] == 1)).sum()) for hits, report in zip(rule, reports))
    wrong = sum(int((hits & (report["y"] == 0)).sum()) for hits, report in zip(rule, reports))
    print(f"{len(reports)} reports, {sum(len(r['pairs']) for r in reports)} pairs, {wanted} wanted, {reachable} reachable; rules alone P {right / (right + wrong):.3f} R {right / wanted:.3f} F1 {2 * right / (right + wrong + wanted):.3f}")
    for group in ("", "stories/", "disputes/"):
        best = None
        for threshold in np.arange(-2.0, 1.5, 0.1):
            right = wrong = goal = 0
            for report, values in scored:
                if group not in report["file"]:
                    continue
                hits = values >= threshold
                right += int((hits & (report["y"] == 1)).sum())
                wrong += int((hits & (report["y"] == 0)).sum())
                goal += report["wanted"]
            row = (2 * right / (right + wrong + goal), threshold, right / max(1, right + wrong), right / goal)
            if group == "" and abs(round(threshold * 10) % 3) < 1:
                print(f"  threshold {threshold:.1f}: P {row[2]:.3f} R {row[3]:.3f} F1 {row[0]:.3f}")
            best = max(best, row) if best else row
        print(f"{group or 'all'}: best F1 {best[0]:.3f} at {best[1]:.1f} P {best[2]:.3f} R {best[3]:.3f}")
        threshold = best[1] if group == "" and options.threshold is None else options.threshold if group == "" else threshold_all
        threshold_all = threshold
    if options.write or options.show:
        first, second = train(reports, names, options.penalty)
        rows = list(zip(names, first)) + list(zip(AMONG, second)) + [("threshold", threshold_all)]
        if options.show:
            for name, weight in sorted(rows, key=lambda row: -abs(row[1])):
                print(f"{weight:7.2f} {name}")
        if options.write:
            text = "name,weight\n" + "".join(f"{name},{weight:.3f}\n" for name, weight in rows)
            pathlib.Path(options.write).write_text(text)


def hash_of(name):
    import hashlib

    return hashlib.sha1(pathlib.Path(name).name.encode()).hexdigest()


if __name__ == "__main__":
    main()
