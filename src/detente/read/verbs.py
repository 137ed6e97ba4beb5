"""Verb groups: what is said to be done, with its auxiliaries, mood, tense, voice and negation.

English writes nouns and verbs alike ("cut", "offer", "talks"), so a bare form counts as a verb only where the words
beside it leave room for one.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.read.inflection import adverb, classes_of, forms, phrases
from detente.read.names import Mention
from detente.read.participles import by_somebody, is_reduced, verb_told
from detente.read.room import room_for_verb
from detente.read.tables import word_set
from detente.read.words import Sentence, Word

_MODALS = word_set("verbs modals")
_BE = word_set("verbs be")
_HAVE = frozenset({"have", "has", "had", "having", "'ve"})
_DO = frozenset({"do", "does", "did"})
_NOT = frozenset({"not", "n't", "never", "no", "longer", "neither", "nor"})
_BETWEEN = word_set("verbs between")
_MARKS = frozenset({"“", '"', "‘"})  # a verb quoted: 'had “severely undermined” the truce'
_ADJECTIVES = word_set("verbs adjectives")
_LEADING_TO = word_set("verbs leading to")
_DETERMINERS = word_set("verbs determiners")
_NOUN_TOO = word_set("verbs noun too")
_PREPOSITIONS = word_set("verbs prepositions")
_NEVER_VERBS = frozenset({"including", "according", "following", "regarding", "concerning", "pending", "during"})
_GERUND_NOUNS = word_set("verbs gerund nouns")


@dataclass(slots=True)
class Group:
    """A verb group: words `[start, end)`, `head` the verb itself, `reach` the last word of a phrasal verb."""

    start: int
    end: int
    head: int
    lemma: str
    classes: frozenset[str]
    form: str  # b base, s third person, d past, n participle, g -ing
    modal: str = ""
    negated: bool = False
    passive: bool = False
    perfect: bool = False
    infinitive: bool = False
    progressive: bool = False
    be_to: bool = False
    reach: int = 0
    left: int = 0
    right: int = 0
    subjects: tuple[Mention, ...] = ()
    governor: Group | None = None
    lead: str = ""  # the noun or adjective an infinitive hangs on: "plan to", "ready to"
    marker: str = ""  # the word that opens its clause: "if", "while", "that"
    quoted: bool = False
    had: bool = False
    fact: str = ""  # what kind of statement it makes, once `factuality` has told
    twin: Group | None = None  # the verb it goes on from: "was cut and suspended"
    head_left: int = -1  # where its subject stands, when words set off by commas part it from the verb
    head_right: int = -1

    @property
    def pluperfect(self) -> bool:
        """Told as done before something else."""
        return self.perfect and self.had

    @property
    def past(self) -> bool:
        """Told as done."""
        return (
            not self.modal
            and not self.infinitive
            and (self.form == "d" or self.perfect or (self.passive and self.form == "n"))
        )


def groups(sentence: Sentence, named: list[Mention]) -> list[Group]:
    """The verb groups of a sentence in order."""
    words = sentence.words
    name_at = {i: m for m in named for i in range(m.start, m.end)}
    out: list[Group] = []
    i = 0
    while i < len(words):
        group = _group_at(words, i, name_at, out)
        if group is None:
            i += 1
            continue
        if out and out[-1].lemma in ("stay", "remain") and out[-1].end == i and group.form in "dn":
            i = group.end  # 'stay suspended': a state, not an act
            continue
        _phrasal(group, words)
        if group.start == group.head and group.lemma in phrases() and group.lemma not in classes_of():
            i += 1  # 'beef' and 'water' are verbs only in 'beef up' and 'water down'
            continue
        group.had = any(words[k].low == "had" for k in range(group.start, group.end))
        group.quoted = sentence.quoted[group.head] if sentence.quoted else False
        out.append(group)
        i = group.reach if group.reach == group.end + len(group.lemma.split()) - 1 else group.end
    _settle(out, words, name_at)
    return out


_PARTING = word_set("verbs parting")
_NEVER_REDUCED = frozenset({"lapse", "effect", "start", "follow", "fall", "standat", "stay", "rest", "say", "believe"})
_THAT_LESS = frozenset({"say", "announce", "believe", "hope", "expect", "warn", "claim", "deny", "accuse"})


def _settle(found: list[Group], words: list[Word], name_at: dict[int, Mention]) -> None:
    """Past or participle, where a form can be both: one clause has one verb, and what never is acted on acts."""
    spoken = [g for g in found if g.marker != "attribute"]
    for k, group in enumerate(spoken):
        if group.start != group.head or group.form not in "dn" or not _both(words[group.head].low):
            continue
        if group.marker == "reduced" and group.classes and group.classes <= _NEVER_REDUCED:
            group.marker, group.passive, group.form = "", False, "d"
        elif group.marker == "" and _takes_participle(words, group, name_at) and _not_alone(spoken, k, words):
            group.marker, group.passive, group.form = "reduced", True, "n"


def _both(low: str) -> bool:
    shown = {form for _, form in forms().get(low) or _unlisted(low) or ()}
    return shown >= {"d", "n"}


def _takes_participle(words: list[Word], group: Group, name_at: dict[int, Mention]) -> bool:
    """A noun before the word, no name that acts, and words after it that a participle takes."""
    at = group.start - 1
    following = words[group.end].low if group.end < len(words) else ""
    noun = at >= 0 and words[at].text.isalpha() and at not in name_at and words[at].low not in _PARTING | _PREPOSITIONS
    told_when = following in _PREPOSITIONS | {
        "since",
        "last",
        "this",
        "earlier",
        "so",
        "after",
        "before",
        "as",
        "until",
    }
    return noun and told_when and not (group.classes and group.classes <= _NEVER_REDUCED)


def _not_alone(spoken: list[Group], k: int, words: list[Word]) -> bool:
    """Whether the clause has another verb: one before, or one with auxiliaries after it."""
    return _second(spoken, k, words) or _first(spoken, k, words)


def _first(spoken: list[Group], k: int, words: list[Word]) -> bool:
    """'the fee on ships connected with the US, begun in May, is halted': the verb of the clause comes later."""
    after = next((g for g in spoken[k + 1 :] if g.marker != "reduced" and not g.infinitive and g.form != "g"), None)
    if after is None or after.start == after.head or (after.modal == "" and not after.passive and not after.perfect):
        return False
    between = [w.low for w in words[spoken[k].end : after.start]]
    return not any(b in _PARTING and b != "," for b in between) and between.count(",") % 2 == 0


def _second(spoken: list[Group], k: int, words: list[Word]) -> bool:
    """Whether the clause has a verb already: nothing that opens another stands between the two."""
    before = next((g for g in reversed(spoken[:k]) if g.marker != "reduced"), None)
    if before is None or before.classes & _THAT_LESS or before.end > spoken[k].start - 1:
        return False
    return not any(w.low in _PARTING for w in words[before.end : spoken[k].start])


def _group_at(words: list[Word], i: int, name_at: dict[int, Mention], before: list[Group]) -> Group | None:
    low = words[i].low
    if (i in name_at and name_at[i].kind != "pronoun") or (i and words[i - 1].text == "-"):
        return None
    if low == "to":
        return _infinitive(words, i)
    if low == "'s" and (i == 0 or words[i - 1].low not in _SAID_SHORT):
        return None
    if low == "may" and _month(words, i):
        return None
    if low in _MODALS or low in _BE or low in _HAVE or low in _DO:
        return _with_auxiliaries(words, i, name_at)
    return _bare(words, i, name_at, before)


_ON_TRADE = frozenset(
    {"restrictions", "controls", "duties", "duty", "tariffs", "bans", "ban", "curbs", "quotas", "licences", "licenses"}
)
_SAID_SHORT = word_set("verbs said short")
_NO_MONTH = frozenset({"have", "be", "not", "also", "yet", "never"})


def _month(words: list[Word], i: int) -> bool:
    """'28 May', 'May 2019', 'in May': the month, not what may be."""
    if not words[i].capital:
        return False
    ahead, following = (words[i - 1].low if i else ""), (words[i + 1].low if i + 1 < len(words) else "")
    told = ahead[:1].isdigit() or following[:1].isdigit() or ahead in ("of", "th", "st", "nd", "rd")
    in_month = ahead in ("in", "since", "early", "late", "mid", "last", "until", "by", "from", "-", "next", "this")
    return told or (in_month and following not in _NO_MONTH)


def _infinitive(words: list[Word], i: int) -> Group | None:
    if i and words[i - 1].text == "-":
        return None
    at = i + 1
    while at < len(words) and at - i < 4 and (words[at].low in _BETWEEN | _MARKS or adverb(words[at].low)):
        at += 1
    if at >= len(words):
        return None
    low = words[at].low
    negated = (i > 0 and words[i - 1].low in _NOT) or any(w.low in _NOT for w in words[i:at])
    if low in ("be", "have"):
        inner = _with_auxiliaries(words, at, {})
        if inner is not None:
            inner.start, inner.infinitive, inner.negated = i, True, inner.negated or negated
        return inner
    if low in ("import", "export") and at + 1 < len(words) and words[at + 1].low in _ON_TRADE:
        return None  # 'subject to import restrictions'
    lemma = _reading(low, "b")
    if lemma is None:
        led = i > 0 and (
            words[i - 1].low in _LEADING_TO
            or any(_classes(verb) & _TAKING_TO for verb, _ in forms().get(words[i - 1].low, ()))
        )
        if not led or not _bare_verb(words, at) or low.endswith("s"):
            return None
        lemma = low
    return Group(i, at + 1, at, lemma, _classes(lemma), "b", infinitive=True, negated=negated)


def _with_auxiliaries(words: list[Word], i: int, name_at: dict[int, Mention]) -> Group | None:
    """A chain of auxiliaries and the verb it leads to; a chain that leads to none is its own verb ('is', 'has')."""
    modal, negated, perfect, passive, progressive, be_to = "", False, False, False, False, False
    at = i
    last = i
    be = False
    while at < len(words) and at - i < 12:
        low = words[at].low
        if low in _MODALS:
            modal = low
        elif low in _BE:
            be = True
        elif low in _HAVE:
            perfect, be = True, False
        elif low in _DO:
            pass
        elif low in _MARKS and at > i:
            at += 1
            continue
        elif low == "," and at == last + 1 and at > i and (after := _past_aside(words, at, be, perfect)):
            at = after
            continue
        elif low in _NOT or low in _BETWEEN or adverb(low):
            negated = negated or low in ("not", "n't", "never") or (low == "longer")
            at += 1
            continue
        elif (
            low == "to"
            and at + 1 < len(words)
            and at - last <= 2
            and words[last].low not in ("has", "have", "had", "having")
            and _reading(words[at + 1].low, "b")
        ):
            be_to = be and words[last].low in _BE
            if not be_to:
                break
            modal = modal or "will"
            at += 1
            continue
        elif be and low == "going" and at + 1 < len(words) and words[at + 1].low == "to":
            modal = modal or "will"
            at += 2
            last = at - 1
            be = False
            continue
        else:
            break
        last = at
        at += 1
    if at < len(words) and not (at in name_at and name_at[at].kind != "pronoun"):
        low = words[at].low
        if be and low == "subject" and at + 1 < len(words) and words[at + 1].low == "to":
            return Group(i, at + 1, at, "subject", _classes("subject"), "n", modal, negated, passive=True)
        wanted = "ng" if be else "n" if perfect else "b"
        if be_to and (lemma := _reading(low, "b")):
            return Group(i, at + 1, at, lemma, _classes(lemma), "b", modal or "will", negated, be_to=True)
        for form in wanted:
            lemma = _reading(low, form) or (low[:-2] if form == "n" and _unlisted(low) else None)
            if lemma is None and form == "g" and low.endswith("ing") and len(low) > 5 and low not in _ADJECTIVES:
                lemma = low[:-3]
            if lemma is not None and low not in ("'s",):
                passive = be and form == "n"
                progressive = be and form == "g"
                perfect = perfect and not modal
                return Group(
                    i, at + 1, at, lemma, _classes(lemma), form, modal, negated, passive, perfect, False, progressive
                )
    state = words[last].low in _BE | _HAVE and modal not in ("might", "may", "could")  # 'would be natural'
    led = (modal and not state) or words[last].low in _DO
    if at < len(words) and at not in name_at and led and _bare_verb(words, at):
        return Group(i, at + 1, at, words[at].low, frozenset(), "b", modal, negated)
    low = words[last].low
    if low in _MODALS:
        return None
    if low in _NOT:
        return None
    if low == "'s":
        return None
    lemma = "have" if low in _HAVE else "do" if low in _DO else "be"
    form = "d" if low in ("was", "were", "had", "did") else "b"
    negated = negated or (last + 1 < len(words) and words[last + 1].low in ("not", "n't"))
    return Group(i, max(last + 1, i + 1), last, lemma, _classes(lemma), form, modal, negated, perfect=False)


def _past_aside(words: list[Word], at: int, be: bool, perfect: bool) -> int:
    """'may, after consultations, bring back': where the verb stands behind an aside in commas; 0 where none does."""
    for k in range(at + 1, min(at + 9, len(words) - 1)):
        if words[k].low == ",":
            low = words[k + 1].low
            wanted = "ng" if be else "n" if perfect else "b"
            return k + 1 if any(_reading(low, form) for form in wanted) else 0
    return 0


def _bare_verb(words: list[Word], at: int) -> bool:
    """Whether a word that is in no list can be the verb an auxiliary leads to."""
    word = words[at]
    return (
        word.text.isalpha()
        and word.text.islower()
        and len(word.low) > 2
        and (not word.low.endswith("s") or word.low.endswith("ss"))
        and word.low
        not in _DETERMINERS
        | _PREPOSITIONS
        | _NOT
        | {
            "away",
            "so",
            "well",
            "nothing",
            "what",
            "more",
            "little",
            "much",
            "rather",
            "sooner",
            "they",
            "it",
            "he",
            "she",
            "there",
        }
        and not adverb(word.low)
    )


_TAKING_TO = frozenset(
    {
        "fail",
        "agree",
        "refuse",
        "plan",
        "want",
        "pledge",
        "decide",
        "expect",
        "offer",
        "threaten",
        "vow",
        "hope",
        "request",
        "oblige",
        "allow",
        "hold",
        "start",
        "resume",
    }
)


def _bare(words: list[Word], i: int, name_at: dict[int, Mention], before: list[Group]) -> Group | None:
    """A verb without auxiliaries, where the words beside it allow one."""
    low = words[i].low
    readings = forms().get(low) or _unlisted(low)
    if readings is None or low in _NEVER_VERBS:
        return None
    ahead = words[i - 1] if i else None
    here = {form for _, form in readings}
    if ahead is not None and ahead.low == "-":
        return None
    if i + 1 < len(words) and words[i + 1].low == "-" and words[i + 1].start == words[i].end:
        return None  # 'forced-labour'
    if "g" in here:
        return _gerund(words, i, readings, ahead)
    if "b" in here and "d" not in here and ahead is not None and ahead.low in ("they", "we", "i", "you"):
        lemma = next(r[0] for r in readings if r[1] == "b")
        return Group(i, i + 1, i, lemma, _classes(lemma), "b")
    if here & {"d", "n"} and not (low in _NOUN_TOO and not room_for_verb(words, i, name_at, before)):
        return _past(words, i, readings, ahead, name_at, before)
    if here & {"b", "s"} and room_for_verb(words, i, name_at, before):
        lemma, form = next((r for r in readings if r[1] in "bs"), readings[0])
        return Group(i, i + 1, i, lemma, _classes(lemma), form)
    return None


def _unlisted(low: str) -> tuple[tuple[str, str], ...] | None:
    """A verb that is in no list still parts clauses."""
    listed = not low.endswith("ed") or len(low) < 5 or low in ("united", "indeed", "need", "hundred")
    return None if listed else ((low[:-2], "d"), (low[:-2], "n"))


def _gerund(words: list[Word], i: int, readings: tuple[tuple[str, str], ...], ahead: Word | None) -> Group | None:
    lemma = next(lemma for lemma, form in readings if form == "g")
    low = words[i].low
    following = words[i + 1].low if i + 1 < len(words) else ""
    taking = following in _DETERMINERS or following[:1].isdigit() or following in ("$", "€", "£")
    as_noun = ahead is not None and (
        (_named_by(words, i) and not taking)
        or ahead.low in _DETERMINERS
        or ahead.low == "'s"
        or ahead.low in ("trade", "court", "scheduled")
    )
    if (
        as_noun
        or (low in _GERUND_NOUNS and following in ("of", "in", "on", "with", "between", "by", ""))
        or low in ("meeting", "ruling", "understanding")
    ):
        return None
    return Group(i, i + 1, i, lemma, _classes(lemma), "g")


def _named_by(words: list[Word], i: int) -> bool:
    """'an APEC gathering': a noun, with a name between it and its article."""
    return i > 1 and words[i - 1].capital and words[i - 2].low in ("a", "an", "the", "this", "last")


def _past(
    words: list[Word],
    i: int,
    readings: tuple[tuple[str, str], ...],
    ahead: Word | None,
    name_at: dict[int, Mention],
    before: list[Group],
) -> Group | None:
    lemma = next(lemma for lemma, form in readings if form in "dn")
    participle_only = not any(form == "d" for _, form in readings)
    following = words[i + 1] if i + 1 < len(words) else None
    determined = ahead is not None and (
        ahead.low in _DETERMINERS or ahead.low == "'s" or ahead.low in ("newly", "previously", "recently", "freshly")
    )
    if determined and following is not None and following.text.isalpha() and following.low not in _PREPOSITIONS:
        return Group(i, i + 1, i, lemma, _classes(lemma), "n", passive=True, marker="attribute")
    noun_follows = (
        following is not None and following.text.isalpha() and following.low not in _PREPOSITIONS | _DETERMINERS
    )
    if ahead is not None and ahead.low in _PREPOSITIONS and noun_follows:
        return Group(i, i + 1, i, lemma, _classes(lemma), "n", passive=True, marker="attribute")
    both = any(form == "n" for _, form in readings)
    reduced = participle_only or (
        both
        and (
            (not _classes(lemma) & {"rise", "fall", "follow"} and is_reduced(words, i, name_at))
            or by_somebody(words, i, lemma)
            or verb_told(words, i, name_at, before)
        )
    )
    return Group(
        i,
        i + 1,
        i,
        lemma,
        _classes(lemma),
        "n" if reduced else "d",
        passive=reduced,
        marker="reduced" if reduced else "",
    )


def _reading(low: str, form: str) -> str | None:
    return next((lemma for lemma, shown in forms().get(low, ()) if shown == form), None)


def _classes(lemma: str) -> frozenset[str]:
    return classes_of().get(lemma, frozenset())


def _phrasal(group: Group, words: list[Word]) -> None:
    """Let a verb take in the words that make it another: 'put … on hold', 'take effect'."""
    group.reach = group.end
    best = None
    for phrase in phrases().get(group.lemma, ()):
        at = _find_rest(words, group.end, phrase.rest)
        if at is None or (phrase.rest[-1] in ("on", "in") and _dated(words, at)):
            continue
        if best is None or at - len(phrase.rest) < best[0] - len(best[1].rest):
            best = (at, phrase)  # the words nearest to the verb: 'take down our countermeasures'
    if best is not None:
        group.lemma, group.classes, group.reach = best[1].lemma, best[1].classes, best[0]


def _dated(words: list[Word], at: int) -> bool:
    """'agreed on 9 September' is no 'agreed on a text'."""
    following = words[at] if at < len(words) else None
    if following is None:
        return False
    return (
        following.text.isdecimal()
        or (following.capital and following.low in _DAYS)
        or (following.low in ("the", "a") and at + 1 < len(words) and words[at + 1].text.isdecimal())
    )


_DAYS = word_set("verbs days")


_ENDING_SEARCH = frozenset(
    {"that", "to", "and", "which", "before", "after", "until", "while", "is", "was", "are", "if"}
)


def _find_rest(words: list[Word], start: int, rest: tuple[str, ...]) -> int | None:
    """Where the rest of a phrasal verb ends, with at most six words between; commas and verbs close the search."""
    gap = 1 if len(rest) == 1 and rest[0] in _PREPOSITIONS else 9
    for at in range(start, min(start + gap, len(words) - len(rest) + 1)):
        if all(words[at + k].low == w for k, w in enumerate(rest)):
            return at + len(rest)
        if len(rest) > 1 and words[at].low == rest[0] and words[at + 1].low == "the":
            end = at + 1 + len(rest)  # 'flew in the face of'
            if end <= len(words) and all(words[at + 1 + k].low == w for k, w in enumerate(rest) if k):
                return end
        if words[at].text in '"“”':
            continue
        if words[at].text in ",;:." or words[at].low in _ENDING_SEARCH:
            return None
    return None
