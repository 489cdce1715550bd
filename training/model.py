"""The encoder and its heads, named as in the model definition.

Shapes: B windows, P pieces, W words, S sentences, L words of the longest sentence, A attributions, T tags.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from data import CUE_TAGS, DEPRELS, MENTION_TAGS, ROLE_TAGS, UPOS
from words import SHAPES

HIDDEN, LAYERS, ATTENTION_HEADS, INNER, ROLE_WIDTH, ARC_WIDTH, REL_WIDTH = 384, 6, 12, 1536, 192, 192, 96
BUCKETS = 66
FORBIDDEN = -1e4


class MaskPool:
    """Dropout masks cut at random places from one long random vector.

    Drawing a fresh mask for every use took a seventh of a training step; a slice of a pool that is redrawn now and
    then is as good for this purpose and nearly free.
    """

    SIZE, USES = 1 << 22, 400

    def __init__(self):
        self.used = self.USES
        self.rate = 0.0
        self.pool = torch.empty(0)

    def __call__(self, x: Tensor, rate: float) -> Tensor:
        if rate == 0.0:
            return x
        n = x.numel()
        if self.used >= self.USES or self.rate != rate or len(self.pool) <= n:
            kept = torch.rand(max(self.SIZE, 2 * n)) >= rate
            self.pool, self.rate, self.used = (kept / (1 - rate)).to(torch.bfloat16), rate, 0
        self.used += 1
        at = int(torch.randint(len(self.pool) - n, (1,)))
        return x * self.pool[at : at + n].view(x.shape).to(x.dtype)


DROPOUT = MaskPool()


class Layer(nn.Module):
    """One post-norm BERT layer: [B, P, hidden] -> [B, P, hidden]."""

    def __init__(self, dropout: float, hidden: int = HIDDEN, inner: int = INNER, eps: float = 1e-12):
        super().__init__()
        self.query = nn.Linear(hidden, hidden)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)
        self.output = nn.Linear(hidden, hidden)
        self.norm1 = nn.LayerNorm(hidden, eps=eps)
        self.up = nn.Linear(hidden, inner)
        self.down = nn.Linear(inner, hidden)
        self.norm2 = nn.LayerNorm(hidden, eps=eps)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`mask` is added to the attention scores [B, heads, P, P]."""
        b, p, hidden = x.shape

        def split(t: Tensor) -> Tensor:
            return t.view(b, p, ATTENTION_HEADS, -1).transpose(1, 2)

        rate = self.dropout if self.training else 0.0
        scores = split(self.query(x)) @ split(self.key(x)).transpose(2, 3)
        weights = F.softmax(scores * (hidden // ATTENTION_HEADS) ** -0.5 + mask.to(scores.dtype), -1).to(scores.dtype)
        mixed = self.output((weights @ split(self.value(x))).transpose(1, 2).reshape(b, p, hidden))
        x = self.norm1(x + DROPOUT(mixed, rate))
        return self.norm2(x + DROPOUT(self.down(F.gelu(self.up(x))), rate))


class Encoder(nn.Module):
    """BERT with shape embeddings: ids and shape ids [B, P] -> last hidden state [B, P, 384]."""

    def __init__(self, dropout: float = 0.1):
        super().__init__()
        self.word = nn.Embedding(30522, HIDDEN)
        self.position = nn.Embedding(512, HIDDEN)
        self.segment = nn.Embedding(2, HIDDEN)
        self.shape = nn.Embedding(SHAPES, HIDDEN)
        nn.init.zeros_(self.shape.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = dropout

    def forward(self, ids: Tensor, shapes: Tensor, real: Tensor) -> Tensor:
        positions = torch.arange(ids.shape[1])
        x = self.word(ids) + self.position(positions)[None] + self.segment.weight[0] + self.shape(shapes)
        x = DROPOUT(self.norm(x), self.dropout if self.training else 0.0)
        mask = torch.zeros(real.shape).masked_fill(~real, FORBIDDEN)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x


LAYER_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "output": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm2": "output.LayerNorm",
}
EMBEDDING_NAMES = {
    "word.weight": "embeddings.word_embeddings.weight",
    "position.weight": "embeddings.position_embeddings.weight",
    "segment.weight": "embeddings.token_type_embeddings.weight",
    "shape.weight": "shape_embeddings.weight",
    "norm.weight": "embeddings.LayerNorm.weight",
    "norm.bias": "embeddings.LayerNorm.bias",
}


def file_name(name: str) -> str:
    """Name in the weights file of an encoder parameter of this module."""
    if name in EMBEDDING_NAMES:
        return EMBEDDING_NAMES[name]
    _, layer, module, kind = name.split(".")
    return f"encoder.layer.{layer}.{LAYER_NAMES[module]}.{kind}"


class Crf(nn.Module):
    """Linear-chain CRF over T tags; moves that break BIO are held at -1e4."""

    def __init__(self, tags: list[str]):
        super().__init__()
        n = len(tags)
        self.transitions = nn.Parameter(torch.zeros(n, n))
        self.start = nn.Parameter(torch.zeros(n))
        self.end = nn.Parameter(torch.zeros(n))
        bad = torch.zeros(n, n, dtype=torch.bool)
        bad_start = torch.zeros(n, dtype=torch.bool)
        for j, after in enumerate(tags):
            if after[0] == "I":
                bad_start[j] = True
                for i, before in enumerate(tags):
                    bad[i, j] = before[0] == "O" or before[1:] != after[1:]
        self.register_buffer("bad", bad, persistent=False)
        self.register_buffer("bad_start", bad_start, persistent=False)

    def tables(self) -> tuple[Tensor, Tensor, Tensor]:
        return (
            self.transitions.masked_fill(self.bad, FORBIDDEN),
            self.start.masked_fill(self.bad_start, FORBIDDEN),
            self.end,
        )

    def partition(self, emissions: Tensor, mask: Tensor, tables: tuple[Tensor, Tensor, Tensor] | None = None) -> Tensor:
        """Log of the summed scores of all paths; emissions [N, L, T], mask [N, L] with every first word real."""
        transitions, start, end = tables or self.tables()
        alpha = start + emissions[:, 0]
        steps = emissions.unbind(1)
        keep = mask.unbind(1)
        for t in range(1, len(steps)):
            moved = torch.logsumexp(alpha[:, :, None] + transitions, 1) + steps[t]
            alpha = torch.where(keep[t][:, None], moved, alpha)
        return torch.logsumexp(alpha + end, 1)

    def shares(self, emissions: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Shares [N, L, T] of tags over all paths, and sums [N, T, T] of the shares of moves: the gradients of the partition."""
        transitions, start, end = (t.detach() for t in self.tables())
        with torch.enable_grad():
            emissions = emissions.detach().requires_grad_()
            moves = transitions.expand(len(emissions), -1, -1).clone().requires_grad_()
            return torch.autograd.grad(self.partition(emissions, mask, (moves, start, end)).sum(), (emissions, moves))

    def expected_loss(self, emissions: Tensor, mask: Tensor, shares: Tensor, moves: Tensor) -> Tensor:
        """Cross entropy [N] to a distribution over tag paths given by its shares of tags [N, L, T] and of moves [N, T, T].

        With the shares of one path this is `loss`; with those of another CRF it is the divergence from that CRF, bar a constant.
        """
        transitions, start, end = self.tables()
        score = (emissions * shares * mask[..., None]).sum((1, 2)) + (transitions * moves).sum((1, 2))
        last = shares[torch.arange(len(shares)), mask.sum(1) - 1]
        return self.partition(emissions, mask) - score - shares[:, 0] @ start - last @ end

    def loss(self, emissions: Tensor, mask: Tensor, gold: Tensor) -> Tensor:
        """Negative log likelihood [N] of tags `gold` [N, L]."""
        transitions, start, end = self.tables()
        real = mask.float()
        score = (emissions.gather(2, gold[..., None]).squeeze(2) * real).sum(1)
        score = score + start[gold[:, 0]] + (transitions[gold[:, :-1], gold[:, 1:]] * real[:, 1:]).sum(1)
        last = gold.gather(1, (mask.sum(1) - 1)[:, None]).squeeze(1)
        return self.partition(emissions, mask) - score - end[last]

    def partial_loss(self, emissions: Tensor, mask: Tensor, allowed: Tensor) -> Tensor:
        """Negative log of the summed probability [N] of all paths through allowed tags [N, L, T]."""
        both = torch.cat([emissions, emissions.masked_fill(~allowed, FORBIDDEN)])
        z = self.partition(both, torch.cat([mask, mask]))
        n = len(emissions)
        return z[:n] - z[n:]

    @torch.no_grad()
    def decode(self, emissions: Tensor) -> list[int]:
        """Best path of one sequence [L, T]."""
        transitions, start, end = (t.double() for t in self.tables())
        emissions = emissions.double()
        score = start + emissions[0]
        back = []
        for t in range(1, len(emissions)):
            best, arg = (score[:, None] + transitions).max(0)
            score = best + emissions[t]
            back.append(arg)
        tag = int((score + end).argmax())
        path = [tag]
        for arg in reversed(back):
            tag = int(arg[tag])
            path.append(tag)
        return path[::-1]


class Tagger(nn.Module):
    """Linear layer and CRF."""

    def __init__(self, tags: list[str], hidden: int = HIDDEN):
        super().__init__()
        self.linear = nn.Linear(hidden, len(tags))
        self.crf = Crf(tags)


class Roles(nn.Module):
    """Cue-conditioned tagger of source, content and further cue pieces."""

    def __init__(self, hidden: int = HIDDEN):
        super().__init__()
        self.token = nn.Linear(hidden, ROLE_WIDTH)
        self.cue = nn.Linear(hidden, ROLE_WIDTH, bias=False)
        self.distance = nn.Embedding(BUCKETS, ROLE_WIDTH)
        nn.init.normal_(self.distance.weight, std=0.1)
        self.product_token = nn.Linear(hidden, ROLE_WIDTH, bias=False)
        self.product_cue = nn.Linear(hidden, ROLE_WIDTH, bias=False)
        self.out = nn.Linear(ROLE_WIDTH, len(ROLE_TAGS))
        self.crf = Crf(ROLE_TAGS)

    def forward(self, h: Tensor, window: Tensor, cue: Tensor, buckets: Tensor, dropout: float = 0.0) -> Tensor:
        """Emissions [A, W, 7] from word vectors [B, W, 384], window rows [A], cue vectors [A, 384], buckets [A, W]."""
        z = self.token(h)[window] + self.cue(cue)[:, None] + self.distance(buckets)
        z = z + self.product_token(h)[window] * self.product_cue(cue)[:, None]
        return self.out(F.dropout(F.gelu(z), dropout, self.training))


class Parser(nn.Module):
    """Biaffine arcs and labels over one sentence; head 0 is the root vector."""

    def __init__(self):
        super().__init__()
        self.arc_dep = nn.Linear(HIDDEN, ARC_WIDTH)
        self.arc_head = nn.Linear(HIDDEN, ARC_WIDTH)
        self.rel_dep = nn.Linear(HIDDEN, REL_WIDTH)
        self.rel_head = nn.Linear(HIDDEN, REL_WIDTH)
        self.arc_biaffine = nn.Parameter(torch.empty(ARC_WIDTH, ARC_WIDTH))
        nn.init.normal_(self.arc_biaffine, std=1.0 / ARC_WIDTH)
        self.arc_bias = nn.Parameter(torch.zeros(ARC_WIDTH))
        self.root = nn.Parameter(torch.randn(HIDDEN) * 0.02)
        self.rel_biaffine = nn.Parameter(torch.randn(len(DEPRELS), REL_WIDTH + 1, REL_WIDTH + 1) * 0.01)

    def arcs(self, h: Tensor, dropout: float = 0.0) -> tuple[Tensor, Tensor]:
        """Scores [S, L, L+1] of head k (0 = root) for every word, and the candidates [S, L+1, 384]."""
        candidates = torch.cat([self.root.expand(len(h), 1, HIDDEN), h], 1)
        dep = F.dropout(F.gelu(self.arc_dep(h)), dropout, self.training)
        head = F.dropout(F.gelu(self.arc_head(candidates)), dropout, self.training)
        return dep @ self.arc_biaffine @ head.transpose(1, 2) + (head @ self.arc_bias)[:, None], candidates

    def labels(self, dep_h: Tensor, head_h: Tensor, dropout: float = 0.0) -> Tensor:
        """Label scores [N, R] for pairs of word vectors [N, 384]."""
        dep = F.dropout(F.gelu(self.rel_dep(dep_h)), dropout, self.training)
        head = F.dropout(F.gelu(self.rel_head(head_h)), dropout, self.training)
        dep, head = F.pad(dep, (0, 1), value=1.0), F.pad(head, (0, 1), value=1.0)
        left = (dep @ self.rel_biaffine.transpose(0, 1).reshape(REL_WIDTH + 1, -1)).view(len(dep), len(DEPRELS), -1)
        return (left @ head[:, :, None]).squeeze(2)


def attribution_losses(model: nn.Module, h: Tensor, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """Mean losses a word of a model's `cue` and `roles` heads over word vectors [B, W, hidden].

    Where the batch holds shares of tags (a teacher's answers, mixed with gold), they are learned from; else gold tags.
    """
    mask = batch["word_real"]

    def loss(crf: Crf, emissions: Tensor, mask: Tensor, name: str) -> Tensor:
        if f"{name}_shares" in batch:
            losses = crf.expected_loss(emissions, mask, batch[f"{name}_shares"], batch[f"{name}_moves"])
        else:
            losses = crf.loss(emissions, mask, batch[f"{name}_tags"])
        return losses.sum() / mask.sum()

    out = {"cue": loss(model.cue.crf, model.cue.linear(h), mask, "cue")}
    if len(batch["role_window"]):
        cue = (batch["cue_words"] @ h[batch["role_window"]]).squeeze(1)
        emissions = model.roles(h, batch["role_window"], cue, batch["buckets"], model.dropout)
        out["roles"] = loss(model.roles.crf, emissions, mask[batch["role_window"]], "role")
    return out


class Model(nn.Module):
    """The shared encoder and all heads."""

    def __init__(self, dropout: float = 0.1):
        super().__init__()
        self.encoder = Encoder(dropout)
        self.mention = Tagger(MENTION_TAGS)
        self.cue = Tagger(CUE_TAGS)
        self.roles = Roles()
        self.upos = nn.Linear(HIDDEN, len(UPOS))
        self.parser = Parser()
        self.dropout = dropout

    def word_vectors(self, batch: dict[str, Tensor], bf16: bool = True) -> Tensor:
        """Vectors [B, W, 384] of the words' first pieces, f32."""
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            x = self.encoder(batch["ids"], batch["shapes"], batch["real"])
        x = x.float()
        return x.gather(1, batch["first"][..., None].expand(-1, -1, HIDDEN))

    def losses(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        """Mean losses of every head the batch has labels for."""
        h = F.dropout(self.word_vectors(batch), self.dropout, self.training)
        flat = F.pad(h.reshape(-1, HIDDEN), (0, 0, 0, 1))  # the last row is the padding word
        out = {}
        if "allowed" in batch:
            hs = flat[batch["mention_index"]]
            mask = batch["mention_index"] != len(flat) - 1
            loss = self.mention.crf.partial_loss(self.mention.linear(hs), mask, batch["allowed"])
            out["mention"] = loss.sum() / mask.sum()
        if "cue_tags" in batch:
            out |= attribution_losses(self, h, batch)
        if "heads" in batch:
            index = batch["tree_index"]
            hs = flat[index]
            real = index != len(flat) - 1
            scores, candidates = self.parser.arcs(hs, self.dropout)
            scores = scores.masked_fill(~F.pad(real, (1, 0), value=True)[:, None], FORBIDDEN)
            out["arc"] = F.cross_entropy(scores[real], batch["heads"][real])
            rows = torch.arange(len(hs))[:, None].expand_as(index)[real]
            heads = candidates[rows, batch["heads"][real]]
            out["rel"] = F.cross_entropy(self.parser.labels(hs[real], heads, self.dropout), batch["rels"][real])
            out["upos"] = F.cross_entropy(self.upos(hs[real]), batch["upos"][real], ignore_index=-1)
        return out

    def heads_state(self) -> dict[str, Tensor]:
        """Tensors of the heads under their names in the weights file."""
        state = {}
        for name, tagger in (("mention", self.mention), ("cue", self.cue)):
            state[f"heads.{name}.weight"] = tagger.linear.weight
            state[f"heads.{name}.bias"] = tagger.linear.bias
        for name, crf in (("mention", self.mention.crf), ("cue", self.cue.crf), ("roles", self.roles.crf)):
            tables = crf.tables()
            prefix = "roles" if name == "roles" else f"heads.{name}"
            for key, table in zip(("transitions", "start", "end"), tables):
                state[f"{prefix}.crf.{key}"] = table
        for key in ("token.weight", "token.bias", "cue.weight", "distance.weight", "product_token.weight",
                    "product_cue.weight", "out.weight", "out.bias"):  # fmt: skip
            state[f"roles.{key}"] = self.roles.get_parameter(key)
        state["heads.upos.weight"], state["heads.upos.bias"] = self.upos.weight, self.upos.bias
        for key, value in self.parser.named_parameters():
            state[f"parser.{key}"] = value
        return {k: v.detach().float().contiguous() for k, v in state.items()}


def bucket(i: int, start: int, end: int, other_sentence: bool) -> int:
    """Distance row of word i for the cue run [start, end)."""
    if start <= i < end:
        return 0
    if i < start:
        value = 1 + min(int(math.floor(math.log2(start - i) * 2)), 15)
    else:
        value = 17 + min(int(math.floor(math.log2(i - end + 1) * 2)), 15)
    return value + (32 if other_sentence else 0)
