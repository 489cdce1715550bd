"""BERT uncased WordPiece of single words, as the model definition has it.

The vocabulary is that of all-MiniLM-L6-v2 (30,522 rows). Typographic quotes are mapped to ASCII first; dashes stay.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from words import sentence_shapes

QUOTES = {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"'}
MAX_PIECES = 256
PACKED_PIECES = 160
MAX_WORD = 100


def _is_cjk(ch: str) -> bool:
    c = ord(ch)
    return (
        0x4E00 <= c <= 0x9FFF
        or 0x3400 <= c <= 0x4DBF
        or 0x20000 <= c <= 0x2A6DF
        or 0x2A700 <= c <= 0x2B73F
        or 0x2B740 <= c <= 0x2B81F
        or 0x2B820 <= c <= 0x2CEAF
        or 0xF900 <= c <= 0xFAFF
        or 0x2F800 <= c <= 0x2FA1F
    )


def _is_punctuation(ch: str) -> bool:
    c = ord(ch)
    if 33 <= c <= 47 or 58 <= c <= 64 or 91 <= c <= 96 or 123 <= c <= 126:
        return True
    return unicodedata.category(ch)[0] == "P"


class WordPiece:
    """Greedy longest-match-first WordPiece over one word at a time."""

    def __init__(self, vocab_file: str | Path):
        lines = Path(vocab_file).read_text(encoding="utf-8").split("\n")
        if lines and lines[-1] == "":
            lines.pop()
        self.vocab = {piece: i for i, piece in enumerate(lines)}
        self.cls, self.sep = self.vocab["[CLS]"], self.vocab["[SEP]"]
        self.unk, self.pad = self.vocab["[UNK]"], self.vocab["[PAD]"]
        self._cache: dict[str, list[int]] = {}

    def chunks(self, word: str) -> list[str]:
        """Normalize a word and cut it at punctuation and CJK characters."""
        text = "".join(QUOTES.get(ch, ch) for ch in word)
        text = "".join(ch for ch in text if ch not in "\0\ufffd" and unicodedata.category(ch)[0] != "C")
        text = "".join(ch for ch in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(ch) != "Mn")
        out: list[str] = []
        fresh = True
        for ch in text:
            if _is_punctuation(ch) or _is_cjk(ch):
                out.append(ch)
                fresh = True
            elif fresh:
                out.append(ch)
                fresh = False
            else:
                out[-1] += ch
        return out

    def pieces(self, word: str) -> list[int]:
        """Vocabulary rows of a word; at least one."""
        known = self._cache.get(word)
        if known is not None:
            return known
        ids: list[int] = []
        for chunk in self.chunks(word):
            ids.extend(self._chunk(chunk))
        if not ids:
            ids = [self.unk]
        self._cache[word] = ids
        return ids

    def _chunk(self, chunk: str) -> list[int]:
        if len(chunk) > MAX_WORD:
            return [self.unk]
        ids: list[int] = []
        start = 0
        while start < len(chunk):
            end = len(chunk)
            while end > start:
                row = self.vocab.get(("##" if start else "") + chunk[start:end])
                if row is not None:
                    break
                end -= 1
            if end == start:
                return [self.unk]
            ids.append(row)
            start = end
        return ids

    def encode(self, sentences: list[list[str]]) -> tuple[list[int], list[int], list[int]]:
        """Pieces, shape ids and the first-piece position of every word of a window of whole sentences.

        The window is [CLS] pieces [SEP]; positions count from 0 at [CLS].
        """
        ids, shapes, first = [self.cls], [0], []
        for forms in sentences:
            for form, value in zip(forms, sentence_shapes(forms)):
                rows = self.pieces(form)
                first.append(len(ids))
                ids.extend(rows)
                shapes.append(value)
                shapes.extend([value + 12] * (len(rows) - 1))
        ids.append(self.sep)
        shapes.append(0)
        return ids, shapes, first

    def length(self, form: str) -> int:
        """Number of pieces of a word."""
        return len(self.pieces(form))


__all__ = ["MAX_PIECES", "PACKED_PIECES", "WordPiece"]
