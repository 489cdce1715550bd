"""Nouns that name single people, after WordNet: rows for data/people.csv that it lacks.

    python training/people.py FOLDER_OF_WORDNET_DICT data/people.csv

A noun is taken when all its senses name persons, or its first counted one and most of the rest do. Fighters and civilians are told by the synsets above.
The rows were read over by hand before they went into the table; words with a commoner other sense were left out.
"""

import sys
from pathlib import Path

PERSON = 18
FIGHT = {"serviceman", "terrorist", "insurgent"}
LEFT_OUT = {
    "boxer", "ex-serviceman", "unwelcome_person", "wrongdoer", "prostitute", "combatant", "idler", "simpleton", "primitive", "foreigner", "spy",
}  # fmt: skip
CIVIL = {
    "worker", "professional", "entertainer", "merchant", "student", "clergyman", "athlete", "educator", "scientist",
    "health_professional", "tradesman", "vendor", "seller", "relative", "religious_person", "traveler", "resident",
}  # fmt: skip


def read(folder):
    senses, synsets = {}, {}
    for line in (folder / "index.noun").read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            cells = line.split()
            count = int(cells[2])
            senses[cells[0]] = (cells[-count:], int(cells[-count - 1]))
    for line in (folder / "data.noun").read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            cells = line.split(" | ")[0].split()
            count = int(cells[3], 16)
            words = [cells[4 + 2 * at] for at in range(count)]
            first = 5 + 2 * count
            pointers = [cells[first + 4 * at : first + 4 * at + 4] for at in range(int(cells[first - 1]))]
            above = [pointer[1] for pointer in pointers if pointer[0] == "@"]
            synsets[cells[0]] = (int(cells[1]), words, above, any(pointer[0] == "@i" for pointer in pointers))
    return senses, synsets


def above(synsets, synset, seen=None):
    seen = set() if seen is None else seen
    for over in synsets[synset][2]:
        if over not in seen:
            seen.add(over)
            above(synsets, over, seen)
    return seen


def main():
    folder, known = Path(sys.argv[1]), Path(sys.argv[2])
    table = {line.split(",")[0] for line in known.read_text(encoding="utf-8").splitlines()}
    senses, synsets = read(folder)
    for word, (all_senses, counted) in sorted(senses.items()):
        if not word.isascii() or not word.replace("-", "").isalpha() or len(word) < 4 or word in table:
            continue
        if not any(name == word for name in synsets[all_senses[0]][1]) or synsets[all_senses[0]][3]:
            continue
        persons = [synsets[sense][0] == PERSON for sense in all_senses]
        if not persons[0] or not all(persons) and (not counted or 2 * sum(persons) < len(persons)):
            continue
        over = {name for up in above(synsets, all_senses[0]) | {all_senses[0]} for name in synsets[up][1][:2]}
        if over & LEFT_OUT or not over & (FIGHT | CIVIL):
            continue
        side = "combatant" if over & FIGHT else "civilian"
        sex = "female" if word.endswith(("woman", "girl")) else "male" if word.endswith(("man", "boy")) else ""
        print(f"{word},{side},{sex},")


main()
