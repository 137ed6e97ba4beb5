"""The first article in full: every proposal with its exact words, against the record of its day."""

from __future__ import annotations

from datetime import date

import pytest

from detente.read import Proposal, When, read
from detente.record import dispute
from tests.support import shared

DAY = date(2025, 6, 6)


@pytest.fixture(scope="module")
def text() -> str:
    """The article, or a skip where it is not beside the checkout."""
    return shared("article", "2025-06-06-trade-talks.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def told(text: str) -> tuple[Proposal, ...]:
    """What is read from it with the record known on its day."""
    return read(text, DAY, dispute("us-china").as_of(DAY, DAY))


def one(told: tuple[Proposal, ...], kind: str, words: str) -> Proposal:
    """The proposal of a kind that rests on some words."""
    found = [p for p in told if p.kind == kind and any(words in s.quote for s in p.evidence)]
    assert len(found) == 1, (kind, words, found)
    return found[0]


def test_exact_offsets(told: tuple[Proposal, ...], text: str) -> None:
    """Every piece of evidence stands in the article where it says."""
    assert all(text[s.start : s.end] == s.quote for p in told for s in p.evidence)
    starts = {p.kind: p.evidence[0].start for p in reversed(told)}
    assert starts["call"] == text.index("In a recent one-hour phone call")
    assert starts["measure-cut"] == text.index("both countries significantly reduced tariffs")


def test_call(told: tuple[Proposal, ...]) -> None:
    """The call of the leaders, one hour, which the record has on 5 June."""
    call = one(told, "call", "one-hour phone call")
    assert call.parties == ("USA", "CHN")
    assert [p.name for p in call.persons] == ["Donald Trump", "Xi Jinping"]
    assert call.quantity == "one-hour"
    assert (call.relation, call.matches[0].id) == ("repeats", "call-2025-06-05")


def test_talks_ahead(told: tuple[Proposal, ...]) -> None:
    """The teams are to meet, place open; the delegates have the offices of the day; rare earths are named."""
    talks = one(told, "planned-talk", "schedule a new round of meetings between their respective teams")
    assert talks.place == "open"
    assert [(p.name, p.office) for p in talks.persons] == [
        ("Scott Bessent", "Secretary of the Treasury"),
        ("Howard Lutnick", "Secretary of Commerce"),
        ("Jamieson Greer", "United States Trade Representative"),
    ]
    assert talks.products == ("rare earth products",)
    assert talks.attributed_to == "Donald Trump"
    assert any("yet-to-be-determined location" in s.quote for s in talks.evidence)


def test_truce(told: tuple[Proposal, ...]) -> None:
    """The 90-day truce of three weeks before, with the cuts and the promise of both sides."""
    truce = one(told, "arrangement", "90-day trade truce established three weeks prior")
    assert truce.duration_days == 90
    assert truce.date == When(date(2025, 5, 12), date(2025, 5, 19), "about")
    assert truce.matches[0].id == "geneva-2025"
    assert set(one(told, "measure-cut", "both countries significantly reduced tariffs").parties) == {"USA", "CHN"}
    assert set(one(told, "commitment", "committed to ongoing dialogue").parties) == {"USA", "CHN"}


def test_mutual_claims(told: tuple[Proposal, ...]) -> None:
    """Each accuses the other; the foreign minister's words are his, and no measure is made of them."""
    assert set(one(told, "claim-breach", "both nations have accused each other").parties) == {"USA", "CHN"}
    claim = one(told, "claim-breach", '"negative measures" post-deal')
    assert (claim.attributed_to, claim.parties) == ("Wang Yi", ("CHN", "USA"))
    assert "critical juncture" in claim.evidence[0].quote
    assert claim.matches[0].id == "cn-breach-2025-06-03"
    assert not [p for p in told if p.kind in ("measure-imposed", "measure-announced")]


def test_january_call(told: tuple[Proposal, ...]) -> None:
    """'The first call since January 17' tells of a call on that day."""
    call = one(told, "call", "first call between the two leaders since January 17")
    assert call.date == When(date(2025, 1, 17), date(2025, 1, 18), "day")
    assert call.matches[0].id == "call-2025-01-17"


def test_expectations(told: tuple[Proposal, ...]) -> None:
    """Two officials still expect a call: attributed, not recorded as held, and doubtful since one was held."""
    hassett = one(told, "claim-expectation", "another conversation between Trump and Xi could be expected this week")
    bessent = one(told, "claim-expectation", "a phone call might be necessary")
    assert (hassett.attributed_to, bessent.attributed_to) == ("Kevin Hassett", "Scott Bessent")
    assert hassett.date == When(date(2025, 6, 2), date(2025, 6, 9), "week")
    for claim in (hassett, bessent):
        assert claim.relation == "internal-conflict"
        assert claim.note is not None
        assert "which call is expected is in doubt" in claim.note


def test_dates_of_the_deal(told: tuple[Proposal, ...]) -> None:
    """'Three weeks prior' and 'earlier this month' cannot both be right; the record has 12 and 14 May, Geneva."""
    swiss = one(told, "arrangement", "brokering a 90-day tariff reduction deal with China")
    truce = one(told, "arrangement", "90-day trade truce")
    assert swiss.place == "Switzerland"
    assert swiss.date == When(date(2025, 6, 1), date(2025, 6, 7), "month")
    for deal in (swiss, truce):
        assert deal.relation == "internal-conflict"
        assert deal.note is not None
        assert "both cannot be right" in deal.note
    assert "12 May 2025 and 14 May 2025, Geneva" in swiss.matches[0].why


def test_first_talks(told: tuple[Proposal, ...]) -> None:
    """The 'first formal economic talks' are not the coming ones: those of Geneva came before."""
    talks = one(told, "planned-talk", "first formal economic talks")
    assert talks.relation == "internal-conflict"
    assert talks.note is not None
    assert "round-2025-05-10-geneva" in talks.note


def test_nothing_invented(told: tuple[Proposal, ...]) -> None:
    """Nothing but what the tests above name, and the summit in Switzerland."""
    kinds = sorted(p.kind for p in told)
    claims = ["claim-breach", "claim-breach", "claim-expectation", "claim-expectation"]
    talks = ["call", "call", "meeting", "planned-talk"]
    assert kinds == sorted([*claims, *talks, "arrangement", "arrangement", "measure-cut", "commitment"])
    assert all(p.rate is None for p in told)


def test_without_a_record(text: str) -> None:
    """Without a record everything is new, save what the article itself says twice."""
    told = read(text, DAY)
    assert {p.relation for p in told} == {"new", "internal-conflict"}
    assert not any(p.matches for p in told)
