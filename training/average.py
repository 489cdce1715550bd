"""Average the weights of two points of one run.

    python average.py --last runs/full/calibrated.pt --earlier runs/full/state69.pt --out runs/average/state.pt

Points of one trajectory lie in one basin; their mean generalizes a little better than the last point alone.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--last", type=Path, required=True)
    parser.add_argument("--earlier", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--share", type=float, default=0.7, help="weight of the last point")
    parser.add_argument("--only", default="", help="average only the tensors whose names begin so; the others are those of the earlier point")
    args = parser.parse_args()
    last, earlier = torch.load(args.last), torch.load(args.earlier)
    mean = {
        k: args.share * v + (1 - args.share) * earlier[k] if v.dtype.is_floating_point and k.startswith(args.only) else earlier[k] for k, v in last.items()
    }
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(mean, args.out)


if __name__ == "__main__":
    main()
