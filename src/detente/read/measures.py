"""Measures: what is imposed, raised, cut, suspended or lifted, and whether it is done, announced or threatened.

Three ways lead to a measure: a verb that acts on one ("suspended its tariffs"), a noun of change ("a pause in
tariffs"), and a rate ("the 25% on the first three lists remains").
"""

from __future__ import annotations

from detente.read.acts import act_of
from detente.read.amounts import Rate, told_rate
from detente.read.clauses import Parsed
from detente.read.drafts import Draft, clause_span, products_in, sides_in, span_of, times_of, with_other
from detente.read.duties import is_duty
from detente.read.factuality import factuality
from detente.read.in_force import in_force
from detente.read.listing import Act
from detente.read.measure_drafts import measure_draft, still_ahead
from detente.read.measure_kinds import act_with_rates, kind_of, passing, under_deal
from detente.read.measure_nouns import by_noun, estimated
from detente.read.menaces import unreal_as
from detente.read.names import Discourse
from detente.read.rated import by_rate
from detente.read.speech import speaker_of
from detente.read.verbs import Group
from detente.read.words import BULLETS


def measures(p: Parsed, seen: Discourse) -> list[Draft]:
    """The measures a sentence tells, announces or threatens."""
    out: list[Draft] = []
    for group in p.groups:
        act = act_of(p, group)
        draft = _by_verb(p, group, act, seen) if act is not None else None
        if draft is not None:
            if draft.kind == "commitment":
                draft.parties = with_other(draft.parties, seen)
            out.append(unreal_as(p, draft))
            _remember(draft, seen)
    for draft in (*by_noun(p, seen, out), *by_rate(p, seen, out)):
        out.append(unreal_as(p, draft))
        _remember(draft, seen)
    out += in_force(p, seen, out)
    _introduce(p, seen, out)
    return out


def _introduce(p: Parsed, seen: Discourse, found: list[Draft]) -> None:
    """'the following duties will be collected from 18 October:', and the items below it: their kind, day and sides."""
    if p.words[0].text in BULLETS and seen.intro is not None and seen.intro[0] >= p.sentence.paragraph - 12:
        _, kind, date, parties = seen.intro
        for draft in found:
            if draft.key == "keep" and draft.kind.startswith("measure"):
                draft.kind, draft.date = kind, draft.date or date
                draft.parties = parties if set(draft.parties) <= set(parties) else draft.parties
        return
    told = [d for d in found if d.kind.startswith("measure")]
    ends = p.words[-1].text == ":" and told
    seen.intro = (p.sentence.paragraph, told[-1].kind, told[-1].date, told[-1].parties) if ends else None


def _remember(draft: Draft, seen: Discourse) -> None:
    if draft.kind.startswith("measure") and len(draft.parties) > 1:
        seen.last_measure = draft.parties


def _by_verb(p: Parsed, group: Group, act: Act, seen: Discourse) -> Draft | None:
    fact = factuality(p, group)
    above = group.governor
    if above is not None and above.lemma in _STOPPING and act.act in ("impose", "keep") and not above.negated:
        act, fact = Act("lift", act.thing, act.taken), factuality(p, above)  # 'stopped charging duty'
    if "retaliate" in group.classes and fact != "actual":
        return None
    found = _rates_of(p, group, act)
    name = act_with_rates(group, act, found)
    if group.infinitive and _overtaken(p, group):
        return None
    if (
        name == "keep"
        and "bear" in group.classes
        and any(p.low(k) in ("normal", "ordinary", "usual") for k in range(group.end, group.end + 4))
    ):
        name = "lift"
    kind = kind_of(p, group, name, fact, seen)
    if kind is None or estimated(p, group, kind):
        return None
    if kind.startswith("measure") and (blamed := _as_blame(p, group, act, seen)) is not None:
        return blamed
    times = times_of(p, group, fact == "actual")
    if kind == "measure-imposed" and name == "impose" and still_ahead(times, seen):
        kind = "commitment" if under_deal(p, seen) else "measure-announced"
    own = [
        t
        for t in times
        if group.left <= t.start < max(group.right, group.end) or (t.start < group.left - 1 and act.taken)
    ]
    if fact == "actual" and passing(group, act) and not found and not own and kind.startswith("measure"):
        return None
    start, end = group.left, max(group.right, group.reach)
    if act.thing is None and act.taken and 0 <= group.head_left < start:
        start = group.head_left  # 'the 10% that … is gone'
    span = span_of(p, start, group.end) if start < group.left else _with_subject(p, group, act, clause_span(p, group))
    return measure_draft(p, group, act, kind, told_rate(found), span, start, end, seen, name)


def _with_subject(p: Parsed, group: Group, act: Act, span: tuple[int, int]) -> tuple[int, int]:
    """The words of a clause with those of its subject, where others part the two."""
    if act.thing is None or not act.taken or act.thing.start >= group.left or group.marker in ("which", "that"):
        return span
    start = group.head_left if group.head_left >= 0 else act.thing.start
    while group.head_left < 0 and start > 0 and act.thing.start - start < 6 and p.words[start - 1].text.isalnum():
        if any(g.start <= start - 1 < g.end and g.marker != "attribute" for g in p.groups):
            break
        start -= 1
    return min(span[0], span_of(p, start, group.end)[0]), span[1]


_STOPPING = frozenset({"stop", "cease", "halt", "discontinue"})


def _overtaken(p: Parsed, group: Group) -> bool:
    """'a tariff due to start in May was dropped': what was due is told by what became of it."""
    over = [
        g for g in p.groups if g.head_left >= 0 and g.head_left < group.start < g.start and g.head_right <= group.end
    ]
    return any((act := act_of(p, g)) is not None and act.act in ("suspend", "lift") for g in over)


def _as_blame(p: Parsed, group: Group, act: Act, seen: Discourse) -> Draft | None:
    """'claimed that the U.S. had implemented negative measures': what one side lays at another's door."""
    report = group.governor
    if report is None or not report.classes & {"claim", "accuse"}:
        return None
    blamer = sides_in(report.subjects)
    blamed = sides_in(group.subjects)
    if not blamer or not blamed or set(blamer) & set(blamed):
        return None
    start, end = p.words[report.left].start, p.words[-1].end
    return Draft(
        "claim-breach",
        (*blamer, *blamed),
        [span_of(p, report.left, len(p.words))] if end > start else [clause_span(p, group)],
        speaker=speaker_of(p, group, seen),
        products=products_in(p, group.left, group.right),
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[group.head].start,
    )


def _rates_of(p: Parsed, group: Group, act: Act) -> list[Rate]:
    """The rates of a clause, else those beside its measure."""
    own = [r for r in p.rates if group.left <= r.start < max(group.right, group.reach) and is_duty(p, r)]
    if not own and act.thing is None and act.taken:
        own = [r for r in p.rates if 0 <= group.head_left <= r.start < group.head_right]
    if not own and act.thing is not None:
        own = [r for r in p.rates if act.thing.start - 4 <= r.start < act.thing.end + 4 and is_duty(p, r)]
    return own
