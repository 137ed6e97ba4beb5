"""What lies ahead as calendar entries: lapses, steps, commitments due, talks and deadlines.

An entry is named by the thing it is about and not by its day. A clock that an act renews is the same entry with a
later day; so is a talk that a later report moves and a deadline that a later entry replaces. A calendar that has seen
the earlier file then moves what it has, where the identity of a day would leave the old one standing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from detente import record as r
from detente.questions import answers as a
from detente.questions.status import talk_line
from detente.questions.timeline import check_span, say, talks_without_day
from detente.terms import Interval, say_day, stamp

_DAY = timedelta(days=1)


def calendar(name: str, since: date | None = None, until: date | None = None, known: date | None = None) -> a.Calendar:
    """The entries in `[since, until)` as `known` on a day (default today); `since` defaults to that day.

    Raises `InputFault` when the dispute is not there, its record does not check, or `until` is not after `since`.
    """
    check_span(since, until)
    dispute = r.dispute(name)
    view = dispute.as_of(known, known)
    span = Interval(since or view.known, until)
    links = {s.id: s.link for s in dispute.record.sources}
    named = {s.id: f"{s.document} ({s.publisher})" for s in dispute.record.sources}
    made = _Maker(view, links, named)
    entries = sorted((e for e in made.all() if e.day in span), key=lambda e: (e.day, e.kind, e.uid))
    words = ["detente", "timeline", name, "--since", str(span.start)]
    words += ["--until", str(until)] if until else []
    words += ["--known", str(view.known), "--ics", f"{dispute.record.header.id}.ics"]
    return a.Calendar(
        dispute=dispute.record.header.id,
        title=dispute.record.header.title,
        since=span.start,
        until=until,
        known=view.known,
        covered_through=dispute.record.header.covered_through,
        entries=entries,
        undated=talks_without_day(view),
        provenance=a.Provenance(**stamp(words, dispute.record.digest).as_dict()),
    )


class _Maker:
    """Makes the entries of one view."""

    def __init__(self, view: r.View, links: dict[str, str | None], named: dict[str, str]) -> None:
        self.view = view
        self.links = links
        self.named = named
        self.published = {i.id: i.published for i in view.instruments}

    def all(self) -> list[a.CalendarEntry]:
        """Every entry, each under a name of its own."""
        clocks = list(_last_of_chains(r.clocks(self.view)))
        ends = {(c.measure.id, c.partner, c.until) for c, _ in clocks}
        made = [self._clock(c, chain) for c, chain in clocks]
        made += [*self._steps(ends), *self._dues(), *self._talks(), *self._deadlines()]
        return list(_each_once(made))

    def _entry(
        self,
        kind: a.CalendarKind,
        identity: Iterable[str],
        day: date,
        title: str,
        detail: Iterable[str],
        sources: Iterable[str],
        *,
        until: date | None = None,
        cancelled: bool = False,
        sequence: int = 0,
        modified: date,
    ) -> a.CalendarEntry:
        sources = list(dict.fromkeys(sources))
        known = [f"Source: {self.named[s]}" for s in sources if s in self.named]
        links = [link for s in sources if (link := self.links.get(s))]
        return a.CalendarEntry(
            uid=f"{'.'.join((self.view.record.header.id, kind, *identity))}@detente",
            kind=kind,
            day=day,
            until=until or day + _DAY,
            title=title,
            detail=[*detail, *known],
            cancelled=cancelled,
            sequence=sequence,
            modified=modified,
            links=links,
        )

    def _clock(self, clock: r.Clock, chain: list[r.Clock]) -> a.CalendarEntry:
        """The last of clocks that continue each other; the first one names it."""
        act, root = clock.act.instrument, chain[0].act.instrument
        bearing = self._bearing(clock.measure, clock.partner, root.published)
        now = self.view.knowledge.announced.get(act.id)
        detail = [f"{clock.measure.imposer} on {clock.partner}, {self.view.goods_title(clock.goods)}; {act.id}"]
        detail.append(f"In force through {say_day(clock.until - _DAY)}. State: {clock.state}.")
        if clock.act.op != "exempt":
            then = self.view.standing(clock.measure.id, clock.partner, clock.act.change.goods, on=clock.until)
            detail.append(f"From that day, as known: {say(then)}.")
        detail += [f"Before: {say_day(c.until)}, {c.act.instrument.id}" for c in chain[:-1]]
        if now is not None:
            detail.append(f"An extension to {say_day(now)} was announced; no act is known.")
        words = "Lapse" if clock.state != "moot" else "Lapse (moot)"
        return self._entry(
            "clock",
            (root.id, clock.measure.id, clock.partner, clock.goods),
            clock.until,
            f"{words}: {clock.measure.title}: {act.title}",
            detail,
            act.sources,
            cancelled=clock.state == "moot",
            sequence=len(bearing) + (now is not None),
            modified=max([root.published, *bearing, *([self._announced_on(act.id)] if now else [])]),
        )

    def _announced_on(self, instrument: str) -> date:
        act = next(i for i in self.view.instruments if i.id == instrument)
        found = [
            c.published
            for c in self.view.record.claims
            if c.extends_to and c.published <= self.view.known and {act.id, act.carries_out} & set(c.about)
        ]
        return max(found, default=act.published)

    def _bearing(self, measure: r.Measure, partner: str, after: date) -> list[date]:
        """The days of later acts on the measure: what may have moved an entry."""
        acts = {x.instrument.id: x.instrument.published for x in self.view.reaching(measure, partner)}
        return [day for day in acts.values() if day > after]

    def _steps(self, ends: set[tuple[str, str, date]]) -> Iterator[a.CalendarEntry]:
        """Days on which what a measure says changes, but for those that a clock already tells."""
        for measure, partner, goods in self.view.parts:
            before: r.Standing | None = None
            for day, after in self.view.history(measure.id, partner, goods):
                if (measure.id, partner, day) not in ends:
                    yield self._step(measure, partner, goods or measure.goods, day, before, after)
                before = after

    def _step(
        self, measure: r.Measure, partner: str, goods: str, day: date, before: r.Standing | None, after: r.Standing
    ) -> a.CalendarEntry:
        by = after.by or "none"
        set_on = self.published.get(by, day)
        bearing = self._bearing(measure, partner, set_on)
        value = after.state or ("end" if after.nominal is None else f"{float(after.nominal) * 100:g}")
        return self._entry(
            "step",
            (measure.id, partner, goods, by, _slug(value)),
            day,
            f"{measure.title}: {say(before)} → {say(after)}",
            [f"{measure.imposer} on {partner}, {self.view.goods_title(goods)}; {', '.join(after.acts) or by}"],
            measure.sources,
            sequence=len(bearing),
            modified=max([set_on, *bearing]),
        )

    def _dues(self) -> Iterator[a.CalendarEntry]:
        """The last day for each commitment, and of each year where it is owed by the year."""
        for o in r.compliance(self.view):
            owed = o.commitment
            days = {p.until: (str(p.until),) for p in owed.parts} | ({owed.due: ()} if owed.due else {})
            newest = [p.published for p in o.reports] + [c.claim.published for c in o.charges]
            for day, identity in days.items():
                yield self._entry(
                    "due",
                    (owed.id, *identity),
                    day - _DAY,
                    f"Due: {owed.by} owes {owed.to}: {owed.text}",
                    [f"{o.arrangement.title} ({o.arrangement.id}). As known: {o.state}.", o.why],
                    o.arrangement.sources,
                    cancelled=o.state == "overtaken",
                    sequence=len(newest) + len(o.acts),
                    modified=max([o.arrangement.published, *newest, *(i.published for i in o.acts)]),
                )

    def _talks(self) -> Iterator[a.CalendarEntry]:
        for talk in self.view.record.talks:
            line = talk_line(self.view, talk)
            if line is None or line.from_ is None:
                continue
            reports = [x.published for x in talk.reports if x.published <= self.view.known]
            sides = "; ".join(f"{side}: {', '.join(names)}" for side, names in line.persons.items())
            place = {None: "", "open": "The place is not fixed."}.get(line.place, line.place or "")
            yield self._entry(
                "talk",
                (talk.id,),
                line.from_,
                f"{talk.kind.capitalize()}: {talk.title}",
                [x for x in (place, sides, line.outcome) if x],
                line.sources,
                until=line.until,
                sequence=len(reports) - 1,
                modified=max(reports),
            )

    def _deadlines(self) -> Iterator[a.CalendarEntry]:
        """Each deadline once, on its newest day; one that was dropped keeps its last day and is cancelled."""
        known = {d.id: d for d in self.view.record.deadlines if d.published <= self.view.known}
        replaced = {name for d in known.values() for name in d.replaces}
        for last in (d for d in known.values() if d.id not in replaced):
            chain = [last]
            while chain[0].replaces and chain[0].replaces[0] in known:
                chain.insert(0, known[chain[0].replaces[0]])
            dated = next((d for d in reversed(chain) if d.day is not None), None)
            if dated is None or dated.day is None:
                continue
            yield self._entry(
                "deadline",
                (chain[0].id,),
                dated.day,
                f"{dated.kind.capitalize()}: {dated.title}",
                [x for x in (last.title if last is not dated else None, last.note) if x],
                last.sources,
                until=dated.until,
                cancelled=last.day is None,
                sequence=len(chain) - 1,
                modified=last.published,
            )


def _last_of_chains(clocks: list[r.Clock]) -> Iterator[tuple[r.Clock, list[r.Clock]]]:
    """Clocks that continue one another, as the last of them with the chain in order."""
    chains: list[list[r.Clock]] = []
    for clock in sorted(clocks, key=lambda c: (c.act.change.from_, c.until, c.act.instrument.published)):
        home = next((x for x in chains if _continues(clock, x[-1])), None)
        if home is None:
            chains.append([clock])
        else:
            home.append(clock)
    for chain in chains:
        yield chain[-1], chain


def _continues(later: r.Clock, earlier: r.Clock) -> bool:
    same = (later.measure.id, later.partner, later.goods, later.act.op) == (
        earlier.measure.id,
        earlier.partner,
        earlier.goods,
        earlier.act.op,
    )
    published = later.act.instrument.published > earlier.act.instrument.published
    return same and published and later.act.change.from_ <= earlier.until < later.until


def _each_once(entries: Iterable[a.CalendarEntry]) -> Iterator[a.CalendarEntry]:
    """Entries whose names fall together are numbered in order of their days."""
    seen: dict[str, int] = {}
    for entry in sorted(entries, key=lambda e: (e.day, e.title)):
        seen[entry.uid] = count = seen.get(entry.uid, 0) + 1
        name, at = entry.uid.split("@")
        yield entry if count == 1 else replace(entry, uid=f"{name}.{count}@{at}")


def _slug(*words: str) -> str:
    text = "-".join(words).casefold()
    return "-".join("".join(c if (c.isascii() and c.isalnum()) or c == "." else " " for c in text).split())
