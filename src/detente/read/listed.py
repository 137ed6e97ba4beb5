"""The terms of a deal told as a list: a heading or lead names the side ('From China', 'On the US side:'), and the items
below it, often without a verb, are what that side will do."""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.drafts import Draft, products_in, quantity_in, sides_in, span_of, term_of, with_other
from detente.read.names import Discourse
from detente.read.tables import word_set

_LEADS = word_set("listed leads")
_TURNS = ("measure-suspended", "measure-cut", "measure-lifted", "measure-announced")
_LONGEST = 45


def listed(p: Parsed, seen: Discourse, told: list[Draft]) -> list[Draft]:
    """What a sentence tells, where it is an item of such a list: reliefs are promises, and words without a verb too."""
    side = _heads(p) if seen.deal_told else None
    if side is not None:
        seen.terms = (side, p.sentence.paragraph, p.sentence.heading)
    elif p.sentence.heading or not _goes_on(p, seen):
        seen.terms = None
    if seen.terms is None or p.sentence.heading or _past(p) or len(p.words) > _LONGEST:
        return told
    for draft in told:
        if draft.kind in _TURNS and draft.date is None:
            draft.kind = "commitment"
    start = _body(p) if side is not None else 0
    if any(d.kind == "commitment" for d in told) or len(p.words) - start < 3 or not _something(p, start):
        return told
    return [*told, _item(p, start, seen.terms[0], seen)]


def _heads(p: Parsed) -> str | None:
    """The side that a heading or the words before a colon name: 'FROM CHINA', 'On the EU side: …', 'China will:'."""
    colon = next((k for k, w in enumerate(p.words[:9]) if w.text == ":"), None)
    end = len(p.words) if p.sentence.heading and len(p.words) <= 7 else colon
    if end is None or not any(p.low(k) in _LEADS for k in range(end)):
        return None
    sides = sides_in([m for m in p.named if m.end <= end])
    return sides[0] if len(sides) == 1 else None


def _goes_on(p: Parsed, seen: Discourse) -> bool:
    """Lines below a heading; the rest of the paragraph after a lead with a colon."""
    if seen.terms is None:
        return False
    _, paragraph, heading = seen.terms
    return (0 <= p.sentence.paragraph - paragraph <= 12) if heading else p.sentence.paragraph == paragraph


def _body(p: Parsed) -> int:
    return next((k + 1 for k, w in enumerate(p.words[:9]) if w.text == ":"), 0)


def _past(p: Parsed) -> bool:
    return any(g.past and g.marker not in ("reduced", "attribute", "which", "that") for g in p.groups if not g.passive)


def _something(p: Parsed, start: int) -> bool:
    """Goods, an amount, a measure or a rate: an item says what it is about."""
    goods = any(s >= start for s, _, _ in p.products) or any(t.start >= start for t in p.things)
    return goods or bool(p.quantities or p.rates) or any(w.text.isdecimal() for w in p.words[start:])


def _item(p: Parsed, start: int, side: str, seen: Discourse) -> Draft:
    end = len(p.words)
    return Draft(
        "commitment",
        with_other((side,), seen),
        [span_of(p, start, end)],
        date=term_of([t for t in p.times if t.start >= start], True, seen.published),
        products=products_in(p, start, end),
        quantity=quantity_in(p, start, end),
        key="item/" + "/".join(products_in(p, start, end)[:2]) + str(p.words[start].start),
        paragraph=p.sentence.paragraph,
        order=p.words[start].start,
    )
