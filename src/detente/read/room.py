"""Whether the words beside a form that may be a noun leave room for a verb: 'Trump hits', not 'the hits'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.read.names import Mention
from detente.read.tables import word_set
from detente.read.words import Word

if TYPE_CHECKING:
    from detente.read.verbs import Group

_ACTING = word_set("verbs acting")
_ODDS = frozenset({"odds", "chance", "chances", "probability", "likelihood", "risk", "number", "figure"})
_MINDING = frozenset({"hope", "doubt", "bet", "fear", "count", "plan", "aim", "vow", "pledge", "want"})  # what many do
_ADVERBS = frozenset(
    {"now", "also", "still", "again", "already", "currently", "then", "thus", "just", "today", "never"}
)
_DETERMINERS = word_set("verbs determiners")
_MOVING = word_set("verbs moving")
_NOUN_TOO = word_set("verbs noun too")
_OBJECTS = frozenset({"tariffs", "tariff", "duties", "duty", "higher", "new", "export", "import", "steep", "extra"})
_PARTICLES = frozenset({"back", "up", "off", "out", "down", "more", "american", "chinese", "$", "into", "in"})
_PREPOSITIONS = word_set("verbs prepositions")
_PUT = frozenset({"put", "hit", "set", "cut"})
_THINGS = word_set("verbs things")


def room_for_verb(words: list[Word], i: int, name_at: dict[int, Mention], before: list[Group]) -> bool:
    """Whether the words beside a form that may be a noun make it a verb."""
    low = words[i].low
    at = i
    while at > 1 and words[at - 1].low in _ADVERBS:
        at -= 1
    ahead = words[at - 1] if i else None
    if ahead is None or (
        low in ("talks", "calls")
        and i + 1 < len(words)
        and words[i + 1].low in ("with", "in", "on", "between", "have", "had", "are", "were", "will")
    ):
        return False
    following = words[i + 1].low if i + 1 < len(words) else ""
    mention = name_at.get(at - 1)
    if low in ("disputes", "dispute") and following in _DETERMINERS | {"both", "that"} and ahead.text.isalpha():
        return ahead.low not in _DETERMINERS | _PREPOSITIONS | {"trade"}
    if low in ("call", "calls") and following in ("it", "this", "them", "him", "that"):
        return True
    if ahead.low == "that" and at > 1 and is_plural(words[at - 2].low) and not low.endswith("s"):
        return low not in _NOUN_TOO or following in _DETERMINERS
    if ahead.low in ("that", "which") and low in _PUT and (following in _DETERMINERS or following[:1].isdigit()):
        return True
    if ahead.low == "that":
        return low.endswith("s") and (following in _DETERMINERS or following[:1].isdigit() or low not in _NOUN_TOO)
    if ahead.low in _DETERMINERS:
        return False
    if low in ("stay", "remain", "stand") and following in ("suspended", "frozen", "in", "at", "on", "unchanged"):
        return True
    if low in ("put", "set", "cut", "hit") and (ahead.low == "," or ahead.capital) and following in _DETERMINERS:
        return True
    if (low, following) in (("points", "to"), ("point", "to"), ("counts", "on"), ("put", "it")):
        return ahead.text.isalpha() and ahead.low not in _DETERMINERS | _PREPOSITIONS
    if low == "calls" and following in _DETERMINERS and ahead.text.isalpha():
        return ahead.low not in _DETERMINERS | _PREPOSITIONS | {"phone", "telephone", "of", "and"}
    if low == "put" and following in _DETERMINERS and i + 2 < len(words) and words[i + 2].low in _ODDS:
        return True
    if low in ("fears", "hopes", "doubts", "bets") and following == "that":
        return ahead.text.isalpha() and ahead.low not in _DETERMINERS | _PREPOSITIONS | {"high", "and", "growing"}
    if ahead.low in ("who", "which", "we", "they", "it", "i", "you", "he", "she"):
        return following not in ("of", "is", "was", "are", "were", "will")
    both = mention is not None and mention.name in ("EU", "US", "U.S.", "UK", "U.K.")
    acts = mention is not None and (not mention.adjective or (both and (low not in _NOUN_TOO or low in _PUT)))
    if mention is not None and acts and mention.kind != "place":
        if low in ("meet", "speak", "talk") and mention.kind in ("person", "group"):
            return True
        if low not in _NOUN_TOO:
            return True
        takes = (
            low in ("put", "hit", "set")
            or following in _DETERMINERS
            or following[:1].isdigit()
            or following
            in (
                "on",
                "to",
                "back",
                "tariffs",
                "tariff",
                "duties",
                "off",
                "new",
                "more",
                "export",
                "import",
                "steel",
                "back",
                "for",
                "retaliatory",
                "in",
                "into",
                "an",
            )
            or (i + 1) in name_at
        )
        return takes and following != "of"
    plural = is_plural(ahead.low)
    if plural and ahead.low in _THINGS and following in _DETERMINERS:
        return True
    many = plural or ahead.low in ("both", "most", "many", "some", "few", "others", "us")
    if many and low in _MINDING and (following in ("for", "to", "still", "on") or following in _DETERMINERS):
        return True
    if ahead.low == "," and low.endswith("s") and following in _DETERMINERS and not any(g.form in "sd" for g in before):
        return True
    if low in ("calls", "provides", "asks") and ahead.low in _ACTING and following == "for":
        return True
    if low.endswith("s") and ahead.low in _ACTING and (following in _DETERMINERS | _OBJECTS or (i + 1) in name_at):
        return True
    if plural and low in _MOVING and following in ("to", "by", "from", "back", "counter", "on", "again", "if"):
        return True
    if plural and not low.endswith("s") and (following in _DETERMINERS | _OBJECTS or following[:1].isdigit()):
        return ahead.low not in ("talks", "calls", "says")
    listed = ahead.low in (",", "and", "or") and bool(before) and bool(before[-1].modal or before[-1].infinitive)
    if (
        listed
        and not low.endswith("s")
        and (following in _DETERMINERS | _OBJECTS | _PARTICLES or following[:1].isdigit())
    ):
        return True
    described = mention is not None and mention.adjective and low.endswith("s") and low[:-1] in _NOUN_TOO
    if low in _NOUN_TOO or described:  # 'Chinese phones'
        coordinated = ahead.low in ("and", "or", "but") and bool(before) and before[-1].form in ("b", "d", "s", "n")
        return coordinated and (
            following in _DETERMINERS
            or following in ("tariffs", "duties", "off", "more", "export")
            or following[:1].isdigit()
        )
    return not (ahead.low == "'s" or ahead.low in _PREPOSITIONS)


def is_plural(low: str) -> bool:
    return low.endswith("s") and len(low) > 3 and low not in _DETERMINERS and not low.endswith(("'s", "ous", "ss"))
