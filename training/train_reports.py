"""Train the encoder of whole reports.

    python train_reports.py --base DIR --start runs/mean/state.pt --reports data/reports.jsonl --out runs/reports --minutes 15
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import time
from pathlib import Path

import numpy as np
import torch

from data import read_lines
from model import Model
from optimizer import Mean, optimizer_of, set_rate
from pieces import WordPiece
from report_model import ALL_MARKS, Report, ReportModel, collate, load, losses, thinned
from train import load_base

WEIGHTS = {"marks": 3.0, "answers": 3.0, "figures": 2.5, "stances": 0.7}


def best(scores: np.ndarray, real: np.ndarray, missed: int = 0) -> tuple[float, float]:
    """Highest F1 and its threshold."""
    order = np.argsort(-scores)
    hits = np.cumsum(real[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + real.sum() + missed)
    at = int(f1.argmax())
    return round(float(f1[at]), 4), round(float(scores[order[at]]), 2)


@torch.no_grad()
def score(model: ReportModel, wp: WordPiece, reports: list[Report]) -> dict[str, tuple[float, float]]:
    """F1 at the best threshold, which flatters, of pairs and of words: to compare runs."""
    model.eval()
    kept = collections.defaultdict(list)
    for at in range(0, len(reports), 4):
        batch = collate(reports[at : at + 4], wp)
        found = model(batch)
        kept["marks"].append((found["marks"].numpy(), batch["mark_values"].numpy()))
        for name in ("answers", "figures"):
            if name in found:
                kept[name].append((found[name].numpy(), batch[f"{name}_labels"].numpy()))
        if "stances" in found:
            kept["stances"].append((found["stances"].numpy(), batch["stance_values"].numpy()))
    out = {}
    for name in [name for name in ("answers", "figures") if kept[name]]:
        s = np.concatenate([a for a, _ in kept[name]])
        y = np.concatenate([b for _, b in kept[name]])
        out[name] = best(s[y >= 0], y[y >= 0] > 0)
    s, y = (np.concatenate([r[k] for r in kept["marks"]]) for k in (0, 1))
    for k, kind in enumerate(ALL_MARKS):
        told = y[:, k] >= 0
        out[kind] = best(s[told, k], y[told, k] > 0)
    if not kept["stances"]:
        return out
    s, y = (np.concatenate([r[k] for r in kept["stances"]]) for k in (0, 1))
    s, y = s[y[:, 0] >= 0], y[y[:, 0] >= 0]
    out["deny"] = best(s[:, 1], y[:, 1] > 0)
    out["accuse"] = best(s[:, 2], y[:, 2] > 0)
    return out


def with_new_marks(state: dict[str, torch.Tensor], model: ReportModel) -> dict[str, torch.Tensor]:
    """A state of an earlier run that knew fewer marks: the new ones begin as in a new model."""
    for name, fresh in (("marks.weight", model.marks.weight), ("marks.bias", model.marks.bias)):
        state[name] = torch.cat([state[name], fresh.detach()[len(state[name]) :]])
    return state


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="state of a main encoder; without it the base encoder's weights")
    parser.add_argument("--go-on", type=Path, help="state of an earlier run")
    parser.add_argument("--reports", type=Path, nargs="+", help="folders or files of reports with golds")
    parser.add_argument("--dev", type=Path, nargs="*", default=[], help="the same, to score")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--score-only", action="store_true", help="score the run of --go-on on --dev")
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--hidden", type=float, default=0.06, help="share of pieces that are hidden in most batches")
    parser.add_argument("--unread", type=float, nargs="+", default=[0.08], help="shares of claims that are taken as not read, one of them drawn for each batch")
    parser.add_argument("--read", type=Path, help="what the program reads of the reports (read_claims.py)")
    parser.add_argument("--read-share", type=float, default=0.7, help="share of reports that are given as read where that is known")
    parser.add_argument("--thin", type=float, nargs="+", default=[0.0], help="shares of sentences that are left out, one of them drawn for each report")
    parser.add_argument("--mean-decay", type=float, default=0.995)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    wp = WordPiece(args.base / "vocab.txt")
    base = Model()
    load_base(base, args.base)
    if args.start:
        base.load_state_dict(torch.load(args.start))
    model = ReportModel(base.encoder, args.layers)
    if args.go_on:
        model.load_state_dict(with_new_marks(torch.load(args.go_on), model))
    read = {row["name"]: row for row in read_lines(args.read)} if args.read else None
    train = [] if args.score_only else load(args.reports, wp, read)
    dev = {place.name: load([place], wp, read) for place in args.dev}
    dev |= {f"{name} as read": [r.as_read for r in reports] for name, reports in dev.items() if read and all(r.as_read for r in reports)}
    print(len(train), {k: len(v) for k, v in dev.items()}, flush=True)
    if args.score_only:
        for name, reports in dev.items():
            print(name, json.dumps(score(model, wp, reports)), flush=True)
        return
    body = [p for n, p in model.named_parameters() if p.requires_grad and n.split(".")[0] in ("layers", "shape", "norm")]
    ids = {id(p) for p in body}
    heads = [p for p in model.parameters() if p.requires_grad and id(p) not in ids]
    optimizer, peak = optimizer_of(body, heads, args.rate, args.head_rate)
    mean = Mean(model, args.mean_decay)
    began = reported = time.time()
    step, rounds, batches = 0, 0, []
    means: dict[str, float] = {}
    while (part := (time.time() - began) / (60 * args.minutes)) < 1:
        rate = max(min(part / 0.05, (1 - part) / 0.95), 0.01)
        set_rate(optimizer, peak, rate)
        if not batches:
            order = list(train)
            rng.shuffle(order)
            grouped = [sorted(order[at : at + 60], key=lambda r: r.pieces) for at in range(0, len(order), 60)]
            batches = [g[at : at + args.batch] for g in grouped for at in range(0, len(g), args.batch)]
            rng.shuffle(batches)
            rounds += 1
        drawn = [r.as_read if r.as_read and rng.random() < args.read_share else r for r in batches.pop()]
        batch = collate([thinned(r, rng, rng.choice(args.thin)) for r in drawn], wp, rng, rng.choice(args.unread))
        if rng.random() < 0.7:
            hidden = (torch.rand(batch["ids"].shape) < args.hidden) & (batch["shapes"] > 0)
            batch["ids"] = batch["ids"].masked_fill(hidden, wp.vocab["[MASK]"])
        found = losses(model.train(), batch)
        total = sum(WEIGHTS[k] * v for k, v in found.items())
        optimizer.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(body + heads, 1.0)
        optimizer.step()
        step += 1
        mean.add(model, step)
        for k, v in found.items():
            means[k] = 0.97 * means.get(k, v.item()) + 0.03 * v.item()
        if time.time() - reported > 60:
            reported = time.time()
            print(f"{step} round {rounds} {part:.3f} " + " ".join(f"{k} {v:.4f}" for k, v in means.items()), flush=True)
    model.load_state_dict(mean.state)
    torch.save(mean.state, args.out / "state.pt")
    told = {"reports": len({report.name for report in train}), "steps": step, "minutes": args.minutes, "layers": args.layers, "seed": args.seed}
    (args.out / "training.json").write_text(json.dumps({"run": told}) + "\n")
    for name, reports in dev.items():
        print(name, step, json.dumps(score(model, wp, reports)), flush=True)


if __name__ == "__main__":
    main()
