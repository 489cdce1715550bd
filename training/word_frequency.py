"""Counts in how many stretches of news and other prose a stem stands: data/word_frequency.csv.

    python training/word_frequency.py FOLDER_OF_SETS > data/word_frequency.csv

The share of stretches of 250 words that hold a stem is averaged over the sources, the largest share left out: what is frequent in
one source only (the names of one war) stays rare. Only counts leave; no text does.
"""

import gzip
import json
import math
import re
import sys
from collections import Counter
from pathlib import Path

SOURCES = ["muc4/train.jsonl", "gum/train.jsonl", "ner_wikigold/train.jsonl", "ewt/train.conllu.gz", "ecbplus/train.jsonl"]
STRETCH = 250
# A stem must stand in so many sources, and in so large a share of the stretches.
LEAST_SOURCES = 3
LEAST_SHARE = 0.002


def stem(word):
    """As `stem` in crates/knowledge/src/frequency.rs."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def texts(path):
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            cells = (line.split("\t") for line in lines)
            yield " ".join(row[1] for row in cells if len(row) > 5 and row[0].isdigit())
        return
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def stretches(path):
    kept = []
    for text in texts(path):
        kept += [stem(word.lower()) for word in re.findall(r"[^\W_]{2,}", text)]
        while len(kept) >= STRETCH:
            yield set(kept[:STRETCH])
            kept = kept[STRETCH:]


def main():
    folder = Path(sys.argv[1])
    shares = []
    for source in SOURCES:
        counts, total = Counter(), 0
        for words in stretches(folder / source):
            counts.update(words)
            total += 1
        shares.append({word: count / total for word, count in counts.items()})
    found = {}
    for word in sorted(set().union(*shares)):
        of_word = sorted(share.get(word, 0.0) for share in shares)
        mean = sum(of_word[:-1]) / (len(of_word) - 1)
        if sum(share > 0 for share in of_word) >= LEAST_SOURCES and mean >= LEAST_SHARE and len(word) <= 24:
            found[word] = round(-10 * math.log(mean))
    print("stem,rarity")
    for word, rarity in found.items():
        print(f"{word},{rarity}")


main()
