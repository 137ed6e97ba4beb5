"""Whether a form in '-ed' is the verb of its clause or a participle: 'tariffs imposed in 2018', 'a team led by'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.read.inflection import adverb, classes_of
from detente.read.names import Mention
from detente.read.tables import word_set
from detente.read.words import Word

if TYPE_CHECKING:
    from detente.read.verbs import Group

_DETERMINERS = word_set("verbs determiners")
_PREPOSITIONS = word_set("verbs prepositions")
_THINGS = word_set("verbs things")
_BOUNDS = word_set("clauses openers") | {",", "“", "”", '"', "(", ")", "when", "nor"}
_TAKING_CLAUSES = frozenset({"say", "announce", "expect", "hope", "believe", "claim", "hint", "accuse", "deny", "find",
                             "warn", "vow", "decide", "confirm", "agree", "rule", "threaten"})  # fmt: skip


def _ends_thing(words: list[Word], at: int) -> bool:
    """Whether the words before a comma are a thing that does not act: a rate, a measure, a paper."""
    lows = [w.low for w in words[max(0, at - 5) : at + 1]]
    return bool(
        set(lows)
        & (_THINGS | {"%", "cent", "percent", "determination", "order", "notice", "list", "proclamation", "regulation"})
    )


def is_reduced(words: list[Word], i: int, name_at: dict[int, Mention]) -> bool:
    """'tariffs imposed in 2018': a participle after a thing, which does not act, unless the thing comes in ('rose')."""
    at = i - 1
    while at >= 0 and (adverb(words[at].low) or words[at].low in ("first", "just", "already", "last")):
        at -= 1
    if at < 0 or at in name_at:
        return False
    following = words[i + 1].low if i + 1 < len(words) else ""
    told_when = following in _PREPOSITIONS | {
        "last",
        "this",
        "earlier",
        "since",
        "so",
        "until",
        "after",
        "before",
        "as",
    }
    if words[at].low in ("%", "cent", "percent", "points") and told_when:
        return True
    if words[at].low == "," and told_when and at > 0 and at - 1 not in name_at and _ends_thing(words, at - 1):
        return True
    return words[at].low in _THINGS and (
        following in _PREPOSITIONS
        or following in ("last", "this", "earlier", "three", "two", "as", "", ",", ".")
        or adverb(following)
        or following[:1].isdigit()
    )


def by_somebody(words: list[Word], i: int, lemma: str) -> bool:
    """'a team led by an official': passive where somebody or something follows, unless a number tells by how much."""
    if i + 2 >= len(words):
        return False
    if words[i + 1].low == "for" and classes_of().get(lemma, frozenset()) & {"plan", "schedule", "set"}:
        return True  # 'a meeting between Xi and Trump planned for Thursday'
    if words[i + 1].low != "by" or classes_of().get(lemma, frozenset()) & {"rise", "fall"}:
        return False
    after = words[i + 2]
    return after.capital or after.low in _DETERMINERS


def verb_told(words: list[Word], i: int, name_at: dict[int, Mention], before: list[Group]) -> bool:
    """Whether the clause has its verb: 'put duties back on the product concerned' needs no second one.

    Not after a verb that takes a clause of its own ('said China raised …') nor in a relative clause, after which the
    verb of the main clause comes.
    """
    if i - 1 in name_at or not before or before[-1].end >= i:
        return False
    bound = next((k for k in range(i - 1, -1, -1) if words[k].low in _BOUNDS), -1)
    if bound >= 0 and words[bound].low in ("which", "who", "whose", "whom", "where"):
        return False
    if bound > 0 and words[bound].low == "that" and not any(g.end == bound for g in before):
        return False
    inside = [g for g in before if g.start > bound]
    finite = [g for g in inside if not g.infinitive and g.form != "g" and g.marker not in ("reduced", "attribute")]
    return bool(finite) and not any(g.classes & _TAKING_CLAUSES for g in finite) and finite[-1].lemma != "have"
