"""What a later sentence adds to a measure told before it: "it can run for 150 days", "the cut applies from"."""

from __future__ import annotations

from datetime import timedelta

from detente.read.clauses import Parsed
from detente.read.drafts import Draft
from detente.read.merge import Merged
from detente.read.proposal import When
from detente.read.tables import word_set

_LIMITING = frozenset(
    {
        "suspended",
        "frozen",
        "paused",
        "deferred",
        "limits",
        "last",
        "lasts",
        "run",
        "runs",
        "good",
        "longer",
        "hold",
        "holds",
        "valid",
    }
)
_STANDING_FOR = word_set("later standing for")
_STARTING = frozenset({"effect", "start", "bite"})


def link_term(p: Parsed, out: Merged) -> None:
    """'It can run for 150 days', after a measure in the same paragraph: its stated end."""
    last = out.drafts[-1] if out.drafts else None
    if last is None or last.paragraph != p.sentence.paragraph or not last.kind.startswith("measure") or last.days:
        return
    days = next((t.days for t in p.times if t.role == "for" and t.days), None)
    opens = p.low(0) in ("it", "that", "this", "they", "the", "these")
    if days is None or days < 30 or not opens or not p.has(*_LIMITING):
        return
    last.days = days
    if last.date is not None and last.date.until is None:
        last.date = When(last.date.from_, last.date.from_ + timedelta(days), "period")


def link_end(p: Parsed, out: Merged) -> None:
    """'It ends on 24 July', 'the surcharge expires on 22 July': the end of the measure told last."""
    stands = p.low(0) in ("it", "they", "both", "this", "these") or p.low(1) in _STANDING_FOR
    until = _end_told(p) if stands and not p.rates and p.words[-1].text != "?" else None
    if until is None or until.precision != "day":
        return
    for draft in reversed(out.drafts[-3:]):
        if not draft.kind.startswith("measure") or p.sentence.paragraph - draft.paragraph > 1:
            break
        if draft.date is not None and draft.date.until is None and draft.date.from_ < until.from_:
            draft.date = When(draft.date.from_, until.from_, "period")
            return


def _end_told(p: Parsed) -> When | None:
    """The day a sentence gives as an end."""
    for g in p.groups[:3]:
        if g.negated or g.infinitive or not (g.classes & {"lapse"} or g.lemma in ("end", "expire", "lapse", "run out")):
            continue
        for time in p.times:
            if g.left <= time.start < max(g.right, g.end) and time.role in ("at", "by", "until"):
                return time.ahead if g.form in "bs" or g.modal else time.past
    return None


def link_start(p: Parsed, out: Merged) -> None:
    """'The cut applies from 14 February', 'the order bites on 6 August': the start of what was told just before."""
    when = _start_told(p)
    if when is None:
        return
    for draft in reversed(out.drafts[-4:]):
        if draft.paragraph != p.sentence.paragraph or not _waiting(draft):
            break
        if draft.date is None or draft.date.until is None:
            until = when.from_ + timedelta(draft.days) if draft.days and draft.kind == "measure-suspended" else None
            draft.date = When(when.from_, until, "period" if until else "day")


def _start_told(p: Parsed) -> When | None:
    """The day a sentence gives as the start of what 'it' or 'the order' stands for, where it names no measure anew."""
    stands = p.low(0) in ("it", "they", "both", "this", "these") or (
        p.low(0) in ("the", "that", "this", "these", "those", "its") and p.low(1) in _STANDING_FOR
    )
    so = p.low(0) == "that" and p.has("so", "been") and any(t.role == "since" for t in p.times)
    if not (stands or so) or p.rates or p.words[-1].text == "?":
        return None
    for g in p.groups[:3]:
        starts = bool(g.classes & _STARTING) or g.lemma in ("apply", "take effect", "run", "be", "hold")
        if not starts or g.negated or g.start > 8 or (g.infinitive and g.governor is None):
            continue
        ahead = g.form in "bs" or bool(g.modal)
        for time in p.times:
            effective = time.role in ("from", "since") or (time.role == "at" and g.lemma != "be" and g.lemma != "run")
            when = time.when(ahead)
            if (
                g.left <= time.start < max(g.right, g.end)
                and effective
                and when is not None
                and when.precision == "day"
            ):
                return When(when.from_, None, "day")
    return None


def _waiting(draft: Draft) -> bool:
    return draft.kind.startswith("measure") or draft.kind == "commitment"
