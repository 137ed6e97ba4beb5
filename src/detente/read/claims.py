"""Claims: accusations of breach, denials, threats, offers and expectations, as somebody utters them."""

from __future__ import annotations

from detente.read.breaches import breach
from detente.read.clauses import Parsed
from detente.read.denials import denial
from detente.read.drafts import Draft
from detente.read.expectations import expectation
from detente.read.names import Discourse
from detente.read.threats import offer, offer_by_noun, threat, threat_by_noun

_FINDERS = (breach, denial, threat, offer, expectation)


def claims(p: Parsed, seen: Discourse) -> list[Draft]:
    """The claims a sentence holds, beyond measures threatened or offered (`measures`); one a verb."""
    out: list[Draft] = []
    if p.words[-1].text == "?":
        return out
    for group in p.groups:
        if group.marker == "attribute":
            continue
        draft = next((d for finder in _FINDERS if (d := finder(p, group, seen)) is not None), None)
        if draft is not None:
            out.append(draft)
    taken = [s for d in out for s in d.spans]
    out += [
        d
        for d in (*offer_by_noun(p, seen), *threat_by_noun(p, seen))
        if not any(d.spans[0][0] < b and a < d.spans[0][1] for a, b in taken)
    ]
    return out
