"""The reader of agreements: a report is read again with the names of one agreement marked, and every word is told what it is to that agreement.

The encoder of reports (report_model.py) marks what words tell of whatever agreement; here a pass for each agreement tells of which.
Shapes: B windows, P pieces, W words, M marks.
"""

from __future__ import annotations

import copy
import random
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from data import own_reports, text_sentences, word_range
from model import DROPOUT, FORBIDDEN, HIDDEN, Encoder
from pieces import WordPiece

NAMES = ["none", "first name", "other name", "name of another"]  # what a word is to the agreement that is asked of
MARKS = ["breach", "term", "fate", "name", "now", "past"]  # of the agreement that is asked of; names of any one of now and of the past
LONGEST = 510  # pieces of a window without its specials
SHARED = 255  # pieces that two windows of a report have in common, at least


@dataclass
class Window:
    """A window of a report with one agreement asked of, or none."""

    report: str
    forms: list[list[str]]
    sentence_of: list[int]
    first: list[int] = field(default_factory=list)  # words of its first name in the window
    others: list[list[int]] = field(default_factory=list)
    rivals: list[list[int]] = field(default_factory=list)
    marks: np.ndarray | None = None  # [W, M] 1, 0, -1
    pieces: int = 0
    found: np.ndarray | None = None  # [W] row of NAMES as the program has it, where it is not that of the gold


def place(row, near: int, text: str) -> tuple[int, int] | None:
    """Where words of a gold stand: their span, or the place of the same words that is nearest."""
    words = row if isinstance(row, str) else row.get("span", row)
    if isinstance(words, dict):
        return (words["start"], words["end"]) if "start" in words else None
    starts = [m.start() for m in re.finditer(re.escape(words), text)]
    at = min(starts, key=lambda start: abs(start - near), default=None)
    return None if at is None else (at, at + len(words))


def cut(lengths: list[int]) -> list[tuple[int, int]]:
    """Sentences of windows that share about half, by the pieces of each sentence."""
    out, start = [], 0
    while start < len(lengths):
        end, held = start, 0
        while end < len(lengths) and held + lengths[end] <= LONGEST:
            held += lengths[end]
            end += 1
        if end == start:
            start += 1
            continue
        out.append((start, end))
        if end == len(lengths):
            break
        fresh, held = end, 0
        while fresh - 1 > start and held + lengths[fresh - 1] <= SHARED:
            fresh -= 1
            held += lengths[fresh]
        start = fresh
    return out


def load(places: list[Path], wp: WordPiece, told_all: bool) -> list[Window]:
    """Windows of reports as annotated; `told_all` says that their golds tell every agreement, also of the past."""
    return [window for place_ in places for name, text, gold in own_reports(place_) for window in windows_of(name, text, gold, wp, told_all)]


def windows_of(name: str, text: str, gold: dict, wp: WordPiece, told_all: bool) -> list[Window]:
    truces = gold.get("ceasefires", [])
    sentences = text_sentences(text)
    lengths = [sum(wp.length(form) for form in s.forms) for s in sentences]
    out = []
    for a, b in cut(lengths):
        part = sentences[a:b]
        offsets = [o for s in part for o in s.offsets]
        sentence_of = [n for n, s in enumerate(part) for _ in s.forms]

        def words(span) -> list[int]:
            hit = span and word_range(offsets, *span)
            return list(range(*hit)) if hit else []

        def fresh() -> Window:
            return Window(name, [s.forms for s in part], sentence_of, marks=np.zeros((len(offsets), len(MARKS)), dtype=np.float32), pieces=sum(lengths[a:b]))

        named = []
        for row in truces:
            near = row["span"]["start"]
            spans = [place(one, near, text) for one in [row["span"], *row.get("also_spans", [])]]
            named.append([found for span in spans if (found := words(span))])
        for number, row in enumerate(truces):
            if not named[number]:
                continue
            window = fresh()
            window.first, window.others = named[number][0], named[number][1:]
            window.rivals = [span for other, spans in enumerate(named) if other != number for span in spans]
            near = row["span"]["start"]
            past = row.get("scope") == "background"
            window.marks[:, MARKS.index("now") :] = -1
            if past and not told_all:
                window.marks[:, MARKS.index("fate")] = -1
            rows = [(kind, one) for kind, key in (("breach", "violations"), ("term", "terms"), ("fate", "status_words")) for one in row.get(key) or []]
            for kind, one in sorted(rows, key=lambda item: not (isinstance(item[1], dict) and item[1].get("optional"))):
                value = -1.0 if isinstance(one, dict) and one.get("optional") else 1.0
                window.marks[words(place(one, near, text)), MARKS.index(kind)] = value
            for span in named[number]:
                window.marks[span, MARKS.index("name")] = 1
            out.append(window)
        if told_all:
            window = fresh()
            window.marks[:, : MARKS.index("now")] = -1
            for row, spans in zip(truces, named):
                for span in spans:
                    window.marks[span, MARKS.index("past" if row.get("scope") == "background" else "now")] = 1
            out.append(window)
    return out


LONGEST_LEAD = 120  # pieces of the sentence with the best name that stands before a window without it


def found_windows(name: str, text: str, gold: dict, agreements: list[dict], wp: WordPiece) -> list[Window]:
    """Windows with agreements named as the program names them (`agreement_names`), each laid beside the one of the gold with which it shares most words of its names."""
    sentences = text_sentences(text)
    lengths = [sum(wp.length(form) for form in s.forms) for s in sentences]
    told = []
    for row in gold.get("ceasefires", []):
        spans = [place(one, row["span"]["start"], text) for one in [row["span"], *row.get("also_spans", [])]]
        told.append((row, [span for span in spans if span]))
    out = []
    for agreement in agreements:
        own = [(a, b) for a, b, kind in agreement["names"] if kind in (1, 2)]
        best = [(a, b) for a, b, kind in agreement["names"] if kind == 1]

        def shared(spans: list[tuple[int, int]]) -> float:
            meet = lambda words: sum(any(c < b and a < d for c, d in spans) for a, b in words)
            return meet(own) + 2 * meet(best) / max(1, len(best))

        share, at = max(((shared(spans), n) for n, (_, spans) in enumerate(told)), default=(0.0, 0))
        if share == 0 or not best:
            continue
        row = told[at][0]
        near, past = row["span"]["start"], row.get("scope") == "background"
        lead = next((n for n, s in enumerate(sentences) if s.offsets[0][0] <= best[0][0] < s.offsets[-1][1]), None)
        for a, b in cut(lengths):
            numbers = list(range(a, b))
            before = [] if lead is None or lead in numbers or lengths[lead] > LONGEST_LEAD else [lead]
            while before and sum(lengths[n] for n in [*before, *numbers]) > LONGEST:
                numbers.pop()
            part = [sentences[n] for n in [*before, *numbers]]
            offsets = [o for n in numbers for o in sentences[n].offsets]
            shift = sum(len(sentences[n].forms) for n in before)
            places = {o: w for w, o in enumerate(o for s in part for o in s.offsets)}
            naming = np.zeros(shift + len(offsets), dtype=np.int64)
            for c, d, kind in agreement["names"]:
                for o, w in places.items():
                    if o[0] < d and c < o[1]:
                        naming[w] = kind
            marks = np.zeros((shift + len(offsets), len(MARKS)), dtype=np.float32)
            marks[:shift] = -1
            marks[:, MARKS.index("name") :] = -1
            rows = [(kind, one) for kind, key in (("breach", "violations"), ("term", "terms"), ("fate", "status_words")) for one in row.get(key) or []]
            for kind, one in sorted(rows, key=lambda item: not (isinstance(item[1], dict) and item[1].get("optional"))):
                span = place(one, near, text)
                hit = span and word_range(offsets, *span)
                if hit:
                    marks[shift + hit[0] : shift + hit[1], MARKS.index(kind)] = -1.0 if isinstance(one, dict) and one.get("optional") else 1.0
            window = Window(name, [s.forms for s in part], [n for n, s in enumerate(part) for _ in s.forms], marks=marks, found=naming)
            window.first = [int(w) for w in np.flatnonzero(naming == 1)]
            window.pieces = sum(lengths[n] for n in [*before, *numbers])
            out.append(window)
    return out


def thinned(window: Window, rng: random.Random, share: float) -> Window:
    """The window without a share of its sentences; those with the first name stay."""
    held = {window.sentence_of[word] for word in window.first}
    kept = [n in held or rng.random() >= share for n in range(len(window.forms))]
    if all(kept) or not any(kept):
        return window
    stays = np.array([kept[n] for n in window.sentence_of])
    at = np.cumsum(stays) - 1
    number = np.cumsum(kept) - 1

    def moved(words: list[int]) -> list[int]:
        return [int(at[word]) for word in words if stays[word]]

    return replace(
        window,
        forms=[f for f, k in zip(window.forms, kept) if k],
        sentence_of=[int(number[n]) for n in window.sentence_of if kept[n]],
        first=moved(window.first),
        others=[row for span in window.others if (row := moved(span))],
        rivals=[row for span in window.rivals if (row := moved(span))],
        marks=window.marks[stays],
        found=None if window.found is None else window.found[stays],
    )


def named(window: Window, rng: random.Random | None = None) -> np.ndarray:
    """Row of NAMES for each word; in training as the program may have found them: some names not at all, of some one word."""
    if window.found is not None:
        return window.found
    out = np.zeros(len(window.sentence_of), dtype=np.int64)

    def put(span: list[int], row: int, lost: float) -> None:
        if rng is not None and rng.random() < lost:
            return
        if rng is not None and rng.random() < 0.6:
            span = [rng.choice(span)]
        for word in span:
            out[word] = row

    for span in window.rivals:
        put(span, 3, 0.3)
    for span in window.others:
        put(span, 2, 0.3)
    if window.first:
        short = rng is not None and rng.random() < 0.3
        for word in [rng.choice(window.first)] if short else window.first:
            out[word] = 1
    return out


class AgreementModel(nn.Module):
    """An encoder over the main encoder's word and position tables, told where an agreement is named, and a head of marks."""

    def __init__(self, base: Encoder, layers: int, dropout: float = 0.1):
        super().__init__()
        self.word, self.position, self.segment = base.word, base.position, base.segment
        for frozen in (self.word, self.position, self.segment):
            frozen.requires_grad_(False)
        self.shape = copy.deepcopy(base.shape)
        self.parts = nn.Embedding(len(NAMES), HIDDEN)
        nn.init.normal_(self.parts.weight, std=0.1)
        self.norm = copy.deepcopy(base.norm)
        self.layers = nn.ModuleList(copy.deepcopy(base.layers[i]) for i in range(layers))
        self.marks = nn.Linear(HIDDEN, len(MARKS))
        self.dropout = dropout

    def forward(self, batch: dict[str, Tensor], bf16: bool = True) -> Tensor:
        """Log odds [B, W, M]."""
        ids = batch["ids"]
        x = self.word(ids) + self.position(torch.arange(ids.shape[1]))[None] + self.segment.weight[0] + self.shape(batch["shapes"]) + self.parts(batch["names"])
        x = DROPOUT(self.norm(x), self.dropout if self.training else 0.0)
        mask = torch.zeros(batch["real"].shape).masked_fill(~batch["real"], FORBIDDEN)[:, None, None, :]
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            for layer in self.layers:
                x = layer(x, mask)
        first = batch["first"][..., None].expand(-1, -1, HIDDEN)
        return self.marks(F.dropout(x.float().gather(1, first), self.dropout, self.training))


def collate(windows: list[Window], wp: WordPiece, rng: random.Random | None = None, found: list[np.ndarray] | None = None) -> dict[str, Tensor]:
    """A batch; `found` gives what words are to the agreement, where they are not those of the gold."""
    rows = [wp.encode(w.forms) for w in windows]
    p, w = max(len(r[0]) for r in rows), max(len(r[2]) for r in rows)
    ids, shapes, names = (np.zeros((len(rows), p), dtype=np.int64) for _ in range(3))
    real = np.zeros((len(rows), p), dtype=bool)
    first = np.zeros((len(rows), w), dtype=np.int64)
    marks = np.full((len(rows), w, len(MARKS)), -1, dtype=np.float32)
    for i, ((a, b, c), window) in enumerate(zip(rows, windows)):
        ids[i, : len(a)], shapes[i, : len(a)], real[i, : len(a)] = a, b, True
        first[i, : len(c)] = c
        told = found[i] if found else named(window, rng)
        for begin, end, row in zip(c, [*c[1:], len(a) - 1], told):
            names[i, begin:end] = row
        if window.marks is not None:
            marks[i, : len(c)] = window.marks
    batch = {"ids": ids, "shapes": shapes, "names": names, "real": real, "first": first, "mark_values": marks}
    return {k: torch.from_numpy(v) for k, v in batch.items()}
