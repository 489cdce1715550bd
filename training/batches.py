"""Windows to tensors."""

from __future__ import annotations

import random

import numpy as np
import torch

from data import CUE_TAGS, MENTION_TAGS, ROLE_TAGS, Window
from model import BUCKETS, bucket
from pieces import WordPiece

_BITS = 1 << np.arange(len(MENTION_TAGS))
_TABLE = {
    (side, far): np.array([0] + [bucket(-d if side < 0 else d, 0, 1, far) for d in range(1, 400)], dtype=np.int64)
    for side in (-1, 1)
    for far in (False, True)
}


def bucket_row(count: int, start: int, end: int, sentence_of: np.ndarray) -> np.ndarray:
    """Distance buckets [count] of the words of a window for the cue run [start, end)."""
    i = np.arange(count)
    left, right = start - i, i - end + 1
    far = sentence_of != sentence_of[start]
    row = np.zeros(count, dtype=np.int64)
    for side, distance in ((-1, left), (1, right)):
        for other in (False, True):
            here = (distance > 0) & (far == other)
            row[here] = _TABLE[side, other][np.minimum(distance[here], 399)]
    assert row.max(initial=0) < BUCKETS
    return row


def put(tags: np.ndarray, a: int, b: int, begin: int) -> bool:
    """Write a B/I span if its words are still free."""
    if tags[a:b].any():
        return False
    tags[a] = begin
    tags[a + 1 : b] = begin + 1
    return True


def encode(windows: list[Window], wp: WordPiece) -> tuple[dict[str, torch.Tensor], list[int]]:
    """Encoder input of a batch, and the number of words of every window."""
    rows = [wp.encode([s.forms for s in w.sentences]) for w in windows]
    p = max(len(r[0]) for r in rows)
    counts = [len(r[2]) for r in rows]
    w = max(counts)
    ids = np.zeros((len(rows), p), dtype=np.int64)
    shapes = np.zeros((len(rows), p), dtype=np.int64)
    real = np.zeros((len(rows), p), dtype=bool)
    first = np.zeros((len(rows), w), dtype=np.int64)
    word_real = np.zeros((len(rows), w), dtype=bool)
    for i, (a, b, c) in enumerate(rows):
        ids[i, : len(a)], shapes[i, : len(a)], real[i, : len(a)] = a, b, True
        first[i, : len(c)], word_real[i, : len(c)] = c, True
    batch = {"ids": ids, "shapes": shapes, "real": real, "first": first, "word_real": word_real}
    return {k: torch.from_numpy(v) for k, v in batch.items()}, counts


def collate(windows: list[Window], wp: WordPiece, rng: random.Random, mentions: float = 1.0, trust: float = 0.5) -> dict[str, torch.Tensor]:
    """A training batch with whatever labels its windows have; a teacher's answers count for `trust` beside gold."""
    batch, counts = encode(windows, wp)
    width = batch["first"].shape[1]
    padding = len(windows) * width
    mention_rows, allowed_rows, tree_rows = [], [], []
    starts = []
    for i, window in enumerate(windows):
        at = i * width
        here = []
        for sentence in window.sentences:
            n = len(sentence.forms)
            here.append(at - i * width)
            if sentence.allowed is not None and rng.random() < mentions:
                mention_rows.append(range(at, at + n))
                allowed_rows.append(sentence.allowed)
            if sentence.heads is not None:
                tree_rows.append((range(at, at + n), sentence))
            at += n
        starts.append(here)
    if mention_rows:
        length = max(len(r) for r in mention_rows)
        index = np.full((len(mention_rows), length), padding, dtype=np.int64)
        bits = np.full((len(mention_rows), length), -1, dtype=np.int64)
        for i, (row, allowed) in enumerate(zip(mention_rows, allowed_rows)):
            index[i, : len(row)], bits[i, : len(row)] = row, allowed
        batch["mention_index"] = torch.from_numpy(index)
        batch["allowed"] = torch.from_numpy((bits[..., None] & _BITS) != 0)
    if tree_rows:
        length = max(len(r) for r, _ in tree_rows)
        index = np.full((len(tree_rows), length), padding, dtype=np.int64)
        heads, rels, upos = (np.zeros_like(index) for _ in range(3))
        for i, (row, sentence) in enumerate(tree_rows):
            n = len(row)
            index[i, :n], heads[i, :n], rels[i, :n], upos[i, :n] = row, sentence.heads, sentence.rels, sentence.upos
        for name, value in (("tree_index", index), ("heads", heads), ("rels", rels), ("upos", upos)):
            batch[name] = torch.from_numpy(value)
    if windows[0].attributions is not None or windows[0].answers is not None:
        batch |= attribution_tensors(windows, counts, starts, width, rng, trust)
    return batch


def moves_of(tags: np.ndarray, kinds: int) -> np.ndarray:
    """How often each move between two tags is made on a path."""
    moves = np.zeros((kinds, kinds), dtype=np.float32)
    np.add.at(moves, (tags[:-1], tags[1:]), 1.0)
    return moves


def mixed(tags: np.ndarray | None, kinds: int, answer, width: int, trust: float) -> tuple[np.ndarray, np.ndarray]:
    """Shares of tags [width, kinds] and of moves: gold tags and a teacher's answer, the latter by `trust`."""
    shares = np.zeros((width, kinds), dtype=np.float32)
    if answer is None:
        trust = 0.0
    elif tags is None:
        trust = 1.0
    moves = np.zeros((kinds, kinds), dtype=np.float32)
    if trust < 1.0:
        shares[np.arange(len(tags)), tags] = 1.0 - trust
        moves += (1.0 - trust) * moves_of(tags, kinds)
    if trust > 0.0:
        shares[: len(answer[0])] += trust * answer[0]
        moves += trust * answer[1]
    return shares, moves


def attribution_tensors(
    windows: list[Window], counts: list[int], starts: list[list[int]], width: int, rng: random.Random, trust: float
) -> dict[str, torch.Tensor]:
    """Tags of cues and, for one run of each cue, tags of roles; shares of tags where a window holds a teacher's answers."""
    cue_tags = np.zeros((len(windows), width), dtype=np.int64)
    role_window, cue_words, buckets, role_tags = [], [], [], []
    cue_shares, role_shares = [], []
    for i, window in enumerate(windows):
        count = counts[i]
        sentence_of = np.zeros(count, dtype=np.int64)
        for start in starts[i][1:]:
            sentence_of[start:] += 1
        answers = window.answers
        runs = []
        for pieces in window.attributions or []:
            free = [run for run in pieces["cue"] if put(cue_tags[i], *run, CUE_TAGS.index("B"))]
            if not free:
                continue
            run = free[0] if rng.random() < 0.85 else rng.choice(free)
            tags = np.zeros(width, dtype=np.int64)
            for other in pieces["cue"]:
                if other != run:
                    put(tags, *other, ROLE_TAGS.index("B-cue"))
            for role in ("source", "content"):
                for a, b in pieces[role]:
                    put(tags, a, b, ROLE_TAGS.index(f"B-{role}"))
            runs.append((run, tags))
        is_gold = window.attributions is not None
        if not is_gold:
            runs = [(run, np.zeros(width, dtype=np.int64)) for run in answers.roles]
        cue_shares.append(mixed(cue_tags[i, :count] if is_gold else None, len(CUE_TAGS), answers and answers.cue, width, trust))
        for run, tags in runs:
            answer = answers and answers.roles.get(run)
            role_shares.append(mixed(tags[:count] if is_gold else None, len(ROLE_TAGS), answer, width, trust))
            weights = np.zeros((1, width), dtype=np.float32)
            weights[0, run[0] : run[1]] = 1.0 / (run[1] - run[0])
            row = np.zeros(width, dtype=np.int64)
            row[:count] = bucket_row(count, *run, sentence_of)
            role_window.append(i)
            cue_words.append(weights)
            buckets.append(row)
            role_tags.append(tags)
    batch = {"cue_tags": torch.from_numpy(cue_tags), "role_window": torch.tensor(role_window, dtype=torch.long)}
    if role_window:
        batch["cue_words"] = torch.from_numpy(np.stack(cue_words))
        batch["buckets"] = torch.from_numpy(np.stack(buckets))
        batch["role_tags"] = torch.from_numpy(np.stack(role_tags))
    if any(window.answers is not None for window in windows):
        for name, pairs in (("cue", cue_shares), ("role", role_shares)):
            if pairs:
                batch[f"{name}_shares"] = torch.from_numpy(np.stack([p[0] for p in pairs]))
                batch[f"{name}_moves"] = torch.from_numpy(np.stack([p[1] for p in pairs]))
    return batch


def by_length(windows: list[Window], rng: random.Random, most: int = 2000) -> list[list[Window]]:
    """Batches of at most `most` padded pieces, of windows of like length, in random order."""
    order = sorted(windows, key=lambda w: w.pieces * (1 + 0.08 * rng.random()))
    batches: list[list[Window]] = []
    current: list[Window] = []
    for window in order:
        longest = max([window.pieces] + [w.pieces for w in current])
        if current and longest * (len(current) + 1) > most:
            batches.append(current)
            current = []
        current.append(window)
    if current:
        batches.append(current)
    rng.shuffle(batches)
    return batches
