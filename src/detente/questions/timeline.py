"""What happened and what is due, in order of day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from detente import record as r
from detente.questions import answers as a
from detente.questions.status import talk_line
from detente.terms import Fault, InputFault, Interval, stamp


def timeline(name: str, since: date | None = None, until: date | None = None, known: date | None = None) -> a.Timeline:
    """The dated events of a dispute in `[since, until)` as `known` on a day (default today).

    Events after `known` are those that were then scheduled or due. Raises `InputFault` when the dispute is not there,
    its record does not check, or `until` is not after `since`.
    """
    check_span(since, until)
    dispute = r.dispute(name)
    view = dispute.as_of(known, known)
    span = Interval(since or date.min, until)
    events = sorted((e for e in _events(view) if e.day in span), key=lambda e: (e.day, _ORDER[e.kind], e.id))
    words = ["detente", "timeline", name]
    for flag, day in (("--since", since), ("--until", until), ("--known", view.known)):
        words += [flag, str(day)] if day else []
    return a.Timeline(
        dispute=dispute.record.header.id,
        since=since,
        until=until,
        known=view.known,
        covered_through=dispute.record.header.covered_through,
        events=events,
        undated=talks_without_day(view),
        provenance=a.Provenance(**stamp(words, dispute.record.digest).as_dict()),
    )


_ORDER = {"published": 0, "takes effect": 1, "clock": 2, "arrangement": 3, "talk": 4, "claim": 5, "due": 6}
_ORDER |= {"deadline": 7}


def check_span(since: date | None, until: date | None) -> None:
    """Raise `InputFault` where `until` is not after `since`."""
    if since and until and until <= since:
        raise InputFault([Fault("until", f"{until} is not after {since}.", allowed="a later day than --since")])


def talks_without_day(view: r.View) -> list[a.TalkLine]:
    """Talks that were announced by the day without saying when: listed, never given a day."""
    lines = [talk_line(view, talk) for talk in view.record.talks]
    return [x for x in lines if x is not None and x.from_ is None]


def _events(view: r.View) -> Iterator[a.Event]:
    yield from _published(view)
    yield from _together(_effects(view))
    yield from _clocks(view)
    yield from _talks(view)
    yield from _claims(view)
    yield from _arrangements(view)
    yield from _dues(view)
    yield from _deadlines(view)


def _published(view: r.View) -> Iterator[a.Event]:
    for i in view.instruments:
        yield a.Event(day=i.published, kind="published", id=i.id, title=i.title, detail=i.cites, sources=i.sources)


def _together(events: Iterable[tuple[a.Event, str, list[str]]]) -> Iterator[a.Event]:
    """Events that differ in the partners alone as one."""
    alike: dict[str, tuple[a.Event, str, list[str]]] = {}
    for event, imposer, partners in events:
        alike.setdefault(f"{imposer} {event!r}", (event, imposer, []))[2].extend(partners)
    for event, imposer, partners in alike.values():
        names = sorted(set(partners), key=lambda p: (p != "ALL", p))
        yield replace(event, detail=f"{imposer} on {', '.join(names)}, {event.detail}")


def _effects(view: r.View) -> Iterator[tuple[a.Event, str, list[str]]]:
    """Days on which what stands between the parties changed or is to change, clocks at their word; and for whom."""
    for measure, partner, goods in view.parts:
        before: r.Standing | None = None
        for day, standing in view.history(measure.id, partner, goods):
            title = f"{measure.title}: {say(before)} → {say(standing)}"
            where = "all goods" if (goods or measure.goods) == "all" else view.goods_title(goods or measure.goods)
            event = a.Event(
                day=day,
                kind="takes effect",
                id=measure.id,
                title=title,
                detail=f"{where}; {', '.join(standing.acts) or standing.by or ''}",
                status=standing.word,
                sources=measure.sources,
            )
            yield event, measure.imposer, next((list(g) for g in view.groups(measure) if partner in g), [partner])
            before = standing


def say(standing: r.Standing | None) -> str:
    """What a measure says, in a word or a rate."""
    if standing is None or standing.word in ("none", "scheduled"):
        return "nothing"
    if standing.word in ("in force", "suspended") and standing.rate is not None:
        return f"{float(standing.rate) * 100:.6g}%"
    return standing.state if standing.word == "in force" and standing.state else standing.word


def _clocks(view: r.View) -> Iterator[a.Event]:
    for clock in r.clocks(view):
        act = clock.act.instrument
        title = f"Clock of {act.title}"
        detail = clock.why or (f"renewed by {clock.renewed_by}" if clock.renewed_by else clock.measure.id)
        yield a.Event(
            day=clock.until,
            kind="clock",
            id=act.id,
            title=title,
            detail=detail,
            status=clock.state,
            sources=act.sources,
        )


def _talks(view: r.View) -> Iterator[a.Event]:
    for talk in view.record.talks:
        line = talk_line(view, talk)
        if line is not None and line.from_ is not None:
            detail = "; ".join(x for x in (line.place, line.outcome) if x)
            yield a.Event(
                day=line.from_,
                until=line.until,
                kind="talk",
                id=line.talk,
                title=line.title,
                detail=detail or None,
                persons=line.offices,
                sources=line.sources,
            )


def _claims(view: r.View) -> Iterator[a.Event]:
    for claim in view.record.claims:
        if claim.published <= view.known:
            title = f"{claim.by} {claim.kind}: {claim.text}"
            yield a.Event(day=claim.published, kind="claim", id=claim.id, title=title, sources=claim.sources)


def _arrangements(view: r.View) -> Iterator[a.Event]:
    for term in r.terms(view):
        x = term.arrangement
        yield a.Event(day=x.published, kind="arrangement", id=x.id, title=x.title, status=term.state, sources=x.sources)


def _dues(view: r.View) -> Iterator[a.Event]:
    """The first day after each commitment was due, and after each year where it is owed by the year."""
    for o in r.compliance(view):
        owed, x = o.commitment, o.arrangement
        for day in sorted({p.until for p in owed.parts} | ({owed.due} if owed.due else set())):
            title = f"{owed.by} owes {owed.to}: {owed.text}"
            yield a.Event(
                day=day, kind="due", id=owed.id, title=title, detail=x.title, status=o.state, sources=x.sources
            )


def _deadlines(view: r.View) -> Iterator[a.Event]:
    """Every deadline known that no later entry moved or dropped."""
    for d in view.deadlines:
        if d.day is not None:
            yield a.Event(
                day=d.day,
                until=d.until,
                kind="deadline",
                id=d.id,
                title=f"{d.kind}: {d.title}",
                detail=d.note,
                sources=d.sources,
            )
