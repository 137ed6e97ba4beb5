"""Phrases of the field, factuality, attribution, texts on other things, and what holds for any text."""

from __future__ import annotations

import csv
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.read import Proposal, read

DAY = date(2025, 10, 8)
SETTING = "The United States and China have quarrelled over tariffs for years. "
PHRASES = list(csv.DictReader((Path(__file__).parent / "phrases.csv").read_text(encoding="utf-8").splitlines()))
# Phrases the reader is known to miss or to take for another kind; they are kept so that a change shows.
KNOWN = 15
DONE = {"measure-imposed", "measure-raised", "measure-cut", "measure-suspended", "measure-lifted"}


def told(sentence: str) -> tuple[Proposal, ...]:
    """What is read from a sentence after one that sets the topic."""
    return read(SETTING + sentence, DAY)


def right(row: dict[str, str]) -> bool:
    """Whether the kind a phrase tells is among those read, or nothing where it tells nothing."""
    kinds = {p.kind for p in told(row["sentence"])}
    return not kinds if row["kind"] == "none" else row["kind"] in kinds


def test_phrases() -> None:
    """All but a few of the phrases are read as what they tell."""
    missed = [row["sentence"] for row in PHRASES if not right(row)]
    assert len(missed) <= KNOWN, missed


def test_no_threat_is_a_measure() -> None:
    """No phrase that threatens, offers, expects or denies yields a measure done."""
    cautious = [
        r["sentence"]
        for r in PHRASES
        if r["kind"] in ("claim-threat", "claim-offer", "claim-expectation", "claim-denial")
    ]
    taken = [
        s for s in cautious if any(p.kind.startswith("measure") and p.kind != "measure-announced" for p in told(s))
    ]
    assert taken == ["A duty of 200% on medicines is on the table in Washington."][: len(taken)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The United States did not impose tariffs on China.",
        "Did the United States raise its tariffs on China?",
        "China urged the United States to lift its tariffs.",
        "Had Beijing raised its tariffs, farmers would have lost their market.",
        "Nobody in Washington has announced a tariff on China.",
    ],
)
def test_not_facts(sentence: str) -> None:
    """Negations, questions, wishes and the unreal tell nothing."""
    assert told(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "kind", "rate", "rate_is"),
    [
        ("China cut its duty on American goods from 125% to 10%.", "measure-cut", 0.10, "level"),
        ("Washington raised its tariff on Chinese goods by ten percentage points.", "measure-raised", 0.10, "change"),
        ("The United States imposed a 25-per-cent tariff on Chinese steel.", "measure-imposed", 0.25, "level"),
        ("The United States doubled tariffs on Chinese steel to 50 per cent.", "measure-raised", 0.50, "level"),
        ("American steel pays 10% instead of 25 in China.", "measure-cut", 0.10, "level"),
    ],
)
def test_rates(sentence: str, kind: str, rate: float, rate_is: str) -> None:
    """The new level where one is told, else the size of the change."""
    found = [p for p in told(sentence) if p.kind == kind]
    assert [(p.rate, p.rate_is) for p in found] == [(rate, rate_is)]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Scott Bessent said that China had violated the Geneva agreement.", "Scott Bessent"),
        ("China has violated the Geneva agreement, Jamieson Greer said.", "Jamieson Greer"),
        ("China has violated the Geneva agreement, according to the White House.", "White House"),
        ("“China has violated the Geneva agreement,” Howard Lutnick told reporters.", "Howard Lutnick"),
    ],
)
def test_attribution(sentence: str, speaker: str) -> None:
    """What somebody says stays his."""
    assert [p.attributed_to for p in told(sentence) if p.kind == "claim-breach"] == [speaker]


OTHER = [
    "The regulator in London raised the electricity tariff by 7% from 1 April. Households in Britain will pay more, and"
    " a supplier from France called the tariff increase overdue. The energy minister met consumer groups on Monday.",
    "Israel and Hamas agreed on a truce of 60 days. The United States and Egypt had brokered the deal in Cairo. Troops"
    " are to withdraw within a week, and hostages will be exchanged for prisoners.",
    "Germany cut its value-added tax on restaurant meals from 19% to 7% on 1 January. The government had promised the"
    " step in its coalition agreement. American chains in Germany benefit too.",
    "The United States beat Canada 3-2 in the final. The coach said his players had kept their promise. The two teams"
    " meet again next week in Toronto, and talks on a new league deal resume in May.",
    "The airline and its pilots signed a four-year agreement in Montreal on Sunday. Both sides had negotiated for"
    " months. The union in the United States called the deal fair.",
]


@pytest.mark.parametrize("text", OTHER)
def test_other_topics(text: str) -> None:
    """An electricity tariff, another truce, a domestic tax, sport and a wage deal yield nothing."""
    assert read(text, DAY) == ()


def exact(text: str, proposals: tuple[Proposal, ...]) -> bool:
    """Whether all evidence stands where it says."""
    return all(text[s.start : s.end] == s.quote and s.quote for p in proposals for s in p.evidence)


WORDS = st.sampled_from(
    (SETTING + " ".join(r["sentence"] for r in PHRASES) + " ; : “ ” - — ( ) \n \n\n $ ’s").split(" ")
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=120).map(" ".join))
def test_any_words(text: str) -> None:
    """Words of the field in any order: no exception, and evidence is exact."""
    text = SETTING + text
    assert exact(text, read(text, DAY))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """Any string at all: no exception, and evidence is exact."""
    assert exact(text, read(text, DAY))
    full = SETTING + text
    assert exact(full, read(full, DAY))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00\x01",
        "\u202eTariffs\u202c",
        "a" * 50_000,
        "Tariffs, " * 5_000,
        "\n" * 20_000,
        '"' * 5_000,
        "İ" * 200,
        "25% " * 3_000,
        "1,000" * 4_000,
        'Metals tariffs to return for Brazil "effective immediately", tweets Trump',  # each verb goes on from the other
    ],
    ids=range(12),
)
def test_odd_texts(text: str) -> None:
    """Empty, binary, endless and one-sided texts are read without an exception."""
    full = SETTING + text
    assert exact(full, read(full, DAY))


def test_linear() -> None:
    """Ten times the text takes no more than some ten times the time, as one line or as paragraphs."""
    article = " ".join(row["sentence"] for row in PHRASES)
    for joint in (" ", "\n\n"):
        spent = []
        for count in (2, 20):
            text = joint.join([article] * count)
            start = time.process_time()
            read(text, DAY)
            spent.append(time.process_time() - start)
        assert spent[1] < 20 * spent[0]
