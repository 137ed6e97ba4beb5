"""Which verb of saying a clause hangs on: before it, after it ('…, the ministry said') or in an earlier clause."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from detente.read.tables import word_set
from detente.read.verbs import Group

if TYPE_CHECKING:
    from detente.read.clauses import Parsed

REPORTING = word_set("clauses reporting")
_OPENING = word_set("clauses prepositions") | word_set("clauses openers")
_TRAILING = frozenset({"find", "rule", "say", "warn", "announce", "expect", "claim", "hint", "believe"})
_SAYING = frozenset({"say", "warn", "announce", "threaten", "vow"})


@dataclass(frozen=True, slots=True)
class Aside:
    """A report between two commas, and the verb after it whose subject stands before the first."""

    report: Group
    verb: Group
    first: int
    last: int


def reports_aside(groups: list[Group], lows: list[str]) -> list[Aside]:
    """'Canada, said Carney, had given nothing away', 'the measure, Beijing repeats, is not aimed at anyone'."""
    spoken = [g for g in groups if g.marker not in ("attribute", "reduced")]
    out = []
    for report, verb in pairwise(spoken):
        told = "say" in report.classes and report.form in "ds" and not (report.modal or report.passive)
        if not told or verb.infinitive or (verb.form == "g" and not verb.progressive):
            continue
        first = next((k for k in range(report.start - 1, max(-1, report.start - 7), -1) if lows[k] == ","), -1)
        last = next((k for k in range(report.end, min(report.end + 8, len(lows))) if lows[k] == ","), -1)
        alone = not any(g is not report and first < g.start < last for g in groups)
        beside = last > 0 and last < verb.start <= last + 3
        head = first > 0 and lows[0] not in ("if", "when", "as", "after", "while", "on", "in", "at", "no", "yes", "by")
        head = head and not any(g.start < first and g.end > first - 6 and not g.infinitive for g in spoken)
        pronoun = any(
            lows[k] in ("he", "she", "it", "they", "we", "i", "there", "who", "and")
            for k in range(last + 1, verb.start)
        )
        if head and beside and alone and not pronoun:
            out.append(Aside(report, verb, first, last))
    return out


def trailing_report(p: Parsed) -> None:
    """'…, the ministry said': the last verb reports all that stands before it, and a quotation after it."""
    for report in [g for g in p.groups if g.classes & _TRAILING and not g.infinitive and g.form != "g" and not g.modal]:
        if not _stands_apart(p, report):
            continue
        if not report.subjects:
            after = p.within(report.end, min(report.end + 8, len(p.words)))
            report.subjects = tuple(m for m in after if m.parties or m.name)[:1]
        for group in p.groups:
            reported = group.start < report.left or group.quoted or _goes_on(p, report, group)
            if reported and group is not report and group.governor is None and not _within(report, group):
                group.governor = report
        return


def _goes_on(p: Parsed, report: Group, group: Group) -> bool:
    """'…, it explained, and there was no intention of leaving': what follows a report set between commas."""
    aside = p.low(report.end) == "," and group.start > report.end
    return aside and p.low(report.end + 1) in ("and", "but", "nor") and group.left <= report.end + 2


def _within(report: Group, group: Group) -> bool:
    at = report.governor
    while at is not None:
        if at is group:
            return True
        at = at.governor
    return False


def _stands_apart(p: Parsed, report: Group) -> bool:
    """Whether a report comes after what it reports: after a comma or quotation, with nothing it could govern behind."""
    if report.left == 0 or report.marker in ("and", "but", "that", "which", "who", "while", "after", "if", "when"):
        return False
    later = [
        g
        for g in p.groups
        if g.start > report.end and not g.quoted and g.form != "g" and g.marker not in ("attribute", "reduced")
    ]
    hangs = any(_within_or_is(g.governor, report) for g in later)
    opened = p.low(report.left) in (",", "”", '"') or p.low(report.left - 1) in (",", "”", '"')
    return opened and not hangs


def _within_or_is(at: Group | None, report: Group) -> bool:
    while at is not None:
        if at is report:
            return True
        at = at.governor
    return False


def nearest_reporter(p: Parsed, group: Group, previous: Group) -> Group | None:
    """The verb of saying a clause hangs on: the one just before, else the last that may take 'that'."""
    convinced = previous.lemma in ("be", "convince", "persuade")
    if (previous.classes & REPORTING and previous.marker != "reduced") or convinced:
        return previous
    if group.marker != "that":
        return None
    if previous.classes & {"request", "want"} and previous.marker != "reduced" and group.left <= previous.reach:
        return previous  # 'had been demanding that the duty be put back'
    at: Group | None = previous
    while at is not None:
        if at.classes & REPORTING:
            return at
        at = at.governor
    return None


def reporter_before(p: Parsed, group: Group) -> Group | None:
    """'X said it would wait; if more came, it would respond': who said the first said the second."""
    if group.marker in ("which", "who") and not group.quoted:
        return None
    for g in reversed(p.groups):
        if g.start < group.start and g.marker not in ("attribute", "reduced") and not g.infinitive:
            if g.classes & _SAYING and not g.modal and g.form in "ds":
                return g
            if found := reporter_of(g):
                return found
    return None


def reporter_of(group: Group) -> Group | None:
    at = group.governor
    while at is not None and not at.classes & REPORTING:
        at = at.governor
    return at


def speaks_too(verb: Group) -> None:
    """A verb right before 'that', with a side or a person as its subject, says something, whatever verb it is."""
    speaks = any(m.kind in ("party", "person", "body", "group", "pronoun") for m in verb.subjects)
    if speaks and not verb.passive and verb.marker not in ("attribute", "reduced") and verb.lemma != "be":
        verb.classes = verb.classes | {"say"}


def tells_at_end(p: Parsed, group: Group, i: int) -> bool:
    """'…, people familiar with the matter said': a verb of saying at the end, with its subject after a comma."""
    told = "say" in group.classes and group.form in "ds" and not group.modal and not group.passive
    last = p.low(group.end) in (".", ",", "", ";", "on", "this", "last", "late", "in", "earlier", "yesterday")
    return told and last and 2 <= group.start - i <= 9 and p.low(i + 1) not in _OPENING


def introduces(verb: Group) -> bool:
    """'the minister put it plainly: …', 'Beijing disagreed: …'."""
    told = "say" in verb.classes or verb.lemma in ("put", "differ", "disagree", "be clear")
    return told and not verb.modal and verb.form in "dsb" and not verb.passive and bool(verb.subjects)


def under_let(group: Group, previous: Group) -> bool:
    """'would let the Union withdraw its cuts', 'made Beijing pay': a bare form under 'let' or 'make'."""
    bare = group.form == "b" and not group.modal and group.start == group.head
    return bare and previous.lemma in ("let", "make", "have", "help", "see") and bool(group.subjects)
