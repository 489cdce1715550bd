"""The reader of pairs: two claims, two figures, or an agreement and a deed, laid side by side and read in one window.

The encoder of reports sees a whole report at once and compares finished vectors of two spans; here the words of the one see those of the other in
every layer (a cross-encoder; Reimers and Gurevych 2019 on the difference). Shapes: B pairs, P pieces.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from data import Sentence, text_sentences, word_range
from model import DROPOUT, FORBIDDEN, HIDDEN, Encoder
from pieces import WordPiece
from words import sentence_shapes

TASKS = ["claims", "figures", "breaches"]
SIDE_PARTS = 5  # none, source, cue, first word, other words: as in report_model.PARTS, once a side
OWN = 56  # pieces of a side
CONTEXT = 40  # pieces up to which what stands before is added
WIDTH = 128
NEAR = 7


@dataclass
class Text:
    """A report cut into words, with their pieces and shapes."""

    offsets: list[tuple[int, int]]
    sentence_of: list[int]
    pieces: list[list[int]]
    shapes: list[int]


def text_of(text: str, wp: WordPiece) -> Text:
    sentences: list[Sentence] = text_sentences(text)
    forms = [s.forms for s in sentences]
    return Text(
        [o for s in sentences for o in s.offsets],
        [n for n, row in enumerate(forms) for _ in row],
        [wp.pieces(form) for row in forms for form in row],
        [value for row in forms for value in sentence_shapes(row)],
    )


def side(text: Text, marked: dict[int, int]) -> list[tuple[int, int]]:
    """Words of a side with their parts, in the order of the text: the marked ones (cue and source before what is said), then their sentences, then what
    stands before."""
    if not marked:
        return []
    size = 0
    kept: set[int] = set()

    def take(word: int, most: int) -> bool:
        nonlocal size
        if size + len(text.pieces[word]) > most:
            return False
        size += len(text.pieces[word])
        kept.add(word)
        return True

    for word in sorted(marked, key=lambda word: (marked[word] > 2, word)):
        if not take(word, OWN):
            break
    own = sorted(kept)
    held = {text.sentence_of[word] for word in own}
    around = [word for word in range(own[0], own[-1] + 1)]
    low, high = own[0], own[-1]
    while low > 0 and text.sentence_of[low - 1] in held:
        low -= 1
    while high + 1 < len(text.pieces) and text.sentence_of[high + 1] in held:
        high += 1
    around = [word for word in range(low, high + 1) if word not in kept]
    near = np.array(own)
    for word in sorted(around, key=lambda word: (int(np.abs(near - word).min()), word)):
        if not take(word, OWN):
            break
    if all(word in kept for word in range(low, high + 1)):
        while low > 0 and take(low - 1, CONTEXT):
            low -= 1
    return [(word, marked.get(word, 0)) for word in sorted(kept)]


def marks(text: Text, source=(), cue=(), content=()) -> dict[int, int]:
    """Words of spans of characters by part; cue goes before source, source before content."""
    out: dict[int, int] = {}
    for spans, part in ((content, 4), (source, 1), (cue, 2)):
        for span in spans:
            hit = word_range(text.offsets, *span)
            if hit:
                for word in range(*hit):
                    out[word] = part
                if part == 4:
                    out[hit[0]] = 3
    return out


@dataclass
class Pair:
    task: int
    ids: np.ndarray
    shapes: np.ndarray
    parts: np.ndarray
    apart: int
    label: float
    told: list[np.ndarray] = field(default_factory=list)  # pieces of what is said, by side


def lay(text: Text, wp: WordPiece, task: int, a: dict[int, int], b: dict[int, int], label: float) -> Pair | None:
    one, other = side(text, a), side(text, b)
    if not one or not other:
        return None
    ids, shapes, parts, told = [wp.cls], [0], [0], []
    for number, words in enumerate((one, other)):
        inside = []
        for word, part in words:
            rows = text.pieces[word]
            if part >= 3:
                inside += range(len(ids), len(ids) + len(rows))
            ids += rows
            shapes += [text.shapes[word]] + [text.shapes[word] + 12] * (len(rows) - 1)
            parts += [part + SIDE_PARTS * number] + [(4 if part == 3 else part) + SIDE_PARTS * number] * (len(rows) - 1)
        ids.append(wp.sep)
        shapes.append(0)
        parts.append(SIDE_PARTS * number)
        told.append(np.array(inside or [0], dtype=np.int16))
    apart = abs(text.sentence_of[min(b)] - text.sentence_of[min(a)])
    return Pair(task, np.array(ids, dtype=np.int32), np.array(shapes, dtype=np.uint8), np.array(parts, dtype=np.uint8), apart, label, told)


class PairModel(nn.Module):
    def __init__(self, base: Encoder, layers: int, dropout: float = 0.1):
        super().__init__()
        self.word, self.position, self.segment = base.word, base.position, base.segment
        for frozen in (self.word, self.position, self.segment):
            frozen.requires_grad_(False)
        self.shape = copy.deepcopy(base.shape)
        self.parts = nn.Embedding(2 * SIDE_PARTS, HIDDEN)
        nn.init.normal_(self.parts.weight, std=0.02)
        self.norm = copy.deepcopy(base.norm)
        self.layers = nn.ModuleList(copy.deepcopy(base.layers[i]) for i in range(layers))
        self.whole = nn.Linear(HIDDEN, WIDTH)
        self.first = nn.Linear(HIDDEN, WIDTH, bias=False)
        self.second = nn.Linear(HIDDEN, WIDTH, bias=False)
        self.apart = nn.Embedding(NEAR + 1, WIDTH)
        nn.init.normal_(self.apart.weight, std=0.1)
        self.out = nn.Linear(WIDTH, len(TASKS))
        self.dropout = dropout

    def forward(self, batch: dict[str, Tensor], bf16: bool = True) -> Tensor:
        """Log odds [B, T]."""
        ids = batch["ids"]
        x = self.word(ids) + self.position(torch.arange(ids.shape[1]))[None] + self.segment.weight[0] + self.shape(batch["shapes"]) + self.parts(batch["parts"])
        x = DROPOUT(self.norm(x), self.dropout if self.training else 0.0)
        mask = torch.zeros(batch["real"].shape).masked_fill(~batch["real"], FORBIDDEN)[:, None, None, :]
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            for layer in self.layers:
                x = layer(x, mask)
        x = F.dropout(x.float(), self.dropout, self.training)
        a, b = (torch.einsum("bp,bph->bh", batch[name], x) for name in ("first", "second"))
        z = self.whole(x[:, 0]) + self.first(a) + self.second(b) + self.apart(batch["apart"].clamp(0, NEAR))
        return self.out(F.dropout(F.gelu(z), self.dropout, self.training))


def collate(pairs: list[Pair]) -> dict[str, Tensor]:
    longest = max(len(p.ids) for p in pairs)
    ids, shapes, parts = (np.zeros((len(pairs), longest), dtype=np.int64) for _ in range(3))
    real = np.zeros((len(pairs), longest), dtype=bool)
    first, second = (np.zeros((len(pairs), longest), dtype=np.float32) for _ in range(2))
    for row, p in enumerate(pairs):
        n = len(p.ids)
        ids[row, :n], shapes[row, :n], parts[row, :n], real[row, :n] = p.ids, p.shapes, p.parts, True
        first[row, p.told[0]] = 1 / len(p.told[0])
        second[row, p.told[1]] = 1 / len(p.told[1])
    out = {"ids": ids, "shapes": shapes, "parts": parts, "real": real, "first": first, "second": second}
    out = {k: torch.from_numpy(v) for k, v in out.items()}
    out["apart"] = torch.tensor([p.apart for p in pairs])
    out["task"] = torch.tensor([p.task for p in pairs])
    out["label"] = torch.tensor([p.label for p in pairs], dtype=torch.float32)
    return out
