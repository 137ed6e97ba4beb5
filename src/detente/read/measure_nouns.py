"""Changes of a measure told by a noun: 'a 90-day pause in tariffs', 'the increase to 25%'."""

from __future__ import annotations

from detente.read.acts import near_measure
from detente.read.amounts import Rate, told_rate
from detente.read.changes import CHANGE_NOUNS, noun_act
from detente.read.clauses import Parsed
from detente.read.drafts import Draft, clause_span, span_of, times_of
from detente.read.duties import is_duty
from detente.read.listing import Act
from detente.read.measure_drafts import measure_draft
from detente.read.measure_kinds import DONE, noun_kind
from detente.read.names import Discourse
from detente.read.proposal import Kind
from detente.read.things import Thing
from detente.read.verbs import Group

_RECKONING = frozenset({"calculate", "estimate", "reckon", "compute"})


def estimated(p: Parsed, group: Group, kind: Kind) -> bool:
    """What economists or a bank say a measure would do tells of no measure."""
    if any(g.lemma in _RECKONING for g in p.groups):
        return kind.startswith("measure")
    report = group.governor
    if report is None or kind == "claim-expectation":
        return False
    who = {p.low(k) for k in range(report.left, report.start)}
    return bool(
        who & {"economists", "analysts", "institute", "economist", "analyst", "bank", "researchers", "study", "traders"}
    )


def by_noun(p: Parsed, seen: Discourse, found: list[Draft]) -> list[Draft]:
    """'a 90-day pause in tariffs', 'the increase to 25%': a change told by a noun, as the verb over it makes of it."""
    out: list[Draft] = []
    for thing in p.things:
        if (
            thing.kind not in CHANGE_NOUNS
            or not near_measure(p, thing)
            or any(t.start == thing.end and t.kind == "deal" for t in p.things)
        ):
            continue
        group = next((g for g in p.groups if g.left <= thing.start < g.right and g.marker != "attribute"), None)
        if group is None:
            group = next((g for g in p.groups if 0 <= g.head_left <= thing.start < g.head_right), None)
        if group is None and (draft := _listed_noun(p, thing, seen)) is not None:
            out.append(draft)
            continue
        if group is None or any(d.order == p.words[group.head].start for d in found):
            continue
        draft = noun_draft(p, thing, group, seen)
        if draft is not None:
            out.append(draft)
    return out


def _listed_noun(p: Parsed, thing: Thing, seen: Discourse) -> Draft | None:
    """'Through 9 November: the freeze on the affiliates rule': a change in words without a verb, with its day."""
    name = noun_act(p, thing)
    if name not in ("suspend", "lift", "cut", "raise", "impose") or p.sentence.heading or not p.times:
        return None
    end = next((k for k in range(thing.end, len(p.words)) if p.words[k].text in ";."), len(p.words))
    start = next((k + 1 for k in range(thing.start - 1, -1, -1) if p.words[k].text in ";:."), 0)
    at = Group(0, 0, 0, "be", frozenset(), "b", right=len(p.words))
    rate = told_rate([r for r in p.rates if start <= r.start < end and is_duty(p, r)])
    act = Act(name, thing, True)
    return measure_draft(p, at, act, DONE[name], rate, span_of(p, start, end), start, end, seen, name)


_AFTER = frozenset({"after", "following", "since", "with", "upon", "despite"})


def _presupposed(p: Parsed, thing: Thing) -> bool:
    """'after the introduction of a 10% surcharge', 'with the lapse of the surcharge on 24 July': taken as done."""
    at = thing.start - 1
    while at > 0 and thing.start - at < 4 and (p.low(at) in ("the", "a", "an") or p.low(at).endswith("'s")):
        at -= 1
    end = next((k for k in range(thing.end, len(p.words)) if p.words[k].text in ",;."), len(p.words))
    told = any(thing.end <= r.start < end for r in p.rates) or any(thing.end <= t.start < end for t in p.times)
    return p.low(at) in _AFTER and told and p.words[-1].text != "?"


def noun_draft(p: Parsed, thing: Thing, group: Group, seen: Discourse, rate: Rate | None = None) -> Draft | None:
    name = noun_act(p, thing)
    if name is None or name == "extend":
        return None
    kind = DONE[name] if _presupposed(p, thing) else noun_kind(p, name, group)
    if kind is None:
        return None
    near = (
        [rate]
        if rate is not None
        else [r for r in p.rates if thing.start - 3 <= r.start <= thing.end + 10 and r.role != "to" and is_duty(p, r)]
    )
    near = near or [r for r in p.rates if thing.end <= r.start <= thing.end + 10 and is_duty(p, r)]
    if kind.startswith("measure") and not near and not times_of(p, group):
        return None
    start, end = group.left, max(group.right, group.end)
    return measure_draft(
        p,
        group,
        Act(name, thing, thing.end <= group.start),
        kind,
        told_rate(near),
        clause_span(p, group),
        start,
        end,
        seen,
        name,
    )
