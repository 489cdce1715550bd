"""The encoder of whole reports: which claims exclude each other, what words tell terms, breaches and people harmed, with the claims already known.

Shapes: B windows, P pieces, W words, C claims, H figures, K pairs.
"""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from data import Document, Sentence, document_windows, own_reports, text_sentences, word_range
from event_data import MARKS, many, marked, source_words, told_claims
from model import DROPOUT, FORBIDDEN, HIDDEN, Encoder
from pieces import WordPiece

LONGEST = 510  # pieces of a window without its specials
PARTS = ["none", "source", "cue", "first word of a content", "content"]  # what a word is to a claim
HARMS = ["killed", "injured", "detained", "displaced", "missing"]
HARM_OF = {"captured": "detained", "surrendered": "detained", "evacuated": "displaced"}
SAYING = ["cue", "source", "content"]  # of a claim of the gold, read or not
ALL_MARKS = [*MARKS, *HARMS, *SAYING]
STANCES = ["assert", "deny", "accuse", "confirm", "appeal", "pledge", "decline", "order", "threaten"]
WIDTH = 128
NEAR = 6


@dataclass
class Report:
    """A window of a report: most reports are one."""

    name: str
    sentences: list[Sentence]
    pieces: int
    parts: np.ndarray  # [W] row of PARTS
    claims: list[list[int]] = field(default_factory=list)  # words of cue and content
    sources: list[list[int]] = field(default_factory=list)
    cues: list[int] = field(default_factory=list)
    stances: list[list[float]] = field(default_factory=list)  # -1 where the gold does not tell
    pairs: list[tuple[int, int, int, float]] = field(default_factory=list)  # earlier, later, sentences between, label or -1
    figures: list[list[int]] = field(default_factory=list)
    figure_pairs: list[tuple[int, int, int, float]] = field(default_factory=list)
    marks: np.ndarray | None = None  # [W, M] 1, 0, -1
    as_read: "Report | None" = None  # with the claims and figures that the program reads, and after them those of the gold that it does not


def load(places: list[Path], wp: WordPiece, read: dict[str, dict] | None = None) -> list[Report]:
    """Reports as annotated; `read` has what the program reads of them (`read_claims.py`), by name."""
    out = []
    for name, text, gold in (row for place in places for row in own_reports(place)):
        document = Document(name, text_sentences(text))
        for window in document_windows(document, wp, True, LONGEST):
            report = make(name, text, gold, window.sentences, window.pieces)
            if read and name in read:
                report.as_read = make(name, text, gold, window.sentences, window.pieces, read[name])
            out.append(report)
    return out


@dataclass
class Told:
    """A claim, with spans in characters."""

    gold: str | None
    source: list[tuple[int, int]]
    pieces: list[tuple[int, int]]  # of the cue first, then of the content
    cues: int  # how many of the pieces are the cue's
    is_read: bool = True


def told_by(gold: dict, read: dict | None) -> list[Told]:
    """The claims of a gold in the order of their cues, or those read, and after them those of the gold that are not read."""
    golds = []
    for claim, spans in told_claims(gold):
        source = source_words(claim)
        golds.append(Told(claim["id"], [source] if source else [], spans, 1, read is None))
    if read is None:
        return golds
    found = []
    for row in read["claims"]:
        source, cue, content = ([tuple(span) for span in row[key]] for key in ("source", "cue", "content"))
        if cue and content:
            found.append(Told(row["gold"], source, [*cue, *content], len(cue)))
    met = {claim.gold for claim in found}
    return sorted([*found, *(claim for claim in golds if claim.gold not in met)], key=lambda claim: claim.pieces[0])


def mark_claims(marks: np.ndarray, gold: dict, offsets: list[tuple[int, int]]) -> None:
    """Writes what words are of a claim of the gold; unknown in titles, in page furniture and of claims that may be left out."""

    def put(span: tuple[int, int], row: int, value: float) -> None:
        hit = word_range(offsets, *span)
        if hit:
            marks[hit[0] : hit[1], row] = value

    first = ALL_MARKS.index(SAYING[0])
    title = gold.get("document", {}).get("title_span")
    for place in [*gold.get("furniture", []), *([title] if title else [])]:
        if "start" in place:
            for row in range(len(SAYING)):
                put((place["start"], place["end"]), first + row, -1.0)
    for claim, spans in sorted(told_claims(gold), key=lambda row: not row[0].get("optional")):
        value = -1.0 if claim.get("optional") else 1.0
        source = source_words(claim)
        put(spans[0], first, value)
        if source:
            put(source, first + 1, value)
        for span in spans[1:]:
            put(span, first + 2, value)


def make(name: str, text: str, gold: dict, sentences: list[Sentence], pieces: int, read: dict | None = None) -> Report:
    offsets = [o for s in sentences for o in s.offsets]
    sentence_of = [n for n, s in enumerate(sentences) for _ in s.forms]
    report = Report(name, sentences, pieces, np.zeros(len(offsets), dtype=np.int64))
    report.marks = np.zeros((len(offsets), len(ALL_MARKS)), dtype=np.float32)
    for kind, a, b, value in marked(gold, text):
        hit = word_range(offsets, a, b)
        if hit:
            report.marks[hit[0] : hit[1], MARKS.index(kind)] = value
    mark_claims(report.marks, gold, offsets)
    stances = {claim["id"]: claim.get("stance") or [] for claim in gold.get("claims", [])}
    names, tellers = [], []
    told = told_by(gold, read)
    for claim in told:
        hits = [hit for span in claim.pieces if (hit := word_range(offsets, *span))]
        cue = word_range(offsets, *claim.pieces[0])
        if not cue:
            continue
        if claim.is_read:
            for hit in (hit for span in claim.pieces[claim.cues :] if (hit := word_range(offsets, *span))):
                report.parts[hit[0] : hit[1]] = 4
                report.parts[hit[0]] = 3
        names.append(claim.gold)
        tellers.append(tuple(claim.source))
        report.sources.append([w for span in claim.source if (hit := word_range(offsets, *span)) for w in range(*hit)])
        report.claims.append(sorted({w for hit in hits for w in range(*hit)}))
        report.cues.append(cue[0])
        stance = stances.get(claim.gold)
        stance = [stance] if isinstance(stance, str) else stance
        report.stances.append([float(s in stance) if stance is not None else -1.0 for s in STANCES])
    for claim in (claim for claim in told if claim.is_read):
        for spans, part in ((claim.source, 1), (claim.pieces[: claim.cues], 2)):
            for hit in (hit for span in spans if (hit := word_range(offsets, *span))):
                report.parts[hit[0] : hit[1]] = part
    known = labels(gold)
    for j, second in enumerate(names):
        for i, first in enumerate(names[:j]):
            label = known.get(frozenset((first, second)), 0.0)
            if label or tellers[i] != tellers[j]:
                report.pairs.append((i, j, sentence_of[report.cues[j]] - sentence_of[report.cues[i]], label))
    for harm in gold.get("harms", []):
        number = harm.get("number")
        hit = word_range(offsets, number["start"], number["end"]) if isinstance(number, dict) else None
        kind = HARM_OF.get(harm["kind"], harm["kind"])
        if hit and kind in HARMS:
            report.marks[hit[0] : hit[1], ALL_MARKS.index(kind)] = -1.0 if harm.get("optional") else 1.0
    rows = []
    for harm, spans in figures_by(gold, read):
        hits = [hit for span in spans if (hit := word_range(offsets, *span))]
        if hits:
            rows.append((hits[0], harm))
    rows.sort(key=lambda row: row[0])
    report.figures = [list(range(*hit)) for hit, _ in rows]
    for j, (at, second) in enumerate(rows):
        for i, (before, first) in enumerate(rows[:j]):
            label = known.get(frozenset((first, second)), 0.0) if first != second else 0.0
            report.figure_pairs.append((i, j, sentence_of[at[0]] - sentence_of[before[0]], label))
    return report


def figures_by(gold: dict, read: dict | None) -> list[tuple[str | None, list[tuple[int, int]]]]:
    """Figures of harm of a gold or, where they are given, as read: the gold's name and the words of the number."""
    if read is not None:
        return [(row["gold"], [tuple(span) for span in row["number"]]) for row in read["harms"]]
    numbers = ((harm["id"], harm.get("number")) for harm in gold.get("harms", []))
    return [(name, [(number["start"], number["end"])]) for name, number in numbers if isinstance(number, dict)]


def labels(gold: dict) -> dict[frozenset, float]:
    return {frozenset((p["a"], p["b"])): value for key, value in (("optional_contradictions", -1.0), ("contradictions", 1.0)) for p in gold.get(key, [])}


def thinned(report: Report, rng: random.Random, share: float) -> Report:
    """The report without a share of its sentences, so that no report is learnt by heart: what stood in them is gone, with its pairs."""
    kept = [rng.random() >= share for _ in report.sentences]
    if all(kept) or not any(kept):
        return report
    lengths = [len(s.forms) for s in report.sentences]
    stays = np.repeat(kept, lengths)
    place = np.cumsum(stays) - 1
    sentence_of = np.repeat(np.cumsum(kept) - 1, lengths)
    out = Report(report.name, [s for s, k in zip(report.sentences, kept) if k], 0, report.parts[stays])
    out.pieces = report.pieces
    out.marks = report.marks[stays]

    def left(spans: list[list[int]]) -> dict[int, int]:
        whole = [n for n, words in enumerate(spans) if words and stays[words].all()]
        return {n: row for row, n in enumerate(whole)}

    def moved(words: list[int]) -> list[int]:
        return [int(place[word]) for word in words if stays[word]]

    claims, figures = left(report.claims), left(report.figures)
    for n in claims:
        out.claims.append(moved(report.claims[n]))
        out.sources.append(moved(report.sources[n]))
        out.cues.append(int(place[report.cues[n]]))
        out.stances.append(report.stances[n])
    out.figures = [moved(report.figures[n]) for n in figures]

    def linked(pairs: list, rows: dict[int, int], first: list[int]) -> list:
        return [
            (rows[i], rows[j], int(sentence_of[first[j]] - sentence_of[first[i]]), label)
            for i, j, _, label in pairs
            if i in rows and j in rows
        ]

    out.pairs = linked(report.pairs, claims, report.cues)
    out.figure_pairs = linked(report.figure_pairs, figures, [words[0] for words in report.figures])
    return out


class Pairs(nn.Module):
    """Log odds of two spans excluding each other."""

    def __init__(self, width: int = WIDTH):
        super().__init__()
        self.earlier = nn.Linear(HIDDEN, width)
        self.later = nn.Linear(HIDDEN, width, bias=False)
        self.distance = nn.Embedding(NEAR + 1, width)
        nn.init.normal_(self.distance.weight, std=0.1)
        self.product_earlier = nn.Linear(HIDDEN, width, bias=False)
        self.product_later = nn.Linear(HIDDEN, width, bias=False)
        self.out = nn.Linear(width, 1)

    def forward(self, earlier: Tensor, later: Tensor, apart: Tensor, dropout: float) -> Tensor:
        z = self.earlier(earlier) + self.later(later) + self.distance(apart.clamp(0, NEAR))
        z = z + self.product_earlier(earlier) * self.product_later(later)
        return self.out(F.dropout(F.gelu(z), dropout, self.training)).squeeze(1)


class ReportModel(nn.Module):
    """An encoder of whole reports over the main encoder's word and position tables, and its heads."""

    def __init__(self, base: Encoder, layers: int, dropout: float = 0.1):
        super().__init__()
        self.word = base.word
        self.word.requires_grad_(False)
        # The word and position tables are the main encoder's.
        self.position = base.position
        self.segment = base.segment
        self.position.requires_grad_(False)
        self.segment.requires_grad_(False)
        self.shape = copy.deepcopy(base.shape)
        self.parts = nn.Embedding(len(PARTS), HIDDEN)
        nn.init.normal_(self.parts.weight, std=0.02)
        self.norm = copy.deepcopy(base.norm)
        self.layers = nn.ModuleList(copy.deepcopy(base.layers[i]) for i in range(layers))
        self.marks = nn.Linear(HIDDEN, len(ALL_MARKS))
        self.acts = nn.Linear(HIDDEN, len(STANCES))
        self.answers = Pairs()
        self.figures = Pairs()
        self.dropout = dropout

    def encode(self, batch: dict[str, Tensor], bf16: bool = True) -> Tensor:
        """Vectors [B, W, 384] of the words' first pieces."""
        ids = batch["ids"]
        x = self.word(ids) + self.position(torch.arange(ids.shape[1]))[None] + self.segment.weight[0] + self.shape(batch["shapes"]) + self.parts(batch["parts"])
        x = DROPOUT(self.norm(x), self.dropout if self.training else 0.0)
        mask = torch.zeros(batch["real"].shape).masked_fill(~batch["real"], FORBIDDEN)[:, None, None, :]
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            for layer in self.layers:
                x = layer(x, mask)
        first = batch["first"][..., None].expand(-1, -1, HIDDEN)
        return x.float().gather(1, first)

    def forward(self, batch: dict[str, Tensor], bf16: bool = True) -> dict[str, Tensor]:
        """Log odds of marks [B * W, M], of acts [C, S], of pairs of claims [K] and of figures [K]."""
        h = F.dropout(self.encode(batch, bf16), self.dropout, self.training)
        flat = h.reshape(-1, HIDDEN)
        out = {"marks": self.marks(flat)}
        for name, head in (("answers", self.answers), ("figures", self.figures)):
            if f"{name}_spans" in batch:
                vectors = batch[f"{name}_spans"] @ flat
                pairs = batch[f"{name}_pairs"]
                if name == "answers":
                    out["stances"] = self.acts(vectors)
                if len(pairs):
                    out[name] = head(vectors[pairs[:, 0]], vectors[pairs[:, 1]], pairs[:, 2], self.dropout)
        return out


def collate(reports: list[Report], wp: WordPiece, rng: random.Random | None = None, unread: float = 0.0) -> dict[str, Tensor]:
    """A batch; a share of the claims is passed over as if it had not been read, since the program does not read all."""
    rows = [wp.encode([s.forms for s in r.sentences]) for r in reports]
    p, w = max(len(r[0]) for r in rows), max(len(r[2]) for r in rows)
    ids, shapes, parts = (np.zeros((len(rows), p), dtype=np.int64) for _ in range(3))
    real = np.zeros((len(rows), p), dtype=bool)
    first = np.zeros((len(rows), w), dtype=np.int64)
    marks = np.full((len(rows), w, len(ALL_MARKS)), -1, dtype=np.float32)
    spans: dict[str, list] = {"answers": [], "figures": []}
    pairs: dict[str, list] = {"answers": [], "figures": []}
    labels_: dict[str, list] = {"answers": [], "figures": []}
    stances = []
    for i, ((a, b, c), r) in enumerate(zip(rows, reports)):
        ids[i, : len(a)], shapes[i, : len(a)], real[i, : len(a)] = a, b, True
        first[i, : len(c)] = c
        ends = [*c[1:], len(a) - 1]
        told = r.parts.copy()
        for words, source in zip(r.claims, r.sources):
            if rng is not None and rng.random() < unread:
                told[words + source] = 0
        for word, (begin, end) in enumerate(zip(c, ends)):
            part = told[word]
            parts[i, begin:end] = part
            if part == 3:
                parts[i, begin + 1 : end] = 4
        if r.marks is not None:
            marks[i, : len(c)] = r.marks
        stances += r.stances
        for name, some, links in (("answers", r.claims, r.pairs), ("figures", r.figures, r.figure_pairs)):
            shift = len(spans[name])
            spans[name] += [[i * w + word for word in words] for words in some]
            pairs[name] += [(x + shift, y + shift, max(0, d)) for x, y, d, _ in links]
            labels_[name] += [v for *_, v in links]
    batch = {"ids": ids, "shapes": shapes, "parts": parts, "real": real, "first": first, "mark_values": marks.reshape(-1, len(ALL_MARKS))}
    out = {k: torch.from_numpy(v) for k, v in batch.items()}
    for name in spans:
        if spans[name]:
            matrix = torch.zeros(len(spans[name]), len(rows) * w)
            for n, words in enumerate(spans[name]):
                matrix[n, words] = 1.0 / len(words)
            out[f"{name}_spans"] = matrix
            out[f"{name}_pairs"] = torch.tensor(pairs[name], dtype=torch.long).reshape(-1, 3)
            out[f"{name}_labels"] = torch.tensor(labels_[name], dtype=torch.float32)
    out["stance_values"] = torch.tensor(stances, dtype=torch.float32).reshape(-1, len(STANCES))
    return out


def losses(model: ReportModel, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    found = model(batch)
    out = {}
    told = batch["mark_values"] >= 0
    out["marks"] = F.binary_cross_entropy_with_logits(found["marks"][told], batch["mark_values"][told])
    for name in ("answers", "figures"):
        if name in found:
            told = batch[f"{name}_labels"] >= 0
            if told.any():
                out[name] = F.binary_cross_entropy_with_logits(found[name][told], batch[f"{name}_labels"][told])
    if "stances" in found:
        told = batch["stance_values"] >= 0
        if told.any():
            out["stances"] = F.binary_cross_entropy_with_logits(found["stances"][told], batch["stance_values"][told])
    return out
