"""What each verb group hangs on, and who its subject is: names before it that no preposition governs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.read.names import Mention
from detente.read.reports import (
    REPORTING,
    introduces,
    nearest_reporter,
    reporter_before,
    reporter_of,
    speaks_too,
    under_let,
)
from detente.read.stretches import (
    could_be_subject,
)
from detente.read.tables import word_set
from detente.read.verbs import Group

if TYPE_CHECKING:
    from detente.read.clauses import Parsed

_OPENERS = word_set("clauses openers")
_PREPOSITIONS = word_set("clauses prepositions")
_AGENTS = word_set("clauses agents")
_CARRIED = frozenset({"if", "unless", "whether", "until", "before", "after", "because"})


def attach(p: Parsed, group: Group, previous: Group | None) -> None:
    carried = previous is not None and previous.marker in _CARRIED and group.marker in ("and", "or")
    if previous is not None and carried and p.low(group.left - 1) != ",":
        group.marker = previous.marker  # 'if talks fail and tariffs rise'
    parted = group.head_left >= 0
    group.subjects = (
        subjects_in(p, group.head_left, group.head_right) if parted else subjects_in(p, group.left, group.start)
    )
    first = group.head_left if parted else group.left
    opening = [p.low(k) for k in range(first, group.start)][:8]
    if {"neither", "nobody", "none", "nothing"} & set(opening) or opening[:1] == ["no"] or opening[1:2] == ["no"]:
        group.negated = True
    if p.low(group.end) in ("on", "upon") and p.low(group.end + 1) in ("neither", "none", "nobody", "nothing"):
        group.negated = True
    if group.start == group.head and p.low(group.start - 1) in (
        "never",
        "longer",
        "hardly",
        "nor",
        "neither",
        "barely",
    ):
        group.negated = True
    let = previous is not None and previous.lemma == "let" and group.form == "b" and not group.modal
    if let and not any(p.low(k) in _OPENERS for k in range(previous.end if previous else 0, group.start)):
        group.infinitive = True
    if group.infinitive:
        _attach_infinitive(p, group, previous)
    elif (p.low(group.start) == "having" and not group.subjects) or (group.form == "g" and group.start == group.head):
        _attach_gerund(p, group, previous)
    elif group.marker == "reduced":
        group.governor = previous
    elif group.marker in ("which", "who", "whom", "whose"):
        _attach_relative(p, group, previous)
    elif previous is not None and under_let(group, previous):
        group.governor, group.infinitive = previous, True
    else:
        _attach_finite(p, group, previous)


def _word_before(p: Parsed, m: Mention, start: int) -> str:
    """The word before a name, its article and its titles: 'with' in 'with the Chinese President Xi'."""
    k = m.start - 1
    while k >= start and m.start - k < 6:
        title = p.low(k) in _TITLES and (p.words[k].capital or m.kind == "person")
        adjective = m.kind == "person" and any(
            x.start <= k < x.end and (x.adjective or x.kind == "body") for x in p.named
        )
        stop = p.low(k) == "." and p.low(k - 1) in ("mr", "mrs", "ms", "dr")
        if not (title or adjective or stop or p.low(k) == "the"):
            break
        k -= 1
    return p.low(k)


_TITLES = word_set("names titles") | {"vice", "foreign", "commerce", "trade", "prime", "treasury", "finance", "economy"}


def subjects_in(p: Parsed, start: int, end: int) -> tuple[Mention, ...]:
    """The names in a stretch that no preposition governs; 'officials from A and B' are A and B."""
    out: list[Mention] = []
    for m in p.within(start, end):
        before = _word_before(p, m, start)
        agents = before in ("of", "from", "between") and any(
            p.low(k) in _AGENTS for k in range(max(start, m.start - 4), m.start)
        )
        joined = before in ("and", ",", "&") and bool(out) and out[-1].end >= m.start - 6
        chained = before == "and" and not joined and any(x.end == m.start - 1 for x in p.named) and not out
        if m.kind != "place" and m.parties and (before not in _PREPOSITIONS or agents or joined) and not chained:
            out.append(m)
    return tuple(out)


def _attach_infinitive(p: Parsed, group: Group, previous: Group | None) -> None:
    at = group.start - 1
    while at >= 0 and p.low(at) in ("not", "also", "jointly", "together", "both"):
        at -= 1
    group.lead = p.low(at)
    if group.lead in ("and", "or", ",", "but") and previous is not None:
        twin = _last_infinitive(p, group)
        if twin is not None:
            group.governor, group.subjects, group.lead = twin.governor, twin.subjects, twin.lead
            return
    if not any(t.end == at + 1 for t in p.things) and p.low(at - 1) == "by":
        group.lead = p.low(at - 2)
    if previous is None:
        group.subjects = subjects_in(p, 0, group.start)
        return
    if group.lead == "," and (said := _before_aside(p, group, previous)) is not None:
        previous, group.lead = said, p.low(said.head)
    group.governor = previous
    group.subjects = _controlled(p, group, previous)


def _before_aside(p: Parsed, group: Group, previous: Group) -> Group | None:
    """'has agreed, Trump said, to stop buying oil': the infinitive hangs on the verb before the aside."""
    earlier = [g for g in p.groups if g.end <= previous.start and g.marker != "attribute"]
    aside = previous.classes & REPORTING and group.start - previous.end <= 1 and earlier
    return earlier[-1] if aside and p.low(earlier[-1].end) == "," else None


def _last_infinitive(p: Parsed, group: Group) -> Group | None:
    earlier = [g for g in p.groups if g.start < group.start and g.infinitive]
    return earlier[-1] if earlier else None


def _controlled(p: Parsed, group: Group, previous: Group) -> tuple[Mention, ...]:
    """Whoever is to do it: the object of 'urge' or 'accuse', else the subject of the verb before."""
    between = [m for m in p.within(previous.end, group.start) if m.parties and m.kind != "place"]
    directing = previous.classes & {
        "request",
        "oblige",
        "allow",
        "accuse",
        "prevent",
        "order",
        "want",
        "expect",
        "warn",
    }
    if not directing and "pledge" in previous.classes and not previous.subjects:
        directing = frozenset({"pledge"})  # 'the deal commits the EU to buy'
    if between and directing and not previous.passive:
        return tuple(between[-2:] if len(between) > 1 and p.low(between[-1].start - 1) == "and" else between[-1:])
    owner = [m for m in between if m.end >= group.start - 3]
    if owner and group.lead in ("plan", "plans", "decision", "threat", "pledge", "promise", "move", "offer"):
        return (owner[-1],)
    return previous.subjects


def _attach_gerund(p: Parsed, group: Group, previous: Group | None) -> None:
    group.lead = p.low(group.start - 1)
    if group.lead == "not":
        group.negated = True
        group.lead = p.low(group.start - 2)
    if previous is None:
        group.subjects = ()
        return
    group.governor = previous
    beside = tuple(m for m in p.named if m.end == group.start and m.parties and not m.adjective)
    group.subjects = group.subjects or beside or _controlled(p, group, previous)


def _attach_relative(p: Parsed, group: Group, previous: Group | None) -> None:
    """'X, which had …': the subject is the name just before, and the clause stands on its own."""
    at = group.left
    while at > 0 and p.low(at - 1) in (",",):
        at -= 1
    if any(t.kind == "act" and t.end == at for t in p.things):
        group.governor = previous
        return
    start = at
    while start > 0 and p.low(start - 1) in _AGENTS:
        start -= 1  # 'its negotiators, who'
    near = [m for m in p.named if m.end in (at, start) and m.parties]
    if not group.subjects and near:
        group.subjects = (near[-1],)
    group.governor = reporter_of(previous) if previous is not None and group.modal else None


_ARTICLES = word_set("clauses articles")


def _attach_finite(p: Parsed, group: Group, previous: Group | None) -> None:
    if previous is None:
        return
    own = p.low(group.left + 1) in _ARTICLES or any(could_be_subject(p, k) for k in range(group.left + 1, group.start))
    bare = group.left >= group.start - 1 or not own
    if group.marker in ("and", "or", "but", ",") and bare and not group.subjects and group.head_left < 0:
        _continue(p, group, previous)
        return
    if group.marker == ":" and previous.right >= group.left and introduces(previous):
        group.governor = previous
        previous.classes = previous.classes | {"say"}
        return
    if group.marker == "that" and group.left == previous.reach and not previous.classes & REPORTING:
        speaks_too(previous)
    direct = group.marker in ("that", "whether", "how") or (group.marker == "" and group.left <= previous.reach)
    if direct and (reporter := nearest_reporter(p, group, previous)) is not None:
        group.governor = reporter
        if reporter.form == "g" or group.left > previous.reach or previous is reporter:
            return
        return
    if group.marker in ("that", "which") and any(t.kind == "act" and t.end == group.left for t in p.things):
        group.governor = previous
        return
    if group.marker in ("and", "but", "or") and p.low(group.left + 1) == "that":
        group.governor = reporter_of(previous)
        return
    if group.modal == "would" or (group.perfect and p.low(group.start) == "had") or group.quoted:
        group.governor = reporter_of(previous) or reporter_before(p, group)


def _continue(p: Parsed, group: Group, previous: Group) -> None:
    """A verb without a subject of its own goes on from the one it is joined to."""
    twin = _twin(p, group, previous)
    group.subjects = twin.subjects
    group.governor = twin.governor
    group.twin = twin
    if group.form == "b" and not group.modal:
        group.modal, group.infinitive, group.lead = twin.modal, twin.infinitive, twin.lead
        if twin.modal or twin.infinitive:
            group.negated = group.negated or (twin.negated and group.marker == "or")
    if twin.passive and group.form in "dn" and group.start == group.head and twin.form == "n":
        group.passive, group.perfect, group.modal = True, twin.perfect, twin.modal
    if twin.marker in ("if", "unless", "while", "that", "after", "as", "which", "who"):
        group.marker = twin.marker


def _twin(p: Parsed, group: Group, previous: Group) -> Group:
    """The verb before with the same shape: bare with bare, past with past."""
    earlier = [g for g in p.groups if g.start < group.start and g.marker not in ("attribute", "reduced")]
    if group.form == "b" and not group.modal:
        alike = [g for g in earlier if g.form == "b" and (g.modal or g.infinitive)]
    else:
        alike = [g for g in earlier if not g.infinitive and g.form != "g"]
    return alike[-1] if alike else previous
