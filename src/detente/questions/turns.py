"""Which entries of a record turn towards the dispute, and which away from it.

Derived, never typed: an act is hostile when it raises what a party's measure says of the other's goods or firms on the
day it begins to act, against what was known the day before, and cooperative when it lowers it; one that does both
counts as one of each. A claim of breach is hostile; a contact is cooperative on its first day, an arrangement on the
day it was published. Judgments are no party's turn and are left out. Threats and offers are words only: listed, with
no turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from detente import record as r
from detente.questions.answers.tension import Turn
from detente.questions.duty_levels import clocks_at_their_word
from detente.questions.status import talk_line

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with its day and its turn; `known` is the day from which it was known."""

    day: date
    known: date
    kind: Literal["act", "claim", "talk", "arrangement"]
    id: str
    title: str
    turn: Turn | None
    word: str = ""


def turns(dispute: r.Dispute) -> list[Entry]:
    """Every entry of the record that is a turn, and every threat and offer, in order of day."""
    found = [*_acts(dispute), *_claims(dispute), *_talks(dispute), *_arrangements(dispute)]
    return sorted(found, key=lambda e: (e.day, e.kind, e.id))


def _acts(dispute: r.Dispute) -> Iterator[Entry]:
    settled = clocks_at_their_word(dispute)
    parties = dispute.record.header.parties
    for act in dispute.record.instruments:
        if act.by in parties and act.form != "judgment" and (turn := _turn(settled, act)) is not None:
            yield Entry(act.published, act.published, "act", act.id, act.title, turn)


def _turn(settled: r.Dispute, act: r.Instrument) -> Turn | None:
    """Whether an act raises or lowers anything, from the first day on which each of its changes can act."""
    day = act.published
    moves: set[int] = set()
    for first in {max(c.from_, day) for c in act.changes if c.for_ == "both"}:
        before, after = settled.as_of(first, day - DAY), settled.as_of(first, day)
        mine = [c for c in act.changes if max(c.from_, day) == first and c.for_ == "both" and not _on_the_way(act, c)]
        for change in mine:
            moves |= set(_moves(before, after, change))
    if moves == {1, -1}:
        return "both"
    return "hostile" if moves == {1} else "cooperative" if moves == {-1} else None


def _on_the_way(act: r.Instrument, change: r.Change) -> bool:
    """Goods left out for a time by the act that sets the measure: it begins later for them, and lowers nothing."""
    sets = any(c.set is not None and c.measure == change.measure for c in act.changes)
    return sets and change.exempt is not None and change.until is not None


def _moves(before: r.View, after: r.View, change: r.Change) -> Iterator[int]:
    """1 for every part of a measure between the parties that a change raises, -1 for every one it lowers."""
    for measure, partner, goods in after.parts:
        reached = change.on is None or partner in change.on
        if measure.id != change.measure or not reached or partner in change.not_on:
            continue
        if change.exempt is not None:
            if _force(after.standing(measure.id, partner, goods)) > 0 and not _runs(before, change, partner):
                yield -1
        elif change.goods in (None, goods):
            old, new = (_force(v.standing(measure.id, partner, goods)) for v in (before, after))
            if new != old:
                yield 1 if new > old else -1


def _runs(before: r.View, change: r.Change, partner: str) -> bool:
    """True when the same goods were already exempt on that day without a word of the act."""
    return before.standing(change.measure, partner, goods=change.exempt).word == "exempt"


def _force(standing: r.Standing) -> float:
    """What a measure does to goods: its rate, or one for a state in force."""
    if not standing.in_force:
        return 0.0
    return 1.0 if standing.rate is None else float(standing.rate)


def _claims(dispute: r.Dispute) -> Iterator[Entry]:
    for c in dispute.record.claims:
        if c.kind in ("breach", "threat", "offer"):
            turn: Turn | None = "hostile" if c.kind == "breach" else None
            yield Entry(c.published, c.published, "claim", c.id, f"{c.by} {c.kind}: {c.text}", turn, c.kind)


def _talks(dispute: r.Dispute) -> Iterator[Entry]:
    for talk in dispute.record.talks:
        days = sorted({x for report in talk.reports for x in (report.published, report.from_) if x is not None})
        for day in days:
            line = talk_line(dispute.as_of(day, day), talk)
            if line is not None and line.from_ is not None and line.from_ <= day:
                yield Entry(line.from_, day, "talk", talk.id, talk.title, "cooperative")
                break


def _arrangements(dispute: r.Dispute) -> Iterator[Entry]:
    for x in dispute.record.arrangements:
        yield Entry(x.published, x.published, "arrangement", x.id, x.title, "cooperative")
