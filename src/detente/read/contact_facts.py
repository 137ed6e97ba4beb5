"""Whether a noun of contact tells what was held, what lies ahead, or nothing: by the verb it stands with."""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.contact_kinds import SEVERAL, noun_start
from detente.read.contact_parts import fact_of, speaks
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


_GOING = frozenset(
    {"visit", "hold", "meet", "have", "receive", "be", "attend", "come", "do", "conclude", "open", "start"}
)


_ENDING = frozenset({"break up", "come to end", "part", "wrap up", "wind up", "adjourn", "draw to close"})


_NOT_HELD = frozenset(
    {"off", "unlikely", "likely", "possible", "out", "due", "to", "planned", "dead", "doubtful", "impossible"}
    | {"in", "set", "not", "about", "still", "uncertain", "needed", "necessary", "likely", "scheduled", "pointless"}
)


def noun_kind(p: Parsed, thing: Thing, group: Group | None, contact: Kind) -> tuple[Kind | None, bool]:
    """The kind, and whether only a day, place or person would make it worth telling."""
    if group is None:
        return (None, True) if p.sentence.heading else (contact, True)
    fact = fact_of(p, group)
    if fact == "asked" and "resume" in group.classes and group.governor is not None and group.governor.lemma == "want":
        return "planned-talk", False
    if _sure_to_come(p, thing, group) and not group.negated:
        return "planned-talk", False
    later = {p.low(k) for k in range(noun_start(p, thing), thing.start)} & _LATER
    if fact in ("future", "commit") and later and thing.kind in ("talks", "round") and thing.start >= group.end:
        return "planned-talk", False
    if fact in ("none", "asked", "claimed", "denied") or (group.negated and group.lemma != "be"):
        return None, True
    if contact == "call" and (relative := _had(p, thing)) is not None:
        group = relative
    before = {p.low(k) for k in range(max(group.left, thing.start - 5), thing.start)}
    object_of = thing.start >= group.end
    kinds = group.classes
    broke = ((group.lemma == "break off" and not group.passive) or ended(group)) and not object_of
    if object_of and not _adjunct(p, group, thing) and (kinds & _WISHING or group.lemma in _WISHED):
        return None, True
    if (
        kinds & {"speak", "discuss", "consider"}
        and object_of
        and p.low(noun_start(p, thing) - 1) in ("of", "about", "a")
    ):
        return None, True
    if group.lemma == "break off" and group.perfect and not object_of:
        return None, True
    if (kinds & {"stop", "suspend", "lift", "block", "request"} and not broke and not _adjunct(p, group, thing)) or (
        group.lemma == "be"
        and not object_of
        and not _under_way(p, group)
        and not _is_due(p, group)
        and not _was(p, group)
        and "on" not in (p.low(group.end), p.low(group.end + 1))
    ):
        return None, True
    if (
        not object_of
        and group.passive
        and kinds & {"schedule", "plan", "set", "arrange", "propose", "expect", "agree", "call"}
    ):
        unsure = group.modal in ("could", "may", "might", "can") or ("expect" in kinds and speaks(group))
        return "claim-expectation" if unsure else "planned-talk", False
    if (
        (
            kinds & {"schedule", "plan", "announce", "set", "agree", "resume", "arrange", "pledge"}
            or group.lemma == "agree on"
        )
        and object_of
        and not group.passive
        and not _adjunct(p, group, thing)
    ):
        return ("planned-talk" if not ("resume" in kinds and fact == "actual") else contact), False
    if (_future_noun(p, thing) or _set_for(p, thing)) and fact != "expect":
        return "planned-talk", contact == "round" and thing.kind == "talks"
    if (
        group.lemma == "be"
        and object_of
        and fact in ("future", "commit")
        and p.low(group.end) not in ("a", "the", "in")
    ):
        return None, True
    if fact in ("future", "commit"):
        sure = (
            thing.kind != "talks" or bool(kinds & _HELD) or speaks(group) or not object_of or group.lemma in _PURSUING
        )
        return (None, True) if _adjunct(p, group, thing) else ("planned-talk", not sure)
    if fact == "expect":
        return "claim-expectation" if speaks(group) else "planned-talk", False
    if fact in ("threat", "offer"):
        return (
            ("claim-expectation", False)
            if group.modal != "can" and speaks(group) and not _adjunct(p, group, thing)
            else (None, True)
        )
    if group.lemma == "be" and not object_of and _is_due(p, group):
        return "planned-talk", False
    on = [p.low(group.end + k) for k in (0, 1)]
    if group.lemma == "be" and not object_of and thing.kind in ("meeting", "round", "visit") and "on" in on:
        stands = p.low(group.end + 1 + on.index("on"))
        if on[0] in ("still", "on", "now", "back") and stands in (".", ",", ";", "", "for", "again", "and"):
            return "planned-talk", False
    ahead = group.lemma == "fall" and p.low(group.end) == "due" or group.lemma == "come up"
    if "review" in thing.low and (ahead or group.lemma in ("be", "begin", "start")) and not group.past:
        return "planned-talk", False
    if group.lemma in _NEARING and not object_of and (group.progressive or group.form in ("s", "b")):
        return "planned-talk", False
    if kinds & {"expect", "hope"} and object_of:
        return "claim-expectation", False
    if before & _LOOSE and not kinds & {"hold", "conclude", "have"}:
        return None, True
    first = noun_start(p, thing)
    lead = p.low(first - 2) if p.low(first - 1) in ("the", "of") else p.low(first - 1)
    if p.low(first - 1) == "of" and lead in _NO_MORE:
        return None, True  # 'the breakdown of talks'
    if thing.kind == "talks" and lead in ("for", "a") and not kinds & _GOING:
        return None, True  # 'the basis for a broader negotiation', 'room for talks'
    if kinds & {"end", "break"} and object_of and not (thing.kind == "round" and fact == "actual"):
        return None, True
    strong = (
        (thing.low == "rounds" and p.low(thing.start - 1) in SEVERAL and p.low(thing.end) == "of")
        or (
            not object_of
            and thing.kind == "talks"
            and (ended(group) or group.lemma in ("collapse", "break down", "fail", "founder"))
        )
    ) or (
        bool(kinds & {"hold", "conclude"})
        or (thing.kind == "talks" and not object_of and bool(kinds & {"open", "start", "resume"}) and group.past)
        or (p.low(group.head) in ("took", "taken") and p.low(group.reach) == "place")
        or "place" in [p.low(k) for k in range(group.end, group.end + 2)]
    )
    return contact, not strong


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
