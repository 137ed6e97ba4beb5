"""Decisions of courts and panels on measures, told by a verb ("the court struck down"), by a noun ("the ruling of the
court on 28 May") or by who won and lost before a court."""

from __future__ import annotations

from dataclasses import dataclass, replace

from detente.read.clauses import Parsed, over
from detente.read.drafts import Draft, clause_span, day_nearby, day_of, sides_in, span_of, times_of, with_other
from detente.read.factuality import factuality
from detente.read.names import Discourse
from detente.read.tables import word_set
from detente.read.things import Thing
from detente.read.times import Time
from detente.read.verbs import Group

_DECIDING = word_set("rulings deciding")
_SAYING = frozenset({"say", "agree", "announce", "claim", "publish", "do"})
_VERDICTS = word_set("rulings verdicts")
_CONTESTED = frozenset({"win", "lose", "prevail", "succeed"})
_PAPERS = word_set("rulings papers")
_AHEAD = word_set("rulings ahead")
_CASE = frozenset(
    {"power", "emergency", "ieepa", "powers", "case", "finding", "refund", "refunds", "importers", "appeal"}
)
_BARE = frozenset({"ruling", "rulings", "judgment", "judgement", "verdict"})


@dataclass(frozen=True, slots=True)
class _Court:
    """Words `[start, end)` that name a court or panel; `key` is the same for all names of one court."""

    start: int
    end: int
    parties: tuple[str, ...]
    key: str = ""


def rulings(p: Parsed, seen: Discourse) -> list[Draft]:
    """What courts or panels are said to have decided, one draft a court where each has its day."""
    courts = _courts(p) or _stand_in(p, seen)
    if courts:
        seen.last_court = (courts[-1].key, courts[-1].parties, p.sentence.paragraph)
    if not courts and not (seen.court and any(t.kind == "ruling" for t in p.things)):
        return []
    if p.words[-1].text == "?" or not _about_measures(p, seen):
        return []
    found = [d for g in p.groups if (d := _by_verb(p, g, courts, seen)) is not None]
    found = [d for i, d in enumerate(found) if d.key not in [e.key for e in found[:i]]]
    found = found or [d for t in p.things if (d := _by_noun(p, t, courts, seen)) is not None][:1]
    if not found:
        return []
    seen.court = True
    return (_one_each(p, found[0], courts) if courts and len(found) == 1 else []) or found


def _courts(p: Parsed) -> list[_Court]:
    named = [_Court(m.start, m.end, m.parties, _key(m.name)) for m in p.named if m.role == "court"]
    things = [
        _Court(t.start, t.end, (), _key(p.sentence_text(max(0, t.start - 2), min(t.end + 1, len(p.words)))))
        for t in p.things
        if t.kind == "court" and not any(c.start < t.end and t.start < c.end for c in named)
    ]
    return sorted((*named, *things), key=lambda c: c.start)


_KEYS = (
    ("supreme", "supreme"),
    ("justice", "supreme"),
    ("international trade", "trade"),
    ("trade court", "trade"),
    ("circuit", "appeal"),
    ("appeal", "appeal"),
    ("higher court", "appeal"),
    ("upper court", "appeal"),
    ("court above", "appeal"),
    ("district", "district"),
    ("wto", "wto"),
    ("world trade", "wto"),
    ("arbitrat", "wto"),
)


def _key(name: str) -> str:
    """One word for all names of one court, '' where the words do not tell which it is."""
    low = name.lower()
    return next((key for words, key in _KEYS if words in low), "")


def _stand_in(p: Parsed, seen: Discourse) -> list[_Court]:
    """'It ordered refunds', after a sentence about a court."""
    at = next((k for k in range(min(4, len(p.words))) if p.low(k) in ("it", "they", "he", "she")), None)
    if seen.last_court is None or at is None or not any(g.start == at + 1 for g in p.groups):
        return []
    key, parties, paragraph = seen.last_court
    if paragraph != p.sentence.paragraph:
        return []
    return [_Court(at, at + 1, parties, key)]


def _about_measures(p: Parsed, seen: Discourse) -> bool:
    wanted = ("measure", "measures", "act", "rules", "ruling", "tax", "fee")
    return seen.court or any(t.kind in wanted for t in p.things) or p.has(*_CASE)


def _by_verb(p: Parsed, group: Group, courts: list[_Court], seen: Discourse) -> Draft | None:
    if group.marker == "attribute" or not (_decides(p, group, courts) or _contest(p, group, courts)):
        return None
    if (group.negated and "rule" in group.classes) or factuality(p, group) not in ("actual", "claimed"):
        return None
    start, end = clause_span(p, group)
    start = min(start, p.words[group.head_left].start) if group.head_left >= 0 else start
    told = [g.left for g in p.groups if g.governor is group and g.left < group.left and g.marker != "attribute"]
    if told:  # "the tariffs are unlawful, the court ruled"
        start = min(start, span_of(p, min(told), group.end)[0])
    court = _whose(group, courts)
    return _draft(p, (start, end), times_of(p, group), court, seen, p.words[group.head].start)


def _whose(group: Group, courts: list[_Court]) -> _Court | None:
    """The court that decides: the last before the verb, else the first after it."""
    before = [c for c in courts if c.start < group.start]
    return before[-1] if before and not group.passive else next((c for c in courts if c.start >= group.end), None)


def _decides(p: Parsed, group: Group, courts: list[_Court]) -> bool:
    """A court as subject or agent of a verb of deciding, or of one of saying whose content is a verdict."""
    if not _by_court(p, group, courts):
        return False
    if group.classes & _DECIDING or group.lemma in _DECIDING:
        return True
    verdict = any(w.low in _VERDICTS for w in p.words) or any(t.kind == "ruling" for t in p.things)
    return bool(group.classes & _SAYING) and verdict and not group.infinitive


def _by_court(p: Parsed, group: Group, courts: list[_Court]) -> bool:
    """A court as subject, also one told before the verb it is joined to, or after 'by'."""
    start = group.left if group.head_left < 0 else group.head_left
    if any(start <= c.start < group.start and (c.end == group.start or not _aside(p, c, start)) for c in courts):
        return not group.passive or _agent(p, group, courts)
    if group.passive:
        return _agent(p, group, courts)
    behind = group.marker in ("and", "but", ",") or (group.form == "g" and group.start == group.head)
    if not group.subjects and behind and any(c.start < group.left for c in courts):
        return not any(group.left < m.start < group.start for m in p.named)
    said_last = bool(group.classes & {"rule", "find", "decide", "hold"}) and not group.infinitive
    return said_last and any(c.start == group.end or c.start == group.end + 1 for c in courts)


def _agent(p: Parsed, group: Group, courts: list[_Court]) -> bool:
    right = max(group.right, group.end)
    after = [c for c in courts if group.end <= c.start < right]
    return any(p.low(k) in ("by", "in", "at") for c in after for k in range(max(group.end, c.start - 4), c.start))


def _aside(p: Parsed, court: _Court, start: int) -> bool:
    """'lawyers argued in court', 'importers asked the court': not who acts."""
    before = p.low(court.start - 1)
    if before in ("the", "a", "an", "us", "u.s."):
        before = p.low(court.start - 2)
    lead = before in ("in", "at", "before", "to", "from", "with", "against", "after", "for")
    return lead and court.start - 2 > start


def _contest(p: Parsed, group: Group, courts: list[_Court]) -> bool:
    """'importers won their case at the trade court', 'the government lost before the Federal Circuit'."""
    if group.lemma not in _CONTESTED:
        return False
    right = max(group.right, group.end)
    return any(group.end <= c.start < right and _aside(p, c, group.end - 1) for c in courts)


def _by_noun(p: Parsed, thing: Thing, courts: list[_Court], seen: Discourse) -> Draft | None:
    """'the ruling of the Court of International Trade on 28 May', 'a stay was granted by the appeals court'."""
    if not (thing.kind == "ruling" or thing.low in _PAPERS) or not _of_court(p, thing, courts, seen):
        return None
    group = over(p, thing.start)
    if group is not None and (_looks_ahead(p, group, thing) or factuality(p, group) not in ("actual", "claimed")):
        return None
    if group is not None and group.negated:
        return None
    start, end = (group.left, max(group.right, thing.end)) if group is not None else (0, len(p.words))
    start = min(start, thing.start)
    near = [t for t in p.times if thing.start - 4 <= t.start <= thing.end + 12 and start <= t.start]
    if not near and group is None:
        return None
    if not near and thing.low not in _BARE and group is not None and group.classes & {"say", "want", "consider"}:
        return None
    times = near or (times_of(p, group) if group is not None else [])
    by = next((c for c in courts if abs(c.start - thing.start) <= 10), None)
    return _draft(p, span_of(p, start, end), times, by, seen, p.words[thing.start].start)


def _of_court(p: Parsed, thing: Thing, courts: list[_Court], seen: Discourse) -> bool:
    """Whether a ruling or order is a court's: one stands beside it, or the text has told of its decision."""
    beside = any(thing.start - 8 <= c.start < thing.start or thing.end <= c.start <= thing.end + 7 for c in courts)
    group = over(p, thing.start)
    done = group is not None and group.passive and bool(group.classes & _DECIDING or group.lemma in _DECIDING)
    known = seen.court and not courts and thing.kind == "ruling" and (_retold(p, thing) or done)
    return beside or known


def _retold(p: Parsed, thing: Thing) -> bool:
    return p.low(thing.start - 1) in ("the", "that", "this") and any(
        thing.end <= t.start <= thing.end + 2 or t.end == thing.start for t in p.times
    )


def _looks_ahead(p: Parsed, group: Group, thing: Thing) -> bool:
    near = {p.low(k) for k in range(thing.start - 5, thing.start)}
    kinds = group.classes & {"expect", "hope", "request", "want", "appeal", "schedule", "consider", "await"}
    return bool(near & _AHEAD) or bool(kinds) or group.lemma in ("await", "wait", "pend")


def _draft(
    p: Parsed, span: tuple[int, int], times: list[Time], court: _Court | None, seen: Discourse, order: int
) -> Draft | None:
    parties = _parties(p, court, seen)
    if not parties:
        return None
    exact = sorted(times, key=lambda t: t.past is None or t.past.precision != "day")
    return Draft(
        "court-decision",
        parties,
        [span],
        date=day_of(exact, False) or day_nearby(p, seen),
        key=court.key if court is not None else "",
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=order,
    )


def _one_each(p: Parsed, draft: Draft, courts: list[_Court]) -> list[Draft]:
    """'by the trade court on 28 May and by the appeals court on 29 August': a decision for each court with a day."""
    out = []
    for court, following in zip(courts, [*courts[1:], None], strict=True):
        limit = following.start if following is not None else len(p.words)
        days = [t for t in p.times if court.end <= t.start < limit and t.past is not None and t.past.precision == "day"]
        if not days or any(g.start >= court.end and g.end <= days[0].start and g.infinitive for g in p.groups):
            continue
        span = span_of(p, court.start, days[0].end)
        out.append(replace(draft, spans=[span], date=days[0].past, key=court.key, order=p.words[court.start].start))
    if len({d.date for d in out}) < 2:
        return []
    out[0].spans = [(min(draft.spans[0][0], out[0].spans[0][0]), out[0].spans[0][1])]
    return out


def _parties(p: Parsed, court: _Court | None, seen: Discourse) -> tuple[str, ...]:
    if p.has("wto", "dsb") or (p.has("organization", "organisation") and p.has("trade")):
        return _quarrel(p, seen)
    return (
        (court.parties if court is not None else ())
        or sides_in(p.named)[:1]
        or (("USA",) if seen.counts["USA"] else seen.pair()[:1])
    )


def _quarrel(p: Parsed, seen: Discourse) -> tuple[str, ...]:
    """The two sides before the WTO: whose measure it is first."""
    sides = with_other(sides_in(p.named)[:2], seen)
    owner = next((m.parties for m in p.named if m.adjective and _measure_after(p, m.end)), ())
    return (*owner, *[s for s in sides if s not in owner])


def _measure_after(p: Parsed, i: int) -> bool:
    return any(t.kind in ("measure", "measures") and i <= t.start <= i + 2 for t in p.things)
