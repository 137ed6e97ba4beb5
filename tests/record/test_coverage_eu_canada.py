"""Every fact on the European Union and Canada has its place, and the records say on days what the facts say.

The ledgers in `coverage/` name for each fact the entries that hold it, as `folder:id`.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from detente import record as r
from detente.questions import status
from detente.record.folder import load_folder
from tests.support import shared

LEDGERS = Path(__file__).parent / "coverage"
LATER = "2026-11-23"
HELD_BACK = "additional duty at the rates of the list"


def ledger(name: str) -> dict[str, tuple[list[str], str]]:
    """The entries and the remark by fact."""
    with (LEDGERS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return {row["fact"]: (row["entries"].split(), row["remark"]) for row in csv.DictReader(handle)}


@cache
def written() -> frozenset[str]:
    """Every entry of the two records and what they include, as folder:id."""
    out: set[str] = set()
    for name in ("us-eu", "us-canada"):
        loaded = load_folder(r.folder_of(name))
        out |= {f"{owner}:{ident}" for (_, ident), owner in loaded.owners.items()}
        for arrangement in loaded.entries["arrangements"]:
            owner = loaded.owners["arrangements", arrangement.id]
            out |= {f"{owner}:{c.id}" for c in arrangement.commitments}
    return frozenset(out)


@pytest.mark.parametrize("name", ["us_eu", "us_canada"])
def test_every_fact_has_a_place(name: str) -> None:
    """No fact is missing from the ledger, and none in it is made up."""
    lines = shared("facts", f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    assert set(ledger(name)) == {json.loads(line)["id"] for line in lines if line.strip()}


@pytest.mark.parametrize("name", ["us_eu", "us_canada"])
def test_every_place_is_there(name: str) -> None:
    """Each entry named exists in the folder named, and a fact without entries says why."""
    for fact, (entries, remark) in ledger(name).items():
        assert entries or remark, fact
        assert [x for x in entries if x not in written()] == [], fact


def said(dispute: str, measure: str, on: str, known: str = LATER, goods: str | None = None) -> str:
    """What a measure says of the other side's goods, as a person would write it."""
    view = r.dispute(dispute).as_of(date.fromisoformat(on), date.fromisoformat(known))
    imposer = view.measure(measure).imposer
    partner = next(p for p in view.record.header.parties if p != imposer)
    standing = view.standing(measure, partner, goods)
    if not standing.in_force:
        return standing.word
    if standing.rate is None:
        return standing.state or "?"
    return f"{(standing.rate * 100).normalize():f}%{' total' if standing.ceiling else ''}"


@pytest.mark.parametrize(
    ("measure", "goods", "on", "known", "says"),
    [
        ("us-232-steel-world", None, "2018-05-31", LATER, "suspended"),
        ("us-232-steel-world", None, "2018-06-01", LATER, "25%"),
        ("us-232-steel-world", None, "2021-12-31", LATER, "25%"),
        ("us-232-steel-world", None, "2022-01-01", LATER, "0%"),
        ("us-232-steel-world", None, "2025-03-12", "2025-02-09", "0%"),
        ("us-232-steel-world", None, "2025-03-12", "2025-02-10", "25%"),
        ("us-232-steel-world", None, "2025-06-04", LATER, "50%"),
        ("us-airbus-301", "airbus-other", "2019-10-17", LATER, "scheduled"),
        ("us-airbus-301", "airbus-other", "2019-10-18", LATER, "25%"),
        ("us-airbus-301", "airbus-aircraft", "2020-03-17", LATER, "10%"),
        ("us-airbus-301", "airbus-aircraft", "2020-03-18", LATER, "15%"),
        ("us-airbus-301", "airbus-other", "2021-03-10", LATER, "25%"),
        ("us-airbus-301", "airbus-other", "2021-03-11", LATER, "suspended"),
        ("us-airbus-301", "airbus-other", "2021-08-01", "2021-06-14", "25%"),
        ("us-airbus-301", "airbus-other", "2021-08-01", "2021-06-15", "suspended"),
        ("us-airbus-301", "airbus-other", "2026-11-01", LATER, "unknown"),
        ("us-reciprocal-world", None, "2025-04-08", LATER, "10%"),
        ("us-reciprocal-world", None, "2025-04-09", LATER, "20%"),
        ("us-reciprocal-world", None, "2025-04-10", LATER, "10%"),
        ("us-reciprocal-world", None, "2025-08-06", LATER, "10%"),
        ("us-reciprocal-world", None, "2025-08-07", LATER, "15% total"),
        ("us-232-autos-world", None, "2025-08-01", "2025-09-24", "25%"),
        ("us-232-autos-world", None, "2025-08-01", "2025-09-25", "15% total"),
        ("us-232-autos-world", None, "2025-07-31", LATER, "25%"),
        ("us-122-world", None, "2026-02-24", LATER, "10%"),
        ("us-122-world", None, "2026-07-24", LATER, "lapsed"),
        ("us-301-forced-labour-world", None, "2026-07-24", LATER, "10% total"),
        ("eu-rebalancing-2018", "eu-2018-at-25", "2018-06-21", LATER, "scheduled"),
        ("eu-rebalancing-2018", "eu-2018-at-25", "2018-06-22", LATER, "25%"),
        ("eu-rebalancing-2018", "eu-2018-at-10", "2021-12-31", LATER, "10%"),
        ("eu-rebalancing-2018", "eu-2018-at-10", "2022-01-01", LATER, "suspended"),
        ("eu-boeing-2020", "boeing-aircraft", "2020-11-10", LATER, "15%"),
        ("eu-boeing-2020", "boeing-other", "2021-03-11", LATER, "suspended"),
        ("eu-countermeasures-2025", "eu-2025-first-list", "2025-04-15", "2025-04-13", "none"),
        ("eu-countermeasures-2025", "eu-2025-first-list", "2025-04-15", "2025-04-14", "suspended"),
        (
            "eu-countermeasures-2025",
            "eu-2025-second-list",
            "2025-08-07",
            "2025-08-04",
            HELD_BACK,
        ),
        ("eu-countermeasures-2025", "eu-2025-second-list", "2025-08-07", "2025-08-05", "suspended"),
        (
            "eu-countermeasures-2025",
            "eu-2025-second-list",
            "2026-02-07",
            "2026-02-05",
            HELD_BACK,
        ),
        ("eu-countermeasures-2025", "eu-2025-second-list", "2026-02-07", "2026-02-06", "suspended"),
        ("eu-countermeasures-2025", "eu-2025-second-list", "2026-08-06", LATER, "suspended"),
        ("eu-countermeasures-2025", "eu-2025-second-list", "2026-08-07", LATER, "unknown"),
        ("eu-duty-free-us-goods", "eu-industrial-goods", "2026-06-30", LATER, "scheduled"),
        ("eu-duty-free-us-goods", "eu-industrial-goods", "2026-07-01", LATER, "0% total"),
        ("eu-duty-free-us-goods", "eu-industrial-goods", "2030-01-01", LATER, "lapsed"),
        ("eu-duty-free-us-goods", "eu-lobster", "2025-08-01", "2026-05-19", "none"),
        ("eu-duty-free-us-goods", "eu-lobster", "2025-08-01", LATER, "0% total"),
        ("eu-duty-free-us-goods", "eu-lobster", "2030-07-31", LATER, "0% total"),
    ],
)
def test_european_union(measure: str, goods: str | None, on: str, known: str, says: str) -> None:
    """Rates between the United States and the Union before and after each turn, and the day before it was known."""
    assert said("us-eu", measure, on, known, goods) == says


@pytest.mark.parametrize(
    ("measure", "goods", "on", "known", "says"),
    [
        ("us-232-steel-world", None, "2018-06-01", LATER, "25%"),
        ("us-232-steel-world", None, "2019-05-19", LATER, "25%"),
        ("us-232-steel-world", None, "2019-05-20", LATER, "0%"),
        ("us-232-aluminium-world", "aluminium-unwrought-2020", "2020-08-16", LATER, "10%"),
        ("us-232-aluminium-world", "aluminium-unwrought-2020", "2020-09-01", LATER, "0%"),
        ("us-232-steel-world", None, "2025-03-12", LATER, "25%"),
        ("us-232-steel-world", None, "2025-06-04", LATER, "50%"),
        ("us-fentanyl-can-mex", None, "2025-02-04", "2025-02-02", "25%"),
        ("us-fentanyl-can-mex", None, "2025-02-04", "2025-02-03", "suspended"),
        ("us-fentanyl-can-mex", None, "2025-03-04", LATER, "25%"),
        ("us-fentanyl-can-mex", "canada-energy", "2025-03-04", LATER, "10%"),
        ("us-fentanyl-can-mex", "usmca-goods", "2025-03-06", LATER, "25%"),
        ("us-fentanyl-can-mex", "usmca-goods", "2025-03-07", LATER, "exempt"),
        ("us-fentanyl-can-mex", None, "2025-07-31", LATER, "25%"),
        ("us-fentanyl-can-mex", None, "2025-08-01", LATER, "35%"),
        ("us-fentanyl-can-mex", None, "2026-02-24", LATER, "revoked"),
        ("us-232-wood-world", "wood-lumber", "2025-10-14", LATER, "10%"),
        ("us-122-world", "usmca-goods", "2026-02-24", LATER, "exempt"),
        ("us-301-forced-labour-world", None, "2026-07-24", LATER, "10%"),
        ("us-338-canada", "canada-338-alcohol", "2026-08-19", "2026-08-17", "50%"),
        ("us-338-canada", "canada-338-alcohol", "2026-08-19", "2026-08-18", "suspended"),
        ("us-338-canada", "canada-338-alcohol", "2026-08-22", LATER, "50%"),
        ("us-338-canada-bans", "canada-ban-dairy", "2026-09-28", LATER, "scheduled"),
        ("us-338-canada-bans", "canada-ban-dairy", "2026-09-29", LATER, "import banned"),
        ("ca-surtax-2018", "ca-2018-steel", "2018-06-30", LATER, "scheduled"),
        ("ca-surtax-2018", "ca-2018-steel", "2018-07-01", LATER, "25%"),
        ("ca-surtax-2018", "ca-2018-aluminium-and-consumer", "2019-05-19", LATER, "10%"),
        ("ca-surtax-2018", "ca-2018-aluminium-and-consumer", "2019-05-20", LATER, "revoked"),
        ("ca-surtax-2025", "ca-2025-first-list", "2025-03-03", LATER, "scheduled"),
        ("ca-surtax-2025", "ca-2025-first-list", "2025-03-04", LATER, "25%"),
        ("ca-surtax-2025", "ca-2025-first-list", "2025-09-01", "2025-08-21", "25%"),
        ("ca-surtax-2025", "ca-2025-first-list", "2025-09-01", LATER, "revoked"),
        ("ca-surtax-metals-2025", "ca-2025-metals", "2025-03-13", LATER, "25%"),
        ("ca-surtax-metals-2025", "ca-2025-metals", "2026-10-01", LATER, "25%"),
        ("ca-surtax-further-2025", None, "2025-08-31", LATER, "25%"),
        ("ca-surtax-further-2025", None, "2025-09-01", LATER, "revoked"),
        ("ca-surtax-cars-2025", "ca-cars", "2025-04-08", LATER, "scheduled"),
        ("ca-surtax-cars-2025", "ca-cars", "2025-04-09", LATER, "25%"),
        ("ca-matching-2026", "ca-2026-at-50", "2026-09-08", "2026-09-03", "none"),
        ("ca-matching-2026", "ca-2026-at-50", "2026-09-07", "2026-09-04", "scheduled"),
        ("ca-matching-2026", "ca-2026-at-50", "2026-09-08", "2026-09-04", "50%"),
        ("ca-matching-2026", "ca-2026-at-15", "2026-09-08", LATER, "15%"),
    ],
)
def test_canada(measure: str, goods: str | None, on: str, known: str, says: str) -> None:
    """Rates between the United States and Canada before and after each turn, and the day before it was known."""
    assert said("us-canada", measure, on, known, goods) == says


@pytest.mark.parametrize(
    ("dispute", "on", "arrangement", "until"),
    [
        ("us-eu", "2025-04-14", None, None),
        ("us-eu", "2025-05-01", "eu-pause-2025-04", "2025-07-14"),
        ("us-eu", "2025-07-20", "eu-pause-2025-04", "2025-08-07"),
        ("us-eu", "2025-09-01", "eu-pause-2025-08", "2026-02-07"),
        ("us-eu", "2026-03-01", "eu-pause-2025-08", "2026-08-07"),
        ("us-eu", "2023-01-01", "aircraft-2021", "2026-06-15"),
        ("us-canada", "2026-09-01", None, None),
    ],
)
def test_truces(dispute: str, on: str, arrangement: str | None, until: str | None) -> None:
    """The pause of the day, with its clock as then known."""
    day = date.fromisoformat(on)
    truce = status(dispute, day, day).truce
    if arrangement is None or until is None:
        assert truce is None or truce.arrangement == "aircraft-2021"
    else:
        assert truce is not None
        assert (truce.arrangement, truce.until) == (arrangement, date.fromisoformat(until))


@pytest.mark.parametrize(
    ("dispute", "claim", "opened", "closed"),
    [
        ("us-eu", "us-letter-eu-2025-07-12", "2025-07-12", "2025-07-27"),
        ("us-eu", "us-greenland-2026-01-17", "2026-01-17", "2026-01-22"),
        ("us-eu", "eu-halt-2026-01-21", "2026-01-21", "2026-03-19"),
        ("us-eu", "us-threat-cars-2026-05", "2026-05-07", "2026-07-01"),
        ("us-canada", "us-canada-ten-2025-10", "2025-10-25", "2026-02-20"),
        ("us-canada", "us-findings-338-2026-07-20", "2026-07-20", None),
        ("us-canada", "us-threat-canada-2027", "2026-08-24", None),
    ],
)
def test_claims(dispute: str, claim: str, opened: str, closed: str | None) -> None:
    """A claim is open from its day until the day that settled it."""
    first = date.fromisoformat(opened)
    assert claim in {c.claim for c in status(dispute, first, first).claims}
    assert claim not in {c.claim for c in status(dispute, date.fromordinal(first.toordinal() - 1)).claims}
    last = date.fromisoformat(closed or "2026-10-10")
    assert (claim in {c.claim for c in status(dispute, last, last).claims}) == (closed is None)


def test_agreements_on_metals_end_with_the_duties_of_2025() -> None:
    """The two agreements ended when the proclamations of February 2025 took effect."""
    for dispute, name in (("us-eu", "eu-metals-2021"), ("us-canada", "canada-metals-2019")):
        for on, state in (("2025-03-11", "in force"), ("2025-03-12", "lapsed")):
            terms = {t.arrangement.id: t.state for t in r.terms(r.dispute(dispute).as_of(date.fromisoformat(on)))}
            assert terms[name] == state
