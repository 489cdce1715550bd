"""The branch of the encoder that reads events: its own top layers over the shared trunk, and the heads on it.

Shapes: B windows, W words, U units (sentences or short texts), K links, T tags.
"""

from __future__ import annotations

import copy

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from batches import bucket_row, encode
from event_data import (FACT_BINS, KEY_ROLES, KEY_TAGS, LABELS, LINK_ROLES, LINK_TAGS, SIDE_TAGS, STATUS, TYPES, Item)
from data import CUE_TAGS
from model import BUCKETS, DROPOUT, FORBIDDEN, HIDDEN, ROLE_WIDTH, Crf, Encoder, Model, Roles, Tagger
from pieces import WordPiece

WIDE = 2 * HIDDEN


class Links(nn.Module):
    """Trigger-conditioned tagger of the event's roles (the form of model.Roles with other tags)."""

    def __init__(self):
        super().__init__()
        self.token = nn.Linear(WIDE, ROLE_WIDTH)
        self.cue = nn.Linear(WIDE, ROLE_WIDTH, bias=False)
        self.distance = nn.Embedding(BUCKETS, ROLE_WIDTH)
        nn.init.normal_(self.distance.weight, std=0.1)
        self.product_token = nn.Linear(WIDE, ROLE_WIDTH, bias=False)
        self.product_cue = nn.Linear(WIDE, ROLE_WIDTH, bias=False)
        self.out = nn.Linear(ROLE_WIDTH, len(LINK_TAGS))
        self.crf = Crf(LINK_TAGS)

    def forward(self, h: Tensor, window: Tensor, cue: Tensor, buckets: Tensor, dropout: float = 0.0) -> Tensor:
        """Emissions [K, W, T] from word vectors [B, W, 768], window rows [K], trigger vectors [K, 768], buckets [K, W]."""
        z = self.token(h)[window] + self.cue(cue)[:, None] + self.distance(buckets)
        z = z + self.product_token(h)[window] * self.product_cue(cue)[:, None]
        return self.out(F.dropout(F.gelu(z), dropout, self.training))


class Pool(nn.Module):
    """Attention over the words of a unit, then a linear classifier: [.., W, 384] -> [.., C]."""

    def __init__(self, classes: int):
        super().__init__()
        self.attention = nn.Linear(HIDDEN, 1)
        self.linear = nn.Linear(HIDDEN, classes)

    def forward(self, h: Tensor, mask: Tensor) -> Tensor:
        """h [U, W, 384], mask [U, W]."""
        weights = self.attention(h).squeeze(2).masked_fill(~mask, FORBIDDEN).softmax(1)
        return self.linear((weights[:, :, None] * h).sum(1))


class Side(nn.Module):
    """The event encoder: the shared word table, own small embeddings, own layers (the first ones of the base model)."""

    def __init__(self, base: Encoder, word: nn.Embedding, layers: int, dropout: float):
        super().__init__()
        self.position = copy.deepcopy(base.position)
        self.segment = copy.deepcopy(base.segment)
        self.shape = copy.deepcopy(base.shape)
        self.norm = copy.deepcopy(base.norm)
        self.layers = nn.ModuleList(copy.deepcopy(base.layers[i]) for i in range(layers))
        self.dropout = dropout

    def forward(self, word: nn.Embedding, ids: Tensor, shapes: Tensor, real: Tensor) -> Tensor:
        positions = torch.arange(ids.shape[1])
        x = word(ids) + self.position(positions)[None] + self.segment.weight[0] + self.shape(shapes)
        x = DROPOUT(self.norm(x), self.dropout if self.training else 0.0)
        mask = torch.zeros(real.shape).masked_fill(~real, FORBIDDEN)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x


class EventModel(nn.Module):
    """Heads on two encoders: the finished one of train.py (`main`, frozen) and a small one of its own (`side`).

    Word heads see both vectors [.., 768], unit heads the event encoder's [.., 384].
    """

    def __init__(self, base: Model, main: Model, layers: int = 3, dropout: float = 0.1):
        super().__init__()
        self.main = main.encoder
        self.main.requires_grad_(False)
        self.side = Side(base.encoder, main.encoder.word, layers, dropout)
        self.words = nn.Linear(WIDE, len(TYPES))
        self.types = Pool(len(TYPES))
        self.labels = Pool(len(LABELS))
        self.status = nn.Linear(WIDE, len(STATUS))
        self.past = nn.Linear(WIDE, 2)
        self.facts = nn.Linear(WIDE, len(FACT_BINS))
        self.deeds = nn.Linear(WIDE, 2)
        self.links = Links()
        self.sides = Tagger(SIDE_TAGS)
        self.sides.linear = nn.Linear(WIDE, len(SIDE_TAGS))
        self.keys = Tagger(KEY_TAGS)
        self.keys.linear = nn.Linear(WIDE, len(KEY_TAGS))
        # A second voice for attributions, which sees the event encoder's vectors alone (train_voice.py).
        self.cue = Tagger(CUE_TAGS)
        self.roles = Roles()
        self.dropout = dropout
        self.unsure_weight = 1.5

    def train(self, mode: bool = True):
        super().train(mode)
        self.main.eval()
        return self

    def word_vectors(self, batch: dict[str, Tensor], bf16: bool = True) -> Tensor:
        """Vectors [B, W, 768] of the words' first pieces, f32: main, then side."""
        first = batch["first"][..., None].expand(-1, -1, HIDDEN)
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            if "main" not in batch:
                with torch.no_grad():
                    batch["main"] = self.main(batch["ids"], batch["shapes"], batch["real"]).float().gather(1, first)
            two = self.side(self.main.word, batch["ids"], batch["shapes"], batch["real"])
        return torch.cat([batch["main"], two.float().gather(1, first)], 2)

    def side_vectors(self, batch: dict[str, Tensor], side: Side | None = None, bf16: bool = True) -> Tensor:
        """Vectors [B, W, 384] of the words' first pieces by the event encoder (or another of its kind) alone, f32."""
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            x = (side or self.side)(self.main.word, batch["ids"], batch["shapes"], batch["real"])
        return x.float().gather(1, batch["first"][..., None].expand(-1, -1, HIDDEN))

    def views(self, h: Tensor) -> list[Tensor]:
        """What every linear head of events takes from vectors [.., 384] of the event encoder, without what it takes from the main one."""
        wide = [self.words, self.status, self.past, self.facts, self.deeds, self.sides.linear, self.keys.linear]
        narrow = [part for pool in (self.types, self.labels) for part in (pool.attention, pool.linear)]
        return [F.linear(h, head.weight[:, HIDDEN:]) for head in wide] + [F.linear(h, head.weight) for head in narrow]

    @torch.no_grad()
    def remember(self, items: list[Item], wp: WordPiece) -> None:
        """Computes the frozen encoder's word vectors of items that lack them, as f16."""
        lacking = {id(p): p for item in items for p in (item.parts or [item]) if p.main is None}
        order = sorted(lacking.values(), key=lambda item: item.pieces)
        for at in range(0, len(order), 8):
            some = order[at : at + 8]
            batch, counts = encode(some, wp)
            with torch.autocast("cpu", torch.bfloat16):
                hidden = self.main(batch["ids"], batch["shapes"], batch["real"])
            for row, (item, count) in enumerate(zip(some, counts)):
                item.main = hidden[row, batch["first"][row, :count]].half()

    def recall(self, items: list[Item], wp: WordPiece, width: int) -> Tensor:
        """Remembered vectors [B, width, 384] of a batch; joined items were read one by one."""
        self.remember(items, wp)
        out = torch.zeros(len(items), width, HIDDEN)
        for row, item in enumerate(items):
            at = 0
            for part in item.parts or [item]:
                out[row, at : at + len(part.main)] = part.main.float()
                at += len(part.main)
        return out

    def unit_scores(self, h: Tensor, unit_words: Tensor, words: Tensor) -> tuple[Tensor, Tensor]:
        """Scores [U, 17] of types and [U, 31] of labels; unit_words [U, L] rows of flat word vectors, -1 = none."""
        mask = unit_words >= 0
        rows = unit_words.clamp_min(0)
        flat = h[..., HIDDEN:].reshape(-1, HIDDEN)[rows]
        told = words.reshape(-1, len(TYPES))[rows].masked_fill(~mask[..., None], FORBIDDEN)
        return self.types(flat, mask) + torch.logsumexp(told, 1), self.labels(flat, mask)

    def losses(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        """Summed losses and numbers of units of every head that the batch has labels for."""
        h = F.dropout(self.word_vectors(batch), self.dropout, self.training)
        words = self.words(h)
        out: dict[str, Tensor] = {}
        if "unit_words" in batch:
            types, labels = self.unit_scores(h, batch["unit_words"], words)
            told = batch["unit_types"].any(1)
            if told.any():
                logs = F.log_softmax(types[told], 1).masked_fill(~batch["unit_types"][told], FORBIDDEN)
                weight = batch["unit_weight"][told]
                out["types"] = -(torch.logsumexp(logs, 1) * weight).sum() / weight.sum().clamp_min(1)
            told = batch["unit_labels"] >= 0
            if told.any():
                out["labels"] = F.cross_entropy(labels[told], batch["unit_labels"][told], label_smoothing=0.05)
        flat_h = h.reshape(-1, WIDE)
        if len(batch["word_rows"]):
            out["words"] = F.cross_entropy(words.reshape(-1, len(TYPES))[batch["word_rows"]], batch["word_types"])
        for name, head in (("status", self.status), ("past", self.past), ("deeds", self.deeds)):
            if len(batch[f"{name}_rows"]):
                out[name] = F.cross_entropy(head(flat_h[batch[f"{name}_rows"]]), batch[f"{name}_tags"])
        if len(batch["fact_rows"]):
            scores = self.facts(flat_h[batch["fact_rows"]])
            logs = F.log_softmax(scores, 1)
            mean = (logs.exp() * torch.tensor(FACT_BINS)).sum(1)
            # Doubt and denial are rare and what readers look for.
            weight = 1.0 + self.unsure_weight * (batch["fact_values"] < 1.0).float()
            out["facts"] = -((logs * batch["fact_bins"]).sum(1) * weight).mean()
            out["facts"] = out["facts"] + 0.5 * (F.smooth_l1_loss(mean, batch["fact_values"], reduction="none") * weight).mean()
        if len(batch["link_window"]):
            cue = (batch["link_words"] @ h[batch["link_window"]]).squeeze(1)
            emissions = self.links(h, batch["link_window"], cue, batch["link_buckets"], self.dropout)
            mask = batch["word_real"][batch["link_window"]]
            out["links"] = self.links.crf.partial_loss(emissions, mask, batch["link_allowed"]).mean()
        padded = F.pad(flat_h, (0, 0, 0, 1))
        if "side_index" in batch:
            mask = batch["side_index"] != len(flat_h)
            emissions = self.sides.linear(padded[batch["side_index"]])
            out["sides"] = self.sides.crf.loss(emissions, mask, batch["side_tags"]).mean()
        if "key_window" in batch:
            mask = batch["word_real"][batch["key_window"]]
            emissions = self.keys.linear(h[batch["key_window"]])
            out["keys"] = self.keys.crf.loss(emissions, mask, batch["key_tags"]).mean()
        return out


def known(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """A run's state without heads that the model no longer has (marks and answers, until version 2.3.0)."""
    return {name: value for name, value in state.items() if not name.startswith(("marks.", "answers."))}


def fact_shares(value: float) -> list[float]:
    """A value between two bins belongs to both by its nearness."""
    shares = [0.0] * len(FACT_BINS)
    value = min(max(value, FACT_BINS[0]), FACT_BINS[-1])
    at = min(int((value + 3.0) / 1.5), len(FACT_BINS) - 2)
    part = (value - FACT_BINS[at]) / 1.5
    shares[at], shares[at + 1] = 1 - part, part
    return shares


def put(tags: np.ndarray, a: int, b: int, begin: int) -> None:
    if not tags[a:b].any():
        tags[a] = begin
        tags[a + 1 : b] = begin + 1


def collate(items: list[Item], wp: WordPiece) -> dict[str, Tensor]:
    """A batch with all labels its items have."""
    batch, counts = encode(items, wp)
    width = batch["first"].shape[1]
    none = TYPES.index("NONE")
    unit_words, unit_types, unit_labels, unit_weight = [], [], [], []
    word_rows, word_types = [], []
    rows = {name: ([], []) for name in ("status", "past", "deeds")}
    fact_rows, fact_bins, fact_values = [], [], []
    link_window, link_words, link_buckets, link_allowed = [], [], [], []
    side_rows, side_tags = [], []
    key_window, key_tags = [], []
    for i, item in enumerate(items):
        at = i * width
        count = counts[i]
        for (a, b), types, label in zip(item.ranges, item.types, item.labels):
            if types is None and label is None:
                continue
            unit_words.append(range(at + a, at + b))
            row = np.zeros(len(TYPES), dtype=bool)
            row[types or []] = True
            unit_types.append(row)
            unit_labels.append(-1 if label is None else label)
            unit_weight.append(item.weight)
        if item.told_words:
            told = np.full(count, -1)
            for a, b in item.told_words:
                told[a:b] = none
            for a, b, kind in item.words:
                told[a:b] = kind
            keep = np.nonzero(told >= 0)[0]
            word_rows += list(at + keep)
            word_types += list(told[keep])
        for name in ("status", "past"):
            for word, tag in getattr(item, name):
                rows[name][0].append(at + word)
                rows[name][1].append(tag)
        if item.deeds is not None:
            inside = np.zeros(count, dtype=int)
            for a, b in item.deeds:
                inside[a:b] = 1
            for a, b in item.told_deeds:
                rows["deeds"][0].extend(range(at + a, at + b))
                rows["deeds"][1].extend(inside[a:b])
        for word, value in item.facts:
            fact_rows.append(at + word)
            fact_bins.append(fact_shares(value))
            fact_values.append(value)
        if item.links:
            sentence_of = np.zeros(count, dtype=np.int64)
            start = 0
            for number, sentence in enumerate(item.sentences):
                sentence_of[start : start + len(sentence.forms)] = number
                start += len(sentence.forms)
            for link in item.links:
                tags = np.zeros(width, dtype=np.int64)
                for role, a, b in sorted(link.roles, key=lambda r: r[1] - r[2]):
                    put(tags, a, b, LINK_TAGS.index(f"B-{role}"))
                can = np.zeros((width, len(LINK_TAGS)), dtype=bool)
                if len(link.told) == len(LINK_ROLES):
                    can[np.arange(width), tags] = True
                else:
                    kept = [LINK_TAGS.index(f"{bio}-{role}") for role in link.told for bio in "BI"]
                    can[:] = True
                    can[:, kept] = False
                    inside = tags > 0
                    can[inside] = False
                    can[np.nonzero(inside)[0], tags[inside]] = True
                weights = np.zeros((1, width), dtype=np.float32)
                a, b = link.trigger
                weights[0, a:b] = 1.0 / (b - a)
                row = np.zeros(width, dtype=np.int64)
                row[:count] = bucket_row(count, a, b, sentence_of)
                link_window.append(i)
                link_words.append(weights)
                link_buckets.append(row)
                link_allowed.append(can)
        for a, b, spans in item.sides:
            tags = np.zeros(count, dtype=np.int64)
            for role, c, d in spans:
                put(tags, c, d, SIDE_TAGS.index(f"B-{role}"))
            side_rows.append(range(at + a, at + b))
            side_tags.append(tags[a:b])
        if item.keys is not None:
            tags = np.zeros(width, dtype=np.int64)
            for role, a, b in item.keys:
                put(tags, a, b, KEY_TAGS.index(f"B-{role}"))
            key_window.append(i)
            key_tags.append(tags)
    if unit_words:
        index = np.full((len(unit_words), max(map(len, unit_words))), -1, dtype=np.int64)
        for i, row in enumerate(unit_words):
            index[i, : len(row)] = row
        batch["unit_words"] = torch.from_numpy(index)
        batch["unit_types"] = torch.from_numpy(np.stack(unit_types))
        batch["unit_labels"] = torch.tensor(unit_labels)
        batch["unit_weight"] = torch.tensor(unit_weight)
    batch["word_rows"] = torch.tensor(np.array(word_rows, dtype=np.int64))
    batch["word_types"] = torch.tensor(np.array(word_types, dtype=np.int64))
    for name, (a, b) in rows.items():
        batch[f"{name}_rows"] = torch.tensor(np.array(a, dtype=np.int64))
        batch[f"{name}_tags"] = torch.tensor(np.array(b, dtype=np.int64))
    batch["fact_rows"] = torch.tensor(fact_rows, dtype=torch.long)
    batch["fact_bins"] = torch.tensor(fact_bins)
    batch["fact_values"] = torch.tensor(fact_values)
    batch["link_window"] = torch.tensor(link_window, dtype=torch.long)
    if link_window:
        batch["link_words"] = torch.from_numpy(np.stack(link_words))
        batch["link_buckets"] = torch.from_numpy(np.stack(link_buckets))
        batch["link_allowed"] = torch.from_numpy(np.stack(link_allowed))
    if side_rows:
        length = max(map(len, side_rows))
        index = np.full((len(side_rows), length), len(items) * width, dtype=np.int64)
        tags = np.zeros_like(index)
        for i, (row, told) in enumerate(zip(side_rows, side_tags)):
            index[i, : len(row)], tags[i, : len(row)] = row, told
        batch["side_index"], batch["side_tags"] = torch.from_numpy(index), torch.from_numpy(tags)
    if key_window:
        batch["key_window"] = torch.tensor(key_window)
        batch["key_tags"] = torch.from_numpy(np.stack(key_tags))
    return batch
