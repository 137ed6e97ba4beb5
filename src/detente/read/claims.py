"""Claims: accusations of breach, denials, threats, offers and expectations, as somebody utters them."""

from __future__ import annotations

from detente.read.breaches import breach
from detente.read.claim_parts import sides
from detente.read.clauses import Parsed, over
from detente.read.denials import answered, denial
from detente.read.drafts import Draft
from detente.read.expectations import expectation
from detente.read.factuality import factuality
from detente.read.menaces import by_menace, menace_draft
from detente.read.names import Discourse
from detente.read.offers import offer, offer_by_noun
from detente.read.speech import speaker_of
from detente.read.threats import threat, threat_by_noun

_FINDERS = (breach, denial, threat, offer, expectation)


def claims(p: Parsed, seen: Discourse) -> list[Draft]:
    """The claims a sentence holds, beyond measures threatened or offered (`measures`); one a verb."""
    out: list[Draft] = []
    if (no := answered(p, seen)) is not None:
        out.append(no)
    if p.words[-1].text == "?":
        return out
    for group in p.groups:
        if group.marker == "attribute":
            continue
        draft = next((d for finder in _FINDERS if (d := finder(p, group, seen)) is not None), None)
        if draft is not None and draft.parties:
            out.append(draft)
    out += _menaces(p, seen, out)
    taken = [s for d in out for s in d.spans]
    out += [
        d
        for d in (*offer_by_noun(p, seen), *threat_by_noun(p, seen))
        if not any(d.spans[0][0] < b and a < d.spans[0][1] for a, b in taken)
    ]
    return out


def _menaces(p: Parsed, seen: Discourse, found: list[Draft]) -> list[Draft]:
    """Threats told by a noun, where no verb tells them."""
    out = []
    for at, end in by_menace(p):
        where, group = p.words[at].start, over(p, at)
        if group is None or group.negated or any(a <= where < b for d in found for a, b in d.spans):
            continue
        near = [c for m in p.within(max(at - 3, 0), at) if m.kind != "place" for c in m.parties]
        parties = tuple(dict.fromkeys((*near, *sides(p, group, seen))))
        if parties and factuality(p, group) in ("actual", "future", "threat", "claimed"):
            out.append(menace_draft(p, at, end, parties, speaker_of(p, group, seen)))
    return out
