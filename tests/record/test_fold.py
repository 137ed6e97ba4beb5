"""The fold on small cases taken from the acts of 2025, with the days and rates the acts themselves give."""

from __future__ import annotations

from decimal import Decimal

import pytest

from detente.record.fold import fold
from tests.record.build import act, acts, day

FIRST = act("o1", "2025-04-02", {"set": "10%", "from": "2025-04-05"}, {"set": "34%", "from": "2025-04-09"})
STEP_84 = act("o2", "2025-04-08", {"set": "84%", "from": "2025-04-09"})
STEP_125 = act("o3", "2025-04-09", {"set": "125%", "from": "2025-04-10"})
GENEVA = act(
    "o4",
    "2025-05-12",
    {"revoke": ["o2", "o3"], "from": "2025-05-14"},
    {"suspend": "24pp", "from": "2025-05-14", "until": "2025-08-12"},
)
RENEWAL = act("o5", "2025-08-11", {"suspend": "24pp", "from": "2025-08-12", "until": "2025-11-10"})
SPRING = (FIRST, STEP_84, STEP_125, GENEVA)


@pytest.mark.parametrize(
    ("on", "known", "rate"),
    [
        ("2025-04-04", "2025-12-01", None),
        ("2025-04-05", "2025-12-01", "0.10"),
        ("2025-04-09", "2025-04-07", "0.34"),
        ("2025-04-09", "2025-04-08", "0.84"),
        ("2025-04-10", "2025-04-09", "1.25"),
        ("2025-05-13", "2025-05-12", "1.25"),
        ("2025-05-14", "2025-05-11", "1.25"),
        ("2025-05-14", "2025-05-12", "0.10"),
        ("2025-08-11", "2025-05-12", "0.10"),
        ("2025-08-12", "2025-05-12", "0.34"),
    ],
)
def test_order_of_12_may(on: str, known: str, rate: str | None) -> None:
    """The steps to 84 and 125 are gone for good; at the lapse the 34 that was never in force shows."""
    standing = fold(acts(*SPRING, known=known), day(on))
    assert standing.rate == (Decimal(rate) if rate else standing.rate)
    assert standing.in_force is (rate is not None)


def test_renewal_moves_the_lapse() -> None:
    """A second suspension that adjoins the first carries the reduced rate on."""
    assert fold(acts(*SPRING, RENEWAL), day("2025-08-12")).rate == Decimal("0.10")
    assert fold(acts(*SPRING, RENEWAL), day("2025-11-10")).rate == Decimal("0.34")


def test_overlapping_suspensions_do_not_add_up() -> None:
    """A renewal a day early does not take 48 points off."""
    early = act("o6", "2025-08-01", {"suspend": "24pp", "from": "2025-08-05", "until": "2025-11-10"})
    assert fold(acts(*SPRING, early), day("2025-08-06")).rate == Decimal("0.10")


def test_backdated_exemption_outlives_later_acts() -> None:
    """An exemption holds from its own day, through a later set and a suspension, until an act ends it."""
    exempting = act("x", "2025-04-11", {"exempt": "phones", "from": "2025-04-05"})
    for on in ("2025-04-05", "2025-04-10", "2025-06-06", "2025-09-01"):
        assert fold(acts(*SPRING, exempting), day(on)).word == "exempt"
    ended = act("y", "2025-07-01", {"revoke": ["x"], "from": "2025-07-02"})
    assert fold(acts(*SPRING, exempting, ended), day("2025-07-02")).rate == Decimal("0.10")


def test_stay_of_a_judgment() -> None:
    """A judgment that would end the duty ten days on does not act while it is stayed."""
    ruling = act("court", "2025-05-28", {"revoke": "all", "from": "2025-06-08"}, form="judgment")
    stay = act("stay", "2025-05-29", {"suspend": ["court"], "from": "2025-05-29"}, form="judgment")
    assert fold(acts(*SPRING, ruling), day("2025-06-07")).rate == Decimal("0.10")
    assert fold(acts(*SPRING, ruling), day("2025-06-08")).word == "struck down"
    assert fold(acts(*SPRING, ruling, stay), day("2025-06-08")).rate == Decimal("0.10")
    lifted = act("lift", "2025-07-01", {"revoke": ["stay"], "from": "2025-07-01"}, form="judgment")
    assert fold(acts(*SPRING, ruling, stay, lifted), day("2025-07-01")).word == "struck down"


def test_act_that_ends_itself_lapses() -> None:
    """A surcharge of 150 days is set and ended by one proclamation; then it has lapsed, not been revoked."""
    surcharge = act("p", "2026-02-20", {"set": "10%", "from": "2026-02-24"}, {"revoke": "all", "from": "2026-07-24"})
    assert fold(acts(surcharge), day("2026-02-23")).word == "scheduled"
    assert fold(acts(surcharge), day("2026-07-23")).rate == Decimal("0.10")
    assert fold(acts(surcharge), day("2026-07-24")).word == "lapsed"


def test_newer_set_replaces_a_scheduled_step() -> None:
    """A rate set later by a newer act is not undone by a step an older act had scheduled."""
    old = act("a", "2019-01-01", {"set": "10%", "from": "2019-01-05"}, {"set": "25%", "from": "2019-03-01"})
    new = act("b", "2019-02-10", {"set": "15%", "from": "2019-02-15"})
    assert fold(acts(old, new), day("2019-03-02")).rate == Decimal("0.15")


def test_same_day_acts_follow_their_numbers() -> None:
    """Two orders of one day are folded by number, wherever they stand in the file."""
    low = act("z", "2025-01-01", {"set": "10%", "from": "2025-01-02"}, number=1)
    high = act("a", "2025-01-01", {"set": "20%", "from": "2025-01-02"}, number=2)
    assert fold(acts(high, low), day("2025-01-02")).rate == Decimal("0.20")


def test_suspended_whole() -> None:
    """A measure suspended before its first day is suspended on it, and shows when the suspension is revoked."""
    list_4b = act("n1", "2019-08-20", {"set": "15%", "from": "2019-12-15"})
    off = act("n2", "2019-12-13", {"suspend": "all", "from": "2019-12-15"})
    back = act("n3", "2020-05-01", {"revoke": ["n2"], "from": "2020-05-02"})
    assert fold(acts(list_4b, off), day("2020-01-01")).word == "suspended"
    assert fold(acts(list_4b, off, back), day("2020-05-02")).rate == Decimal("0.15")
