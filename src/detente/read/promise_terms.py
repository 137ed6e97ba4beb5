"""Terms of an arrangement told without a verb of promising: what a side has to do, purchases that a deal foresees,
ceilings on a rate, and one verb with two objects."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from detente.read.amounts import told_rate
from detente.read.clauses import Parsed, over
from detente.read.drafts import (
    Draft,
    clause_span,
    products_in,
    quantity_in,
    sides_in,
    span_of,
    term_of,
    times_of,
    with_other,
)
from detente.read.factuality import factuality
from detente.read.names import Discourse
from detente.read.speech import speaker_of
from detente.read.tables import word_set
from detente.read.verbs import Group

_TRADE = frozenset({"purchases", "purchase", "investment", "investments", "imports", "deliveries"})
_HOLDING = word_set("promises holding")
_LIMITS = (("no", "more", "than"), ("no", "higher", "than"), ("at", "most"), ("not", "more", "than"), ("up", "to"))


def deal_here(p: Parsed, seen: Discourse) -> bool:
    """Whether a sentence, or the one before, speaks of an arrangement or of what is given for something."""
    named = p.has("terms") or (seen.dealt and p.has("statement", "document", "sheet", "declaration", "memorandum"))
    near = seen.deal or named or any(t.kind in ("deal", "statement") for t in p.things)
    return near or p.has("return", "exchange") or (p.has("part", "side") and p.has("its", "their", "whose"))


def owed(p: Parsed, group: Group, seen: Discourse) -> bool:
    """'has to issue licences under the deal', 'must buy', 'is supposed to invest': what an arrangement asks."""
    if not deal_here(p, seen) or group.negated or not group.subjects:
        return False
    over_it = group.governor
    if group.modal == "must":
        return over_it is None
    if not group.infinitive or over_it is None or factuality(p, over_it) != "actual":
        return False
    asked = over_it.passive and over_it.lemma in ("expect", "suppose", "require", "oblige", "bind", "mean")
    supposed = group.lead in ("supposed", "obliged", "bound", "required") and over_it.lemma in ("be", group.lead)
    supposed = supposed or (group.lead == "supposed" and over_it.passive)
    has = over_it.lemma == "have" and not over_it.perfect and over_it.end == group.start and not over_it.past
    return has or supposed or (asked and p.low(over_it.end) == "under")


def traded(p: Parsed, seen: Discourse) -> list[Draft]:
    """'the deal foresees Chinese purchases of 25 million tonnes': a promise told as what is bought."""
    if not any(t.kind in ("deal", "statement", "pledge") for t in p.things):
        return []
    out = []
    for i, word in enumerate(p.words):
        if word.low in _TRADE and (draft := _trade(p, i, seen)) is not None:
            out.append(draft)
    out += [d for i in range(len(p.words)) if (d := _side_of_deal(p, i, seen)) is not None]
    return out[:1]


def _side_of_deal(p: Parsed, i: int, seen: Discourse) -> Draft | None:
    """'China's side of the deal: 12 million tonnes', 'America's part of the bargain is a lower tariff'."""
    if p.low(i) not in ("side", "part", "half", "end") or p.low(i + 1) != "of" or p.low(i - 1) not in ("'s", "s'"):
        return None
    deal = next((t for t in p.things if t.kind == "deal" and i + 2 <= t.start <= i + 4), None)
    owner = sides_in([m for m in p.named if m.end == i - 1])
    group = next((g for g in p.groups if g.start >= i), p.groups[0] if p.groups else None)
    if deal is None or not owner or not (p.low(deal.end) == ":" or p.low(deal.end) in ("is", "was", "includes")):
        return None
    end = next((k for k in range(deal.end + 1, len(p.words)) if p.words[k].text in ";."), len(p.words))
    if group is not None:
        return _term(p, deal.end + 1, end, owner, group, seen)
    return Draft(
        "commitment",
        with_other(owner, seen)[:3],
        [span_of(p, deal.end + 1, end)],
        products=products_in(p, deal.end, end),
        quantity=quantity_in(p, deal.end, end),
        paragraph=p.sentence.paragraph,
        order=p.words[deal.end].start,
    )


def _trade(p: Parsed, i: int, seen: Discourse) -> Draft | None:
    group = over(p, i)
    held = group is not None and (group.lemma in _HOLDING or (group.lemma == "be" and p.has("part", "in")))
    if (
        group is None
        or not held
        or group.negated
        or factuality(p, group) not in ("actual", "future", "commit", "expect")
    ):
        return None
    owner = (
        sides_in([m for m in p.within(max(0, i - 4), i) if m.parties])[-1:]
        or sides_in([m for m in p.within(group.left, i) if m.kind == "party"])[-1:]
    )
    end = next((k for k in range(i + 1, len(p.words)) if p.words[k].text in ";:."), len(p.words))
    if not owner or not any(i < q.start < end for q in p.quantities):
        return None
    return _term(p, max(0, i - 3), end, owner, group, seen)


def ceiling(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'will not exceed 15%', 'shall bear no more than 15%', 'guarantees a ceiling of 15%': a limit promised."""
    right = max(group.right, group.end)
    rates = [r for r in p.rates if group.end <= r.start < right]
    if not rates or not (deal_here(p, seen) or seen.dealt) or not (_limits(p, group, rates[0].start) or _top(p, group)):
        return None
    fact = factuality(p, group)
    if fact not in ("future", "commit") and not (fact in ("expect", "actual") and _paper_speaks(p, group)):
        return None
    sides = sides_in([m for m in p.named if m.kind != "place"])
    importer = next((s for s in ("USA",) if seen.counts[s]), sides[0] if sides else None)
    if importer is None:
        return None
    parties = with_other((importer, *[s for s in sides if s != importer]), seen)
    draft = _term(p, group.left, right, parties, group, seen)
    return replace(draft, rate=told_rate(rates))


def _limits(p: Parsed, group: Group, rate: int) -> bool:
    if group.negated and group.lemma in ("exceed", "surpass", "go", "rise", "be"):
        return True
    if group.lemma.split()[0] in ("admit", "enter", "let") and p.low(rate - 1) == "at":
        return True
    lows = [p.low(k) for k in range(group.end, rate)]
    return any(tuple(lows[k : k + len(w)]) == w for w in _LIMITS for k in range(len(lows)))


def _top(p: Parsed, group: Group) -> bool:
    return "pledge" in group.classes and any(
        p.low(k) in ("ceiling", "cap", "limit") for k in range(group.end, group.end + 8)
    )


def _paper_speaks(p: Parsed, group: Group) -> bool:
    at = group.governor or group
    return any(t.kind in ("deal", "statement") and at.left <= t.start < at.start for t in p.things)


def _term(p: Parsed, start: int, end: int, parties: tuple[str, ...], group: Group, seen: Discourse) -> Draft:
    return Draft(
        "commitment",
        with_other(parties, seen)[:3],
        [clause_span(p, group) if start == group.left else span_of(p, start, end)],
        speaker=speaker_of(p, group, seen),
        date=term_of(times_of(p, group, climb=False), True, seen.published),
        products=products_in(p, start, end),
        quantity=quantity_in(p, start, end),
        key="term/" + "/".join(products_in(p, start, end)[:1]),
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[group.head].start,
    )


def by_object(p: Parsed, group: Group, draft: Draft) -> list[Draft]:
    """'will buy 200 aircraft and farm goods worth $17 billion': one promise for each object with an amount."""
    right = max(group.right, group.end)
    amounts = [q for q in p.quantities if group.end <= q.start < right]
    for one, two in pairwise(amounts):
        joint = next((k for k in range(two.start - 1, one.end - 1, -1) if p.low(k) == "and"), -1)
        if joint < 0 or two.start - joint > 9 or p.low(one.start - 1) in ("between", "from"):
            continue
        if any(g.start > joint and g.start < two.start and g.marker != "attribute" for g in p.groups):
            continue
        first, second = (group.left, joint), (joint + 1, right)
        return [
            replace(
                draft, spans=[span_of(p, *first)], products=products_in(p, *first), quantity=quantity_in(p, *first)
            ),
            replace(
                draft,
                spans=[span_of(p, *second)],
                products=products_in(p, *second),
                quantity=quantity_in(p, *second),
                key=draft.key + "+",
                order=p.words[two.start].start,
            ),
        ]
    return [draft]
