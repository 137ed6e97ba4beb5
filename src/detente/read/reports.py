"""Which verb of saying a clause hangs on: before it, after it ('…, the ministry said') or in an earlier clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.read.tables import word_set
from detente.read.verbs import Group

if TYPE_CHECKING:
    from detente.read.clauses import Parsed

REPORTING = word_set("clauses reporting")
_TRAILING = frozenset({"find", "rule", "say", "warn", "announce", "expect", "claim", "hint", "believe"})
_SAYING = frozenset({"say", "warn", "announce", "threaten", "vow"})


def trailing_report(p: Parsed) -> None:
    """'…, the ministry said': the last verb reports all that stands before it, and a quotation after it."""
    for report in [g for g in p.groups if g.classes & _TRAILING and not g.infinitive and g.form != "g" and not g.modal]:
        if not _stands_apart(p, report):
            continue
        if not report.subjects:
            after = p.within(report.end, min(report.end + 8, len(p.words)))
            report.subjects = tuple(m for m in after if m.parties or m.name)[:1]
        for group in p.groups:
            reported = group.start < report.left or group.quoted
            if reported and group is not report and group.governor is None and not _within(report, group):
                group.governor = report
        return


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
