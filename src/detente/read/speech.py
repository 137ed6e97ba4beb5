"""Who says it: the speaker or source a clause is attributed to."""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.names import Discourse, Mention
from detente.read.tables import word_set
from detente.read.verbs import Group
from detente.read.voices import phrase_from

_REPORTS = word_set("speech reports")
_VOICES = frozenset({"spokesman", "spokeswoman", "spokesperson", "official", "officials", "member", "members", "head"})


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
    if best is not None and best.kind == "person" and best.name:
        return best.name
    if best is not None and best.kind == "body" and best.name and not _followed(p, group, best):
        return p.sentence_text(best.start, best.end) if best.name.islower() else best.name
    if best is not None and best.kind == "pronoun" and best.name:
        return best.name
    return _words(p, group, best)


def _followed(p: Parsed, group: Group, best: Mention) -> bool:
    """'a Justice Department lawyer': somebody of a body, not the body."""
    return best.end < group.start and p.low(best.end) in _VOICES | _PEOPLE


_PEOPLE = frozenset({"lawyer", "lawyers", "negotiator", "negotiators", "source", "sources", "adviser", "aide", "aides"})


def _best(subjects: tuple[Mention, ...]) -> Mention | None:
    ranked = sorted(subjects, key=lambda m: ({"person": 0, "body": 1, "pronoun": 2}.get(m.kind, 3), -m.start))
    return ranked[0] if ranked else None


def _words(p: Parsed, group: Group, best: Mention | None) -> str | None:
    """'two officials', 'Beijing', 'a former U.S. trade official', 'officials in both capitals'."""
    if best is not None and best.start >= group.end:
        return phrase_from(p, best.start)
    if best is not None and best.kind == "pronoun":
        return None
    start = best.start if best is not None else _opening(p, group)
    if best is not None and (best.adjective or best.kind == "body" or _voiced(p, group, best)):
        start = _phrase_start(p, group, start)
    if p.low(start) == "since":  # 'each government has since accused': no clause begins there
        start = max((k + 1 for k in range(start) if p.words[k].text in _MARKS), default=0)
    while start < group.start and (p.low(start) in _JOINING or p.words[start].text in _MARKS):
        start += 1
    stop = next((g.start for g in p.groups if start <= g.start < group.start), group.start)
    end = next((k for k in range(start, stop) if k > start and _ends_name(p, k)), stop)
    if start >= end or p.low(start) in _PRONOUNS:
        return None
    return p.sentence_text(start, end)


_JOINING = frozenset({"that", "which", "and", "but", "while", "as", "who", "if", "because", "so"})
_MARKS = frozenset(',;:”“"–—-.*')
_PRONOUNS = frozenset({"it", "he", "she", "they", "this", "which", "what", "there", "one", "i", "we"})
_AFTER = frozenset({",", "also", "late", "earlier", "last", "this", "then", "again", "now", "later", "still", "already",
                    "nonetheless", "since", "twice", "have", "has", "on", "–", "—", "("})  # fmt: skip


def _ends_name(p: Parsed, k: int) -> bool:
    """A time, an adverb or a comma after the words for who speaks; 'on both sides' belongs to them."""
    if p.low(k) == "on" and p.low(k + 1) in ("both", "either", "the"):
        return any(t.start == k for t in p.times)
    return p.low(k) in _AFTER or p.low(k).endswith("ly") or any(t.start == k for t in p.times)


def _opening(p: Parsed, group: Group) -> int:
    """Where a subject without a name begins: after the last mark or joining word of its clause."""
    low = max(group.left, group.start - 9)
    marks = [k for k in range(low, group.start) if p.words[k].text in _MARKS or p.low(k) in _JOINING]
    return marks[-1] + 1 if marks else low


def _voiced(p: Parsed, group: Group, best: Mention) -> bool:
    """'the spokesman for the Chinese ministry'."""
    return any(p.low(k) in _VOICES for k in range(max(group.left, best.start - 4), best.start))


def _phrase_start(p: Parsed, group: Group, start: int) -> int:
    """Back over the words that belong to a name: adjectives, an article, 'a spokesman for'."""
    while start > group.left and start - 1 >= 0:
        word = p.words[start - 1]
        if word.text in _MARKS or p.low(start - 1) in _JOINING or not word.text.isalpha():
            break
        if any(t.start <= start - 1 < t.end for t in p.times):
            break
        start -= 1
        if p.low(start) in ("a", "an", "one", "two", "three", "several", "some"):
            break
    return start
