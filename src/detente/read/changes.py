"""Nouns that say what becomes of a measure ('the suspension of the duties', 'a tariff increase', 'the start of
collection'), and what a verb over such a noun comes to."""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.things import Thing

CHANGE_NOUNS = {
    "increase": "raise",
    "reduction": "cut",
    "pause": "suspend",
    "extension": "extend",
    "removal": "lift",
    "imposition": "impose",
    "exemption": "lift",
}
_LINKS = frozenset({"of", "in", "to", "on", "for", "over", "from", "against"})
_MEASURES = frozenset({"measure", "measures", "rate", "rules", "tax", "fee", "retaliation", "licence"})
_HALTING = frozenset({"halt", "stop", "pause", "cease"})
_PASSED_ON = frozenset({"impose", "launch", "keep", "grant", "raise", "cut", "set", "put", "retaliate"})


def change_within(p: Parsed, thing: Thing) -> Thing | None:
    """The change noun that a noun of change or a measure is followed by: 'extension of the pause', 'tariff cut'."""
    for other in p.things:
        if other.start < thing.end or other.kind not in CHANGE_NOUNS:
            continue
        if other.start - thing.end > 8:
            return None
        if thing.kind not in CHANGE_NOUNS:
            return other if other.start == thing.end else None
        between = [p.low(k) for k in range(thing.end, other.start)]
        linked = bool(between) and between[0] in _LINKS and not {",", ";", "and", "or", "by"} & set(between)
        return other if linked or not between else None
    return None


def act_over(p: Parsed, outer: str, thing: Thing, lemma: str) -> str | None:
    """What an act on a thing comes to: suspending an increase suspends, ending a suspension imposes again."""
    inner = noun_act(p, thing)
    if inner is None or outer in ("threat", "hit"):
        return outer if inner is None or inner in ("impose", "raise", "extend") else None
    if outer == "announce":
        return "suspend" if inner == "suspend" else "announce"
    if outer == "suspend" or (lemma in _HALTING and inner in ("impose", "raise", "extend")):
        return "suspend" if inner in ("impose", "raise", "suspend", "extend") else None
    if outer == "lift":
        return {"suspend": "impose", "impose": "lift", "raise": "lift", "cut": "raise", "extend": "lift"}.get(inner)
    if outer == "extend":
        return inner if inner in ("suspend", "lift") else "keep"
    return ("keep" if inner == "extend" else inner) if outer in _PASSED_ON else outer


def noun_act(p: Parsed, thing: Thing) -> str | None:
    """The act a noun tells, with the noun it governs: 'the extension of the pause' is a pause."""
    inner = change_within(p, thing)
    if thing.kind not in CHANGE_NOUNS:
        return CHANGE_NOUNS[inner.kind] if inner is not None else None
    own = CHANGE_NOUNS[thing.kind]
    if inner is None:
        return own
    return act_over(p, own, inner, "")


def measure_of(p: Parsed, thing: Thing) -> Thing:
    """The measure a noun of change is about, the noun itself where none is told."""
    if thing.kind not in CHANGE_NOUNS:
        return thing
    after = next((t for t in p.things if thing.end <= t.start <= thing.end + 8 and t.kind in _MEASURES), None)
    before = next((t for t in p.things if t.end == thing.start and t.kind in _MEASURES), None)
    return before or after or thing
