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
         "among_behind_quarrel", "among_answer_mass", "among_answered_mass"]


def pieces(value):
    """Offsets of a span or a list of spans."""
    rows = value if isinstance(value, list) else [value] if value else []
    return [(row["start"], row["end"]) for row in rows]


def overlap(ones, others):
    common = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in ones for b in others)
    size = sum(b - a for a, b in ones) + sum(b - a for a, b in others)
    return 2 * common / size if size else 0.0


def matched(golds, spans):
    """Gold rows by name with the rows of the ledger that fit them best; `spans` gives the spans of a gold row and of a row's number."""
    scored = sorted(((spans(gold, index), gold["id"], index) for gold, index in golds), reverse=True)
    found, taken = {}, set()
    for score, name, index in scored:
        if score > 0.3 and name not in found and index not in taken:
            found[name] = index
            taken.add(index)
    return found


def labelled(report, kind):
    """Pairs of claims or figures of a report with 1, 0 or None (careful readers differ), and how many pairs the gold wants."""
    gold = json.loads(pathlib.Path(report["file"].replace(".txt", ".gold.json")).read_text())
    rows = report[kind]

    def fits(item, index):
        row = rows[index]
        if kind == "harms":
            return overlap(pieces(item["number"]), pieces(row["number"])) + (item["kind"] == row["kind"]) * 0.2 - 0.2
        content = pieces(item.get("content")) + pieces(item.get("content_more"))
        return overlap(content, pieces(row["content"])) + 0.5 * overlap(pieces(item.get("cue")), pieces(row["cue"]))

    found = matched([(item, index) for item in gold.get(kind, []) for index in range(len(rows))], fits)
    letter = kind[0]

    def pairs(key):
        wanted = [(item["a"], item["b"]) for item in gold.get(key, []) if item["a"][0] == item["b"][0] == letter]
        return wanted, {tuple(sorted((found[a], found[b]))) for a, b in wanted if a in found and b in found}

    wanted, right = pairs("contradictions")
    _, optional = pairs("optional_contradictions")
    labels = []
    for pair in report["pairs" if kind == "claims" else "figures"]:
        key = (pair["a"], pair["b"])
        labels.append(1 if key in right else -1 if key in optional else 0)
    return np.array(labels, dtype=float), len([1 for a, b in wanted if a != b])


def fit(x, y, penalty, free=0):
    """Logistic regression with a ridge, one number or one a column, on all but the first `free + 1` columns."""
    weights = np.zeros(x.shape[1])
    ridge = np.broadcast_to(penalty, x.shape[1:]).astype(float)
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
    shares = 1 / (1 + np.exp(-alone))
    dense = (alone > -1).sum() / max([1] + [pair["b"] + 1 for pair in pairs])
    for index, pair in enumerate(pairs):
        most = lambda fits: max([LEAST] + [alone[other] for other, row in enumerate(pairs) if other != index and fits(row)])
        own = alone[index]
        rival = most(lambda row: row["b"] == pair["b"])
        reply = most(lambda row: row["a"] == pair["a"])
        quarrel = most(lambda row: row["speakers"] == pair["speakers"])
        mass = lambda claim: sum(shares[other] for other, row in enumerate(pairs) if other != index and claim in (row["a"], row["b"]))
        masses = [mass(pair["b"]), mass(pair["a"])]
        rows.append([1, own, dense, rival, reply, quarrel, rival > own, reply > own, quarrel > own, *masses])
    return np.array(rows, dtype=float).reshape(-1, len(AMONG))


def train(reports, names, penalty, free=0, folds=4):
    """Weights of both regressions; the second one sees scores of reports that the first one was not fitted to."""
    x = np.vstack([report["x"] for report in reports])
    y = np.concatenate([report["y"] for report in reports])
    keep = y >= 0
    first = fit(x[keep], y[keep], penalty, free)
    rows = []
    for fold in range(folds):
        rest = [report for at, report in enumerate(reports) if at % folds != fold]
        xr, yr = np.vstack([report["x"] for report in rest]), np.concatenate([report["y"] for report in rest])
        weights = fit(xr[yr >= 0], yr[yr >= 0], penalty, free)
        rows += [(report, among(report, report["x"] @ weights)) for at, report in enumerate(reports) if at % folds == fold]
    z = np.vstack([row for _, row in rows])
    t = np.concatenate([report["y"] for report, _ in rows])
    second = fit(z[t >= 0], t[t >= 0], 0.3)
    return first, second


def score(reports, first, second):
    if second is None:
        return [report["x"] @ first for report in reports]
    return [among(report, report["x"] @ first) @ second for report in reports]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs", nargs="+")
    parser.add_argument("--prior", nargs="*", default=[], help="pairs of reports that the encoder was trained on: what holds of them without its marks is where the fit begins")
    parser.add_argument("--write")
    parser.add_argument("--penalty", type=float, default=9.0)
    parser.add_argument("--mark-penalty", type=float, help="the same for evidence of the encoders of reports")
    parser.add_argument("--folds", type=int, default=6)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--threshold", type=float, default=-0.4, help="log odds from which claims exclude each other")
    parser.add_argument("--rule-threshold", type=float, default=-3.0, help="the same where a rule found the pair")
    parser.add_argument("--quarrel-threshold", type=float, default=-2.4, help="the same where the rule lays the report's deeds at the door of its two sides")
    parser.add_argument("--figure-threshold", type=float, default=-0.8)
    parser.add_argument("--beside", help="weights of an earlier fit, to take the mean with")
    parser.add_argument("--share", type=float, default=0.5, help="share of the new weights in that mean")
    options = parser.parse_args()
    reports, prior = read(options.pairs), read(options.prior)
    rows = [*learn(reports, prior, "claims", options), *learn(reports, prior, "harms", options)]
    if options.beside:
        old = {name: float(weight) for name, weight in (line.split(",") for line in pathlib.Path(options.beside).read_text().splitlines()[1:])}
        new = dict(rows)
        fixed = {name for name in new if name.endswith("threshold")}
        mean = {name: options.share * new.get(name, 0.0) + (1 - options.share) * old.get(name, 0.0) for name in dict.fromkeys([*new, *old])}
        rows = [(name, new[name] if name in fixed else weight) for name, weight in mean.items()]
    if options.show:
        for name, weight in sorted(rows, key=lambda row: -abs(row[1])):
            print(f"{weight:7.2f} {name}")
    if options.write:
        text = "name,weight\n" + "".join(f"{name},{weight:.3f}\n" for name, weight in rows)
        pathlib.Path(options.write).write_text(text)


def read(paths):
    reports = [json.loads(line) for path in paths for line in open(path)]
    reports = [report for report in reports if pathlib.Path(report["file"].replace(".txt", ".gold.json")).exists()]
    return sorted(reports, key=lambda report: hash_of(report["file"]))


def is_marked(name):
    """Whether evidence comes of heads that were trained on whole reports."""
    return name.startswith("mark_")


def learn(reports, prior, kind, options):
    """Prints what is found by leaving reports out; gives the weights fitted to all."""
    pairs = "pairs" if kind == "claims" else "figures"
    bias = "bias" if kind == "claims" else "figure_bias"
    names = [bias] + sorted({name for report in reports + prior for pair in report[pairs] for name in pair["evidence"]} - {bias})
    at = {name: column for column, name in enumerate(names)}
    for report in reports + prior:
        report["y"], report["wanted"] = labelled(report, kind)
        report["x"] = np.zeros((len(report[pairs]), len(names)))
        for row, pair in enumerate(report[pairs]):
            for name, value in pair["evidence"].items():
                report["x"][row, at[name]] = value

    start = np.zeros(len(names))
    if prior:
        x, y = np.vstack([report["x"] for report in prior]), np.concatenate([report["y"] for report in prior])
        plain = np.array([not is_marked(name) for name in names])
        start[plain] = fit(x[y >= 0][:, plain], y[y >= 0], options.penalty)
        # The second column is what the prior makes of a pair; its weight is free.
        for report in reports:
            report["x"] = np.insert(report["x"], 1, report["x"] @ start, axis=1)

    def folded(weights):
        """Weights of the evidence alone, the prior's share in them."""
        return np.delete(weights, 1) + weights[1] * start if prior else weights

    free = int(bool(prior))
    least = options.penalty if options.mark_penalty is None else options.mark_penalty
    penalty = np.array([least if is_marked(name) else options.penalty for name in names])
    penalty = np.insert(penalty, 1, 0.0) if prior else penalty

    def fitted(reports):
        if kind == "claims":
            return train(reports, names, penalty, free)
        x, y = np.vstack([report["x"] for report in reports]), np.concatenate([report["y"] for report in reports])
        return fit(x[y >= 0], y[y >= 0], penalty, free), None

    scored = []
    for fold in range(options.folds):
        rest = [report for index, report in enumerate(reports) if index % options.folds != fold]
        held = [report for index, report in enumerate(reports) if index % options.folds == fold]
        first, second = fitted(rest)
        scored += list(zip(held, score(held, first, second)))
    wanted = sum(report["wanted"] for report in reports)
    reachable = sum(int((report["y"] == 1).sum()) for report in reports)
    rule = at["rule" if kind == "claims" else "figure_rule"] + int(bool(prior))
    right, wrong = (sum(int(((r["x"][:, rule] > 0) & (r["y"] == y)).sum()) for r in reports) for y in (1, 0))
    print(f"{kind}: {len(reports)} reports, {sum(len(r[pairs]) for r in reports)} pairs, {wanted} wanted, {reachable} reachable; rules alone P {right / (right + wrong):.3f} R {right / wanted:.3f} F1 {2 * right / (right + wrong + wanted):.3f}")
    for group in ("", "stories/", "disputes/", "registers/"):
        rows = []
        for threshold in np.arange(-2.0, 1.0, 0.1):
            hits = [(values >= threshold, report["y"], report["wanted"]) for report, values in scored if group in report["file"]]
            right, wrong = (sum(int((found & (y == label)).sum()) for found, y, _ in hits) for label in (1, 0))
            goal = sum(goal for _, _, goal in hits)
            rows.append((2 * right / max(1, right + wrong + goal), threshold, right / max(1, right + wrong), right / max(1, goal)))
        if not group:
            for f1, threshold, precision, recall in rows[2::4]:
                print(f"  threshold {threshold:.1f}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
        f1, threshold, precision, recall = max(rows)
        print(f"{group or 'all'}: best F1 {f1:.3f} at {threshold:.1f} P {precision:.3f} R {recall:.3f}")
    first, second = fitted(reports)
    if kind == "claims":
        return [*zip(names, folded(first)), *zip(AMONG, second), ("threshold", options.threshold), ("rule_threshold", options.rule_threshold), ("quarrel_threshold", options.quarrel_threshold)]
    return [*zip(names, folded(first)), ("figure_threshold", options.figure_threshold)]


def hash_of(name):
    import hashlib

    return hashlib.sha1(pathlib.Path(name).name.encode()).hexdigest()


if __name__ == "__main__":
    main()
