"""What kind of contact a verb tells: 'met', 'spoke by phone', 'are to see each other', 'is due in Washington'."""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.contact_parts import acting, acting_words, fact_of, to_come
from detente.read.contact_presence import settled_there
from detente.read.drafts import place_of, sides_in, times_of
from detente.read.proposal import Kind
from detente.read.tables import word_set
from detente.read.verbs import Group

PHONE = frozenset({"phone", "telephone", "telephoned", "phoned", "video", "videoconference", "videolink", "call"})
_DOMESTIC = word_set("contacts domestic")
_COMPANIES = word_set("contacts companies")
_FACE = frozenset({"margins", "margin", "sidelines", "fringes", "person", "face", "lunch", "dinner", "breakfast"})
_OFFICIALS = word_set("contacts actors")
_PARTING = frozenset({"part", "break up", "adjourn", "disperse"})
_PARTED = frozenset({"delegations", "negotiators", "teams", "sides", "two", "governments", "envoys", "ministers"})
_HOUSES = frozenset({"White House", "Oval Office", "Mar-a-Lago"})
_GUESTS = frozenset({"guest", "guests", "visitor", "visitors", "delegation"})
_TRAVELLING = frozenset({"premiers", "ministers", "delegation", "mission", "negotiators", "officials", "team"})
_NOBODY = frozenset({"nobody", "neither", "none"})
_NEGOTIATORS = frozenset({"negotiators", "teams", "delegations", "team", "delegation", "officials", "envoys"})


def is_due(p: Parsed, group: Group) -> bool:
    """'Xi is due in Washington on 24 September', 'Carney is expected at the White House'."""
    due = group.lemma == "be" and p.low(group.end) in ("due", "expected") and p.low(group.end + 1) in ("in", "at")
    before = {p.low(k) for k in range(group.left, group.start)}
    will_be = group.lemma == "be" and bool(group.modal) and p.low(group.end) in ("in", "at")
    arrives = (
        (will_be and any(m.kind == "place" and m.start <= group.end + 2 for m in p.named))
        or due
        or (group.passive and "expect" in group.classes and p.low(group.end) in ("in", "at"))
    )
    return (
        arrives
        and (any(m.kind == "person" for m in group.subjects) or bool(before & _NEGOTIATORS))
        and any(m.parties for m in p.within(group.end, group.right))
    )


def contact_of(p: Parsed, group: Group) -> Kind | None:
    """What kind of contact a verb tells; None for other verbs and for meetings with one's own people."""
    kinds = group.classes
    after = {p.low(k) for k in range(group.end, min(max(group.right, group.end), group.end + 12))}
    before = {p.low(k) for k in range(group.left, group.start)}
    if after & _DOMESTIC or before & _NOBODY or (before & _COMPANIES and len(sides_in(group.subjects)) < 2):
        return None
    if _on_the_line(p, group):
        return "call"
    guests = group.lemma == "be" and p.low(group.end) in ("the", "a") and p.low(group.end + 1) == "guest"
    if guests and any(m.kind == "person" for m in p.within(group.end, group.end + 6)):
        return "meeting"
    if group.lemma in ("return", "come", "go", "get", "head") and {"negotiating", "table"} <= after:
        return "round"
    if (otherwise := _by_signs(p, group)) is not None:
        return otherwise
    if "speak" in kinds and group.lemma == "talk" and group.infinitive and not after & {"with"}:
        return None
    if "speak" in kinds:
        with_other_side = (
            any(p.low(k) in ("with", "to") for k in range(group.end, group.end + 5)) or after & PHONE or "last" in after
        )
        if (
            after & {"reporters", "about"}
            and not after & {"with"}
            and not after & PHONE
            and len(sides_in(group.subjects)) < 2
        ):
            return None
        if _only_of(p, group) and not after & PHONE and not after & {"with"}:
            return None
        if before & _NEGOTIATORS and not after & PHONE:
            return "round"
        if not after & PHONE and (after & _FACE or place_of(p, group.left, max(group.right, group.end))):
            return "meeting" if len(sides_in(group.subjects)) > 1 or "with" in after else None
        return "call" if with_other_side or len(sides_in(group.subjects)) > 1 else None
    if "phone" in kinds:
        return "call"
    if "call" in kinds:
        target = next((m for m in p.within(group.end, group.end + 4) if m.kind == "person"), None)
        rung = target is not None and not group.passive and p.low(group.end) != "for"
        return "call" if rung and target is not None and _told_no_more(p, target.end) else None
    if group.lemma in _PARTING:
        return "round" if acting_words(p, group) & _PARTED else None
    if "meet" in kinds:
        if p.low(group.end) in (
            "the",
            "its",
            "their",
            "a",
            "demand",
            "targets",
            "obligations",
            "commitments",
            "conditions",
            "deadline",
        ):
            target = next(
                (m for m in p.within(group.end, group.end + 5) if m.kind in ("person", "party", "body")), None
            )
            if target is None:
                return None
        return "round" if (acting_words(p, group) | after) & _NEGOTIATORS or before & {"sides"} else "meeting"
    if "negotiate" in kinds and group.passive and not group.modal and not group.infinitive:
        end = max(group.right, group.end)
        return "round" if place_of(p, group.end, end) and times_of(p, group, climb=False) else None
    if "negotiate" in kinds and (
        group.modal
        or group.infinitive
        or (not group.passive and (times_of(p, group) or place_of(p, group.left, max(group.right, group.end))))
    ):
        return "round"
    if group.lemma in ("host", "entertain") and _hosts(p, group):
        return "meeting"
    if ("visit" in kinds or _goes(p, group)) and _visits(p, group):
        return "meeting"
    if group.lemma == "see" and _sees(p, group):
        return "meeting"
    if group.lemma in ("be", "leave") and _is_away(p, group):
        return "meeting"
    if "receive" in kinds and group.passive and any(m.kind == "person" for m in group.subjects):
        return "meeting" if place_of(p, group.end, max(group.right, group.end)) or p.has("by") else None
    if "receive" in kinds and group.modal and {p.low(k) for k in range(group.end, group.end + 4)} & _GUESTS:
        return "meeting"
    if (
        "receive" in kinds
        and any(m.kind == "person" for m in p.within(group.end, group.end + 5))
        and any(m.kind == "person" or m.name for m in group.subjects)
    ):
        return "meeting"
    return None


def _only_of(p: Parsed, group: Group) -> bool:
    """'spoke of a truce', 'spoke on Saturday of an abuse': what is said, not with whom."""
    at = next((t.end for t in p.times if t.start == group.end), group.end)
    return (p.low(at) in ("of", "about") and len(sides_in(group.subjects)) < 2) or p.low(at) == "of"


def _told_no_more(p: Parsed, end: int) -> bool:
    """'called Xi on Monday', not 'called Xi a friend'."""
    return p.low(end) in _AFTER_CALL or any(t.start == end for t in p.times)


_AFTER_CALL = word_set("contacts after call") | {"", ".", ",", ";"}


def _hosts(p: Parsed, group: Group) -> bool:
    """'was hosted by Trump', 'plans to host Li': a person, not a summit."""
    if group.passive:
        return any(m.kind == "person" for m in group.subjects)
    return any(m.kind == "person" for m in p.within(group.end, group.end + 7))


def _on_the_line(p: Parsed, group: Group) -> bool:
    """'had been on the telephone', 'exchanged views by video', 'came off the telephone'."""
    for k in range(group.end, max(group.right, group.end)):
        if p.low(k) in ("phone", "telephone", "video", "videolink") and {p.low(k - 1), p.low(k - 2)} & {
            "by",
            "on",
            "over",
            "off",
            "via",
        }:
            return bool(group.subjects) and p.low(k + 1) not in ("call", "conversation", "conference", "calls")
    return False


def _goes(p: Parsed, group: Group) -> bool:
    """'will go to Washington', 'comes to Beijing in April'."""
    to = p.low(group.end) == "to" or p.low(group.end + 1) == "to"
    return group.lemma in ("go", "come", "return", "land") and to


def _visits(p: Parsed, group: Group) -> bool:
    """A leader or delegation that is to travel to the other side; a visit made counts only with talks, told by noun."""
    away = [
        m
        for m in p.within(group.end, max(group.right, group.end))
        if m.parties and not set(m.parties) & set(sides_in(group.subjects))
    ]
    if group.marker == "where":
        away += [m for m in p.named if m.kind == "place" and m.end in (group.left, group.left - 1) and m.parties]
    coming = bool(group.modal) or group.infinitive or group.progressive or fact_of(p, group) == "future"
    going = bool(group.subjects) or bool(acting_words(p, group) & _TRAVELLING)
    to_somebody = "visit" in group.classes and any(m.kind == "person" and m.start <= group.end + 2 for m in away)
    to_house = group.lemma == "visit" and any(m.name in _HOUSES for m in away)
    return bool(away) and going and (coming or to_somebody or (to_house and bool(times_of(p, group))))


def _is_away(p: Parsed, group: Group) -> bool:
    """'will be back at the White House on Thursday', 'leaves for Washington next week', 'is off to Beijing'."""
    following = [p.low(k) for k in range(group.end, group.end + 3)]
    if group.lemma == "leave":
        bound = following[0] == "for"
    else:
        bound = following[0] in ("in", "at", "off") or (
            following[0] in ("back", "again") and following[1] in ("in", "at")
        )
    if not bound or not any(m.kind == "person" for m in group.subjects):
        return False
    own = sides_in(group.subjects)
    away = [m for m in p.within(group.end, group.end + 6) if m.parties and not set(m.parties) & set(own)]
    time = next((t for t in times_of(p, group, climb=False) if t.role == "at" and t.ahead is not None), None)
    coming = group.modal in ("will", "would") or (group.form in ("b", "s") and time is not None and to_come(p, time))
    return bool(away) and len(own) == 1 and coming and time is not None


def _sees(p: Parsed, group: Group) -> bool:
    """'are to see each other', 'will see Mr. Lutnick in Washington'."""
    if p.low(group.end) == "each" and p.low(group.end + 1) == "other":
        return True
    persons = [
        m
        for m in p.within(group.end, group.end + 7)
        if m.kind in ("person", "pronoun") and m.name and m.start <= group.end + 5
    ]
    if group.marker == "whom":
        persons += [m for m in p.within(max(0, group.left - 9), group.left) if m.kind == "person"]
    theirs = sides_in(group.subjects)
    other = any(set(m.parties).isdisjoint(theirs) for m in persons)
    return other and bool([m for m in acting(p, list(group.subjects)) if m.kind != "place"]) and _people(p, group)


def _people(p: Parsed, group: Group) -> bool:
    """Whether people act: somebody by name, or officials of a side."""
    return any(m.kind in ("person", "pronoun") for m in group.subjects) or bool(acting_words(p, group) & _OFFICIALS)


def _by_signs(p: Parsed, group: Group) -> Kind | None:
    """Contacts told by what shows them: hands shaken, a seat at the table, a thing agreed at a place on a day."""
    acting_here = acting_words(p, group)
    following = [p.low(k) for k in range(group.end, group.end + 5)]
    if group.lemma in ("shake hands", "embrace", "hug"):
        people = [m for m in p.within(group.left, max(group.right, group.end)) if m.kind in ("person", "pronoun")]
        return "meeting" if len(sides_in(people)) > 1 or acting_here & _HEADS else None
    if group.lemma == "be" and (("table" in following and "at" in following[:2]) or following[:2] == ["at", "it"]):
        both = len(sides_in([m for m in group.subjects if m.kind == "person"])) > 1
        return "round" if both or acting_here & (_NEGOTIATORS | _PARTED) else None
    if group.lemma in ("work", "go through", "work through", "haggle", "wrangle", "labour") and not group.infinitive:
        sides = sides_in(acting(p, [m for m in p.within(group.left, group.start) if m.kind != "place"]))
        return "round" if len(sides) > 1 and acting_here & _NEGOTIATORS else None
    if group.lemma == "call on" and any(m.kind == "person" for m in p.within(group.end, group.end + 5)):
        asked = any(g.governor is group and g.infinitive for g in p.groups)
        return None if asked or not times_of(p, group, climb=False) else "meeting"
    return settled_there(p, group)


_HEADS = frozenset({"presidents", "leaders", "men", "two", "both"})
