"""What cannot all be right inside one article, and what it leaves in doubt; said in words, nothing dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from detente.read.merge import dates_agree
from detente.read.proposal import Proposal, When
from detente.terms import say_day

if TYPE_CHECKING:
    from detente.record import View

_OF_A_CALL = frozenset({"call", "conversation", "phone", "telephone", "speak", "talk", "spoke"})


def with_conflicts(proposals: Sequence[Proposal], view: View | None, published: date) -> tuple[Proposal, ...]:
    """Proposals with what the article itself says otherwise."""
    out = list(proposals)
    _two_dates(out)
    _call_still_expected(out, published)
    _first_talks(out, view)
    return tuple(out)


def _mark(out: list[Proposal], at: int, note: str) -> None:
    old = out[at].note
    out[at] = replace(out[at], relation="internal-conflict", note=note if not old else f"{note} {old}")


def _two_dates(out: list[Proposal]) -> None:
    """One arrangement of one length at two times: 'established three weeks prior' and 'earlier this month'."""
    deals = [i for i, p in enumerate(out) if p.kind == "arrangement" and p.date is not None and p.duration_days]
    for n, i in enumerate(deals):
        for j in deals[n + 1 :]:
            a, b = out[i], out[j]
            if a.duration_days != b.duration_days or set(a.parties) != set(b.parties) or dates_agree(a.date, b.date):
                continue
            _mark(out, i, _both_dates(a, b))
            _mark(out, j, _both_dates(b, a))


def _both_dates(a: Proposal, b: Proposal) -> str:
    assert a.date is not None
    assert b.date is not None
    here, there = _told(a.date), _told(b.date)
    return (
        f"The article dates a {a.duration_days}-day arrangement to {here} here and to {there} elsewhere;"
        " both cannot be right."
    )


def _told(when: When) -> str:
    last = None if when.until is None else when.until - timedelta(1)
    return say_day(when.from_) if last is None or last <= when.from_ else f"{say_day(when.from_)} to {say_day(last)}"


def _call_still_expected(out: list[Proposal], published: date) -> None:
    """A call that has taken place is also still expected: which call the expectation means is in doubt."""
    held = [p for p in out if p.kind == "call" and (p.date is None or p.date.from_ > published - timedelta(10))]
    for i, p in enumerate(out):
        expected = p.kind == "claim-expectation" and bool(_words(p) & _OF_A_CALL)
        if expected and any(set(p.parties) & set(h.parties) for h in held):
            _mark(out, i, "The article also tells of a call that has taken place; which call is expected is in doubt.")


def _first_talks(out: list[Proposal], view: View | None) -> None:
    """'Their first talks' still to come, where talks were held before, by this text or by the record."""
    for i, p in enumerate(out):
        if p.kind != "planned-talk" or "first" not in _words(p):
            continue
        told = [
            q
            for q in out
            if (q.kind in ("meeting", "round") or q.kind == "arrangement") and set(q.parties) == set(p.parties)
        ]
        if not told:
            continue
        known = _round_before(p, view)
        record = f" The record has {known} before." if known else ""
        words = told[-1].evidence[0].quote[:60]
        note = f"The article calls these talks the first, but itself tells of earlier ones ('{words}…').{record}"
        _mark(out, i, note)


def _round_before(p: Proposal, view: View | None) -> str | None:
    """The last round or meeting of the two sides in the record that had begun by the day it is asked about."""
    if view is None:
        return None
    found = [
        (r.from_, t.id)
        for t in view.record.talks
        if t.kind in ("round", "meeting") and set(t.parties) == set(p.parties)
        for r in t.reports
        if r.published <= view.known and r.from_ is not None and r.from_ < view.on
    ]
    if not found:
        return None
    day, name = max(found)
    return f"{name} of {say_day(day)}"


def _words(p: Proposal) -> set[str]:
    return {w.strip(".,;:\"'").lower() for e in p.evidence for w in e.quote.split()}
