"""Decoding with a trained model, and quick scores of every head on its development set.

    python score.py --weights ../models --data ../../shared/data

Exact span F1 throughout; the sets are named in README.md.
"""

from __future__ import annotations

import argparse
import collections
import json
from pathlib import Path

import numpy as np
import torch

from batches import bucket_row, encode
from data import (
    CUE_TAGS, DEPREL, KINDS, MENTION_TAGS, ROLE_TAGS, ROLES, Document,
    Window, document_windows, load_annotated, load_conllu, read_lines, text_sentences,
)  # fmt: skip
from model import Model
from pieces import PACKED_PIECES, WordPiece


def viterbi(emissions: np.ndarray, crf) -> list[int]:
    """Best tag path [L] for emissions [L, T] and the CRF's (transitions, start, end)."""
    transitions, start, end = crf
    score = start + emissions[0]
    back = np.zeros(emissions.shape, dtype=np.int64)
    for t in range(1, len(emissions)):
        moves = score[:, None] + transitions
        back[t] = moves.argmax(0)
        score = moves.max(0) + emissions[t]
    path = [int((score + end).argmax())]
    for t in range(len(emissions) - 1, 0, -1):
        path.append(int(back[t][path[-1]]))
    return path[::-1]


def runs(path: list[int], tags: list[str]) -> list[tuple[int, int, str]]:
    """BIO runs (start, end, type) of a tag path."""
    out: list[list] = []
    for i, row in enumerate(path):
        tag = tags[row]
        if tag[0] == "B" or (tag[0] == "I" and (not out or out[-1][1] != i or out[-1][2] != tag[2:])):
            out.append([i, i + 1, tag[2:]])
        elif tag[0] == "I":
            out[-1][1] = i + 1
    return [tuple(r) for r in out]


RUN_PRICE = 0.45  # as in the program


def log_sum(x: np.ndarray, axis: int) -> np.ndarray:
    top = x.max(axis, keepdims=True)
    return (top + np.log(np.exp(x - top).sum(axis, keepdims=True))).squeeze(axis)


def likely_runs(emissions: np.ndarray, crf, tags: list[str], price: float = RUN_PRICE) -> list[tuple[int, int, str]]:
    """Runs without overlap whose shares of all tag paths, each less `price`, have the largest sum (`Crf::likely_runs` of the program)."""
    transitions, start, end = crf
    n = len(emissions)
    forward, backward = np.zeros(emissions.shape), np.zeros(emissions.shape)
    forward[0] = start + emissions[0]
    for t in range(1, n):
        forward[t] = log_sum(forward[t - 1][:, None] + transitions, 0) + emissions[t]
    backward[-1] = end
    for t in range(n - 2, -1, -1):
        backward[t] = log_sum(transitions + emissions[t + 1] + backward[t + 1], 1)
    total = log_sum(forward[-1] + end, 0)
    found = []
    for b in range(1, len(tags), 2):
        i = b + 1
        close = np.tile(end[[b, i]], (n, 1))
        if n > 1:
            after = np.delete(emissions[1:] + backward[1:], i, 1)
            for column, tag in enumerate((b, i)):
                close[:-1, column] = log_sum(np.delete(transitions[tag], i)[None] + after, 1)
        for a in range(n):
            score, t, tag = forward[a, b], a, b
            while score + backward[t, tag] - total > -3.5:
                share = np.exp(score + close[t, int(tag == i)] - total)
                if share > price:
                    found.append((t + 1, a, tags[b][2:], float(share)))
                t += 1
                if t == n:
                    break
                score, tag = score + transitions[tag, i] + emissions[t, i], i
    sums: list[tuple[int, float, tuple]] = [(0, 0.0, ())]
    for stop, a, kind, share in sorted(found, key=lambda run: (run[0], run[1], tags.index("B-" + run[2] if run[2] else "B"))):
        before = max(k for k, s in enumerate(sums) if s[0] <= a)
        if sums[before][1] + share - price > sums[-1][1]:
            sums.append((stop, sums[before][1] + share - price, (*sums[before][2], (a, stop, kind))))
    return list(sums[-1][2])


def tree(scores: np.ndarray) -> list[int]:
    """Best single-root tree (Chu-Liu/Edmonds) for arc scores [L, L+1], head 0 = root; returns 1-based heads."""
    n = len(scores)
    full = np.full((n + 1, n + 1), -np.inf)
    full[1:] = scores
    np.fill_diagonal(full, -np.inf)

    def edmonds(m: np.ndarray) -> np.ndarray:
        heads = m.argmax(1)
        heads[0] = -1
        size = len(m)
        color = np.zeros(size, dtype=int)
        cycle = None
        for v in range(1, size):
            path, u = [], v
            while u > 0 and color[u] == 0:
                color[u] = v
                path.append(u)
                u = heads[u]
            if u > 0 and color[u] == v and u in path:
                cycle = path[path.index(u) :]
                break
        if cycle is None:
            return heads
        inside = np.zeros(size, dtype=bool)
        inside[cycle] = True
        outside = np.flatnonzero(~inside)
        cyc = np.array(cycle)
        total = m[cyc, heads[cyc]]
        new = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
        new[:-1, :-1] = m[np.ix_(outside, outside)]
        enter = m[np.ix_(cyc, outside)] - total[:, None]
        new[-1, :-1] = enter.max(0) + total.sum()
        enter_at = enter.argmax(0)
        leave = m[np.ix_(outside, cyc)]
        new[:-1, -1] = leave.max(1)
        leave_at = leave.argmax(1)
        new[0] = -np.inf
        solved = edmonds(new)
        result = heads.copy()
        for i, v in enumerate(outside):
            if v == 0:
                continue
            h = solved[i]
            result[v] = cyc[leave_at[i]] if h == len(outside) else outside[h]
        h = solved[-1]
        v = cyc[enter_at[h]]
        result[v] = outside[h]
        return result

    best = edmonds(full)[1:]
    if (best == 0).sum() > 1:
        top, chosen = -np.inf, best
        for r in np.flatnonzero(best == 0):
            m = full.copy()
            m[1:, 0] = -np.inf
            m[r + 1, 0] = full[r + 1, 0]
            h = edmonds(m)[1:]
            value = m[np.arange(1, n + 1), h].sum()
            if value > top:
                top, chosen = value, h
        best = chosen
    return [int(h) for h in best]


class Reader:
    """A model ready to read windows."""

    def __init__(self, model: Model, wp: WordPiece, bf16: bool = False):
        self.model, self.wp, self.bf16 = model.eval(), wp, bf16
        with torch.no_grad():
            self.crf = {
                name: tuple(t.double().numpy() for t in getattr(model, name).crf.tables())
                for name in ("mention", "cue", "roles")
                if hasattr(model, name)
            }

    @torch.no_grad()
    def vectors(self, windows: list[Window], most: int = 3000):
        """Yield (window index, word vectors [W, 384]) in batches of like length."""
        order = sorted(range(len(windows)), key=lambda i: windows[i].pieces)
        while order:
            group = [order.pop()]
            while order and windows[group[0]].pieces * (len(group) + 1) <= most:
                group.append(order.pop())
            batch, counts = encode([windows[i] for i in group], self.wp)
            h = self.model.word_vectors(batch, self.bf16)
            for row, i in enumerate(group):
                yield i, h[row, : counts[row]]

    @torch.no_grad()
    def attributions(self, window: Window, h: torch.Tensor) -> list[dict[str, list[tuple[int, int]]]]:
        """Attributions of a window as word ranges by role."""
        cues = likely_runs(self.model.cue.linear(h).double().numpy(), self.crf["cue"], CUE_TAGS)
        sentence_of = np.concatenate([np.full(len(s.forms), i) for i, s in enumerate(window.sentences)])
        found, claimed = [], set()
        if not cues:
            return found
        vectors = torch.stack([h[a:b].mean(0) for a, b, _ in cues])
        buckets = torch.from_numpy(np.stack([bucket_row(len(h), a, b, sentence_of) for a, b, _ in cues]))
        emissions = self.model.roles(h[None], torch.zeros(len(cues), dtype=torch.long), vectors, buckets).double().numpy()
        for j, (a, b, _) in enumerate(cues):
            if (a, b) in claimed:
                continue
            pieces = {role: [] for role in ROLES}
            pieces["cue"].append((a, b))
            for start, end, role in likely_runs(emissions[j], self.crf["roles"], ROLE_TAGS):
                if role == "cue":
                    for c, d, _ in cues[j + 1 :]:
                        if c < end and start < d:
                            claimed.add((c, d))
                pieces[role].append((start, end))
            found.append(pieces)
        return found

    @torch.no_grad()
    def mentions(self, window: Window, h: torch.Tensor) -> list[tuple[int, int, str]]:
        """Mentions (start word, end word, kind) of a window, decoded sentence by sentence."""
        emissions = self.model.mention.linear(h).double().numpy()
        out, at = [], 0
        for sentence in window.sentences:
            n = len(sentence.forms)
            out += [(a + at, b + at, k) for a, b, k in runs(viterbi(emissions[at : at + n], self.crf["mention"]), MENTION_TAGS)]
            at += n
        return out

    @torch.no_grad()
    def trees(self, window: Window, h: torch.Tensor) -> list[tuple[list[int], list[int], list[int]]]:
        """Heads (1-based), labels and tags of every sentence."""
        out, at = [], 0
        for sentence in window.sentences:
            n = len(sentence.forms)
            hs = h[None, at : at + n]
            scores, candidates = self.model.parser.arcs(hs)
            heads = tree(scores[0].double().numpy())
            labels = self.model.parser.labels(hs[0], candidates[0, heads])
            labels[:, DEPREL["root"]] = -1e9
            rels = labels.argmax(1).tolist()
            rels = [DEPREL["root"] if g == 0 else r for g, r in zip(heads, rels)]
            out.append((heads, rels, self.model.upos(hs[0]).argmax(1).tolist()))
            at += n
        return out


class Counts:
    """Right, predicted and gold numbers by type."""

    def __init__(self):
        self.right, self.predicted, self.gold = (collections.Counter() for _ in range(3))

    def add(self, predicted: set, gold: set) -> None:
        for item in predicted:
            self.predicted[item[-1]] += 1
        for item in gold:
            self.gold[item[-1]] += 1
        for item in predicted & gold:
            self.right[item[-1]] += 1

    def f1(self, kind: str | None = None) -> float:
        kinds = [kind] if kind else list(set(self.gold) | set(self.predicted))
        right = sum(self.right[k] for k in kinds)
        total = sum(self.predicted[k] + self.gold[k] for k in kinds)
        return 200.0 * right / total if total else 0.0

    def table(self) -> dict[str, float]:
        rows = {k: round(self.f1(k), 2) for k in sorted(set(self.gold) | set(self.predicted))}
        rows["micro"] = round(self.f1(), 2)
        return rows


def text_window(text: str, wp: WordPiece) -> list[Window]:
    """A text alone as one window (more only if it is longer than 254 pieces)."""
    sentences = text_sentences(text)
    for sentence in sentences:
        sentence.paragraph = 0
    return document_windows(Document("", sentences), wp, False)


def offsets_of(window: Window) -> list[tuple[int, int]]:
    return [o for s in window.sentences for o in s.offsets]


def score_attribution(reader: Reader, path: Path, most: int | None = None, errors: list | None = None) -> dict[str, float]:
    """Exact F1 by role on records of one paragraph, every piece a span (polnear_sent)."""
    records = list(read_lines(path))[:most]
    windows, owner = [], []
    for i, record in enumerate(records):
        for window in text_window(record["text"], reader.wp):
            windows.append(window)
            owner.append(i)
    found: list[set] = [set() for _ in records]
    for i, h in reader.vectors(windows):
        offsets = offsets_of(windows[i])
        for pieces in reader.attributions(windows[i], h):
            for role, ranges in pieces.items():
                found[owner[i]] |= {(offsets[a][0], offsets[b - 1][1], role) for a, b in ranges}
    counts = Counts()
    for record, spans in zip(records, found):
        gold = {(s["start"], s["end"], s["type"]) for s in record["spans"]}
        counts.add(spans, gold)
        if errors is not None and spans != gold:
            errors.append((record["text"], spans - gold, gold - spans))
    return counts.table()


def score_ner(reader: Reader, path: Path, kinds: dict[str, str]) -> dict[str, float]:
    """Exact F1 on one-sentence records; `kinds` maps ours to the set's types, the others are not counted."""
    records = list(read_lines(path))
    windows = [text_window(r["text"], reader.wp) for r in records]
    flat = [(i, w) for i, ws in enumerate(windows) for w in ws]
    found: list[set] = [set() for _ in records]
    for n, h in reader.vectors([w for _, w in flat]):
        i, window = flat[n]
        offsets = offsets_of(window)
        found[i] |= {
            (offsets[a][0], offsets[b - 1][1], kinds[k]) for a, b, k in reader.mentions(window, h) if k in kinds
        }
    counts = Counts()
    wanted = set(kinds.values())
    for record, spans in zip(records, found):
        counts.add(spans, {(s["start"], s["end"], s["type"]) for s in record["spans"] if s["type"] in wanted})
    return counts.table()


def score_trees(reader: Reader, documents: list[Document], most: int | None = None) -> dict[str, float]:
    """UPOS accuracy, UAS and LAS (labels as in DEPRELS, punctuation counted) on gold words."""
    windows = [w for d in documents for w in document_windows(d, reader.wp, True, PACKED_PIECES)][:most]
    tags = arcs = labels = total = 0
    for i, h in reader.vectors(windows):
        for sentence, (heads, rels, upos) in zip(windows[i].sentences, reader.trees(windows[i], h)):
            if sentence.heads is None:
                continue
            for g, r, u, p, q, v in zip(sentence.heads, sentence.rels, sentence.upos, heads, rels, upos):
                total += 1
                tags += u == v
                arcs += g == p
                labels += g == p and r == q
    return {name: round(100.0 * n / total, 2) for name, n in (("upos", tags), ("uas", arcs), ("las", labels))}


def score_annotated(reader: Reader, documents: list[Document]) -> dict[str, dict[str, float]]:
    """Exact F1 of mentions and attribution pieces on own annotated items, every item alone."""
    windows = [w for d in documents for w in document_windows(d, reader.wp, True, 250)]
    mentions, attributions = Counts(), Counts()
    for i, h in reader.vectors(windows):
        window = windows[i]
        gold, at = set(), 0
        for sentence in window.sentences:
            gold |= {(a + at, b + at, KINDS[k[0]]) for a, b, k in sentence.spans}
            at += len(sentence.forms)
        mentions.add(set(reader.mentions(window, h)), gold)
        flat = lambda items: {(a, b, role) for p in items for role, ranges in p.items() for a, b in ranges}  # noqa: E731
        attributions.add(flat(reader.attributions(window, h)), flat(window.attributions or []))
    return {"mentions": mentions.table(), "attribution": attributions.table()}


BAR_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC", "facility": "LOC"}


def all_scores(reader: Reader, data: Path, own: Path | None = None, quick: bool = False) -> dict:
    """Scores of every head on its development set; `quick` takes parts of the larger ones."""
    scores = {
        "polnear_sent dev": score_attribution(reader, data / "polnear_sent/dev.jsonl", 600 if quick else None),
        "wikigold dev": score_ner(reader, data / "ner_wikigold/dev.jsonl", BAR_KINDS),
        "uner dev": score_ner(reader, data / "ner_uner/dev.jsonl", BAR_KINDS),
        "ewt dev": score_trees(reader, load_conllu(data / "ewt/dev.conllu.gz"), 60 if quick else None),
    }
    if own is not None:
        held_out = [d for f in sorted(own.glob("*-dev.ann")) for d in load_annotated(f)]
        if held_out:
            scores["own held out"] = score_annotated(reader, held_out)
    return scores


def main() -> None:
    from export import load_weights

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, default=Path("../models"))
    parser.add_argument("--data", type=Path, default=Path("../../shared/data"))
    parser.add_argument("--own", type=Path, default=Path("data/own"))
    parser.add_argument("--write", action="store_true", help="put the scores into the manifest")
    args = parser.parse_args()
    torch.set_num_threads(2)
    reader = Reader(load_weights(args.weights), WordPiece(args.weights / "vocab.txt"))
    scores = all_scores(reader, args.data, args.own)
    for name, table in scores.items():
        print(name, table)
    if args.write:
        manifest = json.loads((args.weights / "manifest.json").read_text(encoding="utf-8"))
        manifest["scores"] = scores
        (args.weights / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
