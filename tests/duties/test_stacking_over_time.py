"""What gives way to what moves by acts, and what hangs on a day of loading has two answers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from detente import duties as d

STEEL = "7208101500"
CAR = "8703230190"
MILL_WIRE = "7217201500"
APPLIANCE_PART = "8418990010"
LIST_3 = "3923300090"


def asked(code: str, exporter: str, on: str, known: str | None = None, part: str | None = None) -> d.Duty:
    """The duty into the United States."""
    share = None if part is None else Decimal(part)
    return d.duty(code, exporter, "USA", date.fromisoformat(on), date.fromisoformat(known) if known else None, share)


def points(got: d.Duty) -> dict[str, float]:
    """Points by measure, those that charge something, at most."""
    return {x.measure.id: float(x.high * 100) for x in got.layers if x.high}


S, F, A, R = "us-232-steel-world", "us-fentanyl-can-mex", "us-232-autos-world", "us-reciprocal-world"


@pytest.mark.parametrize(
    ("code", "on", "known", "stack"),
    [
        (STEEL, "2025-03-20", "2025-03-20", {S: 25, F: 25}),
        (STEEL, "2025-03-20", "2025-04-28", {S: 25, F: 25}),
        (STEEL, "2025-03-20", "2025-04-29", {F: 25}),
        (STEEL, "2025-06-03", None, {F: 25}),
        (STEEL, "2025-06-04", "2025-06-02", {F: 25}),
        (STEEL, "2025-06-04", None, {S: 50}),
        (STEEL, "2025-08-20", None, {S: 50}),
        (CAR, "2025-04-10", "2025-04-10", {A: 25, F: 25}),
        (CAR, "2025-04-10", "2025-05-01", {A: 25}),
        (CAR, "2025-08-20", None, {A: 25}),
    ],
)
def test_order_of_april_2025_and_its_reversal(code: str, on: str, known: str | None, stack: dict[str, float]) -> None:
    """EO 14289 reached back to 4 March: fentanyl before steel; Proclamation 10947 turned it round on 4 June."""
    assert points(asked(code, "CAN", on, known)) == stack


def test_charged_before_the_order_reached_back() -> None:
    """A Canadian steel article was charged both duties on the day; the schedule as now known says one."""
    got = asked(STEEL, "CAN", "2025-03-20")
    assert float(got.additional.high or 0) == pytest.approx(0.25)
    assert float(got.charged.high or 0) == pytest.approx(0.50)


def test_goods_of_the_agreement_pay_steel_where_fentanyl_does_not_reach() -> None:
    """Under the North American agreement no fentanyl duty applies, so the steel duty does."""
    got = asked(STEEL, "CAN", "2025-05-01")
    other = next(x for x in got.alternatives if x.scope == "usmca-goods")
    assert {x.measure.id: float(x.high) for x in other.layers if x.high} == {S: 0.25}


def test_fentanyl_on_china_adds_to_cars_all_the_same() -> None:
    """The order of April 2025 does not name the fentanyl duty on China."""
    got = points(asked(CAR, "CHN", "2025-06-06"))
    assert got["us-fentanyl"] == 20
    assert got["us-232-autos"] == 25
    assert "us-reciprocal" not in got


def test_ceiling_below_base_keeps_the_good_under_the_measure() -> None:
    """A European truck with a base of 25% pays nothing more under the ceiling of 15%, nor the surcharge."""
    got = asked("8704210100", "EU", "2026-03-01")
    assert got.base.rate is not None
    assert got.base.rate > 0.15
    assert got.additional.rate == 0
    assert next(x.why for x in got.layers if x.measure.id == "us-122-world") is not None


@pytest.mark.parametrize("code", [LIST_3, CAR, "8704210100", "9403200050", "0409000005"])
@pytest.mark.parametrize("partner", ["EU", "JPN"])
def test_ceilings_of_15_percent(code: str, partner: str) -> None:
    """On 1 October 2025 goods of the EU and Japan pay 15% in total, or their base where that is more."""
    got = asked(code, partner, "2025-10-01")
    if got.additional.rate is None:
        assert got.base.rate is None or got.additional.low != got.additional.high
    else:
        assert float(got.total or 0) == pytest.approx(max(0.15, float(got.base.rate or 0)))


def test_korea_counts_the_rate_of_its_agreement() -> None:
    """The base is the agreement's rate, between nothing and the normal rate, so what is added lies between too."""
    got = asked(LIST_3, "KOR", "2025-12-10")
    assert got.base.low == 0
    assert float(got.additional.high or 0) == pytest.approx(0.15)
    assert float(got.additional.low) == pytest.approx(0.15 - float(got.base.high or 0))


def test_part_of_the_value_is_charged_once() -> None:
    """A copper article of August 2025 pays 50% on its copper and the reciprocal duty on the rest, never both."""
    open_share = asked("7411101030", "CHN", "2025-08-20")
    layers = {x.measure.id: x for x in open_share.layers}
    sure = sum(x.low for x in open_share.layers if x.measure.id not in ("us-232-copper", "us-reciprocal"))
    assert layers["us-232-copper"].rate is None
    assert open_share.additional.low == sure + min(layers["us-reciprocal"].high or 0, layers["us-232-copper"].high or 0)
    assert open_share.additional.high == sure + max(
        layers["us-reciprocal"].high or 0, layers["us-232-copper"].high or 0
    )
    known = asked("7411101030", "CHN", "2025-08-20", part="0.4")
    got = points(known)
    assert (got["us-232-copper"], got["us-reciprocal"]) == (pytest.approx(20), pytest.approx(6))
    assert known.additional.rate is not None


def test_full_value_from_april_2026() -> None:
    """The metals duty of 6 April 2026 stands on the whole value: a Chinese pipe of copper pays 50%, no surcharge."""
    got = points(asked("7411101030", "CHN", "2026-04-10"))
    assert got["us-232-metals"] == 50
    assert "us-122" not in got


@pytest.mark.parametrize(
    ("exporter", "on", "scope", "otherwise", "instead"),
    [
        ("CHN", "2019-05-20", "list-3-exported-before-2019-05-10", 0.25, 0.10),
        ("CHN", "2019-06-14", "list-3-exported-before-2019-05-10", 0.25, 0.10),
        ("CHN", "2025-02-10", "loaded-before-2025-02-01", 0.35, 0.25),
        ("CHN", "2025-04-08", "loaded-before-2025-04-05", 0.55, 0.45),
        ("CHN", "2025-04-09", "loaded-before-2025-04-09", 1.29, 0.55),
        ("CHN", "2025-04-12", "loaded-before-2025-04-10", 1.70, 1.29),
        ("CHN", "2025-04-12", "loaded-before-2025-04-09", 1.70, 0.55),
        ("CHN", "2026-02-26", "loaded-before-2026-02-24", 0.35, 0.25),
        ("CHN", "2026-07-27", "loaded-before-2026-07-24", 0.375, 0.25),
        ("VNM", "2025-04-09", "loaded-before-2025-04-09", 0.46, 0.10),
        ("VNM", "2025-09-01", "loaded-before-2025-08-07", 0.20, 0.10),
        ("VNM", "2026-07-27", "loaded-before-2026-07-24", 0.125, 0.0),
        ("IND", "2025-09-10", "loaded-before-2025-08-27", 0.50, 0.25),
    ],
)
def test_goods_on_the_way(exporter: str, on: str, scope: str, otherwise: float, instead: float) -> None:
    """Both answers where the day of loading or export decides."""
    got = asked(LIST_3, exporter, on)
    assert float(got.additional.rate or 0) == pytest.approx(otherwise)
    other = next(x for x in got.alternatives if x.scope == scope)
    assert float(other.additional.rate or 0) == pytest.approx(instead)


@pytest.mark.parametrize(
    ("exporter", "on", "known"),
    [("CHN", "2019-06-15", None), ("CHN", "2019-06-05", "2019-06-05"), ("CHN", "2026-07-28", None)],
)
def test_relief_ends(exporter: str, on: str, known: str | None) -> None:
    """Entered on the last day or later, goods on the way pay like others; on 5 June 2019 the first term had run out."""
    scopes = {x.scope for x in asked(LIST_3, exporter, on, known).alternatives}
    assert not {s for s in scopes if s.startswith(("loaded", "list-3-exported"))}


@pytest.mark.parametrize(
    ("code", "on", "rate"),
    [
        ("9018310040", "2024-09-26", 0.0),
        ("9018320000", "2024-09-27", 1.0),
        ("8541490105", "2024-12-31", 0.25),
        ("8541100080", "2025-01-01", 0.5),
        ("4015121010", "2024-12-31", 0.075),
        ("4015121010", "2025-01-01", 0.5),
        ("4015121010", "2026-01-01", 1.0),
    ],
)
def test_lists_moved_by_the_review(code: str, on: str, rate: float) -> None:
    """The list of the review takes the place of the older one: one rate a product."""
    layer = next((x for x in asked(code, "CHN", on, on).layers if x.measure.id == "us-301-tech"), None)
    assert layer is None or layer.rate is None or float(layer.rate) == pytest.approx(rate)
