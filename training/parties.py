"""Fits the weights by which a party of the report fills what the words of a deed leave open (data/party_weights.csv).

    cargo run --release -p counterclaim-events --example open_parties -- REPORT.txt ... > open.jsonl
    python training/parties.py open.jsonl [--deeds data/deeds.jsonl] [--test more.jsonl ...] [--write data/party_weights.csv]

A logistic regression with a ridge over the parties of the report, one for both slots. Golds stand beside the texts as NAME.gold.json: right is a
party of the country, and of a sector, that the gold has for the slot of the event whose trigger it meets; where `--deeds` tell of the report, a party
that stands in the words which fill the slot there, in the sentence or elsewhere. Prints for several thresholds how
many open slots are right (open, or filled with the country of the gold), by folds of reports.
"""

import argparse
import json
import pathlib

import numpy as np

from contradictions import fit, hash_of
from deeds import read_deeds
from worth import meets, triggers

FEWEST = 8
THRESHOLDS = (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
FOLDS = 8


def places(code):
    return code[:3], [code[at : at + 3] for at in range(3, len(code), 3)]


def is_right(party, codes):
    """Whether a party is the one that a list of codes has: 1, 0, or None where it is one of several or its sector is another."""
    if not codes:
        return 0.0
    own = set(party["countries"]) or {"---"}
    countries = {places(code)[0] for code in codes}
    if not own & countries and not set(party["sectors"]) & countries:
        return 0.0
    if own != countries and not set(party["sectors"]) & countries:
        return None
    told = {sector for code in codes for sector in places(code)[1]}
    if told and not told & set(party["sectors"]):
        return None if not party["sectors"] else 0.0
    return 1.0


def fills(party, codes):
    own = set(party["countries"]) or {"---"}
    return own == {places(code)[0] for code in codes}


def by_deeds(report, deeds):
    """Rows of a report whose deeds are told by words: what fills a slot is a party at these words."""
    text = pathlib.Path(report["file"]).read_text(encoding="utf-8")
    plain = text.replace("\n", " ")
    for slot in report["slots"]:
        found = [deed for deed in deeds if meets(slot["trigger"], deed["trigger"]) and slot["type"] in deed["types"]]
        if not found or any(deed.get("optional") for deed in found):
            continue
        letters = "A" if slot["slot"] == "actors" else "RVD"
        spans = [span[1:] for deed in found for span in deed["roles"] if span[0] in letters]
        far = [words for deed in found for letter, words in deed.get("far", []) if letter in letters]
        for words in far:
            begin = plain.find(words)
            while begin >= 0:
                spans.append((begin, begin + len(words)))
                begin = plain.find(words, begin + 1)
        inside = lambda party: any(meets(mention, span) for mention in party["mentions"] for span in spans)
        labels = [1.0 if inside(party) else 0.0 for party in slot["parties"]]
        # Words of the sentence that name no party ("the convoy") leave open whose it is.
        if spans and not any(labels):
            labels = [None] * len(labels)
        yield report["file"], slot, labels, None, True


def load(paths, deeds):
    rows = []
    for report in (json.loads(line) for path in paths for line in open(path)):
        told = deeds.get(pathlib.Path(report["file"]).stem)
        if told is not None:
            rows += by_deeds(report, told)
            continue
        gold = json.load(open(report["file"].replace(".txt", ".gold.json")))
        items = gold.get("events", []) + gold.get("optional_events", [])
        for slot in report["slots"]:
            fit_ = lambda item: any(meets(slot["trigger"], span) for span in triggers(item)) and slot["type"] in (item.get("plover") or [slot["type"]])
            found = next((at for at, item in enumerate(items) if fit_(item)), None)
            if found is None or slot["slot"] not in items[found]:
                continue
            item = items[found]
            accepted = [item[slot["slot"]] or []] + (item.get(slot["slot"] + "_alternatives") or [])
            labels = [max((is_right(party, codes) for codes in accepted), key=lambda label: -1 if label is None else label) if any(accepted) else 0.0 for party in slot["parties"]]
            labels = [None if label == 0.0 and any(is_right(party, codes) is None for codes in accepted) else label for label, party in zip(labels, slot["parties"])]
            # Where open is right too, who may fill it teaches nothing.
            labels = [None if label == 1.0 and [] in accepted else label for label in labels]
            rows.append((report["file"], slot, labels, accepted, found < len(gold.get("events", [])) and not item.get("optional")))
    return sorted(rows, key=lambda row: hash_of(row[0]))


def score(rows, choose):
    counts = {"actors": np.zeros(5, int), "recipients": np.zeros(5, int)}
    for row in rows:
        if not row[4]:
            continue
        chosen = choose(row)
        accepted = row[3]
        count = counts[row[1]["slot"]]
        if accepted is None:
            labels = row[2]
            if None in labels:
                continue
            right = chosen is not None and labels[chosen] == 1.0
            count += [1, not any(labels), right or chosen is None and not any(labels), chosen is not None, right]
            continue
        count[0] += 1
        count[1] += [] in accepted
        count[2] += any(fills(row[1]["parties"][chosen], codes) for codes in accepted) if chosen is not None else [] in accepted
        count[3] += chosen is not None
        count[4] += chosen is not None and any(is_right(row[1]["parties"][chosen], codes) == 1.0 for codes in accepted)
    return np.concatenate([counts["actors"], counts["recipients"]])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("parties", nargs="+")
    parser.add_argument("--deeds", nargs="*", default=[])
    parser.add_argument("--test", nargs="*", default=[])
    parser.add_argument("--ridge", type=float, default=10.0)
    parser.add_argument("--write", type=pathlib.Path)
    options = parser.parse_args()
    deeds = read_deeds(options.deeds)
    rows, tests = load(options.parties, deeds), [(path, load([path], deeds)) for path in options.test]
    counts = {}
    for row in rows:
        for party in row[1]["parties"]:
            for name in party["evidence"]:
                counts[name] = counts.get(name, 0) + 1
    names = ["bias"] + sorted(name for name, count in counts.items() if count >= FEWEST and name != "bias")
    at = {name: column for column, name in enumerate(names)}

    def matrix(row):
        x = np.zeros((len(row[1]["parties"]), len(names)))
        for line, party in enumerate(row[1]["parties"]):
            for name, value in party["evidence"].items():
                if name in at:
                    x[line, at[name]] = value
        return x

    matrices = {id(row): matrix(row) for row in rows + [row for _, test in tests for row in test]}

    def train(rows):
        keep = [np.array([label is not None for label in row[2]], bool) for row in rows]
        x = np.vstack([matrices[id(row)][kept] for row, kept in zip(rows, keep) if kept.any()])
        y = np.array([label for row in rows for label in row[2] if label is not None])
        return fit(x, y, options.ridge)

    def by(weights, least):
        def choose(row):
            if not row[2]:
                return None
            odds = matrices[id(row)] @ weights
            best = int(np.argmax(odds))
            return best if odds[best] > least else None

        return choose

    def show(name, counts):
        halves = [f"{kind} {right}->{now} of {number} ({filled} filled, {strictly} of the right sector)" for kind, (number, right, now, filled, strictly) in zip(("actors", "recipients"), np.split(counts, 2))]
        print(f"{name:28}", "; ".join(halves))

    files = sorted({row[0] for row in rows}, key=hash_of)
    fold_of = {file: index % FOLDS for index, file in enumerate(files)}
    sums = {least: np.zeros(10, int) for least in THRESHOLDS}
    for fold in range(FOLDS):
        weights = train([row for row in rows if fold_of[row[0]] != fold])
        held = [row for row in rows if fold_of[row[0]] == fold]
        for least in THRESHOLDS:
            sums[least] += score(held, by(weights, least))
    for least in THRESHOLDS:
        show(f"folds, above {least}", sums[least])
    weights = train(rows)
    for path, test in tests:
        for least in THRESHOLDS:
            show(f"{pathlib.Path(path).stem}, above {least}", score(test, by(weights, least)))
    if options.write:
        lines = [f"{name},{weights[at[name]]:.4f}" for name in names if abs(weights[at[name]]) >= 0.0005]
        options.write.write_text("evidence,weight\n" + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
