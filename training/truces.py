"""Fits the weights by which words are taken for an agreement, its terms, breaches of it and how it fares (data/truce_weights.csv).

    cargo run --release -p counterclaim-events --example truce_candidates -- fixtures/stories/*.txt fixtures/truces/*.txt fixtures/disputes/*.txt fixtures/registers/*.txt > truces.jsonl
    python training/truces.py truces.jsonl [--write data/truce_weights.csv]

Logistic regressions with a ridge over the evidence and the hidden states. Prints precision, recall and F1 by leaving reports out; golds stand beside
the texts as NAME.gold.json. What the rules found is no evidence: they were shaped on these reports and look better on them than they are.
"""

import argparse
import csv
import hashlib
import json
import pathlib

import numpy as np


def offsets(value, text, near=0):
    if isinstance(value, str):
        starts = [at for at in range(len(text)) if text.startswith(value, at)]
        if not starts:
            return None
        start = min(starts, key=lambda at: abs(at - near))
        return (start, start + len(value))
    if isinstance(value, dict):
        value = value.get("span", value)
        return (value["start"], value["end"]) if "start" in value else None
    return None


def meets(a, b):
    return a[0] < b[1] and b[0] < a[1]


def golds(item, kind, text):
    """Spans that count and those on which careful readers differ."""
    near = item["span"]["start"]
    wanted, optional = [], []
    for row in item.get(kind, []):
        span = offsets(row, text, near)
        if span is None:
            continue
        (optional if isinstance(row, dict) and row.get("optional") else wanted).append(span)
    return wanted, optional


def matches(report):
    """Gold ceasefires of now with those of the ledger."""
    path = pathlib.Path(report["file"].replace(".txt", ".gold.json"))
    gold = json.loads(path.read_text())
    used = set()
    rows = []
    for item in gold.get("ceasefires", []):
        spans = [offsets(item, report["text"])] + [offsets(other, report["text"]) for other in item.get("also_spans", [])]
        found = next((index for index, row in enumerate(report["ceasefires"]) if index not in used and any(meets(span, row["span"]) for span in spans)), None)
        if found is not None:
            used.add(found)
        rows.append((item, found))
    rows += [(None, index) for index in range(len(report["ceasefires"])) if index not in used]
    return rows


def label(candidates, wanted, optional):
    """1 for the topmost candidate inside a gold span, -1 for the others inside it, 0 elsewhere."""
    y = np.zeros(len(candidates))
    for kind, spans in ((1, wanted), (-2, optional)):
        for span in spans:
            inside = [index for index, row in enumerate(candidates) if span[0] <= row["word"][0] < span[1]]
            if not inside:
                continue
            size = lambda index: min(candidates[index]["span"][1], span[1]) - max(candidates[index]["span"][0], span[0])
            best = max(inside, key=lambda index: (size(index), -index))
            for index in inside:
                if y[index] == 0:
                    y[index] = -1
            y[best] = 1 if kind == 1 else -1
    return y


def fit(x, y, ridge, counts=None):
    counts = np.ones(len(y)) if counts is None else counts
    weights = np.zeros(x.shape[1])
    for _ in range(12):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (counts * (p - y)) + ridge * weights
        hessian = (x * (counts * p * (1 - p) + 1e-9)[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 2e-2:
            break
    return weights


def plain_columns(names, width):
    """Columns that do not come of heads trained on whole reports."""
    return np.array([not name.startswith("mark_") for name in names] + [True] * (width - len(names)))


def begun(x, y, ridge, counts, plain):
    """Weights of the plain columns alone: where the fit to other reports begins."""
    start = np.zeros(x.shape[1])
    keep = y >= 0
    start[plain] = fit(x[keep][:, plain], y[keep], ridge[plain], counts[keep])
    return start


def fit_from(start, x, y, ridge, counts):
    """As `fit`, with what the start makes of a row as a column of its own, whose weight is free; its share is folded into the others."""
    if start is None:
        return fit(x, y, ridge, counts)
    weights = fit(np.hstack([x, (x @ start)[:, None]]), y, np.append(ridge, 1e-3), counts)
    return weights[:-1] + weights[-1] * start


def chosen(candidates, values, threshold, first=()):
    """The best of overlapping candidates, beside spans that stand already."""
    kept = [tuple(span) for span in first]
    order = [index for index in np.argsort(-values) if values[index] >= threshold]
    for index in order:
        span = tuple(candidates[index]["span"])
        if not any(meets(span, other) for other in kept):
            kept.append(span)
    return kept


def score(kept, wanted, optional, name=None):
    """Right, judged, wanted."""
    used = [False] * len(kept)
    right = 0
    for span in wanted:
        for index, other in enumerate(kept):
            if not used[index] and meets(span, other):
                used[index] = True
                right += 1
                break
    judged = 0
    for index, other in enumerate(kept):
        free = any(meets(span, other) for span in optional) or (name is not None and meets(name, other))
        judged += used[index] or not free
    return right, judged, len(wanted)


def is_named(report):
    """Whether the report has no agreement of now, or calls it a ceasefire."""
    gold = json.loads(pathlib.Path(report["file"].replace(".txt", ".gold.json")).read_text())
    now = [item for item in gold.get("ceasefires", []) if item.get("scope") != "background"]
    spans = [offsets(other, report["text"]) for item in now for other in [item, *item.get("also_spans", [])]]
    named = [row["word"] for row in report["deeds"] if "g_name" in row["evidence"]]
    return not now or any(meets(word, span) for word in named for span in spans)


COLUMNS = ["terms", "violations", "status_words", "any_terms", "agreements", "earlier", "past_violations", "past_terms", "past_status_words"]
AROUND = {"terms_here": (0, 0, 3), "terms_next": (1, 1, 3), "terms_behind": (2, 4, 4), "terms_before": (-3, -1, 4), "terms_far": (5, 10**4, 4), "terms_all": (-(10**4), 10**4, 8)}


def search(reports, tests, prior, at, ridge, options):
    """Weights of terms of whatever agreement there is, and of words that tell of one; the latter see how many terms are told around them."""
    for r in reports + tests + prior:
        spans = {"terms": ([], []), "span": ([], [])}
        gold = json.loads(pathlib.Path(r["file"].replace(".txt", ".gold.json")).read_text())
        r["now"] = []
        for item in gold.get("ceasefires", []):
            now = item.get("scope") != "background"
            wanted, optional = golds(item, "terms", r["text"])
            spans["terms"][0].extend(wanted if now else [])
            spans["terms"][1].extend(optional)
            named = [offsets(item, r["text"])] + [offsets(other, r["text"]) for other in item.get("also_spans", [])]
            spans["span"][0 if now else 1].extend(named)
            if now:
                r["now"].append(named)
        r["term_y"] = label(r["candidates"], *spans["terms"])
        y = np.zeros(len(r["deeds"]))
        for index, row in enumerate(r["deeds"]):
            if any(meets(row["word"], span) for span in spans["span"][0]):
                y[index] = 1
            elif any(meets(row["word"], span) for span in spans["span"][1]):
                y[index] = 0
        r["agreement_y"] = y

    starts = {}

    def weights_of(rs, x, y, begin=False):
        rows, goal = np.vstack([r[x] for r in rs]), np.concatenate([r[y] for r in rs])
        counts = np.concatenate([np.full(len(r[y]), r["count"]) for r in rs])
        if begin:
            return begun(rows, goal, ridge, counts, plain_columns(list(at), rows.shape[1]))
        return fit_from(starts.get(y), rows[goal >= 0], goal[goal >= 0], ridge, counts[goal >= 0])

    def surround(r, weights):
        odds = 1 / (1 + np.exp(-np.clip(r["candidates_x"] @ weights, -30, 30)))
        sentences = np.array([row["sentence"] for row in r["candidates"]])
        for index, row in enumerate(r["deeds"]):
            for name, (first, last, most) in AROUND.items():
                near = (sentences - row["sentence"] >= first) & (sentences - row["sentence"] <= last)
                r["deeds_x"][index, at[name]] = min(most, odds[near].sum()) if len(sentences) else 0

    if prior:
        starts["term_y"] = weights_of(prior, "candidates_x", "term_y", True)
        for r in prior:
            surround(r, starts["term_y"])
        starts["agreement_y"] = weights_of(prior, "deeds_x", "agreement_y", True)
    folds = options.folds
    for fold in range(folds):
        weights = weights_of([r for i, r in enumerate(reports) if i % folds != fold], "candidates_x", "term_y")
        for i, r in enumerate(reports):
            if i % folds == fold:
                r["odds"] = r["candidates_x"] @ weights
                surround(r, weights)
    y = np.concatenate([r["term_y"] for r in reports])
    values = np.concatenate([r["odds"] for r in reports])
    print("any terms, word by word:", " ".join(f"{t:.1f}: P {(y[values >= t] == 1).sum() / max(1, (y[values >= t] >= 0).sum()):.2f} R {((y == 1) & (values >= t)).sum() / (y == 1).sum():.2f}" for t in (-1.5, -1, -0.5, 0, 0.5)))
    any_term = weights_of(reports, "candidates_x", "term_y")
    for r in tests:
        surround(r, any_term)
    scored = []
    for fold in range(folds):
        weights = weights_of([r for i, r in enumerate(reports) if i % folds != fold], "deeds_x", "agreement_y")
        scored += [(r, r["deeds_x"] @ weights) for i, r in enumerate(reports) if i % folds == fold]
    agreement = weights_of(reports, "deeds_x", "agreement_y")
    for name, group in (("left out", scored), ("test", [(r, r["deeds_x"] @ agreement) for r in tests])):
        for subset in ("all", "without a name"):
            rows = [(r, v) for r, v in group if subset == "all" or not any(row["evidence"].get("g_name") and y == 1 for row, y in zip(r["deeds"], r["agreement_y"]))]
            if not rows:
                continue
            if subset != "all" and options.show:
                for r, values in rows:
                    best = r["deeds"][int(values.argmax())] if len(values) else None
                    if r["now"] and (best is None or r["agreement_y"][int(values.argmax())] != 1):
                        golden = [(round(float(v), 1), r["text"][slice(*row["word"])]) for row, v, y in zip(r["deeds"], values, r["agreement_y"]) if y == 1]
                        around = r["text"][max(0, best["word"][0] - 60):best["word"][1] + 60].replace("\n", " ") if best else ""
                        print(r["file"], [r["text"][slice(*span[0])][:60] for span in r["now"]], golden, "BEST", round(float(values.max()), 1) if len(values) else "", around)
            line = []
            for threshold in (-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5):
                right = told = 0
                for r, values in rows:
                    if len(values) and values.max() >= threshold:
                        told += 1
                        right += r["agreement_y"][int(values.argmax())] == 1
                line.append(f"{threshold}: {right}/{told}")
            print(f"agreements {name}, {subset}: {sum(bool(r['now']) for r, _ in rows)} reports with one of {len(rows)};", " ".join(line))
    return [("any_terms", any_term), ("agreements", agreement)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+")
    parser.add_argument("--write")
    parser.add_argument("--prior", nargs="*", default=[], help="candidates of reports that the encoder was trained on: what holds of them without its marks is where the fit begins")
    parser.add_argument("--test", nargs="*", default=[])
    parser.add_argument("--half", nargs="*", default=[], help="candidates of reports that count half")
    parser.add_argument("--ridge", type=float, default=5.0)
    parser.add_argument("--vector-ridge", type=float, default=60.0)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--by-folder", action="store_true", help="leave out whole folders: what one hand wrote is not learnt from what it wrote")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--no-vectors", action="store_true")
    parser.add_argument("--no-evidence", action="store_true")
    parser.add_argument("--unnamed", type=float, default=2.0, help="how much a report counts that has an agreement and never calls it a ceasefire")
    parser.add_argument("--misses", type=float, default=0.0, help="threshold at which misses are printed")
    parser.add_argument("--no-search", action="store_true")
    parser.add_argument("--kinds", nargs="*", default=["terms", "violations", "status_words"])
    options = parser.parse_args()
    load = lambda paths: [json.loads(line) for path in paths for line in open(path)]
    reports, tests, prior = load(options.files), load(options.test), load(options.prior)
    halves = load(options.half)
    for r in halves:
        r["half"] = True
    reports += halves
    reports = [r for r in reports if pathlib.Path(r["file"].replace(".txt", ".gold.json")).exists()]
    reports.sort(key=lambda r: hashlib.sha1(pathlib.Path(r["file"]).name.encode()).hexdigest())
    folders = sorted({pathlib.Path(r["file"]).parent for r in reports})
    for i, r in enumerate(reports):
        r["fold"] = folders.index(pathlib.Path(r["file"]).parent) if options.by_folder else i % options.folds
    options.folds = len(folders) if options.by_folder else options.folds
    lists = {"terms": "candidates", "violations": "deeds", "status_words": "deeds", "past_violations": "deeds", "past_terms": "candidates", "past_status_words": "candidates"}
    for r in reports + tests + prior:
        r["candidates"], r["deeds"] = r["any_terms"], r["agreements"]
    holders = lambda rs: [(c, key) for r in rs for c in [*r["ceasefires"], r] for key in ("candidates", "deeds")]
    every = [row for c, key in holders(reports + tests + prior) for row in c[key]]
    names = ["bias"] + sorted({name for row in every for name in row["evidence"]} - {"bias"})
    at = {name: i for i, name in enumerate(names)}
    vectors = np.array([row["vector"] for row in every], dtype=np.float32) / 1000
    mean, deviation = vectors.mean(0), vectors.std(0) + 1e-6
    for c, key in holders(reports + tests + prior):
            x = np.zeros((len(c[key]), len(names)))
            for i, row in enumerate(c[key]):
                for name, value in row["evidence"].items():
                    x[i, at[name]] = value
            v = (np.array([row["vector"] for row in c[key]], dtype=float).reshape(-1, vectors.shape[1]) / 1000 - mean) / deviation
            parts = [x[:, :1]] if options.no_evidence else [x]
            if not options.no_vectors:
                parts.append(v)
            c[key + "_x"] = np.hstack(parts)
    width = 1 if options.no_evidence else len(names)
    total = width + (0 if options.no_vectors else vectors.shape[1])
    ridge = np.full(total, options.vector_ridge)
    ridge[:width] = options.ridge
    ridge[0] = 1e-3
    for r in reports + tests + prior:
        r["count"] = (1.0 if is_named(r) else options.unnamed) * (0.5 if r.get("half") else 1.0)
    out = []
    for kind in options.kinds:
        for r in reports + tests + prior:
            r["rows"] = []
            for item, found in matches(r):
                past = kind.startswith("past_")
                if item is not None and (item.get("scope") == "background") != past:
                    continue
                wanted, optional = golds(item, kind.removeprefix("past_"), r["text"]) if item is not None else ([], [])
                truce = r["ceasefires"][found] if found is not None else None
                if past and truce is not None and not truce["background"]:
                    if item is None:
                        continue
                    truce = None
                y = label(truce[lists[kind]], wanted, optional) if truce else np.zeros(0)
                r["rows"].append((item, truce, y, wanted, optional))
        learn = lambda rs: [(t[lists[kind] + "_x"], y, np.full(len(y), r["count"])) for r in rs for item, t, y, _, _ in r["rows"] if t is not None and item is not None and len(y)]

        def gathered(rs):
            data = learn(rs)
            return np.vstack([d[0] for d in data]), np.concatenate([d[1] for d in data]), np.concatenate([d[2] for d in data])

        # Breaches are told by the marks; hidden states beside them are learnt by heart.
        penalty = np.where(np.arange(total) < width, ridge, 1e6 if "violations" in kind else ridge)
        start = begun(*gathered(prior)[:2], penalty, gathered(prior)[2], plain_columns(names, total)) if prior else None

        def train(rs):
            x, y, counts = gathered(rs)
            return fit_from(start, x[y >= 0], y[y >= 0], penalty, counts[y >= 0])

        scored = []
        for fold in range(options.folds):
            rest = [r for r in reports if r["fold"] != fold]
            held = [r for r in reports if r["fold"] == fold]
            weights = train(rest)
            scored += [(r, row, row[1][lists[kind] + "_x"] @ weights if row[1] else np.zeros(0)) for r in held for row in r["rows"]]
        weights = train(reports)
        fresh = [(r, row, row[1][lists[kind] + "_x"] @ weights if row[1] else np.zeros(0)) for r in tests for row in r["rows"]]
        for label_, group in (("left out", scored), ("test", fresh)):
            if not group:
                continue
            positives = sum(int((row[2] == 1).sum()) for _, row, _ in group)
            wanted = sum(len(row[3]) for _, row, _ in group)

            def f1(threshold, rules, drop=-99, rows=group, wanted=wanted):
                right = judged = 0
                for _, (item, truce, y, wanted_, optional), values in rows:
                    if truce is None:
                        continue
                    first = []
                    if rules:
                        for span in truce.get(kind, []):
                            inside = [values[i] for i, c in enumerate(truce[lists[kind]]) if span[0] <= c["word"][0] < span[1]]
                            if not inside or max(inside) >= drop:
                                first.append(span)
                    kept = chosen(truce[lists[kind]], values, threshold, first)
                    a, b, _ = score(kept, wanted_, optional, truce["span"] if kind == "terms" else None)
                    right += a
                    judged += b
                return 2 * right / (judged + wanted), right / max(1, judged), right / wanted

            print(f"{kind} {label_}: {len(group)} ceasefires, {wanted} wanted, {positives} reachable; rules alone F1 %.3f P %.3f R %.3f" % f1(99, True))
            grid = np.arange(-3, 2.1, 0.25)
            for name, rules in (("weights", False), ("rules and weights", True)):
                best = max((f1(t, rules) + (t,) for t in grid))
                print(f"  {name}: best F1 {best[0]:.3f} P {best[1]:.3f} R {best[2]:.3f} at {best[3]:.2f};  " + " ".join(f"{t:.1f}:{f1(t, rules)[0]:.3f}" for t in np.arange(-2, 1.6, 0.5)))
            best = max((f1(t, True, d) + (t, d) for t in grid for d in np.arange(-5, 0, 0.5)))
            if options.by_folder:
                for number, folder in enumerate(folders):
                    rows = [row for row in group if row[0].get("fold") == number]
                    count = sum(len(row[3]) for _, row, _ in rows)
                    line = " ".join(f"{t:.2f},{d}: F1 %.3f P %.3f R %.3f;" % f1(t, True, d, rows, count) for t, d in ((99, -99), (0.4, -1.5), (0.0, -1.5), (-0.5, -1.5), (-0.5, -2.0)) if count)
                    print(f"  {folder.name}: {count} wanted, {line}")
            print(f"  rules dropped below: best F1 {best[0]:.3f} P {best[1]:.3f} R {best[2]:.3f} at {best[3]:.2f}, {best[4]:.2f}")
        if options.misses:
            for r, (item, truce, y, wanted, optional), values in scored:
                if truce is None:
                    continue
                rows = truce[lists[kind]]
                kept = chosen(rows, values, options.misses)
                text = lambda span: r["text"][slice(*span)].replace("\n", " ")
                for span in kept:
                    if not any(meets(span, other) for other in wanted + optional):
                        print("TOO MANY", pathlib.Path(r["file"]).stem, "|", text(span)[:150])
                for span in wanted:
                    if not any(meets(span, other) for other in kept):
                        best = max([-99] + [values[i] for i, row in enumerate(rows) if span[0] <= row["word"][0] < span[1]])
                        print(f"MISSED {best:.1f}", pathlib.Path(r["file"]).stem, "|", text(span)[:150])
        if options.show:
            for name, weight in sorted(zip(names, weights), key=lambda row: -abs(row[1]))[:70]:
                print(f"{weight:7.2f} {name}")
        out.append((kind, weights))
    if not options.no_search:
        out += search(reports, tests, prior, at, ridge, options)
    if options.write:
        rows = []
        for index, name in enumerate(names):
            rows.append((name, [w[index] for _, w in out]))
        if not options.no_vectors:
            # Standardised numbers are undone: the weights apply to the hidden states as they are.
            for index in range(vectors.shape[1]):
                rows.append((f"h{index}", [w[len(names) + index] / deviation[index] for _, w in out]))
            for i, (_, w) in enumerate(out):
                rows[0][1][i] -= float((w[len(names):] * mean / deviation).sum())
        # What was not fitted stays as it is.
        before = pathlib.Path(options.write)
        kept = list(csv.reader(before.open())) if before.exists() else [["name"]]
        told = [kind for kind, _ in out]
        rest = [at for at, kind in enumerate(kept[0]) if at and kind not in told]
        old = {row[0]: row for row in kept[1:]}
        rows = [(name, values + [float(old[name][at]) if name in old else 0.0 for at in rest]) for name, values in rows]
        # So do evidence and hidden states that these reports do not have or that were not fitted.
        rows += [(name, [0.0] * len(told) + [float(row[at]) for at in rest]) for name, row in old.items() if name not in names and (options.no_vectors or not name[1:].isdigit())]
        kinds = told + [kept[0][at] for at in rest]
        # The program knows the columns by their place.
        order = sorted(range(len(kinds)), key=lambda at: COLUMNS.index(kinds[at]))
        rows = [(name, [values[at] for at in order]) for name, values in rows]
        out = [(kinds[at], None) for at in order]
        text = "name," + ",".join(kind for kind, _ in out) + "\n" + "".join(f"{n}," + ",".join(f"{v:.4f}" for v in vs) + "\n" for n, vs in rows)
        pathlib.Path(options.write).write_text(text)


if __name__ == "__main__":
    main()
