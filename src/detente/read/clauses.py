"""Clauses: the reach of every verb group, who its subject is, and which verb it hangs on.

Not a grammar of English: the words between two verb groups are parted at the last word that opens a clause, a subject
is a name before the verb that no preposition governs, and an infinitive, a participle or a that-clause hangs on the
verb before it. What a verb hangs on decides whether it tells a fact (`factuality`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from detente.read.amounts import Quantity, Rate, quantities, rates
from detente.read.attachment import attach, subjects_in
from detente.read.gazetteer import found_at, goods
from detente.read.names import Discourse, Mention, mentions
from detente.read.reports import (
    REPORTING,
    Aside,
    reporter_of,
    reports_aside,
    tells_at_end,
    trailing_report,
)
from detente.read.stretches import (
    could_be_subject,
    in_time,
    joins_names,
    lists,
    lists_names,
    opens_clause,
    quotation_ended,
    starts_subject,
)
from detente.read.tables import word_set
from detente.read.things import Thing, things
from detente.read.times import Time, day_told, times
from detente.read.verbs import Group, groups
from detente.read.voices import according_to
from detente.read.words import Sentence, Word

_OPENERS = word_set("clauses openers")
_SUBORDINATE = word_set("clauses subordinate")
_PREPOSITIONS = word_set("clauses prepositions")


@dataclass(slots=True)
class Parsed:
    """A sentence with everything found in it."""

    sentence: Sentence
    named: list[Mention]
    groups: list[Group]
    times: list[Time]
    rates: list[Rate]
    quantities: list[Quantity]
    things: list[Thing]
    products: list[tuple[int, int, str]]
    according_to: str | None = None
    duty: bool = False  # the text has spoken of a measure
    after_measure: bool = False  # the sentence before speaks of a measure
    published: date = date.max
    memo: dict[tuple[str, int], frozenset[str]] = field(default_factory=dict)  # words of a clause, once asked for
    item: Time | None = None  # the day that heads its paragraph, in a timeline
    lows: list[str] = field(init=False)  # every word in small letters
    lows_once: frozenset[str] = field(init=False)
    under: bool | None = None  # under a phrase that does the work of an 'if', once `factuality` has found out

    def __post_init__(self) -> None:
        self.lows = [word.low for word in self.sentence.words]
        self.lows_once = frozenset(self.lows)

    def low(self, i: int) -> str:
        """Word i in small letters, '' outside the sentence."""
        return self.lows[i] if 0 <= i < len(self.lows) else ""

    def sentence_text(self, start: int, end: int) -> str:
        """Words `[start, end)` as the text writes them, apart where a space stood between."""
        out = ""
        for k in range(start, end):
            gap = " " if out and self.words[k].start > self.words[k - 1].end else ""
            out += gap + self.words[k].text
        return out

    @property
    def words(self) -> list[Word]:
        return self.sentence.words

    def within(self, start: int, end: int) -> list[Mention]:
        """The names in a stretch of words."""
        return [m for m in self.named if m.start >= start and m.end <= end]

    def has(self, *lows: str) -> bool:
        """Whether one of these words stands in the sentence."""
        return not self.lows_once.isdisjoint(lows)


def parse(sentence: Sentence, seen: Discourse) -> Parsed:
    """Everything one sentence holds, found once."""
    named = mentions(sentence, seen)
    found = Parsed(
        sentence,
        named,
        groups(sentence, named),
        times(sentence, seen.published, seen.last_day),
        rates(sentence, 0 <= sentence.paragraph - seen.rated <= 1),
        quantities(sentence),
        things(sentence),
        _products(sentence),
    )
    found.groups = [g for g in found.groups if not any(t.start <= g.start and g.end <= t.end for t in found.times)]
    heads = {g.head for g in found.groups if g.marker != "attribute"}
    found.things = [t for t in found.things if t.start not in heads or t.end > t.start + 1]
    found.rates = [r for r in found.rates if not any(t.start <= r.start < t.end for t in found.times)]
    found.after_measure, found.duty = seen.measure_before, seen.duty
    if found.rates:
        seen.rated = sentence.paragraph
    found.published = seen.published
    _arrange(found)
    _note_days(found, seen)
    found.according_to = according_to(found)
    return found


def _note_days(p: Parsed, seen: Discourse) -> None:
    """Remember the day told last, and the day that heads the paragraph."""
    ahead = any(g.modal in ("will", "would", "shall") or g.be_to for g in p.groups)
    for time in p.times:
        if (day := day_told(time, ahead)) is not None:
            seen.last_day, seen.last_paragraph = day, p.sentence.paragraph
        if time.role == "since" and time.past is not None and time.past.precision == "day":
            seen.last_since = (p.sentence.paragraph, time.past.from_)
        if time.role == "from" and (start := day_told(time, True)) is not None and start > seen.published:
            seen.last_start = (p.sentence.paragraph, start)
    first = p.times[0] if p.times else None
    fragment = not p.groups and first is not None and len(p.words) <= 12 and not p.sentence.heading
    if fragment and first is not None and seen.paragraph != p.sentence.paragraph and p.words[-1].text == ".":
        seen.item = (p.sentence.paragraph, first)  # 'The deal of 8 May 2025. …': a head within the paragraph
    if first is not None and first.start == 0 and p.low(first.end) == ":":
        seen.item = (p.sentence.paragraph, first)
    if seen.item is not None and seen.item[0] == p.sentence.paragraph:
        p.item = seen.item[1]


def _products(sentence: Sentence) -> list[tuple[int, int, str]]:
    out: list[tuple[int, int, str]] = []
    i = 0
    while i < len(sentence.words):
        hit = found_at(sentence, i, goods())
        if hit:
            out.append((i, i + len(hit[0].words), hit[0].name))
            i += len(hit[0].words)
        else:
            i += 1
    return out


def _arrange(p: Parsed) -> None:
    """Give each verb group its clause, subjects and governor."""
    previous: Group | None = None
    asides = reports_aside(p.groups, [w.low for w in p.words])
    for group in p.groups:
        if group.marker == "attribute":
            group.left, group.right = group.start, group.end
            group.governor = previous
            continue
        aside = next((a for a in asides if group in (a.report, a.verb)), None)
        if aside is not None:
            _around(p, group, aside, previous)
            previous = group
            continue
        group.left, opener = _left_edge(p, group, previous)
        if not group.marker:
            group.marker = opener
        if previous is not None:
            previous.right = max(previous.reach, group.left)
        attach(p, group, previous)
        previous = group
    if previous is not None:
        previous.right = len(p.words)
    _opening_participle(p)
    trailing_report(p)
    _first_person(p)


def _around(p: Parsed, group: Group, aside: Aside, previous: Group | None) -> None:
    """'Canada, said Carney, had given nothing away': the report between the commas, then the verb it reports."""
    if group is aside.report:
        group.left, group.right = aside.first + 1, aside.last
        group.subjects = tuple(m for m in p.within(aside.first + 1, aside.last) if m.parties and m.kind != "place")[:1]
        if previous is not None:
            previous.right = max(previous.reach, min(previous.right or aside.first, aside.first))
        return
    lowest = max((g.reach for g in p.groups if g.start < aside.report.start and g.marker != "attribute"), default=0)
    group.head_left, group.head_right = _head_start(p, lowest, aside.first), aside.first
    opener = p.low(group.head_left - 1)
    group.left, group.marker = group.start, group.marker or (opener if opener in _SUBORDINATE else "")
    group.subjects = subjects_in(p, group.head_left, group.head_right)
    opening = [p.low(k) for k in range(group.head_left, group.head_right)][:3]
    group.negated = group.negated or bool({"neither", "nobody", "none", "no", "nothing"} & set(opening))
    group.governor = aside.report


def _first_person(p: Parsed) -> None:
    """'“We had a good call,” Šefčovič said': 'we' is the side of whoever says it."""
    for g in p.groups:
        if not g.subjects and p.low(g.start - 1) in ("i", "we") and (report := reporter_of(g)) is not None:
            g.subjects = report.subjects


def _opening_participle(p: Parsed) -> None:
    """'After speaking with Xi, Trump put off …': who does the first is who does the second."""
    first = p.groups[0] if p.groups else None
    if first is None or first.form != "g" or first.start != first.head or first.subjects:
        return
    main = next((g for g in p.groups[1:] if g.subjects and not g.infinitive and g.marker not in ("which", "who")), None)
    if main is not None:
        first.subjects = main.subjects


def _left_edge(p: Parsed, group: Group, previous: Group | None) -> tuple[int, str]:
    """Where the clause of a group begins, and the word that opens it."""
    lowest = previous.reach if previous is not None else 0
    if group.infinitive or (group.form == "g" and group.start == group.head) or group.marker == "reduced":
        return group.start, ""
    ended = [k for k in range(lowest, group.start) if quotation_ended(p, k)]
    lowest = max(lowest, ended[-1]) if ended else lowest
    i = group.start - 1
    if p.low(i) == "," and i > 0:
        return _after_parenthesis(p, group, previous, lowest)
    while i >= lowest:
        low = p.low(i)
        if quotation_ended(p, i):
            return i, ","
        if low == "should" and not any(g.start <= i < g.end for g in p.groups):
            return i, "if"  # 'should the talks fail'
        if low == "that" and p.low(i - 1) in ("if", "unless", "when", "because", "while", "after", "though"):
            return i - 1, p.low(i - 1)
        if low == "if" and p.low(i - 1) == "as":
            return i - 1, "that"  # 'it looks as if the deadline will slip'
        if low == "that" and i in (0, 1) and group.start == i + 1 and p.low(i - 1) in ("", '"', "“", "‘"):
            return i, ""  # 'That is not true'
        if low in _SUBORDINATE and not in_time(p, i) and not (low == "that" and p.low(i - 1) in _PREPOSITIONS):
            return i, low
        if low == "," and tells_at_end(p, group, i):
            return i, ","
        parts = low == "," and (starts_subject(p, i + 1, group.start) or _ends_opening(previous, i))
        if parts and not lists(p, i) and not lists_names(p, i, group, lowest):
            return i, ","
        if low == "case" and p.low(i - 1) == "in" and p.low(i + 1) != "of":
            return i - 1, "if"
        pointing = low == "that" and p.low(i - 1) in _PREPOSITIONS  # 'on that offer'
        opener = (
            low in _OPENERS
            and not pointing
            and low not in ("than", "amid")
            and not in_time(p, i)
            and not joins_names(p, i)
        )
        if opener and (low in ("and", "or", "but") or opens_clause(p, i, group)):
            return i, low
        i -= 1
    first = _interruption(p, previous, group, lowest)
    if first is not None:
        group.head_left = _head_start(p, _verb_before(p, first), first.left)
        group.head_right = first.left
        return group.start, ""
    if previous is not None and not previous.classes & REPORTING and previous.lemma != "be":
        return _contact_start(p, lowest, group.start), ""
    return lowest, ""


def _ends_opening(previous: Group | None, i: int) -> bool:
    """'When Ishiba visited Trump on 7 February, steel was left out': a clause that opens the sentence ends there."""
    return previous is not None and previous.left <= 1 and previous.marker in _OPENING and i > previous.end


_OPENING = frozenset({"when", "while", "once", "although", "though", "whereas", "after", "before", "as", "since"})


def _interruption(p: Parsed, previous: Group | None, group: Group, lowest: int) -> Group | None:
    """The first of the verbs between a subject and its own: 'the increase planned for March was delayed', 'the duties
    that Washington collects on steel are high', 'a tariff due to start in May was dropped'."""
    if previous is None or not _modifies(p, previous):
        return None
    held = (lowest, lowest + 1) if previous.form == "g" else ()
    acting = [
        m
        for m in p.within(lowest, group.start)
        if m.kind in ("party", "person", "body", "group") and not m.adjective and m.start not in held
    ]
    if any(p.low(m.start - 1 - (p.low(m.start - 1) == "the")) not in _PREPOSITIONS for m in acting):
        return None
    if previous.marker in ("that", "which", "who") and group.start - lowest > 1 and not _told_aside(p, lowest):
        return None
    spoken = [g for g in p.groups if g.start <= previous.start and g.marker != "attribute"]
    first = previous
    for g in reversed(spoken[:-1]):
        if not _modifies(p, g):
            break
        first = g
    return first


def _verb_before(p: Parsed, g: Group) -> int:
    """Where the last verb before one ends that does not itself hang on a noun."""
    spoken = [o for o in p.groups if o.start < g.start and o.marker != "attribute"]
    return next((o.reach for o in reversed(spoken) if not _modifies(p, o)), 0)


def _told_aside(p: Parsed, i: int) -> bool:
    return p.low(i) in _PREPOSITIONS or p.low(i).endswith("ly") or any(t.start <= i < t.end for t in p.times)


_DUE = frozenset({"due", "set", "scheduled", "slated", "meant", "supposed", "expected", "designed", "bound", "poised"})


_LEADING_NOUNS = frozenset({"threat", "threats", "plan", "plans", "decision", "move", "offer", "proposal", "promise",
                            "pledge", "vow", "refusal", "failure", "intention", "commitment", "order"})  # fmt: skip


def _modifies(p: Parsed, g: Group) -> bool:
    """Whether a verb hangs on the noun before it, as a participle, a relative clause or 'due to start' do."""
    at = g.left - 1 if g.left > 0 else -1
    if g.infinitive and g.lead in _LEADING_NOUNS and g.governor is None and p.low(g.start - 1) == g.lead:
        return True
    if g.infinitive:
        at = g.start - 2 if g.lead in _DUE else -1
    noun = at >= 0 and p.words[at].text.isalnum() and p.low(at) not in _PREPOSITIONS and p.low(at) not in _OPENERS
    if not noun or any(o.start <= at < max(o.end, o.reach) for o in p.groups if o.marker != "attribute"):
        return False
    if g.marker in ("reduced", "that", "which", "who") or g.infinitive:
        return True
    return g.form == "g" and g.start == g.head and g.classes.isdisjoint(REPORTING)


def _after_parenthesis(p: Parsed, group: Group, previous: Group | None, lowest: int) -> tuple[int, str]:
    """A verb after a comma: 'the duty, on a list of goods, took effect', 'the deal, which was signed in May, ended'."""
    comma = group.start - 1
    inside = (
        previous is not None and previous.marker in ("which", "who", "whose", "whom", "reduced", "where", "when")
    ) or (previous is not None and previous.form == "g" and previous.start == previous.head)
    aside = previous is not None and _reports_aside(p, previous, comma)
    if previous is not None and (aside or (inside and "," in (p.low(previous.left - 1), p.low(previous.left)))):
        group.head_left = _head_start(p, _verb_before(p, previous), previous.left)
        group.head_right = previous.left
        opener = p.low(group.head_left - 1)
        return comma, opener if opener in _SUBORDINATE else ","
    if previous is None or any(p.low(k) == "," for k in range(lowest, comma)):
        group.head_left, group.head_right = _head_start(p, lowest, comma), comma
        opener = p.low(group.head_left - 1) if p.low(group.head_left - 1) in _SUBORDINATE else ""
        return group.head_left, opener or ("," if previous is not None else "")
    return comma, ","


def _reports_aside(p: Parsed, report: Group, comma: int) -> bool:
    """'China, it says, will take 200 aircraft': a report of a few words between two commas, after a subject."""
    if not report.classes & {"say", "agree"} or comma - report.end > 3:
        return False
    opening = next((k for k in (report.left, report.left - 1) if p.low(k) == ","), -1)
    return opening > 0 and any(could_be_subject(p, k) for k in range(max(0, opening - 4), opening))


def _head_start(p: Parsed, lowest: int, end: int) -> int:
    """Where the subject before a parenthesis begins: after the last word that opens a clause."""
    first = next((k for k in range(lowest, end) if p.low(k) == ","), end)
    opening = first < end and first > lowest and starts_subject(p, first + 1, end) and p.low(lowest) in _PREPOSITIONS
    start = first + 1 if opening else lowest
    for k in range(first - 1 if not opening else end - 1, start, -1):
        if p.low(k) in _SUBORDINATE or (p.low(k) in ("and", "but") and not joins_names(p, k)):
            return k + 1
    return start


def _contact_start(p: Parsed, lowest: int, end: int) -> int:
    """'the duty it placed', 'the surtax Ottawa has been levying': the clause begins with its subject."""
    near = [m.start for m in p.named if lowest <= m.start < end and m.end >= end - 2 and not _governed(p, m)]
    if near and near[-1] > lowest:
        return near[-1] - 1 if p.low(near[-1] - 1) in ("the", "a") and near[-1] - 1 >= lowest else near[-1]
    return lowest


def _governed(p: Parsed, m: Mention) -> bool:
    """Whether a name stands after a preposition."""
    before = p.low(m.start - 1)
    return (p.low(m.start - 2) if before in ("the", "a") else before) in _PREPOSITIONS


def over(p: Parsed, start: int) -> Group | None:
    """The verb a word belongs to: the one whose subject it stands in, else the one whose clause it is in."""
    for g in p.groups:
        if g.marker != "attribute" and g.head_left <= start < g.head_right:
            return g
    return next((g for g in p.groups if g.marker != "attribute" and g.left <= start < max(g.right, g.end)), None)
