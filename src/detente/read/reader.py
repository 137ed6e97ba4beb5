"""An article in, proposals out: the sentences are read in order, what they tell is put together, then compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from detente.read.amounts import is_change
from detente.read.claims import claims
from detente.read.clauses import Parsed, parse
from detente.read.compare import compared
from detente.read.conflicts import with_conflicts
from detente.read.contacts import contacts
from detente.read.deal_dates import date_deals
from detente.read.deals import SETTLING, deals
from detente.read.drafts import Draft, with_other
from detente.read.later import link_end, link_start, link_term
from detente.read.learned import EVERYTHING, Judge, Worth
from detente.read.measures import measures
from detente.read.merge import Merged
from detente.read.names import Discourse
from detente.read.promise_lists import listed
from detente.read.proposal import Proposal, Span
from detente.read.rulings import rulings
from detente.read.topic import Topic
from detente.read.words import sentences

if TYPE_CHECKING:
    from detente.record import View


def read(text: str, published: date, view: View | None = None) -> tuple[Proposal, ...]:
    """What an article published on a day tells of a trade dispute, each with the words it rests on.

    `view` is the record of the dispute as of that day; with it every proposal says what it repeats, extends or
    contradicts. A text that is not about a trade dispute yields nothing. Offsets count code points of `text`. Never
    raises for what the text holds.
    """
    proposals = [proposal_of(d, text, published) for d in drafts(text, published)]
    if view is not None:
        proposals = compared(proposals, view, published)
    return with_conflicts(proposals, view, published)


Judging = Callable[[Parsed, list[Draft]], list[Draft]]


def drafts(text: str, published: date, judge: Callable[[Discourse], Judging] | None = None) -> list[Draft]:
    """What a text tells, before it is compared with anything. What the rules draft from a sentence is judged by what
    was learnt (`learned`), or by another `judge`, made for one text, which says what to go on with."""
    seen, topic, out = Discourse(published), Topic(), Merged()
    judged = (judge or Judge)(seen)
    for sentence in sentences(text):
        topic.count(sentence)
        parsed = parse(sentence, seen)
        link_term(parsed, out)
        link_start(parsed, out)
        link_end(parsed, out)
        worth = judged.look(parsed) if isinstance(judged, Judge) else EVERYTHING
        told = _told(parsed, seen, worth)
        date_deals(parsed, told, seen)
        seen.deal_told = seen.deal_told or any(_fresh_deal(d, published) for d in told)
        for draft in judged(parsed, told):
            out.take(draft)
        _go_on(parsed, seen)
    deal_made = any(_fresh_deal(d, published) for d in out.drafts)
    about = judged.about(topic) if isinstance(judged, Judge) else topic.met(seen.counts)
    return _with_both_sides(out.kept(deal_made), seen) if about else []


def _apart(draft: Draft, ruled: list[Draft]) -> bool:
    """A measure with a day of its own, in words that tell of no ruling."""
    spans = [s for r in ruled for s in r.spans]
    own = draft.date is not None and all(r.date is None or r.date.from_ != draft.date.from_ for r in ruled)
    overlaps = any(a < d and c < b for a, b in draft.spans for c, d in spans)
    return own and draft.kind != "measure-suspended" and not overlaps


def _with_both_sides(kept: list[Draft], seen: Discourse) -> list[Draft]:
    """Arrangements told before the text has named both sides get the other from what follows."""
    seen.pair_now = ()
    for d in kept:
        if d.kind == "arrangement" and len(d.parties) < 2:
            d.parties = with_other(d.parties, seen)
    return [d for d in kept if d.kind != "arrangement" or len(d.parties) > 1]


def _told(p: Parsed, seen: Discourse, worth: Worth) -> list[Draft]:
    """What the rules draft from a sentence, of what is worth looking for."""
    ruled = rulings(p, seen) if worth.rulings else []
    found = contacts(p, seen) if worth.contacts else []
    found += deals(p, seen) if worth.deals else []
    found += measures(p, seen) if worth.measures else []
    found += claims(p, seen) if worth.claims else []
    found = listed(p, _without_doubles(found), seen)
    hoped = [d.order for d in found if d.kind == "claim-expectation"]
    ruled = [r for r in ruled if not any(a <= at < min(b, r.order) for at in hoped for a, b in r.spans)]
    if ruled:
        found = [d for d in found if d.rate is not None or not d.kind.startswith("measure") or _apart(d, ruled)]
        found = [d for d in found if not any(a <= d.order < b for r in ruled for a, b in r.spans)]
    return sorted([*ruled, *found], key=lambda d: d.order)


def _without_doubles(found: list[Draft]) -> list[Draft]:
    """A limit promised on a rate is no measure besides, what both agreed long ago no promise."""
    old = [s for d in found if d.kind == "arrangement" and d.apart for s in d.spans]
    found = [d for d in found if d.kind != "commitment" or not any(a <= d.order < b for a, b in old)]
    limits = [d for d in found if d.kind == "commitment" and d.rate is not None and d.key.startswith("term/")]
    return [d for d in found if not (d.kind in _TWICE and any(_told_by(d, x) for x in limits))]


_TWICE = frozenset({"measure-announced", "measure-imposed", "claim-threat", "claim-expectation"})


def _told_by(d: Draft, limit: Draft) -> bool:
    same = d.rate is None or limit.rate is None or d.rate.value == limit.rate.value
    return same and any(a <= s < b for a, b in limit.spans for s, _ in d.spans)


def _fresh_deal(d: Draft, published: date) -> bool:
    """An arrangement the text tells as made of late: what it says will be done is done under it."""
    return (
        d.kind == "arrangement"
        and not d.weak
        and d.made
        and (d.date is None or abs((published - d.date.from_).days) < 60)
    )


def _go_on(p: Parsed, seen: Discourse) -> None:
    """Whether the next sentence still speaks of what an arrangement asks for."""
    asks = any(w.text == "?" for w in p.words[-3:])
    seen.asked = (p.words[0].start, p.words[-1].end) if asks else None
    told = any(t.kind in ("deal", "statement") for t in p.things) or (p.has("sheet") and p.has("fact"))
    same = seen.paragraph == p.sentence.paragraph
    seen.paragraph = p.sentence.paragraph
    seen.measure_before = (
        (same and seen.measure_before)
        or any(t.kind in ("measure", "fee", "measures") for t in p.things)
        or bool(p.rates)
    )
    seen.duty = seen.duty or any(t.kind == "measure" for t in p.things)
    seen.dealt = seen.dealt or told or any(g.lemma in SETTLING and not g.negated for g in p.groups)
    seen.deal = told or (seen.deal and any(g.modal in ("will", "would") for g in p.groups))


def proposal_of(d: Draft, text: str, published: date) -> Proposal:
    seen = Discourse(published)
    return Proposal(
        kind=d.kind,
        parties=d.parties,
        evidence=tuple(Span(s, e, text[s:e]) for s, e in d.spans),
        persons=tuple(seen.person(name) for name in d.people),
        attributed_to=d.speaker,
        date=d.date,
        duration_days=d.days,
        rate=d.rate.value if d.rate else None,
        rate_is=None if d.rate is None else "change" if is_change(d.rate) else "level",
        products=d.products,
        quantity=d.quantity,
        place=d.place,
        note=d.note,
    )
