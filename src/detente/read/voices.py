"""Whose words a sentence tells where no verb of saying does: 'according to …', or whoever stands before a colon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.read.names import Mention

if TYPE_CHECKING:
    from detente.read.clauses import Parsed


def voice_of(p: Parsed) -> Mention | None:
    """'China's embassy: no such call has taken place': who stands before a colon, with no verb of his own."""
    colon = next((i for i, w in enumerate(p.words[:14]) if w.text == ":"), 0)
    if colon < 1 or any(g.start < colon for g in p.groups) or colon + 3 > len(p.words):
        return None
    near = [m for m in p.within(0, colon) if m.kind in ("person", "body", "party") and m.parties]
    return near[-1] if near and (near[-1].kind != "party" or near[-1].end == colon) else None


def according_to(p: Parsed) -> str | None:
    """The source of 'according to …', or of what follows a name and a colon."""
    if (voice := voice_of(p)) is not None:
        return voice.name or p.sentence_text(voice.start, voice.end)
    for i, word in enumerate(p.words):
        if word.low == "according" and p.low(i + 1) == "to":
            return phrase_from(p, i + 2)
    return None


def phrase_from(p: Parsed, i: int) -> str | None:
    """The noun phrase that begins at a word, up to a comma or a verb; None where there is none."""
    end = i
    stops = {g.start for g in p.groups}
    while end < len(p.words) and end - i < 8 and end not in stops and p.words[end].text not in ',.;:—–"”()':
        end += 1
    named = [m for m in p.within(i, end) if m.kind in ("person", "body") and m.name]
    if named:
        return named[0].name
    start = i + 1 if p.low(i) == "the" and end > i + 1 else i
    return p.sentence_text(start, end) or None
