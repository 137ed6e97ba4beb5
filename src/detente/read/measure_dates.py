"""From when to when a measure holds, by its clause, what follows it ('in force since'), or what was told before it.

An act has two days, that of the paper and that of its effect: 'by an order of 2 April … collected since 5 April'. The
day of effect counts where one is told; of a suspension, the day the measure was due and the day it is now due.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from detente.read.clauses import Parsed
from detente.read.drafts import day_nearby, length_of, opening_times, term_of, times_of
from detente.read.listing import Act
from detente.read.measure_kinds import DONE, passing
from detente.read.names import Discourse
from detente.read.proposal import Kind, When
from detente.read.tables import word_set
from detente.read.times import Time
from detente.read.verbs import Group

_LASTING = word_set("measures lasting")
_EFFECT = word_set("dates effect")
_PAPERS = word_set("dates papers")
_DUE = frozenset(
    {"due", "set", "scheduled", "planned", "slated", "meant", "originally", "expected", "intended", "been"}
)
_TIMING = frozenset({"set", "schedule", "plan"})  # "is set for 15 December": the day it is to come
_AHEAD = ("measure-announced", "commitment", "claim-threat", "claim-offer")


def measure_date(
    p: Parsed, group: Group, act: Act, kind: Kind, name: str, stretch: tuple[int, int], side: str, seen: Discourse
) -> tuple[When | None, int | None]:
    """The interval of a measure told in words `[start, end)` of a sentence by an imposer, and a stated length."""
    times = _told(p, group, kind, stretch)
    found = (_put_off(p, times) if name == "suspend" else None) or _by_clause(p, group, kind, times, seen)
    if found is None and kind.startswith("measure"):
        found = _listed(p, group, side, name, seen) or _from_above(p, group, kind, seen)
    plain = name in ("impose", "raise", "cut", "lift", "suspend") and kind == DONE.get(name)
    since = seen.last_since
    if found is None and since is not None and since[0] == p.sentence.paragraph and name in ("impose", "raise", "cut"):
        found = When(since[1], None, "day")
    if found is None and plain and not passing(group, act) and seen.last_paragraph == p.sentence.paragraph:
        near = day_nearby(p, seen)
        found = None if near is None else When(near.from_, None, "day")
    if found is None and length_of(times) and seen.last_promised is not None:
        found = When(seen.last_promised, seen.last_promised + timedelta(length_of(times) or 0), "period")
    _note(found, kind, name, p.sentence.paragraph, side, seen)
    return found, length_of(times)


def _note(found: When | None, kind: Kind, name: str, paragraph: int, side: str, seen: Discourse) -> None:
    if found is None:
        return
    if kind == "commitment" and found.precision == "day":
        seen.last_promised = found.from_
    if kind.startswith("measure"):
        seen.last_dated = (paragraph, side, found)
        seen.dated_acts[(side, name)] = (paragraph, found)


def _told(p: Parsed, group: Group, kind: Kind, stretch: tuple[int, int]) -> list[Time]:
    """The times of the stretch and of what hangs on it, else those of the verbs above."""
    start, end = stretch
    own = [t for t in p.times if start <= t.start and t.end <= end]
    own += [t for t in _following(p, end, group) if t not in own]
    if not any(t.role != "for" for t in own):
        climb = kind in DONE.values() and kind != "measure-announced"
        own += [t for t in times_of(p, group, climb) if t not in own]
    return own


def _following(p: Parsed, end: int, group: Group) -> list[Time]:
    """Times after a measure that tell of its effect: ', collected since 5 April', ', due to start on Aug. 7'."""
    out: list[Time] = []
    for time in p.times:
        if time.start < end:
            continue
        between = range(end, time.start)
        if any(p.low(k) in (";", ":", ".") for k in between) or any(r.start in between for r in p.rates):
            break
        if any(_parts(g) for g in p.groups if g.start in between and g.left >= end):
            break
        words = {p.low(k) for k in range(max(end, time.start - 7), time.start)}
        put_off = "suspend" in group.classes and (words & _DUE or p.low(time.start - 1) == "to")
        close = time.role == "for" and len(between) <= 4
        if close or words & _EFFECT or put_off or (time.role in ("since", "until", "through") and len(between) <= 3):
            out.append(replace(time, role="from") if time.role == "at" and words & _EFFECT else time)
    return out


def _parts(g: Group) -> bool:
    """A verb that begins a clause of its own."""
    return g.marker not in ("reduced", "which", "that", "attribute") and not g.infinitive and g.form in "dsb"


def _by_clause(p: Parsed, group: Group, kind: Kind, times: list[Time], seen: Discourse) -> When | None:
    ahead = kind in _AHEAD
    if kind == "measure-announced" and (group.past or group.marker == "reduced") and not group.classes & _TIMING:
        times = [replace(t, ahead=t.past) if t.role == "at" else t for t in times]  # when it was announced
    times = [_as_due(p, t) for t in times]
    effect = [t for t in times if not _of_paper(p, t)]
    found = term_of(effect, ahead, seen.published, kind)
    papers = found is None and bool(times)
    found = found or term_of(times, ahead, seen.published, kind)
    announced = kind == "measure-announced" and all(t.role in ("at", "for") for t in times)
    act = papers or announced or _signed(group)
    if act and found is not None and found.precision == "day" and found.until is None and found.from_ <= seen.published:
        return When(found.from_, found.from_ + timedelta(1), "day")  # the day of the act
    return found


def _signed(group: Group) -> bool:
    """'signs orders halving the duty': an act on a day."""
    above = group.governor
    return "sign" in group.classes or (above is not None and "sign" in above.classes)


def _as_due(p: Parsed, time: Time) -> Time:
    """'remains set for 1 January': a day to come, whatever the tense."""
    before = {p.low(k) for k in range(max(0, time.start - 3), time.start + 1)}
    if before & _DUE and time.ahead is not None and time.ahead.from_ > p.published:
        return replace(time, past=time.ahead)
    return time


def _of_paper(p: Parsed, time: Time) -> bool:
    """'by an order of 2 April', 'announced on Friday': the day of the paper."""
    before = [p.low(k) for k in range(max(0, time.start - 3), time.start)]
    return time.role == "at" and bool(set(before) & _PAPERS)


def _put_off(p: Parsed, times: list[Time]) -> When | None:
    """'which had been set for October 1, to October 15', 'from 1 to 15 October', 'by twelve months, to 1 January'."""
    due = new = None
    for time in times:
        before = {p.low(k) for k in range(max(0, time.start - 5), time.start)} | {p.low(time.start)}
        close = {p.low(time.start - 1), p.low(time.start)}
        if time.role in ("until", "through") or "to" in close:
            new = new or time
        elif time.role == "from" or before & _DUE:
            due = due or time
    last = None if new is None else _ahead_day(new)
    told = new is not None and new.role == "at" and due is None
    if told and last is not None and last > p.published and not _put_off_by(p, times):
        return When(p.published, last, "period")
    length = length_of(times) or _put_off_by(p, times)
    if due is not None and (first := _nearest(due, p.published)) is not None:
        start = first.from_
        if last is not None and last > start:
            return When(start, last, "period")
        return When(start, start + timedelta(length), "period") if length else None
    if last is not None and length and new is not None and "to" in {p.low(new.start - 1), p.low(new.start)}:
        return When(last - timedelta(length), last, "period")
    return None


def _nearest(time: Time, published: date) -> When | None:
    """Of the two readings of a day, the one nearer to publication."""
    both = [w for w in (time.past, time.ahead) if w is not None]
    return min(both, key=lambda w: abs((w.from_ - published).days)) if both else None


def _put_off_by(p: Parsed, times: list[Time]) -> int | None:
    """The length of 'by twelve months' beside a new day."""
    return next((t.days for t in p.times if t.days and p.low(t.start - 1) == "by"), None)


def _ahead_day(time: Time) -> date | None:
    when = time.ahead or time.past
    if when is None:
        return None
    return when.until if time.role == "through" else when.from_


def _bare(group: Group) -> bool:
    """A rate told in words without a verb, as in lists."""
    return group.lemma == "be" and group.end == 0


def _listed(p: Parsed, group: Group, side: str, name: str, seen: Discourse) -> When | None:
    """A list of measures under one date: that of the measure told before it in the same paragraph, or of the same act
    by the same side shortly before."""
    lasting = group.lemma.split()[0] in _LASTING or (group.governor is not None and group.governor.lemma in _LASTING)
    if seen.last_dated is None or lasting or p.has("already", "existing", "still", "remain", "remains"):
        return None
    paragraph, imposer, found = seen.last_dated
    if paragraph == p.sentence.paragraph and imposer == side:
        return When(found.from_, None, found.precision) if found.precision == "day" else found
    told = seen.dated_acts.get((side, name))
    if told is not None and name != "keep" and 0 <= p.sentence.paragraph - told[0] <= 1:
        return told[1]
    return None


def _from_above(p: Parsed, group: Group, kind: Kind, seen: Discourse) -> When | None:
    """'what they are to pay from 1 August. Japan was put down for 25 percent': the start the sentences before told."""
    one = [t for t in p.times if t.role in ("from", "since")]
    when_told = [g for g in p.groups if g.marker in ("when", "as") and g is not group]
    for time in [t for t in p.times for g in when_told if t.role == "at" and g.left <= t.start < max(g.right, g.end)]:
        if time.past is not None and time.past.precision == "day" and time.past.from_ <= seen.published:
            return When(time.past.from_, None, "day")  # 'when the rate was doubled on 4 June, Britain was left at 25%'
    opened = [t for t in opening_times(p) if t.role in ("from", "since", "at")]
    for time in (*one, *opened):
        if len(one) <= 1 and (when := time.when(kind in _AHEAD)) is not None and when.precision == "day":
            return When(when.from_, None, "day")
    if seen.last_start is None or not (kind == "measure-announced" or _bare(group)):
        return None
    paragraph, start = seen.last_start
    return When(start, None, "day") if 0 <= p.sentence.paragraph - paragraph <= (2 if _bare(group) else 1) else None
