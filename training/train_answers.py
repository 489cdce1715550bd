"""Train the encoder of answers: a second encoder of whole reports (report_model.py) that learns which claims and figures exclude each other, and nothing else.

    python train_answers.py --base DIR --start reports.pt --reports data/reports.jsonl data/agreements.jsonl data/quarrels.jsonl --read runs/read.jsonl --out runs/answers --minutes 30

Reports are taken with their claims as the program reads them (`read_claims.py`).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch

from data import Document, document_windows, own_reports, read_lines, text_sentences
from model import Model
from optimizer import Mean, optimizer_of, set_rate
from pieces import WordPiece
from report_model import ALL_MARKS, LONGEST, Report, ReportModel, collate, losses, make, thinned
from train import load_base
from train_agreements import average_precision, best

WEIGHTS = {"marks": 2.0, "answers": 3.0, "figures": 2.0, "stances": 0.0}
ASKED_FOR = ["claims", "harms", "contradictions", "optional_contradictions"]
ANSWERED, ANSWER = ALL_MARKS.index("answered"), ALL_MARKS.index("answer")


def overlap(a: tuple[int, int], spans: list[list[int]]) -> float:
    """Share of characters that two have in common (Dice)."""
    common = sum(max(0, min(a[1], d) - max(a[0], c)) for c, d in spans)
    size = a[1] - a[0] + sum(d - c for c, d in spans)
    return 2 * common / size if size else 0.0


def beside(gold: dict, read: dict) -> tuple[dict, dict]:
    """A gold and a reading that have names in common, for golds that give pairs by their words: each is laid beside the claim or figure that shares most."""
    read = {kind: [row | {"gold": f"{kind[0]}{n}"} for n, row in enumerate(read[kind])] for kind in ("claims", "harms")}
    told: dict[str, list] = {"contradictions": [], "optional_contradictions": []}

    def fitting(span: dict, kind: str) -> str | None:
        words = (span["start"], span["end"])
        key, least = ("number", 0.0) if kind == "harms" else ("content", 0.3)
        share, name = max(((overlap(words, row[key]), row["gold"]) for row in read[kind]), default=(0.0, None))
        return name if share > least else None

    for pair in gold["pairs"]:
        kind = "harms" if pair["kind"] == "figure" else "claims"
        a, b = fitting(pair["a"], kind), fitting(pair["b"], kind)
        if a and b and a != b:
            told["optional_contradictions" if pair.get("optional") else "contradictions"].append({"a": a, "b": b})
    return told, read


def mark(report: Report) -> None:
    """Words of claims that answer and that are answered; nothing else is asked of words."""
    report.marks[:] = -1
    for row, place in ((ANSWERED, 0), (ANSWER, 1)):
        report.marks[:, row] = 0
        for value in (-1.0, 1.0):
            for pair in (pair for pair in report.pairs if pair[3] == value):
                report.marks[report.claims[pair[place]], row] = value


def load(places: list[Path], wp: WordPiece, read: dict[str, dict]) -> list[Report]:
    """Windows of reports that the program has read, and whose golds tell who contradicts whom."""
    out = []
    for name, text, gold in (row for place in places for row in own_reports(place)):
        if name not in read or not ("pairs" in gold or "claims" in gold):
            continue
        # What golds tell of agreements is asked of elsewhere.
        told, rows = beside(gold, read[name]) if "pairs" in gold else ({key: gold[key] for key in ASKED_FOR if key in gold}, read[name])
        for window in document_windows(Document(name, text_sentences(text)), wp, True, LONGEST):
            report = make(name, text, told, window.sentences, window.pieces, rows)
            mark(report)
            out.append(report)
    return out


@torch.no_grad()
def score(model: ReportModel, wp: WordPiece, reports: list[Report]) -> str:
    """F1 at the best threshold, which flatters, and average precision of pairs."""
    model.eval()
    kept: dict[str, list] = {"answers": [], "figures": []}
    for at in range(0, len(reports), 4):
        batch = collate(reports[at : at + 4], wp)
        found = model(batch)
        for name in kept:
            if name in found:
                kept[name].append((found[name].numpy(), batch[f"{name}_labels"].numpy()))
    out = []
    for name, rows in kept.items():
        s, y = (np.concatenate([row[k] for row in rows]) for k in (0, 1))
        s, y = s[y >= 0], y[y >= 0]
        out.append(f"{name} F1 {best(s, y)} AP {average_precision(s, y)}")
    return "; ".join(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="state of an encoder of reports")
    parser.add_argument("--reports", type=Path, nargs="*", default=[])
    parser.add_argument("--read", type=Path, required=True, help="what the program reads of the reports (read_claims.py)")
    parser.add_argument("--dev", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--unread", type=float, nargs="+", default=[0, 0.1, 0.3])
    parser.add_argument("--thin", type=float, nargs="+", default=[0.0, 0.2, 0.4])
    parser.add_argument("--hidden", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--mean-decay", type=float, default=0.995)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    wp = WordPiece(args.base / "vocab.txt")
    base = Model()
    load_base(base, args.base)
    model = ReportModel(base.encoder, args.layers)
    if args.start:
        model.load_state_dict(torch.load(args.start))
    read = {row["name"]: row for row in read_lines(args.read)}
    train = load(args.reports, wp, read) if args.minutes else []
    dev = {place.name: load([place], wp, read) for place in args.dev}
    print(len(train), {k: len(v) for k, v in dev.items()}, flush=True)
    for name, reports in dev.items():
        print(name, "before", score(model, wp, reports), flush=True)
    body = [p for n, p in model.named_parameters() if p.requires_grad and n.split(".")[0] in ("layers", "shape", "norm")]
    ids = {id(p) for p in body}
    heads = [p for p in model.parameters() if p.requires_grad and id(p) not in ids]
    optimizer, peak = optimizer_of(body, heads, args.rate, args.head_rate)
    mean = Mean(model, args.mean_decay)
    began = reported = time.time()
    step, rounds = 0, 0
    batches: list[list[Report]] = []
    means: dict[str, float] = {}
    while args.minutes and (part := (time.time() - began) / (60 * args.minutes)) < 1:
        set_rate(optimizer, peak, max(min(part / 0.05, (1 - part) / 0.95), 0.01))
        if not batches:
            order = list(train)
            rng.shuffle(order)
            grouped = [sorted(order[at : at + 80], key=lambda r: r.pieces) for at in range(0, len(order), 80)]
            batches = [g[at : at + args.batch] for g in grouped for at in range(0, len(g), args.batch)]
            rng.shuffle(batches)
            rounds += 1
        batch = collate([thinned(r, rng, rng.choice(args.thin)) for r in batches.pop()], wp, rng, rng.choice(args.unread))
        if rng.random() < 0.7:
            hidden = (torch.rand(batch["ids"].shape) < args.hidden) & (batch["shapes"] > 0)
            batch["ids"] = batch["ids"].masked_fill(hidden, wp.vocab["[MASK]"])
        found = losses(model.train(), batch)
        total = sum(WEIGHTS[name] * value for name, value in found.items())
        optimizer.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(body + heads, 1.0)
        optimizer.step()
        step += 1
        mean.add(model, step)
        for name, value in found.items():
            means[name] = 0.98 * means.get(name, value.item()) + 0.02 * value.item()
        if time.time() - reported > 120:
            reported = time.time()
            print(f"{step} round {rounds} {part:.3f} " + " ".join(f"{k} {v:.4f}" for k, v in means.items()), flush=True)
            torch.save(mean.state, args.out / "state.pt")
    if args.minutes:
        model.load_state_dict(mean.state)
        torch.save(mean.state, args.out / "state.pt")
        run = {"steps": step, "rounds": rounds, "minutes": args.minutes, "layers": args.layers, "seed": args.seed}
        (args.out / "training.json").write_text(json.dumps({"run": run}) + "\n")
    for name, reports in dev.items():
        print(name, step, score(model, wp, reports), flush=True)


if __name__ == "__main__":
    main()
