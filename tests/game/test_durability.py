"""Durability against the integrals it stands for, and its limits."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from detente.game import Durability
from detente.terms import InputFault

FLOW = st.floats(0.01, 2)
YEARS = st.floats(0.05, 3)
RATE = st.floats(0.01, 0.5)


@given(FLOW, FLOW, YEARS, st.floats(0.0, 5), RATE, RATE, st.floats(0, 1))
def test_margin_is_the_difference_of_two_paths(
    temptation: float, loss: float, lag: float, left: float, discount: float, hazard: float, renewal: float
) -> None:
    """Keeping less breaking, each integrated flow by flow over a hundred and more years (c = 0, d, p)."""
    found = Durability(temptation, loss, lag, left, discount, hazard, renewal)
    rate = discount + hazard

    def worth(flow: float, start: float, end: float) -> float:
        return flow * quad(lambda t: math.exp(-rate * t), start, end)[0] if end > start else 0.0

    far = left + 60 / rate
    kept = worth(renewal * 0.0 + (1 - renewal) * -loss, left, far)
    first = min(lag, left)
    broken = worth(temptation, 0, first) + worth(-loss, first, left) + worth(-loss, left, far)
    assert found.margin == pytest.approx(kept - broken, abs=1e-6)


@given(FLOW, FLOW, YEARS, st.floats(0, 0.3))
def test_least_patience(temptation: float, loss: float, lag: float, hazard: float) -> None:
    """At the least patience a truce without end just holds; with a little less it does not."""
    patience = Durability(temptation, loss, lag, None, 0.1, hazard).least_patience
    if patience is None or patience > 0.999:
        return
    discount = -math.log(patience)
    assert Durability(temptation, loss, lag, None, discount, hazard).margin == pytest.approx(0, abs=1e-9)
    assert not Durability(temptation, loss, lag, None, discount * 1.01, hazard).kept


@given(FLOW, FLOW, YEARS)
def test_unravelling(temptation: float, loss: float, lag: float) -> None:
    """Without renewal and discount the truce is kept down to `unravels` years before its end, and not nearer."""
    day = Durability(temptation, loss, lag, 1.0, 0.0).unravels
    assert day is not None
    assert day > lag
    assert Durability(temptation, loss, lag, day * 1.001, 0.0).kept
    assert not Durability(temptation, loss, lag, day * 0.999, 0.0).kept


def test_renewal_keeps_what_would_unravel() -> None:
    """Benoit and Krishna: what is certain to end unravels, what may be renewed need not."""
    near_the_end = {"temptation": 0.2, "loss": 0.5, "lag": 0.5, "left": 0.1, "discount": 0.05}
    assert not Durability(**near_the_end).kept
    assert Durability(**near_the_end, renewal=0.9).kept


def test_prefers_the_breakdown() -> None:
    """Where the breakdown is no worse nothing keeps the truce, whatever the patience."""
    found = Durability(-0.1, -0.2, 0.5, None, 0.0)
    assert found.prefers_breakdown
    assert not found.kept
    assert (found.least_patience, found.unravels) == (None, None)


def test_bad_input_is_told_at_once() -> None:
    """Every number out of range is named."""
    with pytest.raises(InputFault) as caught:
        Durability.checked(np.nan, 1.0, 0.0, -1.0, -0.1, renewal=2.0)
    assert [f.path for f in caught.value.faults] == ["discount", "lag", "left", "renewal", "temptation"]
