"""Packs annotated reports of our own into one file of lines, or unpacks them again.

    python reports.py pack FOLDER ... --out data/reports.jsonl
    python reports.py unpack data/reports.jsonl --out FOLDER

A folder holds `NAME.txt` and `NAME.gold.json` in the form of `fixtures/stories`; a line holds `name`, `text` and `gold`. The training runs read both;
`counterclaim evaluate stories` and the examples that write candidates read folders.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from data import own_reports


def pack(folders: list[Path], out: Path) -> None:
    rows = {name: {"name": name, "text": text, "gold": trimmed(gold)} for folder in folders for name, text, gold in own_reports(folder)}
    with open(out, "w", encoding="utf-8") as file:
        for _, row in sorted(rows.items()):
            file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(len(rows), "reports")


def trimmed(value):
    """Without empty lists and notes."""
    if isinstance(value, dict):
        return {k: trimmed(v) for k, v in value.items() if k not in ("note", "why") and v != []}
    return [trimmed(v) for v in value] if isinstance(value, list) else value


def unpack(files: list[Path], out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name, text, gold in (row for file in files for row in own_reports(file)):
        (out / f"{name}.txt").write_text(text, encoding="utf-8")
        (out / f"{name}.gold.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("pack", "unpack"))
    parser.add_argument("places", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    {"pack": pack, "unpack": unpack}[args.what](args.places, args.out)


if __name__ == "__main__":
    main()
