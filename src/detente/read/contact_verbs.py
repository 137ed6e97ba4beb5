"""What kind of contact a verb tells: 'met', 'spoke by phone', 'are to see each other', 'is due in Washington'."""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.drafts import place_of, sides_in, times_of
from detente.read.proposal import Kind
from detente.read.tables import word_set
from detente.read.verbs import Group

PHONE = frozenset({"phone", "telephone", "telephoned", "phoned", "video", "videoconference", "videolink", "call"})
_DOMESTIC = word_set("contacts domestic")
_COMPANIES = word_set("contacts companies")
_FACE = frozenset({"margins", "margin", "sidelines", "fringes", "person", "face", "lunch", "dinner", "breakfast"})
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
    if "speak" in kinds and group.lemma == "talk" and group.infinitive and not after & {"with"}:
        return None
    if "speak" in kinds:
        with_other_side = (
            any(p.low(k) in ("with", "to") for k in range(group.end, group.end + 5)) or after & PHONE or "last" in after
        )
        if after & {"reporters", "about"} and not after & {"with"} and not after & PHONE and len(group.subjects) < 2:
            return None
        if before & _NEGOTIATORS and not after & PHONE:
            return "round"
        if not after & PHONE and (after & _FACE or place_of(p, group.left, max(group.right, group.end))):
            return "meeting" if len(sides_in(group.subjects)) > 1 or "with" in after else None
        told = next((t.end for t in p.times if t.start == group.end), group.end)
        if p.low(told) in ("of", "about") and not after & PHONE and not after & {"with"}:
            return None
        return "call" if with_other_side or len(sides_in(group.subjects)) > 1 else None
    if "phone" in kinds:
        return "call"
    if "call" in kinds:
        target = next((m for m in p.within(group.end, group.end + 4) if m.kind == "person"), None)
        rung = target is not None and not group.passive and p.low(group.end) != "for"
        return "call" if rung and target is not None and _told_no_more(p, target.end) else None
    if group.lemma == "part" and not {p.low(k) for k in range(group.left, group.start)} & {
        "delegations",
        "negotiators",
        "teams",
        "sides",
        "two",
        "governments",
    }:
        return None
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
        return "round" if (before | after) & _NEGOTIATORS else "meeting"
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
    if "receive" in kinds and group.passive and any(m.kind == "person" for m in group.subjects):
        return "meeting" if place_of(p, group.end, max(group.right, group.end)) or p.has("by") else None
    if (
        "receive" in kinds
        and any(m.kind == "person" for m in p.within(group.end, group.end + 5))
        and any(m.kind == "person" or m.name for m in group.subjects)
    ):
        return "meeting"
    return None


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
    return bool(away) and bool(group.subjects) and (bool(group.modal) or group.infinitive or group.progressive)


def _sees(p: Parsed, group: Group) -> bool:
    """'are to see each other', 'will see Mr. Lutnick in Washington'."""
    if p.low(group.end) == "each" and p.low(group.end + 1) == "other":
        return True
    person = any(m.kind == "person" and m.start <= group.end + 3 for m in p.within(group.end, group.end + 7))
    return person and any(m.kind in ("person", "pronoun") for m in group.subjects)
