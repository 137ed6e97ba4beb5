"""Phrases of measures, promises, arrangements and rulings, with sides, rates and days; and what is none of these."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.read import Proposal, read
from tests.read.told import Phrase, by_rules, faults, phrases

DAY = date(2025, 10, 8)
SETTING = "The United States and China have quarrelled over tariffs for years. "
PHRASES = phrases(Path(__file__).parent / "acts.txt")
# Phrases the reader is known to miss or to take for something else; they are kept so that a change shows.
KNOWN = 26
CAUTIOUS = {"claim-threat", "claim-offer", "claim-expectation"}


def told(phrase: Phrase) -> tuple[Proposal, ...]:
    """What the rules read from a phrase after a sentence that sets the topic."""
    return by_rules(SETTING + phrase.text, DAY)


def test_phrases() -> None:
    """All but a few phrases yield what they tell, with sides, rates and days, and nothing more."""
    wrong = [f"{p.text}: {'; '.join(found)}" for p in PHRASES if (found := faults(p, told(p)))]
    assert len(wrong) <= KNOWN, wrong


def test_nothing() -> None:
    """Negations, questions, wishes, costs, and what is still to be decided tell of no act."""
    silent = [p for p in PHRASES if not p.told]
    assert len(silent) > 30
    assert not [p.text for p in silent if faults(p, told(p))]


def test_no_threat_is_done() -> None:
    """No phrase that only threatens, offers or expects yields a measure done."""
    cautious = [p for p in PHRASES if p.told and all(set(t.kinds) <= CAUTIOUS for t in p.told)]
    assert len(cautious) > 10
    for how in (read, by_rules):
        done = [p.text for p in cautious if any(q.kind.startswith("measure") for q in how(SETTING + p.text, DAY))]
        assert not done


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Indonesia's rate for its goods in the United States was cut to 19%.", "IDN"),
        ("Swiss goods have been charged 39% by the United States since 7 August.", "CHE"),
        ("Mexico won a 90-day reprieve from the American tariffs on 31 July.", "MEX"),
    ],
)
def test_who_pays(text: str, side: str) -> None:
    """Those who pay or are let off are acted on; they do not act."""
    found = [p for p in read(SETTING + text, DAY) if p.kind.startswith("measure")]
    assert found
    assert all(p.parties[0] == "USA" and side in p.parties[1:] for p in found)


def test_listed_terms() -> None:
    """Items below the name of a side are what that side promises under a deal just made."""
    text = (
        "The United States and China reached a deal in Busan on 6 October. Tariffs are part of it.\n\n"
        "FROM CHINA\nSoybeans: 12 million tonnes this year.\nGeneral licences for exports of rare earths.\n\n"
        "FROM THE UNITED STATES\nThe port fees on Chinese ships are suspended.\n"
    )
    promised = [p for p in by_rules(text, DAY) if p.kind == "commitment"]
    assert [p.parties[0] for p in promised] == ["CHN", "CHN", "USA"]


def test_each_court() -> None:
    """Two courts in one sentence, each with its day, are two decisions; a court named twice is one."""
    text = (
        SETTING
        + "The tariffs were declared illegal by the trade court on 28 May and by the appeals court on 29 August."
    )
    found = [p for p in read(text, DAY) if p.kind == "court-decision"]
    assert [p.date.from_ for p in found if p.date] == [date(2025, 5, 28), date(2025, 8, 29)]
    again = text + " The ruling of the trade court on 28 May took importers by surprise."
    assert len([p for p in read(again, DAY) if p.kind == "court-decision"]) == 2
