"""The shipped us-world record on days whose answer the country tables and the acts themselves give."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from detente import record as r

LATER = "2026-11-23"


def view(on: str, known: str = LATER) -> r.View:
    """The record as of two days."""
    return r.dispute("us-world").as_of(date.fromisoformat(on), date.fromisoformat(known))


def said(measure: str, partner: str, on: str, known: str = LATER, goods: str | None = None) -> str:
    """What a measure says, as a person would write it: '15% total', '25%', or a word."""
    standing = view(on, known).standing(measure, partner, goods)
    if not standing.in_force or standing.rate is None:
        return standing.word
    return f"{(standing.rate * 100).normalize():f}%{' total' if standing.ceiling else ''}"


@pytest.mark.parametrize(
    ("partner", "on", "rate"),
    [
        ("VNM", "2025-04-08", "10%"),
        ("VNM", "2025-04-09", "46%"),
        ("VNM", "2025-04-10", "10%"),
        ("KOR", "2025-04-09", "25%"),
        ("CHE", "2025-04-09", "31%"),
        ("EU", "2025-04-09", "20%"),
        ("GBR", "2025-04-09", "10%"),
        ("LSO", "2025-07-15", "10%"),
        ("EU", "2025-08-06", "10%"),
        ("EU", "2025-08-07", "15% total"),
        ("JPN", "2025-08-07", "15% total"),
        ("KOR", "2025-11-13", "15%"),
        ("KOR", "2025-11-14", "15% total"),
        ("CHE", "2025-11-13", "39%"),
        ("CHE", "2025-11-15", "15% total"),
        ("LIE", "2025-11-15", "15% total"),
        ("IND", "2026-02-23", "25%"),
        ("TWN", "2026-02-23", "20%"),
        ("SYR", "2025-11-15", "41%"),
        ("FLK", "2025-08-07", "10%"),
        ("AUS", "2025-11-15", "10%"),
        ("VNM", "2026-02-23", "20%"),
        ("VNM", "2026-02-24", "revoked"),
        ("CAN", "2025-04-09", "none"),
        ("CUB", "2025-11-15", "none"),
        ("CHN", "2025-04-09", "none"),
    ],
)
def test_reciprocal_rates(partner: str, on: str, rate: str) -> None:
    """The country rates of April 2025, their pause, and those of August 2025."""
    assert said("us-reciprocal-world", partner, on) == rate


@pytest.mark.parametrize(
    ("partner", "on", "known", "rate"),
    [
        ("JPN", "2025-08-20", "2025-08-21", "15%"),
        ("JPN", "2025-08-20", "2025-10-01", "15% total"),
        ("KOR", "2025-11-20", "2025-12-03", "15%"),
        ("KOR", "2025-11-20", "2025-12-04", "15% total"),
        ("CHE", "2025-11-20", "2025-12-17", "39%"),
        ("CHE", "2025-11-20", "2025-12-18", "15% total"),
        ("JPN", "2025-04-20", "2025-04-08", "24%"),
        ("JPN", "2025-07-09", "2025-07-06", "24%"),
        ("JPN", "2025-07-09", "2025-07-07", "10%"),
        ("VNM", "2025-06-10", "2025-05-28", "struck down"),
        ("VNM", "2025-06-10", "2025-05-29", "10%"),
    ],
)
def test_reciprocal_rates_as_known(partner: str, on: str, known: str, rate: str) -> None:
    """Ceilings reach back only once their notices are printed; a pause ends on its day until it is prolonged."""
    assert said("us-reciprocal-world", partner, on, known) == rate


@pytest.mark.parametrize(
    ("measure", "partner", "on", "goods", "rate"),
    [
        ("us-fentanyl-can-mex", "CAN", "2025-02-10", None, "suspended"),
        ("us-fentanyl-can-mex", "CAN", "2025-03-05", "usmca-goods", "25%"),
        ("us-fentanyl-can-mex", "CAN", "2025-03-07", "usmca-goods", "exempt"),
        ("us-fentanyl-can-mex", "CAN", "2025-08-01", None, "35%"),
        ("us-fentanyl-can-mex", "CAN", "2025-08-01", "canada-energy", "10%"),
        ("us-fentanyl-can-mex", "MEX", "2025-08-07", None, "25%"),
        ("us-brazil-ieepa", "BRA", "2025-08-06", None, "40%"),
        ("us-india-russian-oil", "IND", "2026-02-06", None, "25%"),
        ("us-india-russian-oil", "IND", "2026-02-07", None, "revoked"),
        ("us-122-world", "EU", "2026-02-24", None, "10%"),
        ("us-122-world", "RUS", "2026-07-23", None, "10%"),
        ("us-122-world", "EU", "2026-07-24", None, "lapsed"),
        ("us-301-forced-labour-world", "EU", "2026-07-24", None, "10% total"),
        ("us-301-forced-labour-world", "KOR", "2026-07-24", None, "12.5% total"),
        ("us-301-forced-labour-world", "JOR", "2026-07-24", None, "10%"),
        ("us-301-forced-labour-world", "NOR", "2026-07-24", None, "12.5%"),
        ("us-301-forced-labour-world", "LIE", "2026-07-24", None, "none"),
        ("us-232-steel-world", "EU", "2018-05-01", None, "suspended"),
        ("us-232-steel-world", "EU", "2018-06-01", None, "25%"),
        ("us-232-steel-world", "TUR", "2018-09-01", None, "50%"),
        ("us-232-steel-world", "UKR", "2025-03-11", None, "suspended"),
        ("us-232-steel-world", "UKR", "2025-03-12", None, "25%"),
        ("us-232-steel-world", "GBR", "2025-06-04", None, "25%"),
        ("us-232-steel-world", "CAN", "2025-06-04", None, "50%"),
        ("us-232-aluminium-world", "RUS", "2025-06-04", None, "200%"),
        ("us-232-autos-world", "JPN", "2025-09-15", None, "25%"),
        ("us-232-autos-world", "JPN", "2025-09-16", None, "15% total"),
        ("us-232-autos-world", "EU", "2025-08-01", None, "15% total"),
        ("us-232-autos-world", "GBR", "2025-06-30", None, "10% total"),
        ("us-232-wood-world", "VNM", "2026-01-01", "wood-cabinets", "25%"),
        ("us-232-wood-world", "TWN", "2026-05-01", "wood-cabinets", "15% total"),
        ("us-232-metals-world", "VNM", "2026-04-06", "metals-annex-iii", "15% total"),
        ("us-338-canada", "CAN", "2026-08-21", "canada-338-dairy", "suspended"),
        ("us-338-canada", "CAN", "2026-08-22", "canada-338-dairy", "50%"),
    ],
)
def test_other_measures(measure: str, partner: str, on: str, goods: str | None, rate: str) -> None:
    """First days, last days and rates of single partners under the other measures."""
    assert said(measure, partner, on, goods=goods) == rate


@pytest.mark.parametrize(
    ("measure", "partner", "rate"),
    [
        ("us-reciprocal-world", "JPN", "0.15"),
        ("us-fentanyl-can-mex", "CAN", "0.35"),
        ("us-brazil-ieepa", "BRA", "0.4"),
        ("us-india-russian-oil", "IND", "0.25"),
    ],
)
def test_emergency_duties_were_charged_and_not_owed(measure: str, partner: str, rate: str) -> None:
    """What customs asked for in September 2025 is owed no more after the rulings of 2026."""
    assert view("2025-09-10").charged(measure, partner) == Decimal(rate)
    assert view("2025-09-10").owed(measure, partner) == 0
    assert view("2025-09-10", "2025-12-01").owed(measure, partner) == Decimal(rate)


def test_china_is_left_to_its_own_record() -> None:
    """No measure of this record sets anything for China, Hong Kong or Macau."""
    record = r.dispute("us-world").record
    for instrument in record.instruments:
        for change in instrument.changes:
            measure = next(m for m in record.measures if m.id == change.measure)
            reached = change.on or measure.targets
            if change.set is not None:
                for partner in ("CHN", "HKG", "MAC"):
                    assert partner in change.not_on or not {partner, "ALL"} & set(reached)


def test_shares_under_the_north_american_agreement() -> None:
    """The share of Canada's goods that qualifies rose by half within 2025."""
    shares = next(s for s in r.dispute("us-world").record.scopes if s.id == "usmca-goods").shares
    of = {(s.partner, s.from_): s.share for s in shares}
    assert of["CAN", date(2025, 6, 1)] == Decimal("0.573")
    assert of["CAN", date(2025, 7, 1)] == Decimal("0.86")
    assert of["MEX", date(2026, 2, 1)] == Decimal("0.9")
