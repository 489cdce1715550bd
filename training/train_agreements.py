"""Train the reader of agreements (agreement_model.py).

    python train_agreements.py --base DIR --start reports.pt --all data/agreements.jsonl --some data/reports.jsonl --out runs/agreements --minutes 25

`--all` are reports whose golds tell every agreement, `--some` those that tell the ones of now.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from agreement_model import MARKS, AgreementModel, Window, collate, found_windows, load, thinned
from data import own_reports, read_lines
from model import Model
from optimizer import Mean, optimizer_of, set_rate
from pieces import WordPiece
from train import load_base

WEIGHTS = torch.tensor([3.0, 1.5, 1.5, 1.0, 1.0, 1.0])


def best(scores, real) -> float:
    """Highest F1."""
    hits = np.cumsum(real[np.argsort(-scores)])
    return round(float((2 * hits / (np.arange(1, len(hits) + 1) + real.sum())).max()), 4)


def average_precision(scores, real) -> float:
    hits = real[np.argsort(-scores)]
    return round(float((np.cumsum(hits) / np.arange(1, len(hits) + 1) * hits).sum() / max(1, hits.sum())), 4)


@torch.no_grad()
def score(model: AgreementModel, wp: WordPiece, windows: list[Window]) -> str:
    """F1 at the best threshold, which flatters, and average precision of words."""
    model.eval()
    scores, real = [], []
    for at in range(0, len(windows), 6):
        batch = collate(windows[at : at + 6], wp)
        scores.append(model(batch).reshape(-1, len(MARKS)).numpy())
        real.append(batch["mark_values"].reshape(-1, len(MARKS)).numpy())
    s, y = np.concatenate(scores), np.concatenate(real)
    out = []
    for k, kind in enumerate(MARKS):
        told = y[:, k] >= 0
        if y[told, k].sum():
            out.append(f"{kind} F1 {best(s[told, k], y[told, k])} AP {average_precision(s[told, k], y[told, k])}")
    return "; ".join(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="state of an encoder of reports")
    parser.add_argument("--go-on", type=Path)
    parser.add_argument("--all", type=Path, nargs="*", default=[])
    parser.add_argument("--some", type=Path, nargs="*", default=[])
    parser.add_argument("--found", type=Path, nargs="*", default=[], help="names of agreements of --all as the program finds them (example agreement_names)")
    parser.add_argument("--found-share", type=float, default=0.7, help="share of the windows of agreements of --all that are given as found")
    parser.add_argument("--some-share", type=float, default=1.0, help="share of the windows of --some that a round takes")
    parser.add_argument("--dev", type=Path, nargs="*", default=[], help="as --all, to score")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--minutes", type=float, default=25)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--thin", type=float, nargs="+", default=[0.0, 0.2, 0.4])
    parser.add_argument("--hidden", type=float, default=0.08)
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
    model = AgreementModel(base.encoder, args.layers)
    if args.start:
        state, own = torch.load(args.start), model.state_dict()
        model.load_state_dict({name: state[name] if name in state and state[name].shape == value.shape else value for name, value in own.items()})
    if args.go_on:
        model.load_state_dict(torch.load(args.go_on))
    whole, some = load(args.all, wp, True), load(args.some, wp, False)
    golds = {name: (text, gold) for place in args.all for name, text, gold in own_reports(place)}
    found = []
    for row in (row for place in args.found for row in read_lines(place)):
        name = Path(row["file"]).stem
        if name in golds:
            found += found_windows(name, *golds[name], row["agreements"], wp)
    dev = {place.name: load([place], wp, True) for place in args.dev}
    print(len(whole), len(some), len(found), {k: len(v) for k, v in dev.items()}, flush=True)
    body = [p for n, p in model.named_parameters() if p.requires_grad and n.split(".")[0] in ("layers", "shape", "norm")]
    ids = {id(p) for p in body}
    heads = [p for p in model.parameters() if p.requires_grad and id(p) not in ids]
    optimizer, peak = optimizer_of(body, heads, args.rate, args.head_rate)
    mean = Mean(model, args.mean_decay)
    began = reported = time.time()
    step, rounds, batches = 0, 0, []
    average = 0.0
    while (part := (time.time() - began) / (60 * args.minutes)) < 1:
        set_rate(optimizer, peak, max(min(part / 0.05, (1 - part) / 0.95), 0.01))
        if not batches:
            asked = [w for w in whole if w.first and not (found and rng.random() < args.found_share)]
            order = [*asked, *(w for w in whole if not w.first), *(w for w in found if rng.random() < args.found_share), *rng.sample(some, int(args.some_share * len(some)))]
            rng.shuffle(order)
            grouped = [sorted(order[at : at + 80], key=lambda w: w.pieces) for at in range(0, len(order), 80)]
            batches = [g[at : at + args.batch] for g in grouped for at in range(0, len(g), args.batch)]
            rng.shuffle(batches)
            rounds += 1
        batch = collate([thinned(w, rng, rng.choice(args.thin)) for w in batches.pop()], wp, rng)
        if rng.random() < 0.7:
            hidden = (torch.rand(batch["ids"].shape) < args.hidden) & (batch["shapes"] > 0)
            batch["ids"] = batch["ids"].masked_fill(hidden, wp.vocab["[MASK]"])
        found, wanted = model.train()(batch), batch["mark_values"]
        told = wanted >= 0
        each = F.binary_cross_entropy_with_logits(found, wanted.clamp(min=0), reduction="none") * WEIGHTS * told
        loss = each.sum() / told.sum()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(body + heads, 1.0)
        optimizer.step()
        step += 1
        mean.add(model, step)
        average = 0.98 * average + 0.02 * loss.item() if step > 1 else loss.item()
        if time.time() - reported > 120:
            reported = time.time()
            print(f"{step} round {rounds} {part:.3f} {average:.4f}", flush=True)
            torch.save(mean.state, args.out / "state.pt")
    model.load_state_dict(mean.state)
    torch.save(mean.state, args.out / "state.pt")
    told = {"steps": step, "rounds": rounds, "minutes": args.minutes, "layers": args.layers, "seed": args.seed}
    (args.out / "training.json").write_text(json.dumps({"run": told}) + "\n")
    for name, windows in dev.items():
        print(name, step, score(model, wp, windows), flush=True)


if __name__ == "__main__":
    main()
