"""One authority left out, or another in its place, line by line."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from detente import duties as d
from detente import policy
from detente import record as r
from detente.terms import InputFault

DAY = date(2025, 11, 15)
KNOWN = date(2026, 10, 10)


def views(on: date = DAY, known: date = KNOWN) -> dict[str, r.View]:
    """The two records on a day."""
    return {name: r.dispute(name).as_of(on, known) for name in ("us-china", "us-world")}


def test_removal_takes_the_column_of_the_authority() -> None:
    """Leaving out the emergency duties lowers the average duty of all partners by the average of their column.

    Over the imports of 2024 whose duty is known with and without them; nothing else that is charged moves, since
    emergency duties give way to others and none to them on that day.
    """
    trade = d.us_imports()
    panel = d.panel(on=DAY, known=KNOWN)
    at, both = views(), panel.known.copy()
    without = np.zeros_like(panel.low)
    for k, partner in enumerate(panel.partner):
        home = at["us-china" if partner in ("CHN", "HKG", "MAC") else "us-world"]
        found = d.lines(home, "USA", partner, trade.code, without=frozenset({"IEEPA"}))
        without[:, k] = found.low
        both[:, k] &= found.known & np.isfinite(panel.by_authority["IEEPA"][:, k])
    weight = np.stack([trade.column(p) for p in panel.partner], axis=1) * both
    column = (weight * np.where(both, panel.by_authority["IEEPA"], 0)).sum() / weight.sum()
    fall = (weight * (panel.low - without)).sum() / weight.sum()
    assert fall == pytest.approx(column, abs=1e-12)
    assert column > 0.05
    assert weight.sum() > 0.5 * sum(trade.column(p).sum() for p in panel.partner)


def test_surcharge_in_place_of_emergency_duties() -> None:
    """A toy of Viet Nam pays the emergency 20%, nothing without it, and the 10% of the surcharge in its place."""
    at = views()
    code = np.array(["9503000073"])
    how = policy.altered_by(at, ["IEEPA"], ["section-122"])["us-world"]
    assert how.taken_on == {"us-122-world": date(2026, 2, 24)}

    def paid(**given: object) -> float:
        return float(d.lines(at["us-world"], "USA", "VNM", code, **given).low[0])  # type: ignore[arg-type]

    assert paid() == pytest.approx(0.20)
    assert paid(without=how.without) == 0
    assert paid(without=how.without, taken_on=how.taken_on) == pytest.approx(0.10)


def test_surcharge_gives_way_as_on_its_own_day() -> None:
    """Taken on another day the surcharge is not charged on cars, which pay the car duty of the day asked about."""
    at = views()
    how = policy.altered_by(at, ["IEEPA"], ["Section 122"])["us-world"]
    found = d.lines(at["us-world"], "USA", "JPN", np.array(["8703230190"]), without=how.without, taken_on=how.taken_on)
    assert found.by_measure["us-122-world"][0] == 0
    assert found.high[0] > 0


def test_replacing_what_is_already_so_changes_nothing() -> None:
    """On a day on which the surcharge stood and no emergency duty did, the one in place of the other is the same."""
    day = date(2026, 3, 2)
    at = views(day)
    how = policy.altered_by(at, ["IEEPA"], ["section-122"], day)
    codes = d.us_imports().code
    for name, partner in (("us-china", "CHN"), ("us-world", "EU")):
        as_it_stands = d.lines(at[name], "USA", partner, codes)
        same = d.lines(at[name], "USA", partner, codes, without=how[name].without, taken_on=how[name].taken_on)
        np.testing.assert_array_equal(same.central, as_it_stands.central)


def test_measure_by_name_has_its_sister() -> None:
    """A measure towards China stands for that towards everybody else, from the first day of both."""
    how = policy.altered_by(views(), ["ieepa"], ["us-301-forced-labour"])
    day = date(2026, 7, 24)
    assert how["us-china"].taken_on == {"us-301-forced-labour": day}
    assert how["us-world"].taken_on == {"us-301-forced-labour-world": day}
    assert how["us-china"].without == {"IEEPA"}


@pytest.mark.parametrize(
    ("without", "instead", "on", "known", "says"),
    [
        (["IEPA"], [], None, KNOWN, "Did you mean IEEPA"),
        (["IEEPA"], ["sektion-122"], None, KNOWN, "Did you mean section-122"),
        (["IEEPA"], ["section-122"], date(2026, 9, 1), KNOWN, "not in force on 2026-09-01"),
        (["IEEPA"], ["section-122"], None, DAY, "never in force"),
        (["IEEPA"], ["section-232"], None, KNOWN, "in steps"),
    ],
)
def test_names_and_days_that_say_nothing(
    without: list[str], instead: list[str], on: date | None, known: date, says: str
) -> None:
    """What the records do not have, or not on the day, is refused in words."""
    with pytest.raises(InputFault, match=says):
        policy.altered_by(views(known=known), without, instead, on)
