"""What finders of contacts share: who acts, whether heads of government, how long it took."""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.names import Discourse, Mention, leads
from detente.read.tables import word_set
from detente.read.verbs import Group

_ACTORS = word_set("contacts actors")


def of_leaders(named: list[Mention], seen: Discourse) -> bool:
    """Talks of two heads of government are a meeting, not a round."""
    heads = {m.parties for m in named if m.kind == "person" and leads(m, seen.published)}
    return len(heads) >= 2


def acting(p: Parsed, named: list[Mention]) -> list[Mention]:
    """Those of a list of names that take part: not an adjective of goods or duties, nor the owner of a thing."""
    return [m for m in named if not m.adjective or any(p.low(k) in _ACTORS for k in range(m.end, m.end + 4))]


def speaks(group: Group) -> bool:
    """A mere 'may' counts only where somebody says it."""
    at = group.governor
    while at is not None:
        if at.classes & {"say", "expect", "hope", "believe", "hint"}:
            return True
        at = at.governor
    return False


def lasting(p: Parsed, start: int, end: int) -> str | None:
    """How long a contact took, in the text's words: 'one-hour', '90 minutes', 'two days'."""
    for k in range(start, end):
        if p.low(k) in ("hour", "hours", "minute", "minutes") and k > start:
            first = k - 2 if p.low(k - 1) == "-" else k - 1
            return p.sentence_text(max(first, start), k + 1)
    return None
