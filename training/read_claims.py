"""What the program reads of annotated reports, beside what their golds say, for the encoder of reports.

    counterclaim read FOLDER/*.txt --format jsonl > runs/ledgers.jsonl       (of the unpacked reports)
    python read_claims.py --reports data/reports.jsonl --ledgers runs/ledgers.jsonl --out runs/read.jsonl

A line holds `name`, `claims` (`source`, `cue`, `content`: lists of [start, end) in characters of the text; `gold`: the claim of the gold that it is, or null)
and `harms` (`number`, `gold`). Rows are laid beside each other as `counterclaim evaluate` does it: cues overlap, sources overlap or are both missing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from data import own_reports, read_lines


def meet(left: list[list[int]], right: list[list[int]]) -> bool:
    return any(a < d and c < b for a, b in left for c, d in right)


def spans(found, shift: int = 0) -> list[list[int]]:
    found = found if isinstance(found, list) else [found]
    return [[s["start"] + shift, s["end"] + shift] for s in found if isinstance(s, dict)]


def beside(rows: list[dict], golds: list[dict], fits) -> None:
    """Gives each row the first gold that fits and is free; those that careful readers may leave out come last."""
    for item in sorted(golds, key=lambda gold: bool(gold.get("optional"))):
        row = next((row for row in rows if row["gold"] is None and fits(row, item)), None)
        if row:
            row["gold"] = item["id"]


def read(name: str, text: str, gold: dict, ledger: dict) -> dict:
    shift = max(text.find(ledger["document"]["text"]), 0)
    claims = [{key: spans(claim[key], shift) for key in ("source", "cue", "content")} | {"gold": None} for claim in ledger["claims"]]
    harms = [{"number": spans(harm["number"], shift), "kind": harm["kind"], "gold": None} for harm in ledger["harms"]]

    def same_claim(row: dict, item: dict) -> bool:
        source = spans(item.get("source"))
        return meet(row["cue"], spans(item.get("cue"))) and (meet(row["source"], source) if source else not row["source"])

    beside(claims, gold.get("claims", []), same_claim)
    beside(harms, gold.get("harms", []), lambda row, item: row["kind"] == item["kind"] and meet(row["number"], spans(item.get("number"))))
    return {"name": name, "claims": claims, "harms": harms}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=Path, required=True)
    parser.add_argument("--ledgers", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    ledgers = {ledger["document"]["sha256"]: ledger for ledger in read_lines(args.ledgers)}
    with open(args.out, "w", encoding="utf-8") as file:
        for name, text, gold in own_reports(args.reports):
            ledger = ledgers[hashlib.sha256(text.encode()).hexdigest()]
            file.write(json.dumps(read(name, text, gold, ledger), ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
