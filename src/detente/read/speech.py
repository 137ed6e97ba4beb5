"""Who says it: the speaker or source a clause is attributed to."""

from __future__ import annotations

from detente.read.clauses import Parsed, phrase_from
from detente.read.names import Discourse, Mention
from detente.read.tables import word_set
from detente.read.verbs import Group

_REPORTS = word_set("speech reports")
_VOICES = frozenset({"spokesman", "spokeswoman", "spokesperson", "official", "officials", "member", "members", "head"})
_SOURCES = word_set("speech sources")


def speaker_of(p: Parsed, group: Group, seen: Discourse) -> str | None:
    """The name of whoever a clause is attributed to, None for the text's own voice."""
    reporter = reporter_of(group)
    if reporter is not None:
        return named_subject(p, reporter) or p.according_to
    if p.according_to is not None:
        return p.according_to
    return None


def reporter_of(group: Group) -> Group | None:
    """The outermost verb of saying a clause hangs on; a verb that itself speaks counts for its own content."""
    at, found = group.governor, None
    while at is not None:
        if at.classes & _REPORTS:
            found = at
        at = at.governor
    return found


def named_subject(p: Parsed, group: Group) -> str | None:
    """The subject of a verb of saying, by name: the person, else the body, else the words themselves."""
    if group.passive and group.classes & {"expect", "hope", "believe"}:
        return None  # 'is expected': by nobody in particular
    best = _best(group.subjects)
    if best is not None and best.kind in ("person", "body") and best.name:
        return best.name
    if best is not None and best.kind == "pronoun" and best.name:
        return best.name
    return _words(p, group, best)


def _best(subjects: tuple[Mention, ...]) -> Mention | None:
    ranked = sorted(subjects, key=lambda m: ({"person": 0, "body": 1, "pronoun": 2}.get(m.kind, 3), -m.start))
    return ranked[0] if ranked else None


def _words(p: Parsed, group: Group, best: Mention | None) -> str | None:
    """'two officials', 'Beijing', 'the Chinese side'."""
    start = best.start if best is not None else max(group.left, group.start - 5)
    if best is not None and best.start >= group.end:
        return phrase_from(p, best.start)
    while start > group.left and (p.low(start - 1) in ("for", "the", "of") or p.low(start - 1) in _VOICES):
        start -= 1  # 'the spokesman for the Chinese ministry'
    while start < group.start and p.low(start) in (
        "that",
        "which",
        "and",
        "but",
        ",",
        "while",
        "as",
        "the",
        "who",
        "”",
        '"',
    ):
        start += 1
    stop = next((g.start for g in p.groups if start <= g.start < group.start), group.start)
    if start >= stop:
        return None
    words = p.words[start:stop]
    end = next(
        (k for k, w in enumerate(words) if w.low in ("on", "in", ",", "at", "also", "late", "earlier", "last", "this")),
        len(words),
    )
    return " ".join(w.text for w in words[:end]).replace(" 's", "'s") or None
