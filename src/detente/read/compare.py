"""Proposals held against the record as known on the day: what each repeats, extends, contradicts or adds.

Two things are the same event where kind and sides agree and their days meet. What the text leaves open agrees with
anything; what it tells otherwise than the record is a contradiction, said in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from detente.read.gazetteer import same_place
from detente.read.proposal import Match, Proposal, Relation, When
from detente.terms import say_day

if TYPE_CHECKING:
    from detente.record import View

_RECENT = timedelta(30)
_HELD = frozenset({"call", "meeting", "round"})


@dataclass(frozen=True, slots=True)
class _Known:
    """A talk as known: from when, where, and who takes part."""

    start: date | None
    until: date | None
    place: str | None
    people: tuple[str, ...]
    published: date


def compared(proposals: Iterable[Proposal], view: View, published: date) -> list[Proposal]:
    """Every proposal with what it is in the record, as known to the view."""
    return [_compared(p, view, published) for p in proposals]


def _compared(p: Proposal, view: View, published: date) -> Proposal:
    if p.kind in _HELD or p.kind == "planned-talk":
        return _talk(p, view, published)
    if p.kind == "arrangement":
        return _arrangement(p, view)
    if p.kind == "commitment":
        return _commitment(p, view)
    if p.kind.startswith("claim-"):
        return _claim(p, view, published)
    if p.kind == "court-decision":
        return _judgment(p, view)
    return _measure(p, view)


def _said(p: Proposal, relation: Relation, id_: str, file: str, why: str) -> Proposal:
    note = why if relation == "contradicts" else p.note
    return replace(p, relation=relation, matches=(Match(id_, file, why),), note=note)


def _talk(p: Proposal, view: View, published: date) -> Proposal:
    options = [(t, _known(t, view.known)) for t in view.record.talks if _alike(p, t.kind) and _sides(p, t.parties)]
    found = [(t, k) for t, k in options if k is not None and _meets(p, k, published)]
    if not found:
        return p
    talk, known = max(found, key=lambda x: (len(set(x[1].people) & {q.name for q in p.persons}), x[1].start or date.min))
    where = f", {known.place}" if known.place else ""
    when = f" of {say_day(known.start)}" if known.start else ", day open"
    what = f"The record has {talk.id}{when}{where}"
    if p.place and known.place and not same_place(p.place, known.place) and "open" not in (p.place, known.place):
        return _said(p, "contradicts", talk.id, "talks.yaml", f"{what}; the text says {p.place}.")
    more = _adds(p, known)
    if more:
        return _said(p, "extends", talk.id, "talks.yaml", f"{what}; the text adds {more}.")
    return _said(p, "repeats", talk.id, "talks.yaml", what + ".")


def _adds(p: Proposal, known: _Known) -> str:
    """What a text tells of a talk that the record does not have."""
    people = [q.name for q in p.persons if q.name not in known.people]
    parts = []
    if people:
        parts.append(" and ".join(people))
    if p.place and p.place != "open" and known.place in (None, "open"):
        parts.append(p.place)
    if p.date is not None and known.start is None and p.date.precision == "day":
        parts.append(say_day(p.date.from_))
    return ", ".join(parts)


def _alike(p: Proposal, kind: str) -> bool:
    return p.kind == kind or p.kind == "planned-talk" or {p.kind, kind} == {"meeting", "round"}


def _sides(p: Proposal, parties: Iterable[str]) -> bool:
    """The sides told are among those of the entry; two are needed to tell one contact from another."""
    return len(set(p.parties) & set(parties)) >= min(2, len(p.parties))


def _known(talk: Any, known: date) -> _Known | None:
    """What the reports of a talk tell, those published by a day, later ones adding to earlier ones."""
    reports = [r for r in talk.reports if r.published <= known]
    if not reports:
        return None
    start = until = place = None
    people: list[str] = []
    for r in reports:
        start, until, place = r.from_ or start, r.until or until, r.place or place
        people += [name for names in r.persons.values() for name in names]
    return _Known(start, until, place, tuple(dict.fromkeys(people)), reports[-1].published)


def _meets(p: Proposal, k: _Known, published: date) -> bool:
    """Whether the days of a proposal and of a talk can be the same."""
    if p.kind == "planned-talk":
        ahead = k.start is None or k.start >= published
        return ahead and (p.date is None or k.start is None or _touch(p.date, k.start, k.until))
    if k.start is None:
        return False
    if p.date is None:
        return published - _RECENT <= k.start <= published
    return _touch(p.date, k.start, k.until)


def _touch(when: When, start: date, until: date | None) -> bool:
    """Whether an interval and an entry share a day; a day that local time moves by one counts too."""
    slack = timedelta(1)
    last = until or start + slack
    return start < (when.until or date.max - slack) + slack and when.from_ - slack < last


def _arrangement(p: Proposal, view: View) -> Proposal:
    options = [a for a in view.record.arrangements if a.published <= view.known and _sides(p, a.parties)]
    if not options:
        return p
    dated = [(a, day) for a in options for day in _days_of(a, view) if p.date and _touch(p.date, day, None)]
    if dated:
        return _agrees(p, dated[0][0], view)
    latest = max(options, key=lambda a: a.published)
    if p.date is None:
        return _agrees(p, latest, view)
    named = [a for a in options if p.duration_days and _term(a, view) == p.duration_days or (p.place and a.place and same_place(p.place, a.place))]
    near = [a for a in named or options if abs(min((d - p.date.from_).days for d in _days_of(a, view))) < 60]
    if not near:
        return p
    one = max(near, key=lambda a: a.published)
    days = " and ".join(say_day(d) for d in _days_of(one, view))
    return _said(p, "contradicts", one.id, "arrangements.yaml", f"The record has {one.id} of {days}{_at(one)}; the text says {_told(p.date)}.")


def _agrees(p: Proposal, a: Any, view: View) -> Proposal:
    days = " and ".join(say_day(d) for d in _days_of(a, view))
    what = f"The record has {a.id} of {days}{_at(a)}"
    if p.place and a.place and p.place != "open" and not same_place(p.place, a.place):
        return _said(p, "contradicts", a.id, "arrangements.yaml", f"{what}; the text says {p.place}.")
    return _said(p, "repeats", a.id, "arrangements.yaml", what + ".")


def _at(a: Any) -> str:
    return f", {a.place}" if a.place else ""


def _days_of(a: Any, view: View) -> list[date]:
    """The days an arrangement goes by: published, in effect, and the start of what carries it out."""
    carried = [c.from_ for i in view.instruments if i.carries_out == a.id for c in i.changes if c.suspend is not None]
    return sorted({d for d in (a.published, a.from_, min(carried, default=None)) if d is not None})


def _term(a: Any, view: View) -> int | None:
    """The first length of what an arrangement suspends, in days."""
    terms = [(c.until - c.from_).days for i in view.instruments if i.carries_out == a.id for c in i.changes if c.suspend is not None and c.until]
    return terms[0] if terms else None


def _told(when: When) -> str:
    """An interval as the text tells it, in words."""
    if when.until is None:
        return f"from {say_day(when.from_)}"
    last = when.until - timedelta(1)
    return say_day(when.from_) if last <= when.from_ else f"{say_day(when.from_)} to {say_day(last)}"


def _commitment(p: Proposal, view: View) -> Proposal:
    words = _content(e.quote for e in p.evidence)
    best: tuple[int, Any, Any] | None = None
    for a in view.record.arrangements:
        if a.published > view.known:
            continue
        for c in a.commitments:
            if c.by == p.parties[0]:
                shared = len(words & _content([c.text]))
                if shared >= 2 and (best is None or shared > best[0]):
                    best = (shared, a, c)
    if best is None:
        return p
    _, a, c = best
    return _said(p, "repeats", c.id, "arrangements.yaml", f"The record has it under {a.id}: {c.text}")


_STOP = frozenset("with from that this their its will would under which into have been both other than more united states china chinese american european".split())


def _content(texts: Iterable[str]) -> set[str]:
    return {w.strip(".,;:%\"'()").lower() for t in texts for w in t.split() if len(w) > 3} - _STOP


def _claim(p: Proposal, view: View, published: date) -> Proposal:
    kind = p.kind.removeprefix("claim-")
    since = published - timedelta(14)
    options = [c for c in view.record.claims if c.kind == kind and c.published <= view.known and c.by in p.parties]
    near = [c for c in options if (p.date is not None and _touch(p.date, c.published, None)) or since <= c.published <= published]
    mine = [c for c in near if p.attributed_to and c.speaker == p.attributed_to] or [c for c in near if c.by == p.parties[0] and not _other_speaker(p, c)]
    if not mine:
        return p
    one = max(mine, key=lambda c: c.published)
    return _said(p, "repeats", one.id, "claims.yaml", f"The record has {one.id} of {say_day(one.published)}: {one.text}")


def _other_speaker(p: Proposal, claim: Any) -> bool:
    """Whether the text names a person and the record another."""
    told = p.attributed_to or ""
    return bool(claim.speaker) and " " in told and told.istitle() and claim.speaker != told


def _judgment(p: Proposal, view: View) -> Proposal:
    for i in view.instruments:
        if i.form == "judgment" and p.date is not None and _touch(p.date, i.published, None):
            return _said(p, "repeats", i.id, "instruments", f"The record has {i.title} of {say_day(i.published)}.")
    return p


def _measure(p: Proposal, view: View) -> Proposal:
    """The act of that side whose day and rate agree; with the day alone it tells more or otherwise."""
    same_day = [(i, c) for i, c in _changes(p, view) if p.date is not None and (c.from_ == p.date.from_ or i.published == p.date.from_)]
    for i, c in same_day or ([] if p.rate is None else list(_changes(p, view))):
        if p.rate is None or _rate(c) == round(p.rate, 6):
            return _said(p, "repeats", i.id, "instruments", f"The record has {i.title} of {say_day(i.published)}.")
    rates = {r for _, c in same_day if (r := _rate(c)) is not None}
    if p.rate is not None and p.rate_is == "level" and len(same_day) == 1 and rates:
        i, c = same_day[0]
        return _said(p, "contradicts", i.id, "instruments", f"The record has {100 * rates.pop():g}% by {i.title}; the text says {100 * p.rate:g}%.")
    return p


def _changes(p: Proposal, view: View) -> Iterator[tuple[Any, Any]]:
    """The known changes by the side that acts, to the side acted on, the latest first."""
    for i in reversed(view.instruments):
        if i.by != p.parties[0]:
            continue
        for c in i.changes:
            on = c.on or view.measure(c.measure).targets
            if len(p.parties) < 2 or "ALL" in on or set(on) & set(p.parties[1:]):
                yield i, c


def _rate(change: Any) -> float | None:
    if change.set is not None and change.set.rate is not None:
        return round(float(change.set.rate), 6)
    if change.suspend is not None and change.suspend.points is not None:
        return round(float(change.suspend.points), 6)
    return None
