"""Train the reader of pairs (pair_model.py).

    claim_pairs and truce_candidates (examples of crates/events) over the unpacked reports > pairs.jsonl, truces.jsonl
    python train_pairs.py --base DIR --start reports.pt --pairs pairs.jsonl --truces truces.jsonl --out runs/pairs --minutes 35

Pairs are of claims, figures and candidates as the program reads them; labels are those of the golds beside the texts.
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

from contradictions import fit, is_marked, labelled
from model import Model
from optimizer import Mean, optimizer_of, set_rate
from pair_model import TASKS, Pair, PairModel, collate, lay, marks, text_of
from pieces import WordPiece
from train import load_base
from truces import golds, label, matches

LEAST = 0.03  # share in which the least likely pairs are drawn
SHARES = {"claims": 4.0, "figures": 3.0, "breaches": 4.0}  # wrong pairs drawn for each right one in a round


def spans(rows) -> list[tuple[int, int]]:
    return [(row["start"], row["end"]) for row in rows or []]


def claim_marks(text, claim) -> dict[int, int]:
    return marks(text, spans(claim["source"]), spans(claim["cue"]), spans(claim["content"]))


def figure_marks(text, harm, claims) -> dict[int, int]:
    claim = next((c for c in claims if c["id"] in harm["claims"]), None)
    return marks(text, spans(claim["source"]) if claim else (), spans(claim["cue"]) if claim else (), spans([harm["number"]]))


def plain_scores(reports, kind) -> list[np.ndarray]:
    """What the evidence without marks makes of each pair: wrong pairs that look right are worth more."""
    key = "pairs" if kind == "claims" else "figures"
    names = sorted({name for report in reports for pair in report[key] for name in pair["evidence"] if not is_marked(name)})
    at = {name: column for column, name in enumerate(names)}
    xs, ys = [], []
    for report in reports:
        y, _ = labelled(report, kind)
        x = np.zeros((len(report[key]), len(names)))
        for row, pair in enumerate(report[key]):
            for name, value in pair["evidence"].items():
                if name in at:
                    x[row, at[name]] = value
        xs.append(x)
        ys.append(y)
    x, y = np.vstack(xs), np.concatenate(ys)
    weights = fit(x[y >= 0], y[y >= 0], 9.0)
    return [(y, rows @ weights) for y, rows in zip(ys, xs)]


def contradiction_pairs(files, wp, all_pairs: bool = False):
    """(pair, likelihood, report, row) of claims and figures."""
    reports = [json.loads(line) for file in files for line in open(file)]
    if not reports:
        return
    for kind, key in (("claims", "pairs"), ("harms", "figures")):
        task = TASKS.index("claims" if kind == "claims" else "figures")
        for number, (report, (y, values)) in enumerate(zip(reports, plain_scores(reports, kind))):
            text = report.get("cut") or text_of(report["text"], wp)
            report["cut"] = text
            rows = report[kind]
            made = [claim_marks(text, row) if kind == "claims" else figure_marks(text, row, report["claims"]) for row in rows]
            for row, pair in enumerate(report[key]):
                if y[row] < 0 and not all_pairs:
                    continue
                laid = lay(text, wp, task, made[pair["a"]], made[pair["b"]], float(y[row]))
                if laid:
                    yield laid, float(values[row]), report["file"], row


def breach_pairs(files, wp, all_pairs: bool = False):
    """(pair, likelihood, report, (ceasefire, row)) of agreements and what may break them."""
    rows = []
    for line in (line for file in files for line in open(file)):
        report = json.loads(line)
        for row in (row for truce in report["ceasefires"] for row in truce["deeds"]):
            row.pop("vector", None)
        text = text_of(report["text"], wp)
        for item, found in matches(report):
            past = item is not None and item.get("scope") == "background"
            # Of one of the past only what stands near its name was asked.
            if found is None or report["ceasefires"][found].get("background", False) != past:
                continue
            wanted, optional = golds(item, "violations", report["text"]) if item else ([], [])
            deeds = report["ceasefires"][found]["deeds"]
            rows.append((report["file"], text, found, report["ceasefires"][found]["span"], deeds, label(deeds, wanted, optional)))
    if not rows:
        return
    names = sorted({name for *_, deeds, _ in rows for deed in deeds for name in deed["evidence"] if not is_marked(name)})
    at = {name: column for column, name in enumerate(names)}
    matrix = lambda deeds: np.array([[deed["evidence"].get(name, 0.0) for name in names] for deed in deeds]).reshape(-1, len(names))
    x, y = np.vstack([matrix(deeds) for *_, deeds, _ in rows]), np.concatenate([y for *_, y in rows])
    weights = fit(x[y >= 0], y[y >= 0], 9.0)
    del x
    for file, text, found, span, deeds, y in rows:
        values = matrix(deeds) @ weights
        name = marks(text, content=[tuple(span)])
        for row, deed in enumerate(deeds):
            if y[row] < 0 and not all_pairs:
                continue
            told = marks(text, content=[tuple(deed["span"])])
            told |= {word: 2 for word in marks(text, content=[tuple(deed["word"])])}
            laid = lay(text, wp, TASKS.index("breaches"), name, told, float(y[row]))
            if laid:
                yield laid, float(values[row]), file, (found, row)


@torch.no_grad()
def answer(model: PairModel, pairs: list[Pair], size: int = 48) -> np.ndarray:
    model.eval()
    out = np.zeros(len(pairs))
    order = np.argsort([len(p.ids) for p in pairs])
    for at in range(0, len(order), size):
        rows = order[at : at + size]
        scores = model(collate([pairs[row] for row in rows])).numpy()
        out[rows] = [scores[n, pairs[row].task] for n, row in enumerate(rows)]
    return out


def best(scores, real):
    order = np.argsort(-scores)
    hits = np.cumsum(real[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + real.sum())
    return round(float(f1.max()), 4)


def average_precision(scores, real):
    order = np.argsort(-scores)
    hits = real[order]
    return round(float((np.cumsum(hits) / np.arange(1, len(hits) + 1) * hits).sum() / max(1, hits.sum())), 4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="state of an encoder of reports")
    parser.add_argument("--go-on", type=Path)
    parser.add_argument("--pairs", type=Path, nargs="*", default=[])
    parser.add_argument("--truces", type=Path, nargs="*", default=[])
    parser.add_argument("--dev-pairs", type=Path, nargs="*", default=[])
    parser.add_argument("--dev-truces", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--minutes", type=float, default=35)
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--pieces", type=int, default=3000, help="pieces of a batch")
    parser.add_argument("--hidden", type=float, default=0.05)
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
    model = PairModel(base.encoder, args.layers)
    if args.start:
        state = torch.load(args.start)
        own = model.state_dict()
        for name in own:
            if name in state and state[name].shape == own[name].shape and name.split(".")[0] in ("layers", "shape", "norm", "word", "position", "segment"):
                own[name] = state[name]
            elif name == "parts.weight" and name in state:
                own[name] = torch.cat([state[name], state[name]])
        model.load_state_dict(own)
    if args.go_on:
        model.load_state_dict(torch.load(args.go_on))
    rows = [*contradiction_pairs(args.pairs, wp), *breach_pairs(args.truces, wp)]
    train = {task: ([], []) for task in range(len(TASKS))}
    for pair, likely, *_ in rows:
        train[pair.task][pair.label > 0].append((pair, likely))
    print({TASKS[t]: [len(x) for x in v] for t, v in train.items()}, "mean pieces", np.mean([len(r[0].ids) for r in rows]), flush=True)
    dev = [*contradiction_pairs(args.dev_pairs, wp), *breach_pairs(args.dev_truces, wp)]

    def score():
        if not dev:
            return ""
        pairs = [p for p, *_ in dev]
        values = answer(model, pairs)
        out = []
        for t, name in enumerate(TASKS):
            own = [n for n, p in enumerate(pairs) if p.task == t]
            if own:
                real = np.array([pairs[n].label for n in own])
                out.append(f"{name} F1 {best(values[own], real)} AP {average_precision(values[own], real)}")
        return "; ".join(out)

    body = [p for n, p in model.named_parameters() if p.requires_grad and n.split(".")[0] in ("layers", "shape", "norm")]
    ids = {id(p) for p in body}
    heads = [p for p in model.parameters() if p.requires_grad and id(p) not in ids]
    optimizer, peak = optimizer_of(body, heads, args.rate, args.head_rate)
    mean = Mean(model, args.mean_decay)
    began = reported = time.time()
    step, rounds, batches = 0, 0, []
    losses: dict[str, float] = {}
    while (part := (time.time() - began) / (60 * args.minutes)) < 1:
        set_rate(optimizer, peak, max(min(part / 0.05, (1 - part) / 0.95), 0.01))
        if not batches:
            drawn: list[Pair] = []
            for task, (wrong, right) in train.items():
                if not right:
                    continue
                drawn += [p for p, _ in right]
                shares = np.array([LEAST + 1 / (1 + np.exp(-likely - 1)) for _, likely in wrong])
                count = min(len(wrong), int(SHARES[TASKS[task]] * len(right)))
                keys = np.array([rng.random() for _ in wrong]) ** (1 / shares)
                drawn += [wrong[n][0] for n in np.argsort(-keys)[:count]]
            rng.shuffle(drawn)
            for at in range(0, len(drawn), 600):
                group = sorted(drawn[at : at + 600], key=lambda p: len(p.ids))
                batch: list[Pair] = []
                for p in group:
                    if batch and (len(batch) + 1) * len(p.ids) > args.pieces:
                        batches.append(batch)
                        batch = []
                    batch.append(p)
                batches.append(batch)
            rng.shuffle(batches)
            rounds += 1
            print(f"round {rounds}: {len(drawn)} pairs in {len(batches)} batches", flush=True)
        batch = collate(batches.pop())
        if args.hidden and rng.random() < 0.7:
            hidden = (torch.rand(batch["ids"].shape) < args.hidden) & (batch["shapes"] > 0)
            batch["ids"] = batch["ids"].masked_fill(hidden, wp.vocab["[MASK]"])
        found = model.train()(batch).gather(1, batch["task"][:, None]).squeeze(1)
        loss = F.binary_cross_entropy_with_logits(found, batch["label"])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(body + heads, 1.0)
        optimizer.step()
        step += 1
        mean.add(model, step)
        losses["loss"] = 0.98 * losses.get("loss", loss.item()) + 0.02 * loss.item()
        if time.time() - reported > 120:
            reported = time.time()
            print(f"{step} {part:.3f} {losses['loss']:.4f}", flush=True)
            torch.save(mean.state, args.out / "state.pt")
    model.load_state_dict(mean.state)
    torch.save(mean.state, args.out / "state.pt")
    told = {"steps": step, "rounds": rounds, "minutes": args.minutes, "layers": args.layers, "seed": args.seed}
    (args.out / "training.json").write_text(json.dumps({"run": told}) + "\n")
    print(step, score(), flush=True)


if __name__ == "__main__":
    main()
