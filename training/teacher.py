"""A large teacher of attributions: MPNet-base with the cue and role heads of the program's model.

    python teacher.py train --mpnet DIR --base DIR_OF_BASE_MODEL --out runs/teacher --minutes 38
    python teacher.py answer --mpnet DIR --base DIR_OF_BASE_MODEL --run runs/teacher --out runs/answers

`train` fine-tunes on PolNeAR (same documents kept out as in train.py). `answer` writes what the teacher thinks of windows of
PolNeAR and of raw news: shares of tags and of moves between tags over all tag paths, from which `train.py --answers` learns.
The teacher itself is never shipped.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

import score
from batches import bucket_row, by_length, collate, encode
from data import CUE_TAGS, ROLE_TAGS, Answers, Document, Window, document_windows, load_polnear, read_lines, text_sentences
from model import DROPOUT, FORBIDDEN, Crf, Layer, Model, Roles, Tagger, attribution_losses
from model import HIDDEN as SMALL
from pieces import WordPiece
from train import CALIBRATION_STEP, Tasks
from words import SHAPES

HIDDEN, LAYERS, INNER, BUCKETS = 768, 12, 3072, 32
FIRST_ROW = 4  # MPNet's rows are those of BERT's uncased vocabulary, after four of its own
SPECIAL = {"[CLS]": 0, "[PAD]": 1, "[SEP]": 2, "[MASK]": 30526}
FIRST_POSITION = 2
LAYER_NAMES = {
    "query": "attention.attn.q", "key": "attention.attn.k", "value": "attention.attn.v", "output": "attention.attn.o",
    "norm1": "attention.LayerNorm", "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm",
}  # fmt: skip


def distance_bucket(p: int) -> Tensor:
    """T5 buckets [P, P] of the distance from a piece to another, to both sides, far ones by logarithm up to 128."""
    n = torch.arange(p)[:, None] - torch.arange(p)[None]
    half, exact = BUCKETS // 2, BUCKETS // 4
    far = exact + (torch.log(n.abs().clamp(min=1) / exact) / torch.log(torch.tensor(128 / exact)) * (half - exact)).long()
    return half * (n < 0) + torch.where(n.abs() < exact, n.abs(), far.clamp(max=half - 1))


class Encoder(nn.Module):
    """MPNet; the lowest `frozen` layers are kept as they are, shape embeddings come in above them."""

    def __init__(self, rows: Tensor, frozen: int, dropout: float):
        super().__init__()
        self.register_buffer("rows", rows, persistent=False)
        self.word = nn.Embedding(30527, HIDDEN)
        self.position = nn.Embedding(514, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-5)
        self.bias = nn.Embedding(BUCKETS, 12)
        self.shape = nn.Embedding(SHAPES, HIDDEN)
        nn.init.zeros_(self.shape.weight)
        self.layers = nn.ModuleList(Layer(dropout, HIDDEN, INNER, 1e-5) for _ in range(LAYERS))
        self.frozen, self.dropout = frozen, dropout

    def forward(self, ids: Tensor, shapes: Tensor, real: Tensor) -> Tensor:
        p = ids.shape[1]
        mask = torch.zeros(real.shape).masked_fill(~real, FORBIDDEN)[:, None, None, :]
        rate = self.dropout if self.training else 0.0
        with torch.no_grad():
            mask = (mask + self.bias(distance_bucket(p)).permute(2, 0, 1)[None]).bfloat16()
            x = self.norm(self.word(self.rows[ids]) + self.position(torch.arange(p) + FIRST_POSITION))
            x = DROPOUT(x, rate)
            for layer in self.layers[: self.frozen]:
                x = layer(x, mask)
        x = x + self.shape(shapes)
        for layer in self.layers[self.frozen :]:
            x = layer(x, mask)
        return x


class Teacher(nn.Module):
    """MPNet with heads of cues and roles."""

    def __init__(self, wp: WordPiece, frozen: int = 0, dropout: float = 0.1):
        super().__init__()
        rows = torch.arange(len(wp.vocab)) + FIRST_ROW
        for piece, row in SPECIAL.items():
            rows[wp.vocab[piece]] = row
        self.encoder = Encoder(rows, frozen, dropout)
        self.cue = Tagger(CUE_TAGS, HIDDEN)
        self.roles = Roles(HIDDEN)
        self.dropout = dropout

    def load_base(self, folder: Path) -> None:
        """Copy MPNet's weights; shape embeddings stay zero."""
        base = load_file(folder / "model.safetensors")
        state = self.encoder.state_dict()
        names = {
            "word.weight": "embeddings.word_embeddings.weight", "position.weight": "embeddings.position_embeddings.weight",
            "norm.weight": "embeddings.LayerNorm.weight", "norm.bias": "embeddings.LayerNorm.bias", "bias.weight": "encoder.relative_attention_bias.weight",
        }  # fmt: skip
        for name in state:
            if name.startswith("layers."):
                _, layer, module, kind = name.split(".")
                names[name] = f"encoder.layer.{layer}.{LAYER_NAMES[module]}.{kind}"
            if name in names:
                state[name] = base[names[name]]
        self.encoder.load_state_dict(state)

    def word_vectors(self, batch: dict[str, Tensor], bf16: bool = True) -> Tensor:
        """Vectors [B, W, 768] of the words' first pieces, f32."""
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            x = self.encoder(batch["ids"], batch["shapes"], batch["real"])
        return x.float().gather(1, batch["first"][..., None].expand(-1, -1, HIDDEN))

    def losses(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        h = F.dropout(self.word_vectors(batch), self.dropout, self.training)
        return attribution_losses(self, h, batch)


class Both(nn.Module):
    """A teacher and a model of the program that answer together: the mean of their scores, the teacher's by `share`."""

    def __init__(self, teacher: Teacher, other: Model, share: float):
        super().__init__()
        self.models, self.parts = nn.ModuleList([teacher, other]), (share, 1 - share)
        self.cue = BothTaggers([m.cue.linear for m in self.models], [m.cue.crf for m in self.models], self.parts, CUE_TAGS)
        self.roles = BothTaggers(list(self.models[i].roles for i in range(2)), [m.roles.crf for m in self.models], self.parts, ROLE_TAGS)

    def word_vectors(self, batch: dict[str, Tensor], bf16: bool = True) -> Tensor:
        """Vectors [B, W, 768 + 384]."""
        return torch.cat([m.word_vectors(batch, bf16) for m in self.models], 2)


class BothTaggers(nn.Module):
    """Mean of the scores of two taggers, which is the geometric mean of what they hold of each tag path."""

    def __init__(self, taggers: list[nn.Module], crfs: list[Crf], parts: tuple[float, float], tags: list[str]):
        super().__init__()
        self.taggers, self.parts = nn.ModuleList(taggers), parts
        self.crf = Crf(tags)
        self.crf.load_state_dict({k: sum(w * crf.state_dict()[k] for w, crf in zip(parts, crfs)) for k in self.crf.state_dict()})

    def linear(self, h: Tensor) -> Tensor:
        return sum(w * tagger(x) for w, tagger, x in zip(self.parts, self.taggers, h.split([h.shape[-1] - SMALL, SMALL], -1)))

    def forward(self, h: Tensor, window: Tensor, cue: Tensor, buckets: Tensor) -> Tensor:
        sizes = [h.shape[-1] - SMALL, SMALL]
        pairs = zip(self.parts, self.taggers, h.split(sizes, -1), cue.split(sizes, -1))
        return sum(w * tagger(x, window, c, buckets) for w, tagger, x, c in pairs)


def load(args: argparse.Namespace, wp: WordPiece) -> Teacher | Both:
    """The teacher of a run, with a model of the program beside it where one is named."""
    teacher = Teacher(wp)
    teacher.load_state_dict({k: v.float() for k, v in torch.load(args.run / "state.pt").items()})
    if args.beside is None:
        return teacher.eval()
    other = Model()
    other.load_state_dict(torch.load(args.beside))
    return Both(teacher, other, args.share).eval()


def save(model: Teacher, folder: Path) -> None:
    """Write the weights, those of the layers in half the size."""
    state = {k: v.bfloat16() if v.dim() > 1 and k.startswith("encoder.layers") else v for k, v in model.state_dict().items()}
    torch.save(state, folder / "state.pt")


def windows(args: argparse.Namespace, wp: WordPiece, rng: random.Random, tasks: Tasks):
    """Batches of windows of attributions without end, as in train.py."""
    while True:
        yield from by_length(tasks.attribution(), rng, args.batch)


def train(args: argparse.Namespace, wp: WordPiece) -> None:
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    tasks = Tasks(args.data, args.own, wp, rng, args.data / "geo", 1, args.batch)
    model = Teacher(wp, args.frozen)
    if args.start is None:
        model.load_base(args.mpnet)
    else:
        model.load_state_dict({k: v.float() for k, v in torch.load(args.start).items()})
    for p in [*model.encoder.word.parameters(), *model.encoder.position.parameters(), *model.encoder.bias.parameters(), *model.encoder.norm.parameters()]:
        p.requires_grad_(False)
    for layer in model.encoder.layers[: args.frozen]:
        layer.requires_grad_(False)
    encoder = [p for n, p in model.named_parameters() if p.requires_grad and n.startswith("encoder.layers")]
    heads = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith("encoder.layers")]
    groups = [
        {"params": [p for p in encoder if p.dim() > 1], "lr": args.encoder_rate, "weight_decay": 0.01},
        {"params": [p for p in encoder if p.dim() == 1], "lr": args.encoder_rate, "weight_decay": 0.0},
        {"params": heads, "lr": args.head_rate, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    peak = [g["lr"] for g in groups]
    kept = [p for g in groups for p in g["params"]]
    stream = windows(args, wp, rng, tasks)
    began = reported = time.time()
    step = pieces = 0
    saved = 0.0
    means: dict[str, float] = {}
    while True:
        now = time.time()
        part = max(step / args.steps, (now - began) / (60 * args.minutes))
        if part >= 1:
            break
        rate = max(min(part / 0.06, (1 - part) / 0.94), 0.01)
        for group, top in zip(optimizer.param_groups, peak):
            group["lr"] = top * rate
        batch = collate(next(stream), wp, rng)
        losses = model.train().losses(batch)
        optimizer.zero_grad(set_to_none=True)
        (4.0 * sum(losses.values())).backward()
        nn.utils.clip_grad_norm_(kept, 2.0)
        optimizer.step()
        step += 1
        pieces += int(batch["real"].sum())
        for k, v in losses.items():
            means[k] = 0.95 * means.get(k, v.item()) + 0.05 * v.item()
        if now - reported > 20 or step == 5:
            reported = now
            print(f"{step} {part:.3f} {pieces / (time.time() - began):.0f}/s {pieces} " + " ".join(f"{k} {v:.4f}" for k, v in means.items()), flush=True)
        if part > saved + 0.25:
            saved = part
            save(model, args.out)
            before = time.time()
            print(score.score_attribution(score.Reader(model, wp, True), args.data / "polnear_sent/dev.jsonl", 300), flush=True)
            began += time.time() - before
    save(model, args.out)
    record = {"steps": step, "pieces": pieces, "minutes": round((time.time() - began) / 60, 1), "seed": args.seed, "frozen": args.frozen}
    (args.out / "training.json").write_text(json.dumps(record))
    print(json.dumps(record), flush=True)
    print(score.score_attribution(score.Reader(model, wp, True), args.data / "polnear_sent/dev.jsonl", args.score or None), flush=True)


RAW = {"raw_fakes": 1.0, "ecbplus": 1.0, "re3d": 1.0, "toponyms_lgl": 1.0, "synth_plover": 0.25}


def raw_documents(data: Path, rng: random.Random) -> list[Document]:
    """Texts of news without gold attributions, of sets whose terms allow weights that are shipped, in random order."""
    documents = []
    for name, share in RAW.items():
        for record in read_lines(data / name / "train.jsonl"):
            if rng.random() < share and not str(record["meta"].get("source", "")).startswith("BBC"):
                documents.append(Document(record["id"], text_sentences(record["text"])))
    rng.shuffle(documents)
    return [d for d in documents if d.sentences]


@torch.no_grad()
def answer_windows(model: Teacher | Both, wp: WordPiece, windows: list[Window], most: int = 3000) -> None:
    """Put the teacher's answers into windows: for gold cues where attributions are known, else for the cues it finds."""
    crf = score.Reader(model, wp, True).crf["cue"]
    order = sorted(windows, key=lambda w: w.pieces)
    while order:
        group = [order.pop()]
        while order and group[0].pieces * (len(group) + 1) <= most:
            group.append(order.pop())
        batch, counts = encode(group, wp)
        h, mask = model.word_vectors(batch), batch["word_real"]
        emissions = model.cue.linear(h)
        cues = [t.half().numpy() for t in model.cue.crf.shares(emissions, mask)]
        rows = []  # window, cue run
        for i, (window, count) in enumerate(zip(group, counts)):
            if window.attributions is None:
                runs = [(a, b) for a, b, _ in score.likely_runs(emissions[i, :count].double().numpy(), crf, CUE_TAGS, 0.35)]
            else:
                runs = sorted({run for pieces in window.attributions for run in pieces["cue"]})
            rows += [(i, run) for run in runs]
            window.answers = Answers((cues[0][i, :count].copy(), cues[1][i].copy()), {})
        if not rows:
            continue
        buckets = np.zeros((len(rows), h.shape[1]), dtype=np.int64)
        for row, (i, run) in zip(buckets, rows):
            sentence_of = np.concatenate([np.full(len(s.forms), k) for k, s in enumerate(group[i].sentences)])
            row[: counts[i]] = bucket_row(counts[i], *run, sentence_of)
        owner = torch.tensor([i for i, _ in rows])
        vectors = torch.stack([h[i, a:b].mean(0) for i, (a, b) in rows])
        emissions = model.roles(h, owner, vectors, torch.from_numpy(buckets))
        shares, moves = (t.half().numpy() for t in model.roles.crf.shares(emissions, mask[owner]))
        for k, (i, run) in enumerate(rows):
            group[i].answers.roles[run] = (shares[k, : counts[i]].copy(), moves[k].copy())


def answer(args: argparse.Namespace, wp: WordPiece) -> None:
    """Write parts of answers: PolNeAR (without the documents kept out) and raw news by turns, until all is done or time is up."""
    rng = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    model = load(args, wp)
    gold = [d for n, d in enumerate(load_polnear(args.data / "polnear/train.jsonl")) if n % CALIBRATION_STEP]
    rng.shuffle(gold)
    raw = raw_documents(args.data, rng)
    print(len(gold), len(raw), sum(len(s.forms) for d in gold for s in d.sentences), sum(len(s.forms) for d in raw for s in d.sentences), flush=True)
    began = time.time()
    parts = 24
    for part in range(parts):
        for name, documents in (("gold", gold), ("raw", raw)):
            if name == "gold" and part % 2:  # raw news teaches more than what was learnt by heart
                continue
            windows = [w for d in documents[part::parts] for w in document_windows(d, wp, rng.random() < 0.4)]
            windows = [w for w in windows if w.pieces > 8]
            # the program's model knows PolNeAR by heart and has nothing to tell there
            answer_windows(model.models[0] if name == "gold" and isinstance(model, Both) else model, wp, windows)
            with open(args.out / f"{name}{part:02}.part", "wb") as file:
                pickle.dump(windows, file)
            (args.out / f"{name}{part:02}.part").rename(args.out / f"{name}{part:02}.pickle")
        print(part, f"{time.time() - began:.0f} s", flush=True)
        if time.time() - began > 60 * args.minutes:
            break


def tell(args: argparse.Namespace, wp: WordPiece) -> None:
    """Print the scores of the teacher."""
    print(score.score_attribution(score.Reader(load(args, wp), wp, True), args.data / "polnear_sent/dev.jsonl", args.score or None), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("train", "answer", "score"))
    parser.add_argument("--mpnet", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of the small encoder (its vocabulary)")
    parser.add_argument("--data", type=Path, default=Path("../../shared/data"))
    parser.add_argument("--own", type=Path, default=Path("data/own/mentions"))
    parser.add_argument("--run", type=Path, default=Path("runs/teacher"))
    parser.add_argument("--out", type=Path, default=Path("runs/teacher"))
    parser.add_argument("--beside", type=Path, help="state of a model of the program that answers with the teacher")
    parser.add_argument("--share", type=float, default=0.6, help="the teacher's part in these answers")
    parser.add_argument("--start", type=Path, help="state of an earlier run of the teacher to go on from")
    parser.add_argument("--minutes", type=float, default=38.0)
    parser.add_argument("--steps", type=int, default=100_000)
    parser.add_argument("--batch", type=int, default=1600)
    parser.add_argument("--frozen", type=int, default=3, help="lowest layers that are not trained")
    parser.add_argument("--encoder-rate", type=float, default=8e-5)
    parser.add_argument("--head-rate", type=float, default=1.5e-3)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--score", type=int, default=600, help="records of polnear_sent dev to score in the end (0: all)")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    wp = WordPiece(args.base / "vocab.txt")
    {"train": train, "answer": answer, "score": tell}[args.what](args, wp)


if __name__ == "__main__":
    main()
