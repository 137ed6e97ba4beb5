"""No answer uses what was published after the day it is asked from, on any day of the shipped record."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from detente import record as r
from detente.record.entries import Record
from detente.record.folder import load_folder
from detente.record.index import freeze, thaw
from detente.record.view import View

PARTS = [("us-reciprocal", "CHN", None), ("us-fentanyl", "CHN", None), ("cn-retaliation-2025", "USA", None)]
PARTS += [("us-301-tech", "CHN", "list-3"), ("us-301-tech", "CHN", "list-4a"), ("us-122", "CHN", None)]


def record() -> Record:
    """The shipped record, as its models."""
    return load_folder(r.folder_of("us-china")).record()


def pruned(whole: Record, known: date) -> Record:
    """The record without anything published after `known`."""
    return whole.model_copy(
        update={
            "instruments": [i for i in whole.instruments if i.published <= known],
            "arrangements": [a for a in whole.arrangements if a.published <= known],
            "claims": [c for c in whole.claims if c.published <= known],
            "talks": [
                t.model_copy(update={"reports": [x for x in t.reports if x.published <= known]})
                for t in whole.talks
                if any(x.published <= known for x in t.reports)
            ],
        }
    )


def answers(view: View) -> tuple[object, ...]:
    """Everything a view says, to compare."""
    lines = [(x.measure.id, x.partner, x.goods, x.standing, x.charged, x.owed, x.since) for x in view.lines()]
    steps = [(s.day, s.measure.id, s.goods, s.after) for s in view.steps()]
    clocks = [(c.act.instrument.id, c.measure.id, c.goods, c.until, c.state) for c in r.clocks(view)]
    terms = [(t.arrangement.id, t.start, t.until, t.state, t.announced_until) for t in r.terms(view)]
    return lines, steps, clocks, terms


def test_walk_over_every_publication_date() -> None:
    """On each day on which an act was published, and the day before, what is said needs no later entry."""
    whole = record()
    frozen = thaw(freeze(whole))
    days = {i.published - timedelta(days=d) for i in whole.instruments for d in (0, 1)}
    for known in sorted(days)[::4]:
        early = thaw(freeze(pruned(whole, known)))
        assert answers(View(frozen, known, known)) == answers(View(early, known, known))


def test_random_days_need_no_hindsight() -> None:
    """The same for random pairs of days, the day asked about before or after the day asked from."""
    whole = record()
    frozen = thaw(freeze(whole))
    draw = random.Random(20250606)
    for _ in range(40):
        known = date(2018, 1, 1) + timedelta(days=draw.randrange(3200))
        on = known + timedelta(days=draw.randrange(-400, 400))
        early = thaw(freeze(pruned(whole, known)))
        assert answers(View(frozen, on, known)) == answers(View(early, on, known))


@pytest.mark.parametrize(
    ("instrument", "measure", "partner", "goods"),
    [
        ("us-eo-14195", "us-fentanyl", "CHN", None),
        ("us-eo-14257", "us-reciprocal", "CHN", None),
        ("us-eo-14259", "us-reciprocal", "CHN", None),
        ("us-eo-14298", "us-reciprocal", "CHN", None),
        ("us-eo-14334", "us-reciprocal", "CHN", None),
        ("us-eo-14389", "us-fentanyl", "CHN", None),
        ("cn-tc-2025-5", "cn-retaliation-2025", "USA", None),
        ("cn-tc-2025-7", "cn-retaliation-2025", "USA", None),
        ("cn-tc-2025-10", "cn-retaliation-2025", "USA", None),
        ("us-fr-83-47974", "us-301-tech", "CHN", "list-3"),
    ],
)
def test_an_act_is_unknown_until_its_day(instrument: str, measure: str, partner: str, goods: str | None) -> None:
    """The day before an act is published what it does to later days is not known; on its day it is."""
    frozen = thaw(freeze(record()))
    published = next(i.published for i in frozen.instruments if i.id == instrument)

    def said(known: date) -> list[object]:
        return [(d, s.word, s.rate) for d, s in View(frozen, known, known).history(measure, partner, goods)]

    assert said(published - timedelta(days=1)) != said(published)
    assert f"'{instrument}'" not in str(View(frozen, published, published - timedelta(days=1)).lines())
