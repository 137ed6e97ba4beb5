"""Goods and firms put under a licence, on a list or taken off one, and what an act on a measure is."""

from __future__ import annotations

from dataclasses import dataclass

from detente.read.clauses import Parsed
from detente.read.drafts import times_of
from detente.read.things import Thing
from detente.read.verbs import Group

_LICENCES = frozenset({"licence", "licences", "license", "licenses", "licensing", "approval", "permit", "permits"})
_DELISTING = frozenset({"remove", "delete", "take", "take off", "strike off", "strike", "drop", "withdraw"})


@dataclass(frozen=True, slots=True)
class Act:
    """An act, the measure it bears on (None where the verb names it itself), and whether that is the subject."""

    act: str
    thing: Thing | None
    taken: bool


def licence_in(p: Parsed, group: Group) -> Thing | None:
    """'exports require approval', 'firms will need a Chinese licence': the licence as the measure."""
    right = min(group.end + 7, max(group.right, group.end))
    at = next((k for k in range(group.end, right) if p.low(k) in _LICENCES), None)
    return Thing(at, at + 1, "licence", p.low(at)) if at is not None else None


def delisted(p: Parsed, group: Group) -> Act | None:
    """'removed 14 firms from its entity list', 'were taken off the list'."""
    if group.lemma not in _DELISTING:
        return None
    right = max(group.right, group.end)
    for thing in p.things:
        listed = thing.low.endswith("list") and group.end <= thing.start < right
        if listed and any(p.low(k) in ("from", "off") for k in range(max(group.end, thing.start - 7), thing.start)):
            return Act("lift", thing, False)
    return None


def listed_on(p: Parsed, group: Group) -> Act | None:
    """'entered on the list of unreliable entities', 'made subject to a licence'."""
    after = [p.low(k) for k in range(group.end, max(group.right, group.end))]
    if group.lemma == "subject":
        return (
            Act("impose", None, False)
            if set(after) & {"licence", "license", "licensing", "licences", "licenses"}
            else None
        )
    if group.lemma == "make":
        subject = after[:2] == ["subject", "to"] and set(after) & {
            "licence",
            "license",
            "licensing",
            "controls",
            "duty",
            "duties",
        }
        return Act("impose", None, False) if subject else None
    if "blacklist" in after:
        return Act("impose", None, False)
    named = {"entity", "unreliable", "control", "sanctions", "restricted", "export", "military"} & set(after)
    known = "list" in group.classes or bool(named)
    return Act("impose", None, False) if "list" in after and known else None


def on_a_list(p: Parsed, group: Group) -> Act | None:
    """'Huawei has been on the Entity List since May 2019'."""
    if group.negated or group.modal or p.low(group.end) != "on" or not times_of(p, group):
        return None
    return listed_on(p, group)
