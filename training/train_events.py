"""Train the event branch on top of a finished shared encoder (see train.py).

    python train_events.py --base DIR --start runs/avg/state.pt --data ../../shared/data --out runs/events --minutes 40
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

import event_data as ed
from batches import by_length
from data import own_reports
from event_model import EventModel, collate, known
from model import Model
from optimizer import Mean, optimizer_of, set_rate
from pieces import WordPiece
from score import runs, viterbi
from train import load_base

WEIGHTS = {"types": 1.0, "labels": 0.7, "words": 2.0, "status": 0.5, "past": 0.3, "facts": 0.8, "links": 0.2,
           "sides": 0.12, "keys": 0.15, "deeds": 0.5}  # fmt: skip


def load(data: Path, own: Path, wp: WordPiece, part: str, told: list[Path] = (), deeds: list[Path] = (), reports: Path | None = None) -> dict[str, list[ed.Item]]:
    """The sets of one part (train or dev)."""
    texts = {name: text for name, text, _ in own_reports(reports)} if reports else {}
    if part == "dev":
        paths = sorted(own.glob("*-dev.ann"))
    else:
        paths = [p for p in sorted(own.glob("*.ann")) + sorted(own.glob("history/*.ann")) if not p.name.endswith("-dev.ann")]
    sets = {
        "plv": ed.load_plover(data / f"plover_plv/{part}.jsonl", wp),
        "gsr": ed.load_plover(data / f"plover_gsr/{part}.jsonl", wp),
        "case": ed.load_case(data / f"case21_acled/{part}.jsonl", wp),
        "sides": ed.load_sides(data / f"cameo_roles/{part}.jsonl", wp),
        "places": ed.load_places(data / f"event_location/{part}.jsonl", wp),
        "facts": ed.load_facts(data / f"factuality/{part}.jsonl", wp),
        "muc": ed.load_muc(data / f"muc4/{part}.jsonl", wp),
        "deeds": ed.load_deeds(data / f"ecbplus/{part}.jsonl", wp),
        "penta": ed.load_penta(data / f"cameo_penta/{part}.jsonl", wp),
        "own": ed.load_own(paths, wp),
        "told": ed.load_report_events(told, wp),
        "whole": ed.load_report_deeds(deeds, texts, wp),
    }
    # Sentences full of violent words in which nothing happens or all of it is history; a set of its own, so that its share can be set.
    sets["quiet"] = [item for item in sets["own"] if item.types == [[ed.TYPE["NONE"]]] or item.past and all(past for _, past in item.past)]
    if part == "train":
        sets["synth"] = ed.load_synthetic(data / "synth_plover/train.jsonl", wp)
    return sets


def table(crf) -> tuple[np.ndarray, ...]:
    return tuple(t.detach().double().numpy() for t in crf.tables())


def f1(right: int, found: int, gold: int) -> float:
    return round(2 * right / max(1, found + gold), 4)


@torch.no_grad()
def score(model: EventModel, wp: WordPiece, sets: dict[str, list[ed.Item]]) -> dict[str, float]:
    """Quick scores on development items; the program's own evaluate is what counts."""
    model.eval()
    out: dict[str, float] = {}
    link_crf, side_crf, key_crf = table(model.links.crf), table(model.sides.crf), table(model.keys.crf)
    for name, items in sets.items():
        tally = collections.Counter()
        gold_values, values = [], []
        order = sorted(items, key=lambda i: i.pieces)
        by_class = collections.defaultdict(collections.Counter)
        for at in range(0, len(order), 8):
            some = order[at : at + 8]
            batch = collate(some, wp)
            h = model.word_vectors(batch)
            words = model.words(h)
            width = h.shape[1]
            if "unit_words" in batch and name in ("plv", "gsr", "case", "own", "penta"):
                types, labels = model.unit_scores(h, batch["unit_words"], words)
                for k in range(len(types)):
                    told = batch["unit_types"][k]
                    if told.any() and name != "case":
                        tally["types"] += 1
                        row = types[k].clone()
                        if name != "own" and name != "penta":
                            row[ed.TYPE["NONE"]] = -99
                        tally["type right"] += bool(told[int(row.argmax())])
                    label = int(batch["unit_labels"][k])
                    if label >= 0:
                        row = labels[k].clone()
                        if name == "case":
                            row[ed.LABEL["NONE"]] = -99
                        guess = int(row.argmax())
                        tally["labels"] += 1
                        tally["label right"] += guess == label
                        by_class[label]["gold"] += 1
                        by_class[guess]["found"] += 1
                        by_class[label]["right"] += guess == label
            if name in ("own", "told", "whole") and len(batch["word_rows"]):
                guess = words.reshape(-1, len(ed.TYPES))[batch["word_rows"]].argmax(1)
                none = ed.TYPE["NONE"]
                tally["w found"] += int((guess != none).sum())
                tally["w gold"] += int((batch["word_types"] != none).sum())
                tally["w right"] += int(((guess == batch["word_types"]) & (guess != none)).sum())
                flat = h.reshape(-1, h.shape[2])
                if len(batch["status_rows"]):
                    tally["s right"] += int((model.status(flat[batch["status_rows"]]).argmax(1) == batch["status_tags"]).sum())
                    tally["s all"] += len(batch["status_rows"])
            if len(batch["fact_rows"]) and name == "facts":
                probabilities = model.facts(h.reshape(-1, h.shape[2])[batch["fact_rows"]]).softmax(1)
                values += (probabilities @ torch.tensor(ed.FACT_BINS)).tolist()
                gold_values += batch["fact_values"].tolist()
            if len(batch["link_window"]):
                cue = (batch["link_words"] @ h[batch["link_window"]]).squeeze(1)
                emissions = model.links(h, batch["link_window"], cue, batch["link_buckets"]).double().numpy()
                k = 0
                for i, item in enumerate(some):
                    n = int(batch["word_real"][i].sum())
                    for link in item.links:
                        found = {(r, a, b) for a, b, r in runs(viterbi(emissions[k, :n], link_crf), ed.LINK_TAGS)}
                        found = {f for f in found if f[0] in link.told}
                        gold = set(link.roles)
                        tally["link exact"] += found == gold
                        tally["links"] += 1
                        tally["l right"] += len(found & gold)
                        tally["l found"] += len(found)
                        tally["l gold"] += len(gold)
                        k += 1
            if name in ("sides", "plv", "gsr"):
                for i, item in enumerate(some):
                    for a, b, spans in item.sides:
                        emissions = model.sides.linear(h[i, a:b]).double().numpy()
                        found = {(r, a + c, a + d) for c, d, r in runs(viterbi(emissions, side_crf), ed.SIDE_TAGS)}
                        gold = set(spans)
                        tally["e right"] += len(found & gold)
                        tally["e found"] += len(found)
                        tally["e gold"] += len(gold)
            if name == "muc":
                for i, item in enumerate(some):
                    n = int(batch["word_real"][i].sum())
                    emissions = model.keys.linear(h[i, :n]).double().numpy()
                    found = {(r, c, d) for c, d, r in runs(viterbi(emissions, key_crf), ed.KEY_TAGS)}
                    gold = set(item.keys)
                    tally["k right"] += len(found & gold)
                    tally["k found"] += len(found)
                    tally["k gold"] += len(gold)
            if name == "deeds":
                guess = model.deeds(h.reshape(-1, h.shape[2])[batch["deeds_rows"]]).argmax(1)
                tally["d right"] += int((guess * batch["deeds_tags"]).sum())
                tally["d found"] += int(guess.sum())
                tally["d gold"] += int(batch["deeds_tags"].sum())
        if tally["types"]:
            out[f"{name} type"] = round(tally["type right"] / tally["types"], 4)
        if tally["labels"]:
            out[f"{name} label"] = round(tally["label right"] / tally["labels"], 4)
            classes = [c for c in by_class.values() if c["gold"]]
            out[f"{name} label macro"] = round(sum(f1(c["right"], c["found"], c["gold"]) for c in classes) / len(classes), 4)
        if tally["w gold"]:
            out[f"{name} words"] = f1(tally["w right"], tally["w found"], tally["w gold"])
            out[f"{name} status"] = round(tally["s right"] / max(1, tally["s all"]), 4)
        if values:
            v, g = np.array(values), np.array(gold_values)
            out["facts r"] = round(float(np.corrcoef(v, g)[0, 1]), 4)
            for what, hit, real in (("denied", v <= -1.0, g <= -1.0), ("unsure", np.abs(v) < 1.0, np.abs(g) < 1.0)):
                out[f"facts {what}"] = f1(int((hit & real).sum()), int(hit.sum()), int(real.sum()))
        if tally["links"]:
            out[f"{name} link exact"] = round(tally["link exact"] / tally["links"], 4)
            out[f"{name} links"] = f1(tally["l right"], tally["l found"], tally["l gold"])
        if tally["e gold"]:
            out[f"{name} sides"] = f1(tally["e right"], tally["e found"], tally["e gold"])
        if tally["k gold"]:
            out[f"{name} keys"] = f1(tally["k right"], tally["k found"], tally["k gold"])
        if tally["d gold"]:
            out[f"{name} deeds"] = f1(tally["d right"], tally["d found"], tally["d gold"])
    return out


def pool(sets: dict[str, list[ed.Item]], copies: dict[str, float], rng: random.Random) -> list[ed.Item]:
    """One round: every set as often as `copies` says, a part of the items joined in windows."""
    out: list[ed.Item] = []
    for name, items in sets.items():
        share = copies.get(name, 0.0)
        whole, rest = int(share), share - int(share)
        out += items * whole
        out += rng.sample(items, int(rest * len(items)))
    return ed.grouped(out, rng, 0.4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True, help="state of the shared encoder (train.py)")
    parser.add_argument("--go-on", type=Path, help="state of an earlier run of this branch")
    parser.add_argument("--data", type=Path, default=Path("../../shared/data"))
    parser.add_argument("--own", type=Path, default=Path("data/own"))
    parser.add_argument("--out", type=Path, default=Path("runs/events"))
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--from-part", type=float, default=0.0, help="where in the rate's schedule this run begins")
    parser.add_argument("--to-part", type=float, default=1.0, help="and ends")
    parser.add_argument("--score-minutes", type=float, default=8)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--mean-decay", type=float, default=0.998, help="decay a step of the running mean of the weights, which is what is kept")
    parser.add_argument("--copies", default='{"own":2,"plv":2,"gsr":2,"case":4,"sides":2,"penta":1,"places":0.8,"facts":0.7,"muc":0.7,"deeds":0.5,"synth":0.1}')
    parser.add_argument("--past-weight", type=float, default=0.3)
    parser.add_argument("--facts-weight", type=float, default=0.8)
    parser.add_argument("--unsure-weight", type=float, default=1.5, help="added to the weight of doubtful and denied events in the loss of factuality")
    parser.add_argument("--heads-only", action="store_true", help="keep the event encoder's layers: the heads alone learn, to follow a new main encoder")
    parser.add_argument("--report-events", type=Path, nargs="*", default=[], help="folders of reports with golds whose deeds are learnt")
    parser.add_argument("--report-events-dev", type=Path, nargs="*", default=[], help="the same, to score")
    parser.add_argument("--deeds", type=Path, nargs="*", default=[], help="files of reports with all their deeds")
    parser.add_argument("--deeds-dev", type=Path, nargs="*", default=[], help="the same, to score")
    parser.add_argument("--reports", type=Path, default=Path("data/reports.jsonl"), help="texts of the reports that those files name")
    parser.add_argument("--only", default="", help="sets, comma separated, for trials")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    wp = WordPiece(args.base / "vocab.txt")
    base, main_model = Model(), Model()
    load_base(base, args.base)
    main_model.load_state_dict(torch.load(args.start))
    model = EventModel(base, main_model, args.layers)
    model.unsure_weight = args.unsure_weight
    weights = {**WEIGHTS, "past": args.past_weight, "facts": args.facts_weight}
    if args.go_on:
        model.load_state_dict({**model.state_dict(), **known(torch.load(args.go_on)), **{f"main.{k}": v for k, v in main_model.encoder.state_dict().items()}})
    copies = json.loads(args.copies)
    if args.only:
        copies = {k: v for k, v in copies.items() if k in args.only.split(",")}
    train_sets = {k: v for k, v in load(args.data, args.own, wp, "train", args.report_events, args.deeds, args.reports).items() if k in copies}
    dev_sets = {k: v for k, v in load(args.data, args.own, wp, "dev", args.report_events_dev, args.deeds_dev, args.reports).items() if k in copies and v}
    quick = {k: v[:300] for k, v in dev_sets.items()}
    print({k: len(v) for k, v in train_sets.items()}, {k: len(v) for k, v in dev_sets.items()}, flush=True)
    layers = [p for n, p in model.named_parameters() if p.requires_grad and n.startswith("side.")]
    heads = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith("side.")]
    if args.heads_only:
        model.side.requires_grad_(False)
        layers = []
    optimizer, peak = optimizer_of(layers, heads, args.rate, args.head_rate)
    mean = Mean(model, args.mean_decay)
    began = scored = reported = time.time()
    paused, pieces, step = 0.0, 0, 0
    means: dict[str, float] = {}
    batches: list[list[ed.Item]] = []
    rounds = 0
    while True:
        now = time.time()
        part = (now - began - paused) / (60 * args.minutes)
        if part >= 1:
            break
        whole = args.from_part + (args.to_part - args.from_part) * part
        rate = max(min(part / 0.03, (1 - whole) / 0.97), 0.01)
        set_rate(optimizer, peak, rate)
        if not batches:
            batches = by_length(pool(train_sets, copies, rng), rng, args.batch)
            rounds += 1
        items = batches.pop()
        batch = collate(items, wp)
        batch["main"] = model.recall(items, wp, batch["first"].shape[1])
        if rng.random() < 0.5:  # the event encoder has to do without some pieces, so that it learns fewer sentences by heart
            hidden = (torch.rand(batch["ids"].shape) < 0.06) & (batch["shapes"] > 0)
            batch["ids"] = batch["ids"].masked_fill(hidden, wp.vocab["[MASK]"])
        losses = model.train().losses(batch)
        if not losses:
            continue
        total = sum(weights[k] * v for k, v in losses.items())
        optimizer.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(layers + heads, 2.0)
        optimizer.step()
        step += 1
        mean.add(model, step)
        pieces += int(batch["real"].sum())
        for k, v in losses.items():
            means[k] = 0.97 * means.get(k, v.item()) + 0.03 * v.item()
        if step % 25 == 0 and now - reported > 30:
            reported = now
            speed = pieces / (now - began - paused + 1e-9)
            print(f"{step} round {rounds} {part:.3f} {speed:.0f}/s " + " ".join(f"{k} {v:.3f}" for k, v in means.items()), flush=True)
        if now - scored > 60 * args.score_minutes and part < 0.93:
            before = time.time()
            torch.save(mean.state, args.out / "state.pt")
            live = {k: v.clone() for k, v in model.state_dict().items()}
            model.load_state_dict(mean.state)
            print(step, json.dumps(score(model, wp, quick)), flush=True)
            model.load_state_dict(live)
            scored = time.time()
            paused += scored - before
    model.load_state_dict(mean.state)
    torch.save(mean.state, args.out / "state.pt")
    scores = score(model, wp, dev_sets)
    record = {"steps": step, "rounds": rounds, "pieces": pieces, "seed": args.seed, "layers": args.layers,
              "minutes": round((time.time() - began) / 60, 1), "rate": args.rate, "copies": copies,
              "own_items": len(train_sets.get("own", []))}  # fmt: skip
    (args.out / "training.json").write_text(json.dumps({"training": record, "scores": scores}, indent=1))
    print(json.dumps(record), json.dumps(scores), flush=True)


if __name__ == "__main__":
    main()
