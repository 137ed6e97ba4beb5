"""A world filled up with empty economies and sectors is the same world."""

from __future__ import annotations

import jax
import numpy as np
import pytest

from detente.economy import STANDARD_SIZES, cropped, padded, reach, standard_size
from detente.terms import InputFault
from tests.economy.random_worlds import KINDS, Kind, draw

SMALL = (5, 3)
ROOM = (8, 6)
FAR = 41  # tariffs up to 98,000%


QUICK = (KINDS[3], KINDS[8], KINDS[11])  # free entry with inputs, profits with sticky labour, limits


@pytest.mark.parametrize("seed", [4, FAR])
@pytest.mark.parametrize(
    "kind", [k if k in QUICK else pytest.param(k, marks=pytest.mark.slow) for k in KINDS[:12]], ids=str
)
def test_padding_changes_nothing(kind: Kind, seed: int) -> None:
    """Every number of the real part, to 1e-12 of itself, under every closure; what is added does not change."""
    drawn = draw(seed, SMALL, kind)
    assert not isinstance(drawn, InputFault)
    rules = drawn.rules.__class__(**{**drawn.rules.__dict__, "tolerance": 1e-13})
    alone = reach(drawn.base, drawn.shock, rules)
    base, shock = padded(drawn.base, drawn.shock, *ROOM)
    filled = reach(base, shock, rules)
    assert alone.converged
    assert filled.converged
    economies, _, sectors = drawn.base.flows.shape
    part = cropped(filled.found, economies, sectors)
    for name in ("real_income_hat", "wage_hat", "price_index_hat", "sector_price_hat", "expenditure_hat", "share_hat"):
        np.testing.assert_allclose(getattr(part, name), getattr(alone.found, name), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(part.flows, alone.found.flows, rtol=1e-11, atol=1e-11)
    same = jax.tree.map(
        lambda a, b: np.testing.assert_allclose(a, b, rtol=1e-11, atol=1e-11), part.root, alone.found.root
    )
    assert len(jax.tree.leaves(part.root)) == len(jax.tree.leaves(alone.found.root)), same
    for name in ("real_income_hat", "wage_hat", "sector_price_hat", "firms_hat", "sector_wage_hat"):
        np.testing.assert_array_equal(np.asarray(getattr(filled.found, name))[economies:], 1.0, err_msg=name)
    assert float(np.abs(np.asarray(filled.found.labour_gap)[economies:]).max(initial=0)) == 0


def test_standard_sizes() -> None:
    """The smallest size with room; a world beyond all of them keeps its own, and nothing is cut off."""
    assert standard_size(4, 1) == (4, 1)
    assert standard_size(5, 3) == (6, 10)  # 360 flows, fewer than the 384 of 8 × 6
    assert standard_size(41, 1) == (41, 1)
    assert len(STANDARD_SIZES) == 20
    drawn = draw(4, SMALL, KINDS[0])
    assert not isinstance(drawn, InputFault)
    with pytest.raises(ValueError, match="does not fit"):
        padded(drawn.base, drawn.shock, 2, 2)
