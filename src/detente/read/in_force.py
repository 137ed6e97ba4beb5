"""Measures told as standing, without a verb that does anything to them: 'the base duties, in effect from 23 March',
'still in force are the steel tariffs of 2018', 'may be exported only under licence'."""

from __future__ import annotations

from detente.read.acts import HARD
from detente.read.amounts import Rate
from detente.read.clauses import Parsed
from detente.read.drafts import Draft, clause_span, span_of
from detente.read.listing import Act
from detente.read.measure_drafts import measure_draft, still_ahead
from detente.read.names import Discourse
from detente.read.proposal import Kind
from detente.read.tables import word_set
from detente.read.things import Thing
from detente.read.verbs import Group

_LICENCE = frozenset({"licence", "licences", "license", "licenses", "permit", "approval"})
_NOBODY = frozenset({"no", "not", "n't", "nobody", "cannot", "none", "never"})
_STANDING = word_set("in force standing")


def in_force(p: Parsed, seen: Discourse, found: list[Draft]) -> list[Draft]:
    """The measures a sentence tells so, beside those found otherwise."""
    if p.words[-1].text == "?":
        return []
    drafts = [_beside(p, seen, i) for i in range(len(p.words)) if _stands(p, i)]
    drafts += [_inverted(p, g, seen) for g in p.groups if g.lemma in ("be", "remain")]
    drafts += [_licensed(p, g, seen) for g in p.groups if g.marker != "attribute"]
    told = [d for d in drafts if d is not None]
    return [d for d in told if not any(_covers(o, d) for o in found if o.kind.startswith(("measure", "commitment")))]


def _covers(one: Draft, other: Draft) -> bool:
    return any(a < d and c < b for a, b in one.spans for c, d in other.spans)


def _stands(p: Parsed, i: int) -> bool:
    """'in force since …', 'in effect from …'."""
    timed = any(t.start in (i + 2, i + 3) and t.role in ("since", "from", "at") for t in p.times)
    return p.low(i) == "in" and p.low(i + 1) in ("effect", "force", "place") and timed


def _beside(p: Parsed, seen: Discourse, i: int) -> Draft | None:
    near = [t for t in p.things if i - 14 <= t.start < i and t.kind == "measure"]
    thing = near[-1] if near else None
    if thing is None or any(thing.end <= g.start < i and g.marker != "attribute" for g in p.groups):
        return None
    end = next((t.end for t in p.times if t.start in (i + 2, i + 3)), i + 2)
    return _told(p, thing, max(0, thing.start - 4), end, seen)


def _inverted(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'Still in force are the US steel tariffs of 2018'."""
    before = [p.low(k) for k in range(max(0, group.start - 3), group.start)]
    if before[-1:] == [] or before[-1] not in _STANDING or "in" not in before or group.start > 5:
        return None
    after = [t for t in p.things if group.end <= t.start <= group.end + 7 and t.kind in HARD]
    if not after or group.negated:
        return None
    end = next((k for k in range(after[0].end, len(p.words)) if p.words[k].text in ",;."), len(p.words))
    return _told(p, after[0], 0, end, seen)


def _told(p: Parsed, thing: Thing, start: int, end: int, seen: Discourse) -> Draft | None:
    at = Group(start, start, start, "be", frozenset(), "b", left=start, right=end)
    rate: Rate | None = next((r for r in p.rates if start <= r.start < end and r.role == "level"), None)
    act = Act("keep", thing, True)
    return measure_draft(p, at, act, "measure-imposed", rate, span_of(p, start, end), start, end, seen, "keep")


def _licensed(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'may be shipped only under licence', 'nobody may export them without a licence'."""
    right = max(group.right, group.end)
    at = next((k for k in range(group.end, right) if p.low(k) in _LICENCE), None)
    if at is None or not group.modal or group.modal == "would":
        return None
    words = {p.low(k) for k in range(group.left, at)}
    only = "only" in words and p.low(at - 1) in ("under", "with", "export", "a")
    barred = "without" in words and bool(words & _NOBODY)
    if not (only or barred):
        return None
    ahead = still_ahead([t for t in p.times if group.left <= t.start < right], seen) or group.modal in ("will", "shall")
    kind: Kind = "measure-announced" if ahead else "measure-imposed"
    act = Act("impose", Thing(at, at + 1, "licence", p.low(at)), False)
    return measure_draft(p, group, act, kind, None, clause_span(p, group), group.left, right, seen, "impose")
