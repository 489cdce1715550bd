"""What the runs share: the optimizer with its rates, and the running mean of the weights, which is what is kept."""

from __future__ import annotations

import torch
from torch import nn


def optimizer_of(encoder: list[nn.Parameter], heads: list[nn.Parameter], rate: float, head_rate: float) -> tuple[torch.optim.AdamW, list[float]]:
    """AdamW with decay on the encoder's matrices alone, and the peak rate of each of its groups."""
    groups = [
        {"params": [p for p in encoder if p.dim() > 1], "lr": rate, "weight_decay": 0.01},
        {"params": [p for p in encoder if p.dim() == 1], "lr": rate, "weight_decay": 0.0},
        {"params": heads, "lr": head_rate, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True), [group["lr"] for group in groups]


def set_rate(optimizer: torch.optim.Optimizer, peak: list[float], share: float) -> None:
    """Sets every group's rate to a share of its peak."""
    for group, top in zip(optimizer.param_groups, peak):
        group["lr"] = top * share


class Mean:
    """The mean of the last few hundred steps, which generalizes better than the last one (Polyak averaging)."""

    def __init__(self, model: nn.Module, decay: float):
        self.decay = decay
        self.state = {k: v.detach().clone() for k, v in model.state_dict().items()}

    @torch.no_grad()
    def add(self, model: nn.Module, step: int) -> None:
        decay = min(self.decay, step / (step + 10))
        for k, v in model.named_parameters():
            if v.requires_grad:
                self.state[k].lerp_(v, 1 - decay)
