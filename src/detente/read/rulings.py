"""Decisions of courts and panels on measures."""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.drafts import Draft, clause_span, day_nearby, day_of, sides_in, times_of
from detente.read.factuality import factuality
from detente.read.names import Discourse
from detente.read.verbs import Group

_DECIDING = frozenset(
    {
        "rule",
        "strike",
        "find",
        "block",
        "suspend",
        "hold",
        "reverse",
        "deny",
        "order",
        "stop",
        "decide",
        "allow",
        "confirm",
    }
)


def rulings(p: Parsed, seen: Discourse) -> list[Draft]:
    """What a court or panel is said to have decided."""
    out = [d for g in p.groups if (d := _ruling(p, g, seen)) is not None]
    if out:
        seen.court = True
    return out[:1]


def _ruling(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    if (not group.classes & _DECIDING and group.lemma != "stay") or group.marker == "attribute" or group.negated:
        return None
    if not _by_court(p, group) or factuality(p, group) != "actual":
        return None
    about = any(t.kind in ("measure", "measures", "act", "rules", "ruling", "tax", "fee") for t in p.things) or p.has(
        "emergency", "ieepa", "powers"
    )
    if not about and not seen.court:
        return None
    parties = _parties(p, group, seen)
    if not parties:
        return None
    return Draft(
        "court-decision",
        parties,
        [clause_span(p, group)],
        date=day_of(sorted(times_of(p, group), key=lambda t: t.past is None or t.past.precision != "day"), False)
        or day_nearby(p, seen),
        key="court",
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[group.head].start,
    )


def _by_court(p: Parsed, group: Group) -> bool:
    """A court as subject, or after 'by'."""
    courts = [m.start for m in p.named if m.role == "court"] + [t.start for t in p.things if t.kind == "court"]
    if any(group.left <= c < group.start for c in courts):
        return True
    if group.passive:
        return any(group.end <= c < max(group.right, group.end) for c in courts)
    return (
        not group.subjects
        and group.marker in ("and", "but", ",")
        and any(c < group.left for c in courts)
        and not any(group.left < m.start < group.start for m in p.named)
    )


def _parties(p: Parsed, group: Group, seen: Discourse) -> tuple[str, ...]:
    if p.has("wto") or (p.has("organization", "organisation") and p.has("trade")):
        return sides_in(p.named)[:2] or seen.pair()
    own = sides_in([m for m in p.named if m.role == "court"])
    return own or sides_in(p.named)[:1] or (("USA",) if seen.counts["USA"] else seen.pair()[:1])
