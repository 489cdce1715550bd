"""Train the shared encoder and all heads.

    python train.py --base DIR_OF_BASE_MODEL --data ../../shared/data --out runs/full --minutes 55

One task a batch (attribution, mentions, trees), drawn by share; learning rates follow the larger of the shares of
steps and of wall time used up.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import time
from pathlib import Path

import torch
from safetensors.torch import load_file

import score
from batches import by_length, collate
from data import (
    GUM_GENRES, KIND, NameLists, UNER_SILENT, WIKIGOLD_SILENT, add_gum_mentions, annotated_documents, change_case, document_windows, joined,
    load_annotated, load_conllu, load_ecb, load_lgl, load_ner, load_own_events, load_polnear, load_re3d, load_reports, Document, Window,
)  # fmt: skip
from dataclasses import replace
from export import export
from model import Model, file_name
from optimizer import Mean, optimizer_of, set_rate
from pieces import WordPiece
from templates import TEMPLATES, fill


def load_base(model: Model, folder: Path) -> None:
    """Copy the base encoder's weights; the shape embeddings stay zero."""
    base = load_file(folder / "model.safetensors")
    state = model.encoder.state_dict()
    for name in state:
        if name != "shape.weight":
            state[name] = base[file_name(name)]
    model.encoder.load_state_dict(state)


CALIBRATION_STEP = 40  # every 40th PolNeAR training document is kept out of training, to set the decision offsets


class Tasks:
    """The training sets as endless streams of batches."""

    def __init__(self, data: Path, own: Path, wp: WordPiece, rng: random.Random, geo: Path, own_copies: int, batch: int, answers: Path | None = None,
                 reports: list[Path] = ()):
        self.answers = answers
        self.wp, self.rng, self.own_copies, self.batch = wp, rng, own_copies, batch
        documents = load_polnear(data / "polnear/train.jsonl")
        self.polnear = [d for n, d in enumerate(documents) if n % CALIBRATION_STEP]
        self.wikigold = load_ner(data / "ner_wikigold/train.jsonl", WIKIGOLD_SILENT)
        self.uner = load_ner(data / "ner_uner/train.jsonl", UNER_SILENT)
        self.re3d = load_re3d(data / "re3d/train.jsonl")
        self.ecb = load_ecb(data / "ecbplus/train.jsonl")
        self.lgl = load_lgl(data / "toponyms_lgl/train.jsonl")
        self.gum = load_conllu(data / "gum/train.conllu.gz", GUM_GENRES)
        add_gum_mentions(self.gum, data / "gum/train.jsonl")
        self.ewt = load_conllu(data / "ewt/train.conllu.gz")
        self.own_folder = own
        files = [f for f in sorted(own.parent.glob("*.ann")) if not f.name.endswith("-dev.ann")]
        self.events = [d for f in files for d in load_own_events(f)]
        self.report_folders = list(reports)
        self.waiting: list[Document] = []
        self.taken: set[Path] = set()
        self.load_own()
        self.names = NameLists(self.wikigold + self.uner + self.gum + self.ecb + self.own, geo)
        self.streams = {name: self.stream(name) for name in ("attribution", "mention", "tree")}

    def load_own(self) -> None:
        self.reports = [d for folder in self.report_folders for d in load_reports(folder)]
        files = [f for f in sorted(self.own_folder.glob("*.ann")) if not f.name.endswith("-dev.ann")]
        self.own = [d for f in files for d in load_annotated(f)]

    def patterns(self, count: int) -> list[Document]:
        """Lines made from the sentence patterns."""
        person = self.names.names.get((0, 1), []) + 3 * self.names.names.get((0, 2), [])
        place = [forms for n in (1, 1, 2, 3) for forms in self.names.names.get((KIND["place"], n), [])]
        lines = [fill(self.rng.choice(TEMPLATES), self.rng, person, place) for _ in range(count)]
        return annotated_documents(lines, "pattern")

    def half(self, documents: list[Document]) -> list[Document]:
        """A random half, so that new own sentences come round sooner."""
        return self.rng.sample(documents, (len(documents) + 1) // 2)

    def stream(self, task: str):
        while True:
            windows = [change_case(w, self.rng, 0.05, 0.03) for w in getattr(self, task)()]
            yield from by_length(windows, self.rng, self.batch)

    def dashes(self, window: Window) -> Window:
        """Write the long dash as two hyphens now and then, as wire copy does."""
        if self.rng.random() < 0.3:
            sentences = [replace(s, forms=["--" if f == "\u2014" else f for f in s.forms]) for s in window.sentences]
            return replace(window, sentences=sentences)
        return window

    def next_polnear(self) -> list[Document]:
        """The next third of the PolNeAR documents in random order; own sentences come once with every third."""
        if len(self.waiting) < len(self.polnear) // 3:
            self.waiting = list(self.polnear)
            self.rng.shuffle(self.waiting)
        taken, self.waiting = self.waiting[: len(self.polnear) // 3], self.waiting[len(self.polnear) // 3 :]
        return taken

    def answered(self) -> list[Window]:
        """A quarter of the windows with a teacher's answers that are there by now, gold and raw."""
        files = sorted(self.answers.glob("*.pickle"))
        waiting = [f for f in files if f not in self.taken]
        if len(waiting) < max(1, len(files) // 4):
            self.taken, waiting = set(), files
        out = []
        for file in self.rng.sample(waiting, min(len(waiting), max(1, len(files) // 4))):
            self.taken.add(file)
            with open(file, "rb") as stored:
                out += pickle.load(stored)
        return out

    def attribution(self) -> list[Window]:
        out = []
        if self.answers is not None:
            out += self.answered()
        else:
            for document in self.next_polnear():
                out += document_windows(document, self.wp, self.rng.random() < 0.4)
        out = [self.dashes(w) for w in out]
        out = [w for w in out if w.attributions or w.answers is not None and w.answers.roles or self.rng.random() < 0.8]
        self.load_own()
        for document in self.reports:
            out += document_windows(document, self.wp, self.rng.random() < 0.5)
        told = [d for d in self.events if d.attributions is not None]
        for documents in (self.own, told, self.patterns(150)):
            for document in joined(documents, self.rng) if documents else ():
                document.sentences = [self.names.swap(s, self.rng, 0.3) for s in document.sentences]
                out += document_windows(document, self.wp, True)
        return out

    def mention(self) -> list[Window]:
        out = []
        self.load_own()
        for documents, copies, share in (
            (self.half(self.wikigold), 3, 0.3), (self.half(self.uner), 1, 0.3), (self.half(self.re3d), 1, 0.0),
            (self.half(self.gum), 1, 0.0), (self.half(self.ecb), 1, 0.2), (self.half(self.lgl), 2, 0.1), (self.half(self.events), 1, 0.2),
            (self.own, self.own_copies, 0.4), (self.patterns(200), 1, 0.0),
        ):  # fmt: skip
            for _ in range(copies):
                for document in joined(documents, self.rng) if documents and not documents[0].related else documents:
                    document = replace(document, sentences=[self.names.swap(s, self.rng, share) for s in document.sentences])
                    out += document_windows(document, self.wp, self.rng.random() < 0.5)
        return [Window(w.sentences, None, w.pieces) for w in out]

    def tree(self) -> list[Window]:
        out = []
        for document in self.ewt + self.gum:
            out += document_windows(document, self.wp, self.rng.random() < 0.7)
        return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../../shared/data"))
    parser.add_argument("--own", type=Path, default=Path("data/own/mentions"), help="sentences with mentions and attributions alone")
    parser.add_argument("--out", type=Path, default=Path("runs/full"))
    parser.add_argument("--start", type=Path, help="weights to go on from (a state file of an earlier run)")
    parser.add_argument("--train-word-embedding", action="store_true")
    parser.add_argument("--minutes", type=float, default=55.0)
    parser.add_argument("--from-part", type=float, default=0.0, help="where in the schedule to go on (with --start)")
    parser.add_argument("--steps", type=int, default=100_000)
    parser.add_argument("--shares", type=float, nargs=3, default=[0.5, 0.28, 0.22])
    parser.add_argument("--encoder-rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--own-copies", type=int, default=2)
    parser.add_argument("--score-minutes", type=float, default=8.0)
    parser.add_argument("--batch", type=int, default=1600, help="padded pieces a batch")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--hidden", type=float, nargs=2, default=[0.06, 0.12], help="share of pieces hidden in half of the windows of mentions, of attributions")
    parser.add_argument("--attribution-heads", action="store_true", help="train the heads of attributions alone (with --shares 1 0 0)")
    parser.add_argument("--answers", type=Path, help="a teacher's answers (teacher.py): learn attributions from them and gold")
    parser.add_argument("--reports", type=Path, nargs="*", default=[], help="folders of reports with golds whose claims are learnt as attributions")
    parser.add_argument("--trust", type=float, default=0.5, help="share of the teacher's answers where gold is known")
    parser.add_argument("--mean-decay", type=float, default=0.998, help="decay a step of the running mean of the weights, which is what is kept")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    wp = WordPiece(args.base / "vocab.txt")
    model = Model()
    load_base(model, args.base)
    if args.start:
        model.load_state_dict(torch.load(args.start))
    tasks = Tasks(args.data, args.own, wp, rng, args.data / "geo", args.own_copies, args.batch, args.answers, args.reports)
    print("own items", len(tasks.own), "reports", len(tasks.reports), flush=True)

    model.encoder.word.weight.requires_grad_(args.train_word_embedding)
    if args.attribution_heads:
        for name, p in model.named_parameters():
            p.requires_grad_(name.startswith(("cue.", "roles.")))
    named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    inner = lambda name: name.startswith("encoder.") and "shape" not in name  # noqa: E731
    encoder, heads = [p for name, p in named if inner(name)], [p for name, p in named if not inner(name)]
    optimizer, peak = optimizer_of(encoder, heads, args.encoder_rate, args.head_rate)
    mean = Mean(model, args.mean_decay)
    began = scored = reported = time.time()
    paused = 0.0
    means: dict[str, float] = {}
    pieces = 0
    seen = {name: 0 for name in tasks.streams}
    step = 0
    names = list(tasks.streams)
    while True:
        now = time.time()
        part = max(step / args.steps, (now - began - paused) / (60 * args.minutes))
        if part >= 1:
            break
        whole = args.from_part + (1 - args.from_part) * part
        rate = min(part / 0.02, (1 - whole) / 0.96)
        rate = max(rate, 0.01)
        set_rate(optimizer, peak, rate)
        task = rng.choices(names, args.shares)[0]
        windows = next(tasks.streams[task])
        batch = collate(windows, wp, rng, trust=args.trust)
        if task == "tree" and "allowed" in batch:
            for key in ("allowed", "mention_index"):
                batch.pop(key)
        if task == "mention" and "heads" in batch:
            for key in ("heads", "rels", "upos", "tree_index"):
                batch.pop(key)
        if task != "tree" and rng.random() < 0.5:  # hide some pieces: names are read from their context, attributions not learnt by heart
            hidden = (torch.rand(batch["ids"].shape) < args.hidden[task == "attribution"]) & (batch["shapes"] > 0)
            batch["ids"] = batch["ids"].masked_fill(hidden, wp.vocab["[MASK]"])
        losses = model.train().losses(batch)
        weights = {"mention": 4.0, "cue": 4.0, "roles": 4.0, "arc": 0.5, "rel": 0.5, "upos": 0.5}
        total = sum(weights[k] * v for k, v in losses.items())
        optimizer.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        step += 1
        mean.add(model, step)
        n = int(batch["real"].sum())
        pieces += n
        seen[task] += n
        for k, v in losses.items():
            means[k] = 0.97 * means.get(k, v.item()) + 0.03 * v.item()
        if step % 25 == 0 and (now - reported > 30 or step == 25):
            reported = now
            speed = pieces / (now - began - paused + 1e-9)
            print(f"{step} {part:.3f} {speed:.0f}/s {seen} " + " ".join(f"{k} {v:.4f}" for k, v in means.items()), flush=True)
        if now - scored > 60 * args.score_minutes and part < 0.93:
            before = time.time()
            torch.save(mean.state, args.out / "state.pt")
            live = {k: v.clone() for k, v in model.state_dict().items()}
            model.load_state_dict(mean.state)
            print(step, json.dumps(score.all_scores(score.Reader(model, wp, True), args.data, args.own, quick=True)), flush=True)
            model.load_state_dict(live)
            scored = time.time()
            paused += scored - before
            tasks.load_own()
    model.load_state_dict(mean.state)
    torch.save(mean.state, args.out / "state.pt")
    record = {
        "steps": step, "pieces": seen, "seed": args.seed, "minutes": round((time.time() - began) / 60, 1),
        "shares": args.shares, "encoder_rate": args.encoder_rate, "head_rate": args.head_rate,
        "own_items": len(tasks.own), "own_copies": args.own_copies,
    }  # fmt: skip
    (args.out / "training.json").write_text(json.dumps(record, indent=1))
    print(json.dumps(record), flush=True)
    scores = score.all_scores(score.Reader(model, wp), args.data, args.own)
    (args.out / "scores.json").write_text(json.dumps(scores, indent=1))
    print(json.dumps(scores), flush=True)
    export(model, args.base / "vocab.txt", args.out / "models", record, scores)


if __name__ == "__main__":
    main()
