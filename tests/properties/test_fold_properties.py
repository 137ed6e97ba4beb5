"""Properties of the fold that hold for any acts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.record.entries import Instrument
from detente.record.fold import fold
from tests.record.build import act, acts

BASE = date(2025, 1, 1)
DAYS = st.integers(0, 200).map(lambda n: (BASE + timedelta(days=n)).isoformat())
RATES = st.integers(0, 150).map(lambda n: f"{n}%")


@st.composite
def a_set(draw: st.DrawFn) -> dict[str, Any]:
    return {"set": draw(RATES), "from": draw(DAYS)}


@st.composite
def a_suspension(draw: st.DrawFn) -> dict[str, Any]:
    start, length = draw(st.integers(0, 200)), draw(st.integers(0, 90))
    first = BASE + timedelta(days=start)
    how = draw(st.sampled_from(["all", "5pp", "24pp"]))
    return {"suspend": how, "from": first.isoformat(), "until": (first + timedelta(days=length)).isoformat()}


@st.composite
def histories(draw: st.DrawFn) -> list[Instrument]:
    count = draw(st.integers(1, 6))
    out = []
    for index in range(count):
        changes = draw(st.lists(st.one_of(a_set(), a_suspension()), min_size=1, max_size=3))
        if index and draw(st.booleans()):
            changes.append({"revoke": [f"i{draw(st.integers(0, index - 1))}"], "from": draw(DAYS)})
        out.append(act(f"i{index}", draw(DAYS), *changes, number=index))
    return out


ON = st.integers(-5, 320).map(lambda n: BASE + timedelta(days=n))


@given(histories(), ON, DAYS)
def test_empty_suspension_changes_nothing(history: list[Instrument], on: date, start: str) -> None:
    """A suspension over no day changes no day."""
    empty = act("empty", "2025-12-01", {"suspend": "all", "from": start, "until": start})
    assert fold(acts(*history, empty), on).same_as(fold(acts(*history), on))


@given(histories(), ON, a_suspension())
def test_suspend_then_lapse_restores(history: list[Instrument], on: date, pause: dict[str, Any]) -> None:
    """Outside its interval a suspension leaves no trace."""
    paused = act("pause", "2025-12-01", pause)
    if not date.fromisoformat(pause["from"]) <= on < date.fromisoformat(pause["until"]):
        with_it, without = fold(acts(*history, paused), on), fold(acts(*history), on)
        assert (with_it.word, with_it.share) == (without.word, without.share)


@given(histories(), ON)
def test_revoke_is_final(history: list[Instrument], on: date) -> None:
    """After the whole measure is revoked nothing earlier shows, whatever day is asked."""
    ended = act("end", "2025-12-01", {"revoke": "all", "from": "2025-01-01"})
    standing = fold(acts(*history, ended), on)
    assert not standing.in_force
    assert standing.word in ("revoked", "none", "exempt")


@given(histories(), ON, st.randoms(use_true_random=False))
def test_order_in_the_file_does_not_matter(history: list[Instrument], on: date, random: Any) -> None:
    """Acts are ordered by what they are, not by where they stand."""
    shuffled = list(history)
    random.shuffle(shuffled)
    assert fold(acts(*shuffled), on) == fold(acts(*history), on)


@given(histories(), ON, DAYS)
@settings(max_examples=200)
def test_nothing_published_later_is_used(history: list[Instrument], on: date, known: str) -> None:
    """What is asked as known on a day equals what the acts of that day alone give."""
    early = [i for i in history if i.published.isoformat() <= known]
    assert fold(acts(*history, known=known), on) == fold(acts(*early), on)


@given(histories(), ON)
def test_share_is_never_negative(history: list[Instrument], on: date) -> None:
    """The share of a standing is never negative, and a suspended one adds nothing."""
    standing = fold(acts(*history), on)
    assert standing.share is not None
    assert standing.share >= 0
    assert standing.word != "suspended" or standing.share == 0
