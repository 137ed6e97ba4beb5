"""A measure as a draft: its sides, its date, its goods."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from detente.read.acts import Act
from detente.read.amounts import Rate
from detente.read.clauses import Parsed
from detente.read.drafts import (
    Draft,
    day_nearby,
    length_of,
    products_in,
    quantity_in,
    term_of,
    times_of,
)
from detente.read.imposers import sides_of
from detente.read.measure_kinds import DONE, passing
from detente.read.names import Discourse
from detente.read.proposal import Kind, When
from detente.read.speech import speaker_of
from detente.read.tables import word_set
from detente.read.times import Time
from detente.read.verbs import Group


def still_ahead(times: list[Time], seen: Discourse) -> bool:
    """Whether the only day told for an act lies after publication."""
    starts = [t.past for t in times if t.role in ("from", "at") and t.past is not None and t.past.precision == "day"]
    return bool(starts) and all(w.from_ > seen.published for w in starts)


def measure_draft(
    p: Parsed,
    group: Group,
    act: Act,
    kind: Kind,
    rate: Rate | None,
    span: tuple[int, int],
    start: int,
    end: int,
    seen: Discourse,
    name: str,
) -> Draft | None:
    if act.thing is not None and act.taken:
        start = min(start, act.thing.start)
    parties = sides_of(p, group, act, seen, start, end)
    if not parties:
        return None
    times = [t for t in p.times if start <= t.start and t.end <= end]
    if not any(t.role != "for" for t in times):
        climb = kind in DONE.values() and kind != "measure-announced"
        times += [t for t in times_of(p, group, climb) if t not in times]
    if kind == "measure-announced" and (group.past or group.marker == "reduced"):
        times = [replace(t, ahead=t.past) if t.role == "at" else t for t in times]  # when it was announced
    date = term_of(
        times, kind in ("measure-announced", "commitment", "claim-threat", "claim-offer"), seen.published, kind
    )
    if date is None and kind.startswith("measure"):
        date = _date_before(p, group, parties, seen)
    if date is None and name in ("impose", "raise", "cut", "lift") and kind == DONE[name] and not passing(group, act):
        date = _from_on(day_nearby(p, seen)) if seen.last_paragraph == p.sentence.paragraph else None
    if date is None and length_of(times) and seen.last_promised is not None:
        date = When(seen.last_promised, seen.last_promised + timedelta(length_of(times) or 0), "period")
    if date is not None and kind == "commitment" and date.precision == "day":
        seen.last_promised = date.from_
    if date is not None and kind.startswith("measure"):
        seen.last_dated = (p.sentence.paragraph, parties[0], date)
    return Draft(
        kind,
        parties,
        [span],
        speaker=speaker_of(p, group, seen),
        date=date,
        days=length_of(times),
        rate=rate,
        products=products_in(p, start, end),
        quantity=quantity_in(p, start, end),
        key=name,
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[group.head].start if rate is None else p.words[rate.start].start,
    )


_LASTING = word_set("measures lasting")


def _date_before(p: Parsed, group: Group, parties: tuple[str, ...], seen: Discourse) -> When | None:
    """A list of measures under one date: that of the measure told before it in the same paragraph."""
    if (
        seen.last_dated is None
        or group.lemma.split()[0] in _LASTING
        or (group.governor is not None and group.governor.lemma in _LASTING)
    ):
        return None
    paragraph, imposer, date = seen.last_dated
    if paragraph != p.sentence.paragraph or imposer != parties[0] or p.has("already", "existing", "still"):
        return None
    return When(date.from_, None, date.precision) if date.precision == "day" else date


def _from_on(when: When | None) -> When | None:
    """A day as the first of what goes on."""
    return None if when is None else When(when.from_, None, "day")
