"""Decisions of courts and panels on measures, told by a verb ("the court struck down"), by a noun ("the ruling of the
court on 28 May") or by who won and lost before a court."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

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
_IDLE = word_set("rulings idle")
_REQUESTS = word_set("rulings requests")
_ANSWERS = frozenset(
    {"deny", "grant", "dismiss", "reject", "refuse", "turn down", "throw out", "toss", "accept", "allow"}
)
_OBJECTS = frozenset(
    {"it", "them", "that", "case", "cases", "appeal", "appeals", "petition", "refunds", "request", "stay"}
)
_DECIDED_BY = {
    "come": frozenset({"view", "conclusion"}),
    "reach": frozenset({"view", "conclusion", "verdict", "finding"}),
    "go": frozenset({"way"}),
    "give": frozenset({"stay", "injunction", "refunds", "reprieve", "days"}),
    "take": frozenset({"away", "case", "up"}),
    "send": frozenset({"back"}),
    "have": frozenset({"none"}),
}
_TAKING_CASE = frozenset({"hear", "review", "take", "take up", "consider", "decide", "examine", "rule"})
_ABROAD = frozenset({"panel", "arbitrator", "arbitrators", "tribunal"})
_DOMESTIC = frozenset({"supreme", "trade", "appeal", "district"})


@dataclass(frozen=True, slots=True)
class _Court:
    """Words `[start, end)` that name a court or panel; `key` is the same for all names of one court."""

    start: int
    end: int
    parties: tuple[str, ...]
    key: str = ""
    pronoun: bool = False


def rulings(p: Parsed, seen: Discourse) -> list[Draft]:
    """What courts or panels are said to have decided, one draft a court where each has its day."""
    courts = _courts(p) or _stand_in(p, seen)
    before = seen.last_court
    near = before is not None and before[2] == p.sentence.paragraph
    if courts:
        seen.last_court = (courts[-1].key, courts[-1].parties, p.sentence.paragraph)
    known = seen.court and any(t.kind == "ruling" for t in p.things)
    if not courts and not known and not (near and p.has(*_REQUESTS)):
        return []
    if p.words[-1].text == "?" or not (near or _about_measures(p, seen) or _known_court(courts, seen)):
        return []
    found = [d for g in p.groups if (d := _by_verb(p, g, courts, seen)) is not None]
    found = [e for d in _apart(found) for e in _again(p, d)]
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
    if seen.last_court is None:
        return []
    key, parties, paragraph = seen.last_court
    if paragraph != p.sentence.paragraph:
        return []
    for at in range(min(4, len(p.words))):
        acts = p.low(at) in ("it", "they", "he", "she") and any(g.start == at + 1 for g in p.groups)
        if acts or (at == 0 and p.low(at) in ("his", "her", "its", "their") and _paper_at(p, at + 1)):
            return [_Court(at, at + 1, parties, key, True)]
    return []


def _paper_at(p: Parsed, i: int) -> bool:
    return any(t.start == i and (t.kind == "ruling" or t.low in _PAPERS) for t in p.things)


def _apart(found: list[Draft]) -> list[Draft]:
    """One draft a court, and one more for each other day."""
    out: list[Draft] = []
    for d in found:
        if not any(d.key == e.key and (d.date == e.date or d.date is None or e.date is None) for e in out):
            out.append(d)
    return out


def _again(p: Parsed, d: Draft) -> list[Draft]:
    """'froze the judgment on 29 May and, on 10 June, for longer', 'in winter and again in May': two decisions."""
    start, end = d.spans[0]
    days = [t for t in p.times if t.role == "at" and t.past is not None and start <= p.words[t.start].start < end + 12]
    for one, two in pairwise(days):
        between = {p.low(k) for k in range(one.end, two.start)}
        if (
            "and" in between
            and between <= {"and", ",", "again", "then", "in", "on", "once", "more"}
            and one.past != two.past
        ):
            ends = next((k for k in range(two.end, len(p.words)) if p.words[k].text in ".;:"), len(p.words))
            return [
                replace(d, date=one.past, spans=[(start, p.words[one.end - 1].end)]),
                replace(d, date=two.past, spans=[span_of(p, one.end, ends)], order=p.words[two.start].start),
            ]
    return [d]


def _known_court(courts: list[_Court], seen: Discourse) -> bool:
    """A court of trade or above, in a text that has spoken of a duty, decides on that."""
    return seen.duty and any(c.key in ("trade", "supreme", "appeal", "wto") for c in courts)


def _about_measures(p: Parsed, seen: Discourse) -> bool:
    wanted = ("measure", "measures", "act", "rules", "ruling", "tax", "fee")
    return seen.court or any(t.kind in wanted for t in p.things) or p.has(*_CASE)


def _by_verb(p: Parsed, group: Group, courts: list[_Court], seen: Discourse) -> Draft | None:
    decides = _decides(p, group, courts) or _contest(p, group, courts) or _answered(p, group, courts)
    if group.marker in ("attribute", "until", "before") or not decides:
        return None
    if (group.negated and "rule" in group.classes) or not _told_as_done(p, group):
        return None
    start, end = clause_span(p, group)
    start = min(start, p.words[group.head_left].start) if group.head_left >= 0 else start
    told = [g.left for g in p.groups if g.governor is group and g.left < group.left and g.marker != "attribute"]
    if told:  # "the tariffs are unlawful, the court ruled"
        start = min(start, span_of(p, min(told), group.end)[0])
    court = _whose(group, courts)
    return _draft(p, (start, end), times_of(p, group), court, seen, p.words[group.head].start)


def _told_as_done(p: Parsed, group: Group) -> bool:
    """Said to be so, or taken as known whatever the main clause is: 'since the court had ended it'."""
    return factuality(p, group) in ("actual", "claimed") or (group.marker in ("since", "after", "when") and group.past)


def _whose(group: Group, courts: list[_Court]) -> _Court | None:
    """The court that decides: the last before the verb, else the first after it."""
    before = [c for c in courts if c.start < group.start]
    return before[-1] if before and not group.passive else next((c for c in courts if c.start >= group.end), None)


def _decides(p: Parsed, group: Group, courts: list[_Court]) -> bool:
    """A court as subject or agent of a verb of deciding, or of one of saying whose content is a verdict."""
    if not _by_court(p, group, courts):
        return False
    if (
        group.classes & _DECIDING
        or group.lemma in _DECIDING
        or _by_phrase(p, group)
        or (_disposes(p, group) and not any(c.pronoun for c in courts))
    ):
        return True
    if group.classes & {"agree", "say", "accept"} and _takes_case(p, group):
        return True
    several = len([c for c in courts if c.start >= group.end]) > 1
    if several and "say" in group.classes and any(p.low(k) == ":" for k in range(group.end, len(p.words))):
        return True
    verdict = any(w.low in _VERDICTS for w in p.words) or any(t.kind == "ruling" for t in p.things)
    return bool(group.classes & _SAYING) and verdict and not group.infinitive


def _by_phrase(p: Parsed, group: Group) -> bool:
    """'came to the same view', 'went the other way', 'sent the case back'."""
    wanted = _DECIDED_BY.get(group.lemma.split()[0])
    if wanted is None or group.infinitive:
        return False
    return group.lemma.split()[-1] in wanted or any(p.low(k) in wanted for k in range(group.end, group.end + 8))


def _disposes(p: Parsed, group: Group) -> bool:
    """A court does something to a measure, a ruling or a case: 'ended it', 'took the tariffs away'."""
    if group.passive or group.infinitive or group.modal or group.lemma in _IDLE:
        return False
    reach = range(group.end, min(group.end + 5, max(group.right, group.end)))
    kinds = ("measure", "measures", "ruling", "tax", "fee")
    return any(p.low(k) in _OBJECTS for k in reach[:2]) or any(t.kind in kinds and t.start in reach for t in p.things)


def _takes_case(p: Parsed, group: Group) -> bool:
    """'agreed to hear the case', 'said it would review the ruling', 'accepted the appeal'."""
    if "accept" in group.classes and any(p.low(k) in _OBJECTS for k in range(group.end, group.end + 5)):
        return True
    return any(
        g.governor is group and g.lemma in _TAKING_CASE and (g.infinitive or g.modal == "would") for g in p.groups
    )


def _answered(p: Parsed, group: Group, courts: list[_Court]) -> bool:
    """'A first request was turned down', in a text on courts: nobody but a court answers it."""
    if not group.passive or courts or not (group.lemma in _ANSWERS or group.classes & {"deny", "refuse"}):
        return False
    return any(p.low(k) in _REQUESTS for k in range(max(0, group.start - 12), group.start))


def _by_court(p: Parsed, group: Group, courts: list[_Court]) -> bool:
    """A court as subject, also one told before the verb it is joined to, or after 'by'."""
    start = group.left if group.head_left < 0 else group.head_left
    if any(start <= c.start < group.start and (c.end == group.start or not _aside(p, c, start)) for c in courts):
        return not group.passive or _agent(p, group, courts)
    if group.lemma == "side" and group.marker == "reduced":
        return any(c.start < group.start for c in courts)  # 'a panel under the agreement sided with Canada'
    if group.marker in ("that", "which", "who") and any(0 <= group.left - c.end <= 1 for c in courts):
        return not group.passive  # 'it was the Supreme Court that ended them'
    if group.passive or (group.form in "dn" and not group.perfect and _agent(p, group, courts, ("by",))):
        return _agent(p, group, courts)
    behind = group.marker in ("and", "but", ",") or (group.form == "g" and group.start == group.head)
    if not group.subjects and behind and any(c.start < group.left for c in courts):
        own = any(group.left < t.start < group.start for t in p.things)  # "…, and collection ceased"
        return not own and not any(group.left < m.start < group.start for m in p.named)
    said_last = bool(group.classes & {"rule", "find", "decide", "hold"}) and not group.infinitive
    return said_last and any(c.start == group.end or c.start == group.end + 1 for c in courts)


def _agent(p: Parsed, group: Group, courts: list[_Court], leads: tuple[str, ...] = ("by", "in", "at")) -> bool:
    right = max(group.right, group.end)
    after = [c for c in courts if group.end <= c.start < right]
    return any(p.low(k) in leads for c in after for k in range(max(group.end, c.start - 4), c.start))


def _aside(p: Parsed, court: _Court, start: int) -> bool:
    """'lawyers argued in court', 'importers asked the court': not who acts."""
    before = p.low(court.start - 1)
    if before in ("the", "a", "an", "us", "u.s."):
        before = p.low(court.start - 2)
    lead = before in ("in", "at", "before", "to", "from", "with", "against", "after", "for")
    return lead and court.start - 2 > start


def _contest(p: Parsed, group: Group, courts: list[_Court]) -> bool:
    """'importers won their case at the trade court', 'the government lost before the Federal Circuit'."""
    scored = {p.low(k) for k in range(group.end, group.end + 3)} & {"victory", "win", "defeat", "setback"}
    if group.lemma == "survive" and group.negated:
        return any(0 <= c.start - group.end <= 3 for c in courts)
    if group.lemma not in _CONTESTED and not scored and not (group.lemma == "fall" and group.past):
        return False
    right = max(group.right, group.end)
    courts = [c for c in courts if c.key or p.low(c.start - 1) not in ("in", "at")]  # "lost in court"
    return any(group.end <= c.start < right and _aside(p, c, group.end - 2) for c in courts)


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
    beside = any(thing.start - 8 <= c.start < thing.start or thing.end <= c.start <= thing.end + 12 for c in courts)
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
    out: list[Draft] = []
    taken = 0
    for court, following in zip(courts, [*courts[1:], None], strict=True):
        limit = following.start if following is not None else len(p.words)
        exact = [t for t in p.times if t.past is not None and t.past.precision == "day"]
        days = [t for t in exact if court.end <= t.start < limit and not _opens(p, t, following)]
        days = days or [t for t in exact if out and taken <= t.start and t.end <= court.start <= t.end + 9]
        taken = days[0].end if days else taken
        if not days or any(g.start >= court.end and g.end <= days[0].start and g.infinitive for g in p.groups):
            continue
        span = span_of(p, min(court.start, days[0].start), max(court.end, days[0].end))
        out.append(replace(draft, spans=[span], date=days[0].past, key=court.key, order=p.words[court.start].start))
    if len({d.date for d in out}) < 2:
        return []
    out[0].spans = [(min(draft.spans[0][0], out[0].spans[0][0]), out[0].spans[0][1])]
    return out


def _opens(p: Parsed, day: Time, court: _Court | None) -> bool:
    """'and on 29 August the appeals court': the day belongs to the court after it."""
    before = p.low(day.start - 1) in ("and", ",", ";")
    return court is not None and before and court.start - day.end <= 1 and p.low(day.end) not in ("and", ",")


def _parties(p: Parsed, court: _Court | None, seen: Discourse) -> tuple[str, ...]:
    if p.has("wto", "dsb") or (p.has("organization", "organisation") and p.has("trade")):
        return _quarrel(p, seen)
    if court is not None and any(p.low(k) in _ABROAD for k in range(court.start, court.end)):
        return _quarrel(p, seen)
    if court is not None and not court.parties and court.key in ("", *_DOMESTIC) and seen.counts["USA"]:
        owner = [m for m in p.named if m.end == court.start and m.adjective and m.parties]
        return owner[0].parties if owner else ("USA",)
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
