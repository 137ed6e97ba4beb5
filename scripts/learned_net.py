"""Fits the network of the reader: what a piece tells, from its features and those of the pieces before and after it.

Stochastic descent (AdamW, one cycle of the rate), features and units left out at random, the weights of the second half
of the steps averaged. The same inputs give the same weights on one machine; elsewhere rounding may part them, which
moves shares a little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from learned_corpus import Rows

from detente.read import KINDS
from detente.read.learned.weights import Weights

PHRASES = 3  # how often each phrase is seen where an article is seen once
LEAST = 5  # how often a feature must be there
UNITS = 48
NETS = 2
ROUNDS = 5
BATCH = 128
RATE = 3e-3
DECAY = 0.03
UNSEEN = 0.4  # the share of features left out at random
UNUSED = 0.4  # the share of units
LONGEST = 112  # features of a piece that are looked at
AVERAGED = 0.5  # the part of the steps, at the end, whose weights are averaged
EVERY = 10

Params = dict[str, Any]


def fit_net(parts: Sequence[Rows]) -> Weights:
    """The weights of the network, without those of the logits: those of some nets side by side, whose sums are
    averaged, which errs less than any one of them."""
    names = _names(parts)
    data = _flat(parts, names)
    nets = [{k: np.asarray(v) for k, v in _fit(data, len(names), seed).items()} for seed in range(NETS)]
    rows = np.hstack([*(net["units"] for net in nets), sum(net["kinds"] for net in nets) / NETS])
    rows[0] = 0.0
    return Weights(
        names,
        rows,
        base=np.hstack([net["base"] for net in nets]),
        inner=_beside([net["inner"] for net in nets]),
        inner_base=np.hstack([net["inner_base"] for net in nets]),
        outer=np.vstack([net["outer"] for net in nets]) / NETS,
        outer_base=sum(net["outer_base"] for net in nets) / NETS,
    )


def _beside(inner: Sequence[Any]) -> Any:
    """The inner layers of nets that do not see each other: the units of a piece of all nets come first, then those of
    the piece before, then those of the piece after."""
    out = np.zeros((3 * NETS * UNITS, NETS * UNITS), np.float32)
    for net, layer in enumerate(inner):
        for place in range(3):
            at = (place * NETS + net) * UNITS
            out[at : at + UNITS, net * UNITS : (net + 1) * UNITS] = layer[place * UNITS : (place + 1) * UNITS]
    return out


def _fit(data: Params, count: int, seed: int) -> Params:
    """One net, its first weights and what is left out drawn by a seed."""
    rng = np.random.default_rng(seed)
    steps = ROUNDS * (len(data["told"]) // BATCH)
    params = _start(rng, count)
    rule = optax.adamw(optax.cosine_onecycle_schedule(steps, RATE, pct_start=0.2), weight_decay=DECAY)
    state, mean, kept, step = rule.init(params), params, 0, 0
    key = jax.random.PRNGKey(seed)
    learn = jax.jit(partial(_learn, rule))
    for _ in range(ROUNDS):
        order = rng.permutation(len(data["told"]))
        for at in range(0, len(order) - BATCH + 1, BATCH):
            params, state = learn(params, state, data, order[at : at + BATCH], jax.random.fold_in(key, step))
            step += 1
            if step > steps * (1 - AVERAGED) and step % EVERY == 0:
                kept += 1
                mean = jax.tree.map(lambda a, b, n=kept: a + (b - a) / n, params if kept == 1 else mean, params)
    return mean if kept else params


def _names(parts: Sequence[Rows]) -> dict[str, int]:
    counts = Counter(f for part in parts for row in part.features for f in dict.fromkeys(row))
    return {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= LEAST), 1)}


def _flat(parts: Sequence[Rows], names: Mapping[str, int]) -> Params:
    """All pieces below each other and one of no features; where each finds the pieces beside it."""
    total = sum(len(part.features) for part in parts)
    known = np.zeros((total + 1, LONGEST), np.int32)
    before, after = np.full(total, total), np.full(total, total)
    at = 0
    for part in parts:
        for i, row in enumerate(part.features):
            found = [names[f] for f in dict.fromkeys(row) if f in names][:LONGEST]
            known[at + i, : len(found)] = found
            if part.before[i] >= 0:
                before[at + i] = at + part.before[i]
            if part.after[i] >= 0:
                after[at + i] = at + part.after[i]
        at += len(part.features)
    told = np.vstack([part.told for part in parts]).astype(np.float32)
    return {
        "known": jnp.asarray(known),
        "before": jnp.asarray(before),
        "after": jnp.asarray(after),
        "told": jnp.asarray(told),
    }


def _start(rng: np.random.Generator, count: int) -> Params:
    kinds = len(KINDS) + 1

    def normal(*shape: int, scale: float) -> Any:
        return jnp.asarray(rng.normal(size=shape) * scale, jnp.float32)

    return {
        "units": normal(count + 1, UNITS, scale=0.05),
        "kinds": jnp.zeros((count + 1, kinds)),
        "base": jnp.zeros(UNITS),
        "inner": normal(3 * UNITS, UNITS, scale=(3 * UNITS) ** -0.5),
        "inner_base": jnp.zeros(UNITS),
        "outer": normal(UNITS, kinds, scale=0.05),
        "outer_base": jnp.zeros(kinds),
    }


def _learn(rule: Any, params: Params, state: Any, data: Params, rows: Any, key: Any) -> tuple[Params, Any]:
    slope = jax.grad(_loss)(params, data, rows, key)
    moved, state = rule.update(slope, state, params)
    return optax.apply_updates(params, moved), state


def _loss(params: Params, data: Params, rows: Any, key: Any) -> Any:
    keys = jax.random.split(key, 5)
    own, direct = _units(params, data["known"][rows], keys[0])
    before, _ = _units(params, data["known"][data["before"][rows]], keys[1])
    after, _ = _units(params, data["known"][data["after"][rows]], keys[2])
    beside = _dropped(jnp.concatenate([own, before, after], axis=-1), keys[3])
    inner = _dropped(jax.nn.relu(beside @ params["inner"] + params["inner_base"]), keys[4])
    told = direct + inner @ params["outer"] + params["outer_base"]
    return -(data["told"][rows] * jax.nn.log_softmax(told)).sum(-1).mean()


def _units(params: Params, known: Any, key: Any) -> tuple[Any, Any]:
    seen = (known > 0) * jax.random.bernoulli(key, 1 - UNSEEN, known.shape) / (1 - UNSEEN)
    units = (params["units"][known] * seen[..., None]).sum(1)
    return jax.nn.relu(units + params["base"]), (params["kinds"][known] * seen[..., None]).sum(1)


def _dropped(units: Any, key: Any) -> Any:
    return units * jax.random.bernoulli(key, 1 - UNUSED, units.shape) / (1 - UNUSED)
