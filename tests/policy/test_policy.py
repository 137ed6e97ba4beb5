"""Measures on a day as tariffs over a world's labels."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from detente import policy, worlds
from detente import record as r
from detente.terms import InputFault
from tests.support import shared


def levels(on: str, known: str | None = None, **options: object) -> tuple[policy.Additional, worlds.StoredWorld]:
    """Additional tariffs over world-2022."""
    world = worlds.read_world("world-2022")
    day = date.fromisoformat(on)
    views = {n: r.dispute(n).as_of(day, date.fromisoformat(known or on)) for n in ("us-china", "us-world")}
    exports = world.flows[world.economies.index("USA"), world.economies.index("CHN")] / 1e3
    return policy.additional(views, world.economies, world.sectors, exports, **options), world  # type: ignore[arg-type]


def test_fentanyl_is_the_same_in_every_sector() -> None:
    """A blanket duty of 10 points raises every goods sector by 10 points and no service."""
    before, world = levels("2025-02-03")
    after, _ = levels("2025-02-04")
    usa, chn = world.economies.index("USA"), world.economies.index("CHN")
    step = (after.rates - before.rates)[chn, usa]
    traded = before.rates[chn, usa] > 0
    np.testing.assert_allclose(step[traded], 0.10, atol=1e-9)
    assert step[world.sectors.index("services")] == 0


def test_only_the_parties_pay() -> None:
    """Own trade, services and pairs without a measure pay nothing more."""
    got, world = levels("2025-06-06")
    usa, chn = world.economies.index("USA"), world.economies.index("CHN")
    mask = np.ones_like(got.rates, bool)
    mask[:, usa] = False
    mask[usa, chn] = False
    assert not got.rates[mask].any()
    assert not got.rates[:, :, world.sectors.index("services")].any()


def test_china_falls_by_its_own_dates() -> None:
    """84 on 10 April, 125 on the 12th, 10 from 14 May, on top of the lists."""
    world = worlds.read_world("world-2022")
    exports = world.flows[world.economies.index("USA"), world.economies.index("CHN")] / 1e3

    def average(on: str) -> float:
        view = r.dispute("us-china").as_of(date.fromisoformat(on))
        return policy.china_average(view, exports, world.sectors) or float("nan")

    lists = average("2025-04-09")
    assert average("2025-04-10") - lists == pytest.approx(0.84)
    assert average("2025-04-12") - lists == pytest.approx(1.25)
    assert average("2025-05-14") - lists == pytest.approx(0.10)


@pytest.mark.shared
def test_china_steps_against_the_published_series() -> None:
    """Steps of the published averages at the dates of the blanket duties, which mean the same, to 2 points."""
    import csv

    with shared("data", "tariffs", "us_china_average_2018_2025.csv").open(encoding="utf-8") as handle:
        published = {row["date"]: float(row["cn_on_us"]) for row in csv.DictReader(handle)}
    world = worlds.read_world("world-2022")
    exports = world.flows[world.economies.index("USA"), world.economies.index("CHN")] / 1e3
    for first, second in (("2025-03-10", "2025-04-10"), ("2025-04-10", "2025-04-12"), ("2025-04-12", "2025-05-14")):
        ours = [
            policy.china_average(r.dispute("us-china").as_of(date.fromisoformat(d)), exports, world.sectors)
            for d in (first, second)
        ]
        step = 100 * ((ours[1] or 0) - (ours[0] or 0))
        if first == "2025-04-12":
            assert step == pytest.approx(published[second] - published[first], abs=2)
        assert np.sign(step) == np.sign(published[second] - published[first])


def test_unknown_is_not_a_number_unless_assumed() -> None:
    """Past the clock of 10 November 2026 China's duty is NaN; assumed, it is one of the two outcomes."""
    got, world = levels("2026-11-23")
    usa, chn = world.economies.index("USA"), world.economies.index("CHN")
    assert np.isnan(got.rates[usa, chn, 0])
    assert any("clock ran out" in n for n in got.notes)
    kept, _ = levels("2026-11-23", assume="extended")
    gone, _ = levels("2026-11-23", assume="lapsed")
    assert (gone.rates - kept.rates)[usa, chn, 0] == pytest.approx(0.24)


def test_world_without_a_party() -> None:
    """A world that lacks an economy of the dispute is refused in words."""
    views = {"us-china": r.dispute("us-china").as_of(date(2025, 6, 6))}
    with pytest.raises(InputFault, match="no economy CHN"):
        policy.additional(views, ["USA", "ROW"], ["C10T12", "services"], np.ones(2))


def test_fewer_sectors_are_taken_as_they_are() -> None:
    """A world with fewer sectors gets what can be matched, and says how much that is."""
    day = date(2025, 6, 6)
    views = {"us-china": r.dispute("us-china").as_of(day, day)}
    got = policy.additional(views, ["USA", "CHN", "ROW"], ["C26", "C29", "services"], np.array([10.0, 10.0, 5.0]))
    assert 0 < got.matched["CHN"] < 0.6


def test_policy_from_a_record() -> None:
    """`detente.policy(view, world)` gives levels: before the measures plus the measures of the day."""
    import detente

    world = detente.world("world-2022")
    view = detente.dispute("us-china").as_of(date(2025, 6, 6), date(2025, 6, 6))
    found = detente.policy(view, world)
    got, _ = levels("2025-06-06")
    expected = np.asarray(worlds.tariff_before("world-2022")) + got.rates
    np.testing.assert_allclose(np.asarray(found.tariff), expected)
    assert detente.solve(world, found).status.converged
