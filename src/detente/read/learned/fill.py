"""A draft made of a stretch of words that is told to be of a kind: its sides, day, rate, people and source."""

from __future__ import annotations

from itertools import pairwise

from detente.read.amounts import told_rate
from detente.read.claim_parts import speaking
from detente.read.clauses import Parsed, over
from detente.read.drafts import (
    Draft,
    day_nearby,
    day_of,
    length_of,
    opening_times,
    people_in,
    place_of,
    products_in,
    quantity_in,
    sides_in,
    span_of,
    term_of,
    times_of,
    with_other,
)
from detente.read.duties import is_duty
from detente.read.imposers import sides_of
from detente.read.listing import Act
from detente.read.names import Discourse
from detente.read.proposal import Kind, When
from detente.read.speech import named_subject, speaker_of
from detente.read.tables import word_set
from detente.read.times import Time
from detente.read.verbs import Group

_SAYING = word_set("speech reports")
_CONTACTS = frozenset({"call", "meeting", "round", "planned-talk"})
_TERMED = frozenset({"commitment", "measure-announced"})
_DATED_NEARBY = frozenset({"call", "meeting", "round", "court-decision"})
_LOOKED_AHEAD = frozenset({"planned-talk", "claim-threat", "claim-offer", "claim-expectation", *_TERMED})


def filled(p: Parsed, kind: Kind, start: int, end: int, seen: Discourse) -> Draft | None:
    """A draft of a kind from words `[start, end)`, None where no side is named or meant."""
    group = _head(p, start, end)
    parties = _parties(p, kind, group, start, end, seen)
    if not parties:
        return None
    found = _times(p, kind, group, start, end)
    span = span_of(p, start, end)
    rate = told_rate([r for r in p.rates if start <= r.start < end and is_duty(p, r)])
    return Draft(
        kind,
        parties,
        [span],
        people=people_in(p.within(start, end)) if kind in _CONTACTS else (),
        speaker=_speaker(p, kind, group, seen),
        date=_date(p, kind, found, parties, seen),
        days=length_of(found) if kind not in _CONTACTS else None,
        rate=rate if kind.startswith(("measure", "commitment", "claim")) else None,
        products=products_in(p, start, end),
        quantity=quantity_in(p, start, end) if kind == "commitment" or kind.startswith("measure") else None,
        place=place_of(p, start, end) if kind in _CONTACTS or kind == "arrangement" else None,
        key=_key(kind, group),
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[group.head].start if start <= group.head < end else span[0],
    )


def _head(p: Parsed, start: int, end: int) -> Group:
    """The verb that tells the stretch: the first finite one in it, else the one over it."""
    inside = [g for g in p.groups if start <= g.head < end and g.marker != "attribute"]
    finite = [g for g in inside if not g.infinitive and g.form != "g" and g.marker not in ("if", "unless", "when")]
    if inside:
        return (finite or inside)[0]
    return over(p, start) or Group(start, start, start, "be", frozenset(), "b", left=start, right=end)


def _key(kind: Kind, group: Group) -> str:
    return f"{group.lemma}/" if kind == "commitment" else "court" if kind == "court-decision" else ""


def _parties(p: Parsed, kind: Kind, group: Group, start: int, end: int, seen: Discourse) -> tuple[str, ...]:
    if kind == "court-decision":
        return _of_court(p, start, end, seen)
    if kind in _CONTACTS or kind == "arrangement":
        named = sides_in([*p.within(start, end), *group.subjects])
        hosts = [c for m in p.within(start, end) if m.kind == "place" for c in m.parties] if len(named) < 2 else []
        return with_other(tuple(dict.fromkeys((*named, *hosts)))[:2], seen)
    if kind.startswith("measure") or (kind == "claim-threat" and _of_measure(p, start, end)):
        return _of_act(p, group, start, end, seen)
    told_by = speaking(group)
    named = sides_in([*group.subjects, *p.within(start, end)])
    return with_other(tuple(dict.fromkeys((*told_by, *named)))[:2], seen)


def _of_court(p: Parsed, start: int, end: int, seen: Discourse) -> tuple[str, ...]:
    if p.has("wto") or (p.has("organization", "organisation") and p.has("trade")):
        return sides_in(p.named)[:2] or seen.pair()
    own = sides_in([m for m in p.named if m.role == "court"])
    return own or sides_in(p.within(start, end))[:1] or (("USA",) if seen.counts["USA"] else seen.pair()[:1])


def _of_measure(p: Parsed, start: int, end: int) -> bool:
    rated = any(start <= r.start < end for r in p.rates)
    return rated or any(start <= t.start < end and t.kind in ("measure", "fee", "tax") for t in p.things)


def _of_act(p: Parsed, group: Group, start: int, end: int, seen: Discourse) -> tuple[str, ...]:
    thing = next((t for t in p.things if start <= t.start < end and t.kind in ("measure", "fee", "tax", "rate")), None)
    taken = thing is not None and thing.end <= group.start
    found = sides_of(p, group, Act("impose", thing, taken), seen, start, end)
    lows = [p.low(k) for k in range(start, end)]
    if any(a in ("any", "every") and b in ("country", "nation") for a, b in pairwise(lows)):
        return found[:1]
    return tuple(dict.fromkeys((*found, *sides_in(p.named)))) if len(found) == 1 else found


def _speaker(p: Parsed, kind: Kind, group: Group, seen: Discourse) -> str | None:
    said = speaker_of(p, group, seen)
    own = kind.startswith("claim") and bool(group.classes & _SAYING)
    return said or (named_subject(p, group) if own else None)


def _times(p: Parsed, kind: Kind, group: Group, start: int, end: int) -> list[Time]:
    own = [t for t in p.times if start <= t.start < end]
    if any(t.role != "for" for t in own):
        return own
    climb = kind in _DATED_NEARBY or kind == "arrangement" or kind.startswith("measure")
    return own + [t for t in (times_of(p, group, climb) or opening_times(p)) if t not in own]


def _date(p: Parsed, kind: Kind, found: list[Time], parties: tuple[str, ...], seen: Discourse) -> When | None:
    ahead = kind in _LOOKED_AHEAD
    if kind in _TERMED or kind.startswith("measure"):
        return term_of(found, ahead, seen.published, kind) or _before(p, kind, parties, seen)
    return day_of(found, ahead) or (day_nearby(p, seen) if kind in _DATED_NEARBY else None)


def _before(p: Parsed, kind: Kind, parties: tuple[str, ...], seen: Discourse) -> When | None:
    """The date of the measure told before in the same paragraph by the same side, else the day told there."""
    if kind == "commitment":
        return None
    if seen.last_dated is not None:
        paragraph, imposer, date = seen.last_dated
        if paragraph == p.sentence.paragraph and imposer == parties[0]:
            return When(date.from_, None, date.precision) if date.precision == "day" else date
    near = day_nearby(p, seen) if seen.last_paragraph == p.sentence.paragraph else None
    return None if near is None or near.precision != "day" else When(near.from_, None, "day")
