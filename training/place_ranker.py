"""Trains the weights by which the program ranks the places that a name may mean.

    cargo build --release -p counterclaim-knowledge --example place_features
    target/release/examples/place_features ../../shared/data/toponyms_lgl/train.jsonl fixtures/stories/*.gold.json \
        training/data/places.txt > features.jsonl
    python training/place_ranker.py features.jsonl --write

A softmax over the candidates of each mention, weights drawn towards those set by hand (START), checked by folds of documents and by folds of
publishers. Features of the company follow the choices of the weights in use: after --write, build and dump again, until the scores in use stand.
Each time the weights go half of the way, since full steps swing. The folds see company that was chosen by weights that saw the fold: --held K
leaves a fold out of training altogether, for an honest score of the same steps.
"""

import argparse
import json
import zlib
from pathlib import Path

import numpy
from scipy.optimize import minimize

TABLE = Path(__file__).parent.parent / "data" / "place_ranker.csv"
FOLDS = 5
# Set by hand before there was a ranker; a sweep on the training part set those of the company.
START = {
    "inhabitants": 1, "state": 2.6, "division in the news": 1.5, "first-order division": 0.7, "second-order division": -1,
    "lesser division": -1, "capital": 1.9, "seat of a division": 0.5, "seat of a district": 0.2, "quarter": -0.8,
    "former place": -1.5, "continent": 2.5, "region": 1.5, "other name": -0.9, "other transliteration": -1.8,
    "one letter off": -2.5, "adjective": -1.5, "shared with its seat": -1, "kind of place asked": 1, "company in the country": 1.8,
    "company in the division": 2, "places within 150 km": 1, "lies in what follows": 4, "holds what goes before": 2,
    "home of an armed group": 0.8, "other name spelled alike": 0.7,
}


def read(path, story_weight):
    names, rows = None, []
    for line in open(path):
        told = json.loads(line)
        if names is None:
            names = told["features"]
            continue
        told["values"] = numpy.array(told["values"], dtype=float).reshape(-1, len(names))
        told["right"] = numpy.array(told["right"], dtype=bool)
        told["country"] = numpy.array(told["country"], dtype=bool)
        told["is_story"] = told["domain"] is None
        told["part"] = "news" if not told["is_story"] else "reports" if ".txt:" in told["document"] else "stories"
        rows.append(told)
    # A name that stands often in a document counts once for each, tempered.
    counts = {}
    for row in rows:
        counts[row["document"], row["name"]] = counts.get((row["document"], row["name"]), 0) + 1
    for row in rows:
        row["weight"] = counts[row["document"], row["name"]] ** -0.5 * (story_weight if row["is_story"] else 1)
    return names, rows


def pack(rows):
    """All candidates of the mentions that can be learned from, one under the other."""
    kept = [row for row in rows if row["right"].any() and not row["right"].all()]
    values = numpy.concatenate([row["values"] for row in kept])
    right = numpy.concatenate([row["right"] for row in kept])
    starts = numpy.cumsum([0] + [len(row["right"]) for row in kept[:-1]])
    weight = numpy.array([row["weight"] for row in kept])
    return values, right, starts, weight


def train(rows, start, strength):
    values, right, starts, weight = pack(rows)
    lengths = numpy.diff(numpy.append(starts, len(right)))

    def loss(weights):
        scores = values @ weights
        scores = scores - numpy.repeat(numpy.maximum.reduceat(scores, starts), lengths)
        mass = numpy.exp(scores)
        total = numpy.add.reduceat(mass, starts)
        good = numpy.add.reduceat(mass * right, starts)
        share = mass / numpy.repeat(total, lengths)
        share_good = mass * right / numpy.repeat(good, lengths)
        each = numpy.repeat(weight, lengths)
        value = -(weight * numpy.log(good / total)).sum() + strength * ((weights - start) ** 2).sum()
        slope = values.T @ (each * (share - share_good)) + 2 * strength * (weights - start)
        return value, slope

    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return found.x


def weights_in_use(names):
    told = dict(line.split(",") for line in TABLE.read_text().splitlines()[1:])
    return numpy.array([float(told.get(name, 0)) for name in names])


def score(rows, weights):
    """Shares of mentions placed right, and in the right country."""
    right, country = [], []
    for row in rows:
        best = numpy.argmax(row["values"] @ weights) if len(row["right"]) else None
        right.append(best is not None and row["right"][best])
        country.append(best is not None and row["country"][best])
    return numpy.mean(right), numpy.mean(country)


def fold_of(row, key):
    return zlib.crc32(str(key(row)).encode()) % FOLDS


def by_document(row):
    return row["document"]


def by_publisher(row):
    return row["domain"] or row["document"]


def folds(rows, key, start, strength):
    fold = lambda row: fold_of(row, key)
    told = []
    for held in range(FOLDS):
        weights = train([row for row in rows if fold(row) != held], start, strength)
        out = [row for row in rows if fold(row) == held]
        told += [(row, weights) for row in out]
    return told


def table(told):
    parts = {"news": [], "stories": [], "reports": []}
    for row, weights in told:
        parts[row["part"]].append(score([row], weights))
    return "  ".join(f"{name} {numpy.mean(part, axis=0).round(4)}" for name, part in parts.items() if part)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("features")
    options.add_argument("--strength", type=float, nargs="*", default=[4.0])
    options.add_argument("--stories", type=float, default=5.0, help="weight of a mention of a story or a report of our own")
    options.add_argument("--without", nargs="*", default=[], help="features left out, to see what they give")
    options.add_argument("--step", type=float, default=0.5, help="how far the weights go from those in use")
    options.add_argument("--held", type=int, help="fold of documents that is left out of training and scored by the weights in use")
    options.add_argument("--write", action="store_true")
    options = options.parse_args()
    names, rows = read(options.features, options.stories)
    for row in rows:
        for name in options.without:
            row["values"][:, names.index(name)] = 0
    start = numpy.array([START.get(name, 0.0) for name in names])
    reach = [row["right"].any() for row in rows]
    print(f"{len(rows)} mentions, reachable {numpy.mean(reach):.4f}")
    print("by hand            ", table([(row, start) for row in rows]))
    used = weights_in_use(names)
    print("in use             ", table([(row, used) for row in rows]))
    if options.held is not None:
        print("in use, held       ", table([(row, used) for row in rows if fold_of(row, by_document) == options.held]))
        rows = [row for row in rows if fold_of(row, by_document) != options.held]
    else:
        for strength in options.strength:
            print(f"{strength:5} by document  ", table(folds(rows, by_document, start, strength)))
            print(f"{strength:5} by publisher ", table(folds(rows, by_publisher, start, strength)))
    weights = train(rows, start, options.strength[0])
    print("seen               ", table([(row, weights) for row in rows]))
    weights = used + options.step * (weights - used)
    for name, weight, before in zip(names, weights, start):
        print(f"{name:45} {before:7.2f} {weight:7.2f}")
    if options.write:
        lines = [f"{name},{weight:.3g}" for name, weight in zip(names, weights)]
        TABLE.write_text("feature,weight\n" + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
