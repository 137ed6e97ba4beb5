"""Worked stacks of additional US duty by authority, as the dated facts set them out (MFN excluded)."""

from __future__ import annotations

from datetime import date

import pytest

from detente import duties as d
from detente.terms import InputFault

LIST_3 = "3923300090"  # plastic bottles: List 3, not under Section 232, not excluded
MAGNET = "8505110070"  # sintered neodymium magnets
FERRITE = "8505110030"


def stack(code: str, on: str, known: str | None = None) -> dict[str, float]:
    """Points by measure, those that charge something."""
    day = date.fromisoformat(on)
    got = d.duty(code, "CHN", "USA", day, date.fromisoformat(known) if known else None)
    assert all(x.rate is not None for x in got.layers), [(x.measure.id, x.why) for x in got.layers]
    return {x.measure.id: float(x.rate * 100) for x in got.layers if x.rate}


T, F, R, S, L = "us-301-tech", "us-fentanyl", "us-reciprocal", "us-122", "us-301-forced-labour"


@pytest.mark.parametrize(
    ("code", "on", "layers"),
    [
        (LIST_3, "2018-09-01", {}),
        (LIST_3, "2019-06-01", {T: 25}),
        (LIST_3, "2020-03-01", {T: 25}),
        (LIST_3, "2025-02-10", {T: 25, F: 10}),
        (LIST_3, "2025-04-09", {T: 25, F: 20, R: 84}),
        (LIST_3, "2025-04-12", {T: 25, F: 20, R: 125}),
        (LIST_3, "2025-06-06", {T: 25, F: 20, R: 10}),
        (LIST_3, "2025-08-20", {T: 25, F: 20, R: 10}),
        (LIST_3, "2025-11-15", {T: 25, F: 10, R: 10}),
        (LIST_3, "2026-03-01", {T: 25, S: 10}),
        (LIST_3, "2026-08-01", {T: 25, L: 12.5}),
        (MAGNET, "2018-09-01", {}),
        (MAGNET, "2020-03-01", {}),
        (MAGNET, "2025-02-10", {F: 10}),
        (MAGNET, "2025-04-12", {F: 20, R: 125}),
        (MAGNET, "2025-06-06", {F: 20, R: 10}),
        (MAGNET, "2025-08-20", {F: 20, R: 10}),
        (MAGNET, "2025-11-15", {F: 10}),
        (MAGNET, "2026-03-01", {T: 25}),
        (MAGNET, "2026-08-01", {T: 25}),
        (FERRITE, "2025-11-15", {F: 10, R: 10}),
        (FERRITE, "2026-03-01", {T: 25, S: 10}),
        (FERRITE, "2026-08-01", {T: 25, L: 12.5}),
    ],
)
def test_worked_stacks(code: str, on: str, layers: dict[str, float]) -> None:
    """Layer by layer; an 8-digit model would get one of the two magnets wrong."""
    assert stack(code, on) == layers


def test_magnets_by_eight_digits_are_not_decided() -> None:
    """8505.11.00 holds exempt and charged magnets: unknown, between the two, never zero."""
    got = d.duty("8505.11.00", "CHN", "USA", date(2025, 11, 15))
    assert got.additional.rate is None
    assert (float(got.additional.low), float(got.additional.high or 0)) == (0.10, 0.20)


def test_next_change_is_the_lapse() -> None:
    """On 6 June 2025, as then known, the next change is the lapse of 12 August: 24 points more."""
    got = d.duty(LIST_3, "China", "US", date(2025, 6, 6), date(2025, 6, 6))
    assert got.next_change is not None
    assert got.next_change.day == date(2025, 8, 12)
    assert float(got.next_change.additional.rate or 0) == pytest.approx(0.79)


def test_unknown_base_is_unknown() -> None:
    """China's base rates are not at hand: the total is unknown, the additional duty is not."""
    got = d.duty("2711110000", "USA", "CHN", date(2025, 6, 6))
    assert got.base.rate is None
    assert any(x.measure.id == "cn-energy-2025" and x.rate == x.low for x in got.layers)


@pytest.mark.parametrize("code", ["850511007", "85", "8505.11.00.70.1", "magnets", ""])
def test_codes_that_are_none(code: str) -> None:
    """A lost leading zero is guessed at; nothing else is taken for a code."""
    with pytest.raises(InputFault, match="not a product code"):
        d.duty(code, "CHN", "USA")


def test_pair_without_a_record() -> None:
    """No duties are invented for a pair no record covers, and each wrong name is named."""
    with pytest.raises(InputFault, match="No record holds"):
        d.duty(MAGNET, "FRA", "BRA")
    with pytest.raises(InputFault) as raised:
        d.duty(MAGNET, "Frankrich", "Chna")
    assert [f.path for f in raised.value.faults] == ["from", "to"]


def test_eu_member_is_asked_as_the_union() -> None:
    """France is in the EU: 10% from April 2025, a ceiling of 15% from 7 August."""
    flat = d.duty(LIST_3, "France", "USA", date(2025, 6, 6))
    assert (flat.exporter, float(flat.additional.rate or 0)) == ("EU", 0.10)
    capped = d.duty(LIST_3, "France", "USA", date(2025, 8, 20))
    assert float(capped.total or 0) == pytest.approx(0.15)
