"""The weights file: safetensors, packed with zstd, as `models/` holds it and the program reads it.

Those that tell relations of the parser take two bytes a number. Packing leaves the numbers as they are and takes a tenth of the size.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import torch
import zstandard
from safetensors.torch import load, save

NAME = "model.safetensors.zst"
# Matrices that are as good with two bytes a number; with all of them so, a decision in some hundreds falls otherwise.
HALVED = ("parser.rel_", "parser.arc_biaffine")
LEVEL = 19


def read_weights(folder: Path) -> dict[str, torch.Tensor]:
    """Tensors by name as they are stored."""
    return load(zstandard.ZstdDecompressor().decompress((folder / NAME).read_bytes()))


def without_unused(words: torch.Tensor, vocabulary: Path) -> torch.Tensor:
    """The word table with nothing in the rows that no text can have, so that they take no room."""
    pieces = vocabulary.read_text(encoding="utf-8").split("\n")
    words = words.clone()
    words[[row for row, piece in enumerate(pieces[: len(words)]) if piece.startswith("[unused")]] = 0
    return words


def write_weights(folder: Path, tensors: dict[str, torch.Tensor]) -> str:
    """Writes the file whole or not at all, and gives its SHA-256."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = {name: (value.half() if value.dtype == torch.float32 and value.dim() > 1 and name.startswith(HALVED) else value).contiguous() for name, value in tensors.items()}
    packed = zstandard.ZstdCompressor(level=LEVEL).compress(save(rows))
    fresh = folder / (NAME + ".new")
    fresh.write_bytes(packed)
    fresh.chmod(0o644)
    fresh.replace(folder / NAME)
    return hashlib.sha256(packed).hexdigest()
