"""Deeds of whole reports (`data/deeds.jsonl`): every mention of a deed with its parts.

    python deeds.py check FILE ... [--reports data/reports.jsonl]

A line has `name` (of a report in `--reports`) or `name` and `text`, and `deeds`, each with `trigger` ([start, end), code points), `types` (PLOVER, the
ones that are equally right), `status` (as in `own.py`), `past` (told as history), `optional` (careful coders may leave it out), `roles` ([letter,
start, end], the letters of `own.py`, words of the deed's own sentence) and `far` ([letter, words]: a party that the report tells elsewhere).
"""

from __future__ import annotations

import argparse
import collections
import json
import sys
from pathlib import Path

import own


def read_deeds(paths) -> dict[str, list[dict]]:
    """The deeds of each report by its name."""
    return {row["name"]: row["deeds"] for path in paths for row in map(json.loads, open(path, encoding="utf-8"))}


def check(files: list[Path], reports: Path) -> int:
    from data import own_reports

    texts = {name: text for name, text, _ in own_reports(reports)}
    wrong, counts = 0, collections.Counter()
    for row in (json.loads(line) for path in files for line in open(path, encoding="utf-8")):
        text = row.get("text") or texts.get(row["name"])
        if text is None:
            print(row["name"], "has no text")
            wrong += 1
            continue
        counts["reports"] += 1
        for deed in row["deeds"]:
            counts["deeds"] += 1
            spans = [deed["trigger"], *(role[1:] for role in deed["roles"])]
            bad = [a >= b or b > len(text) or text[a:b] != text[a:b].strip() for a, b in spans]
            known = all(kind in own.TYPES for kind in deed["types"]) and deed["status"] in own.STATUS and all(role[0] in own.ROLES for role in deed["roles"] + deed.get("far", []))
            if any(bad) or not known or any(words not in " ".join(text.split()) and words not in text for _, words in deed.get("far", [])):
                print(row["name"], deed)
                wrong += 1
    print(dict(counts), wrong, "mistakes")
    return 1 if wrong else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("check",))
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--reports", type=Path, default=Path("data/reports.jsonl"))
    args = parser.parse_args()
    return check(args.files, args.reports)


if __name__ == "__main__":
    sys.exit(main())
