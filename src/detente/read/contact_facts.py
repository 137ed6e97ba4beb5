"""Whether a noun of contact tells what was held, what lies ahead, or nothing: by the verb it stands with."""

from __future__ import annotations

from dataclasses import dataclass, replace

from detente.read.clauses import Parsed
from detente.read.contact_kinds import SEVERAL, noun_start
from detente.read.contact_parts import fact_of, speaks
from detente.read.factuality import Fact
from detente.read.proposal import Kind
from detente.read.tables import word_set
from detente.read.things import Thing
from detente.read.times import Time
from detente.read.verbs import Group

_HELD = frozenset(
    {
        "hold",
        "conclude",
        "open",
        "start",
        "have",
        "meet",
        "speak",
        "host",
        "resume",
        "follow",
        "be",
        "end",
        "attend",
        "receive",
        "visit",
        "do",
    }
)


_LOOSE = word_set("contacts loose")


_LATER = frozenset({"further", "later", "new", "separate", "fresh", "future", "more", "follow-up", "additional"})


_PURSUING = word_set("contacts pursuing") | {"step up", "speed up", "keep up", "carry on", "press on", "press ahead"}
_NEARING = frozenset({"draw near", "approach", "loom", "near", "beckon", "lie ahead", "await"})


_WISHING = frozenset({"want", "offer", "propose", "request", "appeal", "ruleout", "consider", "threaten"})


_WISHED = frozenset(
    {"see", "seek", "favour", "favor", "suggest", "demand", "need", "risk", "avoid", "welcome", "refuse"}
)


_NO_MORE = frozenset({"breakdown", "collapse", "suspension", "end", "cancellation", "absence", "lack", "failure"})


_TRAVELS = frozenset({"arrive", "travel", "fly", "come", "go", "head", "return"})
_GOING = frozenset(
    {"visit", "hold", "meet", "have", "receive", "be", "attend", "come", "do", "conclude", "open", "start"}
)


_ENDING = frozenset({"break up", "come to end", "part", "wrap up", "wind up", "adjourn", "draw to close"})


_NOT_HELD = frozenset(
    {"off", "unlikely", "likely", "possible", "out", "due", "to", "planned", "dead", "doubtful", "impossible"}
    | {"in", "set", "not", "about", "still", "uncertain", "needed", "necessary", "likely", "scheduled", "pointless"}
)


Told = tuple[Kind | None, bool]  # the kind, and whether only a day, place or person would make it worth telling
_NOTHING: Told = (None, True)
_AHEAD: Told = ("planned-talk", False)


@dataclass(frozen=True, slots=True)
class _Noun:
    """A noun of contact with the verb it stands with."""

    p: Parsed
    thing: Thing
    group: Group
    contact: Kind
    fact: Fact

    @property
    def kinds(self) -> frozenset[str]:
        return self.group.classes

    @property
    def object_of(self) -> bool:
        return self.thing.start >= self.group.end

    @property
    def adjunct(self) -> bool:
        return _adjunct(self.p, self.group, self.thing)


def noun_kind(p: Parsed, thing: Thing, group: Group | None, contact: Kind) -> Told:
    """The kind, and whether only a day, place or person would make it worth telling."""
    if group is None:
        return _NOTHING if p.sentence.heading else (contact, True)
    n = _Noun(p, thing, group, contact, fact_of(p, group))
    if (told := _whatever_the_verb(n)) is not None:
        return told
    if n.fact in ("none", "asked", "claimed", "denied") or (group.negated and group.lemma != "be"):
        return _NOTHING
    if contact == "call" and (relative := _had(p, thing)) is not None:
        n = replace(n, group=relative)
    for step in (_unheld, _arranged, _by_fact, _nearing, _only_named):
        if (told := step(n)) is not None:
            return told
    return contact, not _strong(n)


def _whatever_the_verb(n: _Noun) -> Told | None:
    """What lies ahead by its own words."""
    group = n.group
    wanted = group.governor is not None and group.governor.lemma == "want"
    if n.fact == "asked" and "resume" in n.kinds and wanted:
        return _AHEAD
    if _sure_to_come(n.p, n.thing, group) and not group.negated:
        return _AHEAD
    later = {n.p.low(k) for k in range(noun_start(n.p, n.thing), n.thing.start)} & _LATER
    coming = n.fact in ("future", "commit") and n.thing.kind in ("talks", "round")
    return _AHEAD if coming and later and n.object_of else None


def _unheld(n: _Noun) -> Told | None:
    """Wished for, spoken about, broken off, put off, or only described."""
    p, group, kinds = n.p, n.group, n.kinds
    if n.object_of and not n.adjunct and (kinds & _WISHING or group.lemma in _WISHED):
        return _NOTHING
    about = p.low(noun_start(p, n.thing) - 1) in ("of", "about", "a")
    if kinds & {"speak", "discuss", "consider"} and n.object_of and about:
        return _NOTHING
    if group.lemma == "break off" and group.perfect and not n.object_of:
        return _NOTHING
    broke = ((group.lemma == "break off" and not group.passive) or ended(group)) and not n.object_of
    if kinds & {"stop", "suspend", "lift", "block", "request"} and not broke and not n.adjunct:
        return _NOTHING
    return _NOTHING if _only_described(n) else None


def _only_described(n: _Noun) -> bool:
    """'the talks are hard', not 'are under way', 'are due', 'were brief', 'are on'."""
    p, group = n.p, n.group
    if group.lemma != "be" or n.object_of:
        return False
    tells = _under_way(p, group) or _is_due(p, group) or _was(p, group)
    return not tells and "on" not in (p.low(group.end), p.low(group.end + 1))


def _arranged(n: _Noun) -> Told | None:
    """'was set for Friday', 'agreed on a further round', 'the meeting planned for May'."""
    p, group, kinds = n.p, n.group, n.kinds
    if not n.object_of and group.passive and kinds & _ARRANGING | (kinds & {"propose", "expect", "call"}):
        unsure = group.modal in ("could", "may", "might", "can") or ("expect" in kinds and speaks(group))
        return ("claim-expectation", False) if unsure else _AHEAD
    arranges = kinds & (_ARRANGING | {"announce", "resume", "pledge"}) or group.lemma == "agree on"
    if arranges and n.object_of and not group.passive and not n.adjunct:
        return (n.contact, False) if "resume" in kinds and n.fact == "actual" else _AHEAD
    if (_future_noun(p, n.thing) or _set_for(p, n.thing)) and n.fact != "expect":
        return "planned-talk", n.contact == "round" and n.thing.kind == "talks"
    return None


_ARRANGING = frozenset({"schedule", "plan", "set", "arrange", "agree"})


def _by_fact(n: _Noun) -> Told | None:
    """What is to come, expected or only possible by the mood of its verb."""
    group = n.group
    coming = n.fact in ("future", "commit")
    if group.lemma == "be" and n.object_of and coming and n.p.low(group.end) not in ("a", "the", "in"):
        return _NOTHING
    if coming:
        pursued = bool(n.kinds & _HELD) or group.lemma in _PURSUING
        sure = n.thing.kind != "talks" or pursued or speaks(group) or not n.object_of
        return _NOTHING if n.adjunct else ("planned-talk", not sure)
    if n.fact == "expect":
        return ("claim-expectation", False) if speaks(group) else _AHEAD
    if n.fact in ("threat", "offer"):
        said = group.modal != "can" and speaks(group) and not n.adjunct
        return ("claim-expectation", False) if said else _NOTHING
    return None


def _nearing(n: _Noun) -> Told | None:
    """'is due', 'is still on', 'falls due', 'draws near'."""
    p, group = n.p, n.group
    if group.lemma == "be" and not n.object_of and (_is_due(p, group) or _still_on(n)):
        return _AHEAD
    due = (group.lemma == "fall" and p.low(group.end) == "due") or group.lemma in ("come up", "be", "begin", "start")
    if "review" in n.thing.low and due and not group.past:
        return _AHEAD
    if group.lemma in _NEARING and not n.object_of and (group.progressive or group.form in ("s", "b")):
        return _AHEAD
    return ("claim-expectation", False) if n.kinds & {"expect", "hope"} and n.object_of else None


def _still_on(n: _Noun) -> bool:
    p, group = n.p, n.group
    on = [p.low(group.end + k) for k in (0, 1)]
    if n.thing.kind not in ("meeting", "round", "visit") or "on" not in on:
        return False
    after = p.low(group.end + 1 + on.index("on"))
    return on[0] in ("still", "on", "now", "back") and after in (".", ",", ";", "", "for", "again", "and")


def _only_named(n: _Noun) -> Told | None:
    """'room for talks', 'the breakdown of talks', 'ended the talks': named, and not told as held."""
    p, thing, group, kinds = n.p, n.thing, n.group, n.kinds
    before = {p.low(k) for k in range(max(group.left, thing.start - 5), thing.start)}
    if before & _LOOSE and not kinds & {"hold", "conclude", "have"}:
        return _NOTHING
    first = noun_start(p, thing)
    lead = p.low(first - 2) if p.low(first - 1) in ("the", "of") else p.low(first - 1)
    if p.low(first - 1) == "of" and lead in _NO_MORE:
        return _NOTHING
    travels = kinds & _GOING or group.lemma.split()[0] in _TRAVELS
    if thing.kind == "talks" and lead in ("for", "a") and not travels:
        return _NOTHING
    if group.lemma in ("stall", "stick", "drag", "falter", "drag on") and not n.object_of:
        return _NOTHING
    ended_one = thing.kind == "round" and n.fact == "actual"
    return _NOTHING if kinds & {"end", "break"} and n.object_of and not ended_one else None


def _strong(n: _Noun) -> bool:
    """Whether the verb itself tells that it was held."""
    p, thing, group, kinds = n.p, n.thing, n.group, n.kinds
    if thing.low == "rounds" and p.low(thing.start - 1) in SEVERAL and p.low(thing.end) == "of":
        return True
    if thing.kind == "talks" and not n.object_of:
        failed = ended(group) or group.lemma in ("collapse", "break down", "fail", "founder")
        if failed or (kinds & {"open", "start", "resume"} and group.past):
            return True
    took_place = p.low(group.head) in ("took", "taken") and p.low(group.reach) == "place"
    return bool(kinds & {"hold", "conclude"}) or took_place or "place" in (p.low(group.end), p.low(group.end + 1))


def _is_due(p: Parsed, group: Group) -> bool:
    after = {p.low(k) for k in range(group.end, group.end + 4)}
    return p.low(group.end) in ("due", "set", "scheduled", "planned", "foreseen") or bool(
        {"on", "in"} & after and after & {"agenda", "calendar", "cards", "diary", "schedule", "programme", "program"}
    )


def _adjunct(p: Parsed, group: Group, thing: Thing) -> bool:
    """'announced after talks in Geneva': the noun tells when, not what."""
    if thing.start < group.end:
        return False
    return any(
        p.low(k) in ("after", "during", "following", "at", "in", "ahead", "before", "since", "despite")
        for k in range(max(group.end, thing.start - 5), thing.start)
    )


def _sure_to_come(p: Parsed, thing: Thing, group: Group) -> bool:
    """'next week's visit', 'put off to the next round', 'ahead of talks on Friday': whatever the verb says of it."""
    first = noun_start(p, thing)
    now = group.modal in ("will", "would") or (group.form in ("b", "s", "g") and not group.past)
    if p.low(thing.start - 1) == "'s":
        time = next((t for t in p.times if t.end == thing.start - 1), None)
        bound = group.classes & {"visit", "come"} and p.low(thing.start - 3) == "for"
        return time is not None and (_only_ahead(p, time) or ((now or bool(bound)) and _either_way(p, time)))
    if p.low(thing.end) == "still" and [p.low(thing.end + k) for k in (1, 2)] == ["to", "come"]:
        return True
    time = next((t for t in p.times if thing.end <= t.start <= thing.end + 5 and t.role == "at"), None)
    if (
        time is not None
        and p.low(first - 1) in ("of", "before", "for", "with")
        and (p.low(first - 2) == "ahead" or p.low(first - 1) == "before" or (p.low(first - 1) == "for" and now))
    ):
        return _only_ahead(p, time) or (_either_way(p, time) and not group.pluperfect)
    before = [p.low(thing.start - k) for k in (1, 2, 3)]
    return thing.kind == "round" and before[0] == "next" and before[2] in ("to", "until", "till", "for", "at")


def _either_way(p: Parsed, time: Time) -> bool:
    """A weekday: the last or the next one."""
    return time.ahead is not None and time.past is not None and (time.ahead.from_ - time.past.from_).days <= 7


def _only_ahead(p: Parsed, time: Time) -> bool:
    return time.past is None or time.past.from_ > p.published


def _future_noun(p: Parsed, thing: Thing) -> bool:
    before = {p.low(k) for k in range(noun_start(p, thing) - 1, thing.start)}
    return bool(before & {"forthcoming", "upcoming", "planned", "next", "scheduled", "coming"})


def _had(p: Parsed, thing: Thing) -> Group | None:
    """'the conversation that Trump had with Xi': the relative clause tells that it was held."""
    return next((g for g in p.groups if g.left <= thing.end <= g.left + 1 and g.lemma in ("have", "hold")), None)


def ended(group: Group) -> bool:
    return bool(group.classes & {"conclude", "end"}) or group.lemma in _ENDING


def _set_for(p: Parsed, thing: Thing) -> bool:
    """'the meeting between Xi and Trump planned for 30 October'."""
    after = next((g for g in p.groups if thing.end <= g.start <= thing.end + 9), None)
    return (
        after is not None
        and after.marker == "reduced"
        and (
            bool(after.classes & {"plan", "schedule", "set", "expect"}) or after.lemma in ("slate", "pencil", "foresee")
        )
        and not any(t.ahead is not None and t.ahead.until and t.ahead.until < p.published for t in p.times)
    )


def _was(p: Parsed, group: Group) -> bool:
    """'Monday's meeting was brief', not 'was off', 'was unlikely', 'was to be held'."""
    return group.form == "d" and not group.negated and p.low(group.end) not in _NOT_HELD


def _under_way(p: Parsed, group: Group) -> bool:
    return bool({p.low(k) for k in range(group.end, group.end + 4)} & {"under", "way", "over", "held", "in", "between"})
