"""Teach the event encoder a second voice for attributions, while what it says of events stays.

    python train_voice.py --base DIR --start runs/shipped/state.pt --go-on runs/shipped/events.pt --data ../../shared/data --out runs/voice --minutes 75

The event encoder's layers and two new heads (cues, and roles of a cue) learn attributions. On the same windows the linear heads of events must take from its vectors
what they took before, and on windows with events the head of their parts must say what it said: events have no gold here, so nothing of theirs is learnt by heart again.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from pathlib import Path

import torch

import score
from batches import by_length, collate
from data import Document, Window, document_windows, load_reports
from event_model import EventModel, collate as collate_events, known
from model import Model, attribution_losses
from optimizer import Mean, optimizer_of, set_rate
from pieces import WordPiece
from teacher import Both
from train import Tasks, load_base
from train_events import load as load_events

SHARE = 0.4  # what the second voice counts for beside the main one


class Speech(Tasks):
    """Attributions: PolNeAR, a sample of whole reports, sentences of our own."""

    def __init__(self, *args, whole: list[Document], sample: int):
        self.whole, self.sample = whole, sample
        super().__init__(*args)

    def load_own(self) -> None:
        if not hasattr(self, "own"):
            super().load_own()

    def attribution(self) -> list[Window]:
        out = super().attribution()
        for document in self.rng.sample(self.whole, min(self.sample, len(self.whole))):
            out += document_windows(document, self.wp, self.rng.random() < 0.5)
        return out


class Voice(torch.nn.Module):
    """The second voice in the form of a reader of attributions."""

    def __init__(self, model: EventModel):
        super().__init__()
        self.events, self.cue, self.roles, self.dropout = model, model.cue, model.roles, model.dropout

    def word_vectors(self, batch: dict[str, torch.Tensor], bf16: bool = True) -> torch.Tensor:
        return self.events.side_vectors(batch, bf16=bf16)


def kept(model: EventModel, now: torch.Tensor, before: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
    """How far the scores that heads of events take from the new vectors are from the old ones: mean squares, summed over heads."""
    pairs = zip(model.views(now[real]), model.views(before[real]))
    return sum((one - other.detach()).square().mean() for one, other in pairs)


def kept_links(model: EventModel, batch: dict[str, torch.Tensor], now: torch.Tensor, before: torch.Tensor) -> torch.Tensor:
    """The same for the parts of each event, which see both encoders."""
    mask = batch["word_real"][batch["link_window"]]

    def emissions(side: torch.Tensor) -> torch.Tensor:
        h = torch.cat([batch["main"], side], 2)
        cue = (batch["link_words"] @ h[batch["link_window"]]).squeeze(1)
        return model.links(h, batch["link_window"], cue, batch["link_buckets"])[mask]

    with torch.no_grad():
        wanted = emissions(before)
    return (emissions(now) - wanted).square().mean()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True, help="state of the main encoder")
    parser.add_argument("--go-on", type=Path, required=True, help="state of the event encoder")
    parser.add_argument("--resume", type=Path, help="state of an earlier run of this script")
    parser.add_argument("--data", type=Path, default=Path("../../shared/data"))
    parser.add_argument("--own", type=Path, default=Path("data/own"))
    parser.add_argument("--reports", type=Path, nargs="*", default=[], help="folders or files of reports with golds whose claims are learnt as attributions")
    parser.add_argument("--sample", type=int, default=250, help="reports for each third of PolNeAR")
    parser.add_argument("--out", type=Path, default=Path("runs/voice"))
    parser.add_argument("--minutes", type=float, default=75)
    parser.add_argument("--score-minutes", type=float, default=15)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=1600)
    parser.add_argument("--events-share", type=float, default=0.2, help="share of batches with events, whose parts must stay")
    parser.add_argument("--keep", type=float, default=0.2, help="weight of what heads of events must see")
    parser.add_argument("--hidden", type=float, default=0.12, help="share of pieces hidden in half of the batches")
    parser.add_argument("--mean-decay", type=float, default=0.998)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    wp = WordPiece(args.base / "vocab.txt")
    base, main_model = Model(), Model()
    load_base(base, args.base)
    main_model.load_state_dict(torch.load(args.start))
    model = EventModel(base, main_model)
    model.load_state_dict({**model.state_dict(), **known(torch.load(args.go_on))})
    old = copy.deepcopy(model.side).requires_grad_(False)
    old.dropout = 0.0
    if args.resume:
        model.load_state_dict(torch.load(args.resume))
    whole = [d for place in args.reports for d in load_reports(place)]
    tasks = Speech(args.data, args.own / "mentions", wp, rng, args.data / "geo", 2, args.batch, whole=whole, sample=args.sample)
    events = [item for name, items in load_events(args.data, args.own, wp, "train").items() if name in ("own", "muc", "plv", "gsr") for item in items if item.links]
    print("reports", len(whole), "windows with events", len(events), flush=True)
    for name, p in model.named_parameters():
        p.requires_grad_(name.startswith(("side.", "cue.", "roles.")))
    layers = [p for n, p in model.named_parameters() if n.startswith("side.")]
    heads = [p for n, p in model.named_parameters() if n.startswith(("cue.", "roles."))]
    optimizer, peak = optimizer_of(layers, heads, args.rate, args.head_rate)
    mean = Mean(model, args.mean_decay)
    voice = Voice(model)

    def tell(quick: bool) -> None:
        for share in (1.0, SHARE):
            one = voice if share == 1.0 else Both(voice, main_model, share)
            reader = score.Reader(one.eval(), wp, True)
            print(share, json.dumps(score.score_attribution(reader, args.data / "polnear_sent/dev.jsonl", 600 if quick else None)), flush=True)

    began = scored = reported = time.time()
    paused, pieces, step, batches = 0.0, 0, 0, []
    means: dict[str, float] = {}
    while (part := (time.time() - began - paused) / (60 * args.minutes)) < 1:
        set_rate(optimizer, peak, max(min(part / 0.03, (1 - part) / 0.97), 0.01))
        model.train()
        losses: dict[str, torch.Tensor] = {}
        if rng.random() < args.events_share:
            if not batches:
                batches = by_length(events, rng, args.batch)
            items = batches.pop()
            batch = collate_events(items, wp)
            batch["main"] = model.recall(items, wp, batch["first"].shape[1])
            now = model.side_vectors(batch)
            with torch.no_grad():
                before = model.side_vectors(batch, old)
            losses["links"] = kept_links(model, batch, now, before)
        else:
            batch = collate(next(tasks.streams["attribution"]), wp, rng)
            with torch.no_grad():
                before = model.side_vectors(batch, old)
            if rng.random() < 0.5:
                gone = (torch.rand(batch["ids"].shape) < args.hidden) & (batch["shapes"] > 0)
                batch["ids"] = batch["ids"].masked_fill(gone, wp.vocab["[MASK]"])
            now = model.side_vectors(batch)
            h = torch.nn.functional.dropout(now, model.dropout)
            losses |= {k: 4 * v for k, v in attribution_losses(model, h, batch).items()}
        losses["kept"] = args.keep * kept(model, now, before, batch["word_real"])
        optimizer.zero_grad(set_to_none=True)
        sum(losses.values()).backward()
        torch.nn.utils.clip_grad_norm_(layers + heads, 2.0)
        optimizer.step()
        step += 1
        mean.add(model, step)
        pieces += int(batch["real"].sum())
        for k, v in losses.items():
            means[k] = 0.97 * means.get(k, v.item()) + 0.03 * v.item()
        now_at = time.time()
        if step % 25 == 0 and now_at - reported > 30:
            reported = now_at
            speed = pieces / (now_at - began - paused)
            print(f"{step} {part:.3f} {speed:.0f}/s " + " ".join(f"{k} {v:.4f}" for k, v in means.items()), flush=True)
        if now_at - scored > 60 * args.score_minutes and part < 0.93:
            torch.save(mean.state, args.out / "state.pt")
            live = {k: v.clone() for k, v in model.state_dict().items()}
            model.load_state_dict(mean.state)
            tell(True)
            model.load_state_dict(live)
            scored = time.time()
            paused += scored - now_at
    model.load_state_dict(mean.state)
    torch.save(mean.state, args.out / "state.pt")
    record = {"voice": {"steps": step, "pieces": pieces, "seed": args.seed, "minutes": round((time.time() - began) / 60, 1), "rate": args.rate,
                        "keep": args.keep, "reports": len(whole)}}  # fmt: skip
    (args.out / "training.json").write_text(json.dumps(record, indent=1))
    print(json.dumps(record), flush=True)
    tell(False)


if __name__ == "__main__":
    main()
