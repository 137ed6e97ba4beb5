"""What a stretch of words is: a subject, a list, a quotation that ends, a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.read.tables import word_set
from detente.read.verbs import Group

if TYPE_CHECKING:
    from detente.read.clauses import Parsed

_PREPOSITIONS = word_set("clauses prepositions")


_COUNTED = frozenset(
    {"two", "three", "four", "five", "several", "some", "one", "many", "most", "few", "people", "both"}
)


def starts_subject(p: Parsed, i: int, end: int) -> bool:
    """Whether a stretch after a comma can be a subject: it begins with a name, a noun or an article."""
    if i >= end or p.low(i) in _PREPOSITIONS or p.low(i) in ("and", "or"):
        return False
    return (
        any(could_be_subject(p, k) for k in range(i, end))
        or p.low(i)
        in (
            "the",
            "a",
            "an",
            "it",
            "he",
            "she",
            "they",
            "this",
            "that",
            "its",
            "his",
        )
        or p.low(i) in _COUNTED
    )


def could_be_subject(p: Parsed, i: int) -> bool:
    return (
        any(m.start <= i < m.end for m in p.named)
        or any(t.start <= i < t.end for t in p.things)
        or p.words[i].capital
        or p.low(i).endswith("s")
    )


def joins_names(p: Parsed, i: int) -> bool:
    """'Bessent and Greer', 'steel and aluminium': an 'and' inside one subject."""
    if p.low(i) not in ("and", "or"):
        return False
    if any(s <= i < e for s, e, _ in p.products):
        return True
    rated = any(r.end == i for r in p.rates) and any(r.start == i + 1 for r in p.rates)
    if rated or (p.low(i - 1).isdigit() and p.low(i + 1).isdigit()):
        return True  # 'duties of 10% and 15%', 'notices 61 and 62'
    at = next((k for k in range(i - 1, max(0, i - 7), -1) if p.low(k) == "("), i) if p.low(i - 1) == ")" else i
    left = ends_noun(p, at)
    verb_next = any(g.start <= i + 1 < g.end for g in p.groups)
    right = any(m.start == i + 1 or (m.start == i + 2 and not verb_next) for m in p.named) or any(
        s == i + 1 for s, _, _ in p.products
    )
    right = right or (left and not verb_next and any(i < t.start <= i + 3 for t in p.things))
    titled = any(m.start <= i + 5 and m.start > i and m.kind == "person" for m in p.named) and left
    return (left and right) or titled


def lists_names(p: Parsed, i: int, group: Group, lowest: int) -> bool:
    """The comma of 'Liu, Robert Lighthizer and Steven Mnuchin fixed that'."""
    ahead = next((m for m in p.named if m.end == i and m.kind in ("person", "party", "body")), None)
    if ahead is None or not (ahead.start <= lowest + 3 and all(p.words[k].capital for k in range(lowest, ahead.start))):
        return False
    joined = [k for k in range(i + 1, group.start) if p.low(k) == "and" and joins_names(p, k)]
    return bool(joined) and any(m.start <= i + 6 and m.kind in ("person", "party") for m in p.within(i, group.start))


def lists(p: Parsed, i: int) -> bool:
    """The comma of 'clothes, shoes and other goods': a noun on both sides, and the list goes on."""
    if not ends_noun(p, i):
        return False
    ends = [e for s, e, _ in p.products if s == i + 1] + [m.end for m in p.named if m.start == i + 1]
    return any(p.low(end) in (",", "and", "or") for end in ends)


def ends_noun(p: Parsed, i: int) -> bool:
    """Whether a name, goods or a noun of the field ends before a word."""
    return (
        any(m.end == i for m in p.named) or any(e == i for _, e, _ in p.products) or any(t.end == i for t in p.things)
    )


def in_time(p: Parsed, i: int) -> bool:
    return any(t.start <= i < t.end for t in p.times)


def quotation_ended(p: Parsed, i: int) -> bool:
    """'…,” the minister said': a closing mark beside a comma or stop parts what is quoted from who says it."""
    if p.low(i) in ("”", '"'):
        return p.low(i - 1) in (",", ".", "!", "?") and i > 1 and p.sentence.quoted[i - 2]
    return p.low(i) == "," and p.low(i - 1) in ("”", '"') and i > 2 and p.sentence.quoted[i - 2]


def opens_clause(p: Parsed, i: int, group: Group) -> bool:
    """'after', 'as', 'since' open a clause only if its subject and verb follow without a comma."""
    return not any(p.low(k) == "," for k in range(i + 1, group.start))
