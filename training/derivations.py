"""Nouns of events and the verbs they are made from, after WordNet: data/derivations.csv.

    python training/derivations.py FOLDER_OF_WORDNET_DICT > data/derivations.csv

A noun of an act, event, state, process or message leads to the verb of its most frequent related sense.
"""

import os
import sys
from collections import defaultdict
from pathlib import Path

# Lexicographer files: act, communication, event, phenomenon, possession of acts, process, state.
EVENTS = {4, 10, 11, 19, 22, 26, 28}


def index(path):
    senses, is_counted = {}, {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        cells = line.split()
        count = int(cells[2])
        senses[cells[0]] = cells[-count:]
        is_counted[cells[0]] = int(cells[-count - 1]) > 0
    return senses, is_counted


def synsets(path):
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        cells = line.split(" | ")[0].split()
        count = int(cells[3], 16)
        words = [cells[4 + 2 * at].lower() for at in range(count)]
        first = 5 + 2 * count
        pointers = [cells[first + 4 * at : first + 4 * at + 4] for at in range(int(cells[first - 1]))]
        found[cells[0]] = (int(cells[1]), words, pointers)
    return found


def main():
    folder = Path(sys.argv[1])
    nouns, is_counted_noun = index(folder / "index.noun")
    verbs, is_counted = index(folder / "index.verb")
    of_nouns, of_verbs = synsets(folder / "data.noun"), synsets(folder / "data.verb")
    scores = defaultdict(lambda: defaultdict(float))
    for verb, senses in verbs.items():
        for rank, offset in enumerate(senses):
            _, words, pointers = of_verbs[offset]
            for kind, other, part, ends in pointers:
                source, target = int(ends[:2], 16), int(ends[2:], 16)
                if kind != "+" or part != "n" or source == 0 or words[source - 1] != verb:
                    continue
                file, names, _ = of_nouns[other]
                noun = names[target - 1]
                if file not in EVENTS or other not in nouns.get(noun, []):
                    continue
                # Rare verbs of rare nouns are left out.
                if not is_counted[verb] and not is_counted_noun[noun]:
                    continue
                shared = len(os.path.commonprefix([verb, noun]))
                scores[noun][verb] += shared / (1 + rank) / (1 + nouns[noun].index(other))
    print("noun,verb")
    for noun in sorted(scores):
        verb = max(scores[noun].items(), key=lambda offer: (offer[1], offer[0]))[0]
        if noun != verb and noun.isalpha() and verb.isalpha():
            print(f"{noun},{verb}")


main()
