"""A measure as a draft: its sides, its date, its goods."""

from __future__ import annotations

from detente.read.amounts import Rate
from detente.read.clauses import Parsed
from detente.read.drafts import (
    Draft,
    products_in,
    quantity_in,
)
from detente.read.imposers import sides_of
from detente.read.listing import Act
from detente.read.measure_dates import measure_date
from detente.read.names import Discourse
from detente.read.proposal import Kind
from detente.read.speech import speaker_of
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
    date, days = measure_date(p, group, act, kind, name, (start, end), parties[0], seen)
    return Draft(
        kind,
        parties,
        [span],
        speaker=speaker_of(p, group, seen),
        date=date,
        days=days,
        rate=rate,
        products=products_in(p, start, end),
        quantity=quantity_in(p, start, end),
        key=name,
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[group.head].start if rate is None else p.words[rate.start].start,
    )
