"""Whether a stored world holds together: every accounting identity, to 1e-10 of what it sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from detente.worlds.sources import Floats
from detente.worlds.stored import FIELDS, StoredWorld, read_world

TOLERANCE: Final = 1e-10
ROUNDING: Final = 1e-12
"""What rounding alone may leave below zero of a good that is only an input, of its purchases."""


@dataclass(frozen=True)
class Check:
    """One rule: what it says, the worst departure (relative, or for signs the most negative), where, and whether
    it holds to `tolerance`."""

    rule: str
    worst: float
    where: str
    tolerance: float
    ok: bool


@dataclass(frozen=True)
class WorldCheck:
    """All rules for one world."""

    world: str
    sha256: str
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether every rule holds."""
        return all(check.ok for check in self.checks)


def check(name: str | Path) -> WorldCheck:
    """Check a shipped world, or the folder of a built one. Raises `InputFault` if it cannot be read."""
    stored = read_world(name)
    return WorldCheck(stored.name, stored.sha256, (*_signs(stored), *_identities(stored)))


def _signs(w: StoredWorld) -> Iterator[Check]:
    for field in FIELDS:
        array = np.asarray(getattr(w, field))
        if field == "deficit":
            yield _check(w, f"{field} is finite", np.where(np.isfinite(array), 0.0, np.inf), field, 0.0)
        else:
            lack = np.where(np.isfinite(array), np.maximum(-array, 0.0), np.inf)
            yield _check(w, f"{field} is finite and not negative", lack, field, 0.0)
    final = w.spent - w.inputs.sum(2)
    low = np.maximum(-final, 0.0) / np.where(w.spent > 0, w.spent, 1.0)
    yield _check(w, "final demand is not negative", low, "final_share", ROUNDING)
    own = np.einsum("iis->is", w.tariff + w.tariff_before)
    yield _check(w, "own trade pays no tariff", np.abs(own), "value_added_share", 0.0)


def _identities(w: StoredWorld) -> Iterator[Check]:
    income = w.value_added + w.revenue + w.deficit
    final = w.final_share * income[:, None]
    labour = w.value_added_share * w.sales
    exports, imports = _abroad(w.flows)
    sums = (
        ("input shares sum to one over inputs", w.input_share.sum(1), np.ones_like(w.sales), "value_added_share"),
        ("final shares sum to one", w.final_share.sum(1), np.ones(len(w.economies)), "deficit"),
        ("purchases with tariffs are inputs and final demand", w.inputs.sum(2) + final, w.spent, "final_share"),
        ("sales are inputs and value added", w.inputs.sum(1) + labour, w.sales, "value_added_share"),
        ("value added is its sum over sectors", labour.sum(1), w.value_added, "deficit"),
        ("deficits are imports less exports", w.deficit + exports, imports, "deficit"),
        ("income is value added, revenue and deficit, and is spent", final.sum(1), income, "deficit"),
        ("deficits sum to zero over the world", w.deficit.sum() + exports.sum(), exports.sum(), ""),
    )
    for rule, left, right, field in sums:
        scale = np.where(np.abs(right) > 0, np.abs(right), 1.0)
        yield _check(w, rule, np.abs(left - right) / scale, field, TOLERANCE)


def _abroad(flows: Floats) -> tuple[Floats, Floats]:
    """Exports and imports [economy] without own sales."""
    own = np.einsum("iis->i", flows)
    return flows.sum((1, 2)) - own, flows.sum((0, 2)) - own


def _check(w: StoredWorld, rule: str, off: Any, field: str, tolerance: float) -> Check:
    off = np.asarray(off, dtype=np.float64)
    worst = float(off.max())
    at = np.unravel_index(int(off.argmax()), off.shape)
    labels = [
        (w.sectors if dim in ("sector", "input", "using") else w.economies)[place]
        for dim, place in zip(FIELDS.get(field, ()), at, strict=False)
    ]
    return Check(rule, worst, " ".join(labels) if worst > 0 else "", tolerance, worst <= tolerance)
