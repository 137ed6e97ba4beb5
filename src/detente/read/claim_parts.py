"""What every claim is put together from: who speaks, of whom, in which words, about which day."""

from __future__ import annotations

from dataclasses import replace

from detente.read.amounts import told_rate
from detente.read.clauses import Parsed
from detente.read.drafts import (
    Draft,
    clause_span,
    day_of,
    hangs_on,
    products_in,
    sides_in,
    span_of,
    times_below,
    times_of,
)
from detente.read.names import Discourse
from detente.read.proposal import Kind, When
from detente.read.speech import named_subject, reporter_of, speaker_of
from detente.read.tables import word_set
from detente.read.verbs import Group
from detente.read.voices import voice_of

RULES = word_set("claims rules")
HOPED = word_set("claims hoped")
ECONOMIC = word_set("claims economic")
SPOKESMEN = word_set("denials spokesmen")
JUDGES = frozenset({"court", "judge", "judges", "justices", "panel", "tribunal", "jury"})
_OUTSIDE = word_set("claims outside")


def region_of(group: Group) -> range:
    """The words of a clause, with those its subject stands in where commas part them."""
    return range(group.left, max(group.right, group.end, group.reach))


def words_in(p: Parsed, group: Group) -> frozenset[str]:
    """The words of a clause, in small letters."""
    out = _words(p, "in", group, region_of(group))
    return out | _words(p, "head", group, range(group.head_left, group.head_right)) if group.head_left >= 0 else out


def _words(p: Parsed, what: str, group: Group, stretch: range) -> frozenset[str]:
    """The words of a stretch about a verb, once for all that ask."""
    key = (what, group.start)
    known = p.memo.get(key)
    if known is None:
        known = p.memo[key] = frozenset(w.low for w in p.words[max(0, stretch.start) : max(0, stretch.stop)])
    return known


def words_after(p: Parsed, group: Group) -> frozenset[str]:
    """The words of a clause after its verb, from the verb on where it is more than one word."""
    return _words(p, "after", group, range(group.end, max(group.right, group.end)))


def words_before(p: Parsed, group: Group) -> frozenset[str]:
    """The words of a clause before its verb."""
    start, end = (group.head_left, group.head_right) if group.head_left >= 0 else (group.left, group.start)
    return _words(p, "before", group, range(start, end))


def speaking(group: Group) -> tuple[str, ...]:
    """The side of the outermost speaker a clause hangs on."""
    at = group.governor
    found: tuple[str, ...] = ()
    while at is not None:
        found = sides_in(at.subjects) or found
        at = at.governor
    return found


def speaking_from(p: Parsed, group: Group) -> tuple[str, ...]:
    """The side that speaks, by where its spokesman is where nothing else tells it: 'diplomats in Beijing'."""
    report = reporter_of(group)
    if found := speaking(group):
        return found
    near = [m for m in p.named if report is not None and m.start in region_of(report) and m.kind == "place"]
    spokesmen = report is not None and bool(words_in(p, report) & SPOKESMEN)
    return tuple(c for m in near for c in m.parties)[:1] if spokesmen else ()


def sides(p: Parsed, group: Group, seen: Discourse, own: bool = True) -> tuple[str, ...]:
    """The side that speaks, then the side spoken of; the other side of the dispute where the words name one.

    `own` is false where the subject of the verb is not the speaker.
    """
    said = speaking_from(p, group) or _source_side(p)
    subject = sides_in(group.subjects)
    first = said or (subject if own else ())
    named = dict.fromkeys((*first, *_spoken_of(p, group), *subject, *_named(p, group)))
    if not first and len(named) == 1:
        (blamed,) = named
        other = seen.other(blamed)
        return ((other, blamed) if other and not own else (blamed, other)) if other else (blamed,)
    if len(named) == 1 and (other := seen.other(next(iter(named)))):
        named[other] = None
    return tuple(named) or _main_sides(seen)


def _main_sides(seen: Discourse) -> tuple[str, ...]:
    """The two sides named most, the United States among them where the text names it."""
    most = [code for code, _ in seen.counts.most_common(2)]
    if most and seen.counts["USA"] and "USA" not in most:
        return ("USA", most[0])
    return tuple(most)


def _named(p: Parsed, group: Group) -> list[str]:
    return [c for m in p.named if m.start in region_of(group) and m.kind != "place" for c in m.parties]


def _spoken_of(p: Parsed, group: Group) -> list[str]:
    """'Trump said of China': whom a report is about."""
    report = reporter_of(group)
    if report is None or p.low(report.end) not in ("of", "about"):
        return []
    return [c for m in p.within(report.end, report.end + 4) for c in m.parties][:1]


def _source_side(p: Parsed) -> tuple[str, ...]:
    """The side of 'according to …', 'in Beijing's view', or of whoever stands before a colon."""
    if (voice := voice_of(p)) is not None:
        return voice.parties[:1]
    for i in range(len(p.words)):
        told = p.low(i) == "according" and p.low(i + 1) == "to"
        viewed = p.low(i) in ("view", "eyes", "opinion", "reading") and p.low(i - 1) == "'s"
        if told or viewed:
            near = p.within(i + 2, i + 9) if told else p.within(max(0, i - 5), i)
            return tuple(c for m in near for c in m.parties)[:1]
    return ()


def viewer(p: Parsed) -> str | None:
    """'In Beijing's view': whose view a sentence tells."""
    for i in range(2, len(p.words)):
        if p.low(i) in ("view", "eyes", "opinion", "reading") and p.low(i - 1) == "'s":
            return next((p.sentence_text(m.start, m.end) for m in p.named if m.end == i - 1), None)
    return None


def by_court(p: Parsed, group: Group) -> bool:
    """Whether a court says it, or somebody outside the dispute: then it is no claim of a side."""
    at: Group | None = group
    while at is not None:
        if words_before(p, at) & JUDGES:
            return True
        at = at.governor
    return False


def outsiders(p: Parsed, group: Group) -> bool:
    """Whether the speaker is neither a side nor somebody who tells what a side thinks: a firm, a union, a court."""
    at: Group | None = reporter_of(group) or group
    return at is not None and bool(words_before(p, at) & _OUTSIDE)


def _with_content(p: Parsed, group: Group) -> tuple[int, int]:
    """The clause of a verb of saying with what it says, as far as the next semicolon."""
    start, end = clause_span(p, group)
    below = [g for g in p.groups if hangs_on(g, group) and g.start > group.start]
    last = max([max(g.right, g.end) for g in below], default=0)
    return (start, max(end, span_of(p, group.start, last)[1])) if last > group.start else (start, end)


def claim(
    p: Parsed,
    group: Group,
    kind: Kind,
    parties: tuple[str, ...],
    seen: Discourse,
    ahead: bool = False,
    own: bool = False,
) -> Draft:
    """A claim told by a clause; `own` marks a verb that is itself the act of saying."""
    start, end = group.left, max(group.right, group.end)
    found = times_of(p, group)
    if kind == "claim-expectation" and not any(t.role != "for" for t in found):
        found = times_below(p, group)
    if group.negated and found and found[0].role == "by" and p.low(found[0].start) == "before" and found[0].ahead:
        found = [replace(found[0], role="from", ahead=When(found[0].ahead.from_, None, "about"))]
    speaker = speaker_of(p, group, seen) or (named_subject(p, group) if own else None) or viewer(p)
    return Draft(
        kind,
        parties[:2],
        [_with_content(p, group) if own else clause_span(p, group)],
        speaker=speaker,
        date=day_of(found, ahead, seen.published),
        rate=told_rate([r for r in p.rates if start <= r.start < end]),
        products=products_in(p, start, end),
        key=kind,
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[group.head].start,
    )
