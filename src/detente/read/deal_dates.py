"""The day of an arrangement told beside it: 'the truce he agreed to in Busan on 30 October'."""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.drafts import Draft
from detente.read.names import Discourse
from detente.read.proposal import When
from detente.read.things import Thing
from detente.read.times import Time
from detente.read.verbs import Group

_DEALS = frozenset({"deal", "statement", "pact", "joint body"})
_MAKING = frozenset({"agree", "reach", "sign", "publish", "announce", "conclude", "effect", "grant", "hold", "start"})
_MADE = frozenset({"make", "strike", "seal", "conclude", "initial", "work", "arrive"})


def date_deals(p: Parsed, drafts: list[Draft], seen: Discourse) -> None:
    """Give the arrangements of a sentence that have none the day its words tell of their making."""
    for draft in drafts:
        if draft.kind != "arrangement" or draft.date is not None:
            continue
        start, end = draft.spans[0]
        for thing in p.things:
            if thing.kind in _DEALS and start <= p.words[thing.start].start < end:
                draft.date = _made(p, thing, seen)
                break


def _made(p: Parsed, thing: Thing, seen: Discourse) -> When | None:
    """The day of the clause that tells how a deal came about, after its noun."""
    for g in p.groups:
        near = thing.end <= g.start <= thing.end + 8
        if near and _tells_making(p, thing, g):
            found = [t for t in p.times if g.left <= t.start < max(g.right, g.end)]
            below = [t for t in p.times if t.start >= g.end and not _parted(p, g.end, t)]
            if when := _past([*found, *below], seen):
                return when
    return None


def _tells_making(p: Parsed, thing: Thing, g: Group) -> bool:
    joined = g.marker in ("that", "which", "reduced", "") or g.left <= thing.end + 1
    between = [p.low(k) for k in range(thing.end, g.start)]
    making = bool(g.classes & _MAKING) or g.lemma.split()[0] in _MADE
    return joined and making and not {";", ":", "but"} & set(between) and not g.negated and not g.modal


def _parted(p: Parsed, start: int, time: Time) -> bool:
    """Whether a verb of its own stands between."""
    return any(start < g.start < time.start and g.marker not in ("reduced",) and not g.infinitive for g in p.groups)


def _past(found: list[Time], seen: Discourse) -> When | None:
    for time in found:
        if time.role in ("at", "since", "from") and time.past is not None and time.past.from_ <= seen.published:
            return time.past
    return None
