"""Fits the weights by which a word is taken for the name of an agreement of the past (column `earlier` of data/truce_weights.csv).

    cargo run --release -p counterclaim-events --example truce_candidates -- FILES > truces.jsonl
    python training/earlier.py truces.jsonl [--write data/truce_weights.csv]

A logistic regression with a ridge over the evidence and the hidden states, of every word that may be such a name. Of the names of one agreement the
first counts; the later ones are left out of the fit. Prints precision and recall of agreements by leaving out whole folders.
"""

import argparse
import csv
import json
import pathlib

import numpy as np
from truces import fit, meets, offsets


def label(report):
    """1 for words of the first name of an agreement of the past, -1 for its other names, 0 elsewhere; and the first names."""
    gold = json.loads(pathlib.Path(report["file"].replace(".txt", ".gold.json")).read_text())
    y = np.zeros(len(report["earlier"]))
    names = []
    for item in gold.get("ceasefires", []):
        if item.get("scope") != "background":
            continue
        first = offsets(item, report["text"])
        others = [offsets(other, report["text"]) for other in item.get("also_spans", [])]
        names.append((first, [first] + others))
        for index, row in enumerate(report["earlier"]):
            if meets(row["word"], first):
                y[index] = 1
            elif y[index] == 0 and any(meets(row["word"], span) for span in others):
                y[index] = -1
    if report.get("quiet"):
        now = [offsets(span, report["text"]) for item in gold.get("ceasefires", []) if item.get("scope") != "background" for span in [item, *item.get("also_spans", [])]]
        for index, row in enumerate(report["earlier"]):
            named = any(key in row["evidence"] for key in ("g_name", "g_deal", "g_pause"))
            if y[index] == 0 and named and "e_now" not in row["evidence"] and not any(meets(row["word"], span) for span in now):
                y[index] = -1
    return y, names


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+")
    parser.add_argument("--quiet", nargs="*", default=[], help="reports whose golds leave out some agreements of the past: names of deals that they do not tell count for nothing")
    parser.add_argument("--test", nargs="*", default=[])
    parser.add_argument("--ridge", type=float, default=2.0)
    parser.add_argument("--vector-ridge", type=float, default=60.0)
    parser.add_argument("--no-vectors", action="store_true")
    parser.add_argument("--write")
    parser.add_argument("--show", type=float)
    options = parser.parse_args()
    reports = [json.loads(line) for path in options.files for line in open(path)]
    quiet = [json.loads(line) for path in options.quiet for line in open(path)]
    for r in quiet:
        r["quiet"] = True
    reports += quiet
    tests = [json.loads(line) for path in options.test for line in open(path)]
    names = sorted({name for r in reports for row in r["earlier"] for name in row["evidence"]} - {"bias"})
    names = ["bias"] + names
    at = {name: i for i, name in enumerate(names)}
    vectors = np.array([row["vector"] for r in reports for row in r["earlier"]], dtype=float) / 1000
    mean, deviation = vectors.mean(0), vectors.std(0) + 1e-6
    for r in reports + tests:
        x = np.zeros((len(r["earlier"]), len(names)))
        for i, row in enumerate(r["earlier"]):
            for name, value in row["evidence"].items():
                if name in at:
                    x[i, at[name]] = value
        parts = [x]
        if not options.no_vectors:
            parts.append((np.array([row["vector"] for row in r["earlier"]], dtype=float).reshape(-1, vectors.shape[1]) / 1000 - mean) / deviation)
        r["x"] = np.hstack(parts)
        r["y"], r["names"] = label(r)
    width = len(names)
    ridge = np.full(width + (0 if options.no_vectors else vectors.shape[1]), options.vector_ridge)
    ridge[:width] = options.ridge
    ridge[0] = 1e-3

    def train(rs):
        x, y = np.vstack([r["x"] for r in rs]), np.concatenate([r["y"] for r in rs])
        return fit(x[y >= 0], y[y >= 0], ridge)

    def scored(rs, weights):
        return [(r, r["x"] @ weights) for r in rs]

    def told(group, threshold):
        """Agreements found, words told in no name (one a sentence), agreements wanted."""
        right = wrong = wanted = 0
        for r, values in group:
            best = {}
            for row, value in zip(r["earlier"], values):
                if value >= threshold and value > best.get(row["sentence"], (-99,))[0]:
                    best[row["sentence"]] = (value, row["word"])
            words = [] if r.get("quiet") and not r["names"] else [word for _, word in best.values()]
            wanted += len(r["names"])
            right += sum(any(meets(word, span) for span in spans for word in words) for _, spans in r["names"])
            wrong += sum(not any(meets(word, span) for _, spans in r["names"] for span in spans) for word in words)
        return right, wrong, wanted

    folders = sorted({pathlib.Path(r["file"]).parent for r in reports})
    group = []
    for folder in folders:
        rest = [r for r in reports if pathlib.Path(r["file"]).parent != folder]
        if rest:
            group += scored([r for r in reports if pathlib.Path(r["file"]).parent == folder], train(rest))
    weights = train(reports)
    for name, rows in [("left out", group)] + [(f"left out {f.name}", [g for g in group if pathlib.Path(g[0]["file"]).parent == f]) for f in folders] + [("test", scored(tests, weights))]:
        if not rows:
            continue
        line = []
        for threshold in (-2, -1.5, -1, -0.5, 0, 0.5, 1):
            right, wrong, wanted = told(rows, threshold)
            line.append(f"{threshold}: {right}+{wrong}/{wanted} F1 {2 * right / max(1, right + wrong + wanted):.3f}")
        print(name, "; ".join(line))
    if options.show is not None:
        for r, values in group:
            text = lambda a, b: r["text"][max(0, a):b].replace("\n", " ")
            for row, value in zip(r["earlier"], values):
                a, b = row["word"]
                hit = any(meets(row["word"], span) for _, spans in r["names"] for span in spans)
                if value >= options.show and not hit:
                    print(f"TOO MANY {value:.1f}", pathlib.Path(r["file"]).stem, "|", text(a - 60, a) + "[" + text(a, b) + "]" + text(b, b + 60))
            for first, spans in r["names"]:
                best = max([(value, row["word"]) for row, value in zip(r["earlier"], values) if any(meets(row["word"], span) for span in spans)], default=(-99, first))
                if best[0] < options.show:
                    a, b = first
                    print(f"MISSED {best[0]:.1f}", pathlib.Path(r["file"]).stem, "|", text(a - 50, a) + "[" + text(a, b) + "]" + text(b, b + 50))
        for name, weight in sorted(zip(names, weights), key=lambda row: -abs(row[1]))[:40]:
            print(f"{weight:7.2f} {name}")
    if options.write:
        path = pathlib.Path(options.write)
        kept = list(csv.reader(path.open()))
        column = kept[0].index("earlier") if "earlier" in kept[0] else len(kept[0])
        values = {name: weights[i] for name, i in at.items()}
        if not options.no_vectors:
            values |= {f"h{i}": weights[width + i] / deviation[i] for i in range(vectors.shape[1])}
            values["bias"] -= float((weights[width:] * mean / deviation).sum())
        head, rows = kept[0], {row[0]: row for row in kept[1:]}
        if column == len(head):
            head.append("earlier")
            for row in rows.values():
                row.append("0.0000")
        for name in values:
            rows.setdefault(name, [name] + ["0.0000"] * (len(head) - 1))
        for name, row in rows.items():
            row[column] = f"{values.get(name, 0.0):.4f}"
        plain = [row for name, row in rows.items() if not name[1:].isdigit()]
        hidden = [row for name, row in rows.items() if name[1:].isdigit()]
        path.write_text("\n".join(",".join(row) for row in [head, *plain, *hidden]) + "\n")


if __name__ == "__main__":
    main()
