"""Who a sentence names: sides, people, bodies, and the words that stand for them ("both nations", "he").

What the text has told so far is kept in `Discourse`; it decides whom a pronoun or a surname means.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from detente.read.gazetteer import Named, found_at, holder, in_office, plain, sides
from detente.read.proposal import Kind, Person, When
from detente.read.tables import table, word_set
from detente.read.times import Time
from detente.read.words import Sentence, Word
from detente.record import office_of

_GROUP_HEADS = word_set("names group heads")
_LEADING = frozenset({"leaders", "presidents", "men", "heads", "statesmen", "premiers"})
_PRONOUNS = word_set("names pronouns")
_TITLES = word_set("names titles")
_LEADER_WORDS = frozenset({"president", "leader", "premier", "chancellor"})
_LOCATIVE = frozenset({"in", "at", "near", "outside", "inside", "around", "across"})
_MADE = word_set("names made")
_HELD_THERE = word_set("names held there")
_TRAVEL = word_set("names travel")


@dataclass(slots=True)
class Mention:
    """Words `[start, end)` of a sentence that stand for sides or people."""

    start: int
    end: int
    kind: str  # party, person, body, group, pronoun, place
    parties: tuple[str, ...]
    name: str = ""
    adjective: bool = False
    role: str = ""
    people: tuple[str, ...] = ()

    @property
    def side(self) -> bool:
        """True where it stands for a side and not for a place."""
        return self.kind != "place" and bool(self.parties)


@dataclass
class Discourse:
    """What the text has told so far: whom it is about, and who was named last."""

    published: date
    counts: Counter[str] = field(default_factory=Counter)
    surnames: dict[str, Mention] = field(default_factory=dict)
    last_person: Mention | None = None
    last_body: Mention | None = None
    last_party: str | None = None
    last_people: list[Mention] = field(default_factory=list)
    offices: dict[str, str] = field(default_factory=dict)
    pair_now: tuple[str, ...] = ()
    deal: bool = False  # a sentence shortly before told of an arrangement
    intro: tuple[int, Kind, When | None, tuple[str, ...]] | None = None  # what measures a list below a colon tells
    rated: int = -9  # the paragraph of the last rate
    dealt: bool = False  # a sentence of the text has spoken of an arrangement or of what was settled
    listing: tuple[int, tuple[str, ...], bool] | None = None  # a list of promises: its paragraph, sides, whether inline
    promiser: tuple[int, tuple[str, ...]] | None = None  # the paragraph and sides of the promise told last
    duty: bool = False  # a sentence of the text has spoken of a measure
    last_day: date | None = None  # the day the text told last
    last_paragraph: int = -1  # the paragraph it told it in
    item: tuple[int, Time] | None = None  # the day that heads a paragraph of a timeline
    paragraph: int = -1  # of the sentence before
    measure_before: bool = False  # the sentence before spoke of a measure
    court: bool = False  # it has told of a decision of a court
    last_court: tuple[str, tuple[str, ...], int] | None = None  # the court named last, its side, and the paragraph
    deal_told: bool = False  # the text tells of an arrangement just made
    last_dated: tuple[int, str, When] | None = None  # paragraph, imposer and date of the last measure with one
    dated_acts: dict[tuple[str, str], tuple[int, When]] = field(default_factory=dict)  # paragraph, date by side and act
    last_start: tuple[int, date] | None = None  # paragraph, day still to come told last as a start
    last_since: tuple[int, date] | None = None  # paragraph, day told last as one since when something holds
    rounds_told: int = -1  # the paragraph that spoke of rounds last
    joined: Mention | None = None  # two people of one side, named together last
    last_promised: date | None = None  # from when the last promise with a day holds
    last_measure: tuple[str, ...] = ()
    asked: tuple[int, int] | None = None  # the place of the question the sentence before asked

    def pair(self) -> tuple[str, ...]:
        """The two sides the text is about: those last named together, else those named most."""
        if len(self.pair_now) == 2:
            return self.pair_now
        return tuple(code for code, _ in self.counts.most_common(2))

    def three(self) -> tuple[str, ...]:
        """The three sides of North America, where the text names two of them, else the three named most."""
        north = [c for c in ("USA", "CAN", "MEX") if self.counts[c]]
        if len(north) >= 2 or (len(self.counts) < 3 and north):
            return ("USA", "CAN", "MEX")
        return tuple(code for code, _ in self.counts.most_common(3)) if len(self.counts) >= 3 else ()

    def other(self, party: str) -> str | None:
        """The side opposite one."""
        pair = self.pair()
        if party not in pair:
            return next((c for c in ("USA", *pair) if c != party and (c != "USA" or self.counts[c])), None)
        rest = [p for p in pair if p != party]
        known = rest[0] if rest else next((c for c, _ in self.counts.most_common() if c != party), None)
        return known or ("USA" if party != "USA" else None)

    def leaders(self) -> tuple[str, ...]:
        """The two people 'the two leaders' means: the last two named, of different sides, else the holders."""
        found: dict[tuple[str, ...], str] = {}
        for mention in reversed(self.last_people):
            if leads(mention, self.published):
                found.setdefault(mention.parties, mention.name)
        if len(found) >= 2:
            wanted = [found[(p,)] for p in self.pair() if (p,) in found]
            return tuple(wanted) if len(wanted) == 2 else ()
        held = [holder(p, ("president", "prime minister"), self.published) for p in self.pair()]
        return tuple(h.name for h in held if h is not None) if len(held) == 2 and all(held) else ()

    def person(self, name: str) -> Person:
        """Somebody with the office the text gives, else the record's of the day of publication."""
        held = office_of(name, self.published)
        return Person(name, self.offices.get(name) or (held.office if held else None))


def leads(mention: Mention, day: date) -> bool:
    """Whether somebody heads a government on a day (or is about to, as a President-elect)."""
    held = office_of(mention.name, day)
    return held is not None and held.office.startswith(("President", "Prime Minister"))


def mentions(sentence: Sentence, seen: Discourse) -> list[Mention]:
    """Everybody a sentence names, in order, with pronouns and groups resolved; what it tells is noted in `seen`."""
    out: list[Mention] = []
    i, n = 0, len(sentence.words)
    while i < n:
        mention = _at(sentence, i, seen, out)
        if mention is None:
            i += 1
        else:
            out.append(mention)
            i = mention.end
    _note(sentence, out, seen)
    return out


def _at(sentence: Sentence, i: int, seen: Discourse, before: list[Mention]) -> Mention | None:
    word = sentence.words[i]
    return (
        _named(sentence, i, seen)
        or _local(word, i, seen)
        or _group(sentence, i, seen, before)
        or _role(sentence, i, seen)
        or _stranger(sentence, i, seen, before)
        or _pronoun(word, i, seen, before, i > 0 and sentence.words[i - 1].low == "and")
    )


def _named(sentence: Sentence, i: int, seen: Discourse) -> Mention | None:
    for named in found_at(sentence, i, sides()):
        if named.kind == "person" and not _meant(named, sentence, i, seen):
            continue
        end = i + len(named.words)
        if named.kind == "party":
            return _party(sentence, i, end, named, seen)
        mention = Mention(
            i, end, named.kind, named.parties or _owner(sentence, i, seen, named), named.name, role=named.role
        )
        if named.kind == "body" and named.role == "market":
            mention.parties = ()
        if (
            named.kind == "body"
            and named.name == "administration"
            and sentence.words[i - 1].low in ("an", "previous", "last", "former")
        ):
            return None
        return mention
    return None


def _meant(named: Named, sentence: Sentence, i: int, seen: Discourse) -> bool:
    """A surname alone means the official only where no other word or person is likelier."""
    if not named.role:
        return True
    word = sentence.words[i]
    if plain(word.low) in seen.surnames and seen.surnames[plain(word.low)].name != named.name:
        return False
    if named.name in seen.offices or plain(word.low) in seen.surnames:
        return _not_a_month(sentence, i)
    if named.about is None or not in_office(named.about, seen.published):
        return False
    titled = i > 0 and sentence.words[i - 1].low in _TITLES
    return titled or named.role == "surname"


def _not_a_month(sentence: Sentence, i: int) -> bool:
    low = sentence.words[i].low
    following = sentence.words[i + 1].low if i + 1 < len(sentence.words) else ""
    ahead = sentence.words[i - 1].low if i else ""
    return low not in ("may", "he") or not (
        following[:1].isdigit() or ahead[:1].isdigit() or ahead in ("in", "on", "early", "late")
    )


def _party(sentence: Sentence, i: int, end: int, named: Named, seen: Discourse) -> Mention | None:
    words = sentence.words
    following = words[end].low if end < len(words) else ""
    if named.adjective or named.name in ("US", "U.S.", "EU"):
        role = _title_after(sentence, end)
        if role:
            return _holder(i, end + role, named.parties, sentence, seen)
    if following in ("street",):
        return None
    place = _is_place(sentence, i, end, named)
    return Mention(i, end, "place" if place else "party", named.parties, named.name, named.adjective and not place)


def _is_place(sentence: Sentence, i: int, end: int, named: Named) -> bool:
    """Whether a name tells where something was, rather than who did it."""
    words = sentence.words
    before = words[i - 1].low if i else ""
    if before == "the" and i > 1:
        before = words[i - 2].low
    earlier = {w.low for w in words[max(0, i - 6) : i]}
    if named.city and end < len(words) and words[end].low in _HELD_THERE and before != "'s":
        return True
    if before in _LOCATIVE:
        return named.city or not earlier & _MADE
    if before in ("to", "from", "for", "via"):
        return bool(earlier & _TRAVEL)
    dateline = i == 0 and end < len(words) and words[end].text in ",—–-(" and named.city
    return dateline and any(w.text in "—–-:" for w in words[end : end + 8])


def _title_after(sentence: Sentence, end: int) -> int:
    """How many words of 'president' or 'foreign minister' follow an adjective and stand for a person not named."""
    words = sentence.words
    if end < len(words) and words[end].low in _LEADER_WORDS:
        following = words[end + 1] if end + 1 < len(words) else None
        return 0 if following is not None and (following.capital and following.text.isalpha()) else 1
    return 0


def _holder(i: int, end: int, parties: tuple[str, ...], sentence: Sentence, seen: Discourse) -> Mention:
    """The leader of a side, by the day of publication."""
    person = holder(parties[0], ("president of", "prime minister", "president"), seen.published)
    if person is None:
        return Mention(i, end, "party", parties, "")
    return Mention(i, end, "person", parties, person.name)


def _owner(sentence: Sentence, i: int, seen: Discourse, named: Named) -> tuple[str, ...]:
    """The side a ministry belongs to: the adjective before it, else the side that has such a ministry."""
    if named.role == "court":
        return ()
    for word_at in range(i - 1, max(-1, i - 4), -1):
        for other in found_at(sentence, word_at, sides()):
            if other.kind == "party":
                return other.parties
    if seen.last_body is not None and seen.last_body.name == named.name:
        return seen.last_body.parties
    known = [c for c, _ in seen.counts.most_common() if c != "USA"]
    return (known[0],) if known else ()


def _local(word: Word, i: int, seen: Discourse) -> Mention | None:
    """A surname that the text introduced itself."""
    known = seen.surnames.get(plain(word.low)) if word.capital else None
    return Mention(i, i + 1, "person", known.parties, known.name) if known else None


def _group(sentence: Sentence, i: int, seen: Discourse, before: list[Mention]) -> Mention | None:
    words = sentence.words
    low = words[i].low
    end = _group_end(words, i)
    if end is None:
        return None
    pair = seen.three() if low == "three" else _pair_here(seen, before)
    if len(pair) < 2:
        return None
    head = words[end - 1].low
    leading = head in _LEADING or low == "pair" or (head == "pair")
    return Mention(i, end, "group", pair, head, people=seen.leaders() if leading else ())


def _pair_here(seen: Discourse, before: list[Mention]) -> tuple[str, ...]:
    """The two sides, or the side the sentence has named and its opposite where that is none of them."""
    pair = seen.pair()
    named = list(dict.fromkeys(c for m in before if m.kind in ("party", "body", "person") for c in m.parties))
    if len(named) == 2:
        return tuple(named)
    if len(named) == 1 and named[0] not in pair and (other := seen.other(named[0])):
        return (named[0], other)
    return pair


_GROUP_STARTS = frozenset({"the", "both", "each", "either", "two", "neither", "three"})


def _group_end(words: list[Word], i: int) -> int | None:
    low = words[i].low
    if low not in _GROUP_STARTS:
        return None
    following = [w.low for w in words[i + 1 : i + 6]]
    if low == "the" and following[:1] in (["sides"], ["pair"], ["neighbours"], ["neighbors"]):
        return i + 2
    if low == "the" and following[:2] == ["world", "'s"] and "two" in following[:4]:
        head = next((k for k, w in enumerate(words[i + 1 : i + 8]) if w.low in _GROUP_HEADS), None)
        return None if head is None else i + 2 + head
    if low not in ("both", "each", "either", "two", "neither", "three"):
        return None
    for k, word in enumerate(following[:4]):
        if word in _GROUP_HEADS:
            return i + 2 + k
        if word in ("tariffs", "of", "and", "in", "on", ",", ".", "-") or word[:1].isdigit():
            break
    if (
        low == "both"
        and following[:1]
        and following[0] in ("agreed", "have", "had", "are", "were", "said", "will", "would", "accused")
    ):
        return i + 1
    the_two = low == "two" and i and words[i - 1].low == "the"
    if the_two and following[:2] in (["of", "them"], ["of", "'em"]):
        return i + 3
    if (
        the_two
        and following[:1]
        and following[0]
        in (
            "agreed",
            "have",
            "had",
            "are",
            "were",
            "said",
            "will",
            "would",
            "spoke",
            "met",
            "also",
            "discussed",
            "last",
        )
    ):
        return i + 1
    return None


def _role(sentence: Sentence, i: int, seen: Discourse) -> Mention | None:
    """'the president', 'the ministry', 'China's foreign minister': a person or body known by the role alone."""
    words = sentence.words
    low = words[i].low
    if low not in ("ministry", "president") and low not in _OFFICE_WORDS:
        return None
    ahead = words[i - 1].low if i else ""
    following = words[i + 1] if i + 1 < len(words) else None
    unnamed = following is None or not (following.capital and following.text.isalpha())
    if low == "ministry" and ahead == "the" and seen.last_body is not None:
        return Mention(i, i + 1, "body", seen.last_body.parties, seen.last_body.name, role="ministry")
    if low == "president" and ahead == "the" and unnamed:
        person = holder(_president_of(seen), ("president of", "president"), seen.published)
        return (
            Mention(i, i + 1, "person", (person.party,) if person and person.party else (), person.name)
            if person
            else None
        )
    if low in ("administration", "white") or not unnamed:
        return None
    return _office(sentence, i, seen)


_OFFICES: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {
    tuple(row["words"].split()): (row["party"], tuple(row["office"].split("|"))) for row in table("offices.csv")
}


_OFFICE_WORDS = frozenset(title[-1] for title in _OFFICES)


def _office(sentence: Sentence, i: int, seen: Discourse) -> Mention | None:
    """'the prime minister', 'China's foreign minister', 'the Treasury secretary': whoever holds the office."""
    words = sentence.words
    if words[i].low not in _OFFICE_WORDS:
        return None
    for title, (party, office) in _OFFICES.items():
        start = i - len(title) + 1
        if words[i].low != title[-1] or start < 1 or any(words[start + k].low != t for k, t in enumerate(title)):
            continue
        owner = _owner_before(words, start, seen) or party or _holding(seen, office)
        person = holder(owner, office, seen.published) if owner else None
        return Mention(start, i + 1, "person", (person.party or "",), person.name) if person else None
    return None


def _holding(seen: Discourse, office: tuple[str, ...]) -> str | None:
    """The side named most, of those that have such an office."""
    return next((c for c, _ in seen.counts.most_common() if holder(c, office, seen.published) is not None), None)


def _president_of(seen: Discourse) -> str:
    last = seen.last_person
    if last is not None and last.parties and holder(last.parties[0], ("president of",), seen.published) is not None:
        person = holder(last.parties[0], ("president of",), seen.published)
        if person is not None and person.name == last.name:
            return last.parties[0]
    return "USA"


def _owner_before(words: list[Word], i: int, seen: Discourse) -> str | None:
    """The economy whose minister it is: 'China's foreign minister'."""
    sentence = Sentence(words, 0, False)
    for at in range(i - 1, max(-1, i - 4), -1):
        for named in found_at(sentence, at, sides()):
            if named.kind == "party":
                return named.parties[0]
    return None


def _stranger(sentence: Sentence, i: int, seen: Discourse, before: list[Mention]) -> Mention | None:
    """Somebody the record does not know, by a title before or after the name."""
    words = sentence.words
    if not words[i].capital or not words[i].text.isalpha() or words[i].low in _TITLES or len(words[i].text) < 2:
        return None
    if words[i].low in _NO_NAMES:
        return None
    if words[i].low in _LOCATIVE or words[i].low in ("on", "from", "by", "to", "for"):
        return None
    end = i
    while (
        end < len(words)
        and end - i < 4
        and (words[end].capital or words[end].low in ("de", "von", "der", "-"))
        and words[end].text.isalpha()
    ):
        end += 1
    if any(w.low in _TITLES for w in words[i:end]):
        return None
    ahead = words[i - 1].low if i else ""
    titled = ahead in _TITLES
    following = [w.low for w in words[end : end + 9]]
    described = end - i >= 2 and following[:1] == [","] and any(w in _TITLES for w in following[1:])
    if not titled and not described:
        return None
    name = " ".join(w.text for w in words[i:end])
    near = [m for m in before if m.end >= i - 6 and m.kind in ("party", "body") and m.parties]
    parties = (
        near[-1].parties if titled and near else (seen.last_party,) if ahead == "premier" and seen.last_party else ()
    )
    if described and not parties:
        parties = _party_within(sentence, end, end + 8)
    mention = Mention(i, end, "person", parties, name, role="stranger")
    seen.surnames[plain(words[end - 1].low)] = mention
    return mention


_NO_NAMES = word_set("verbs prepositions") | word_set("verbs days") | word_set("verbs determiners")


def _party_within(sentence: Sentence, start: int, end: int) -> tuple[str, ...]:
    for at in range(start, min(end, len(sentence.words))):
        for named in found_at(sentence, at, sides()):
            if named.parties and named.kind in ("party", "body"):
                return named.parties
    return ()


def _pronoun(word: Word, i: int, seen: Discourse, before: list[Mention], joined: bool) -> Mention | None:
    """A pronoun stands for the last side, person or pair that fits it; unresolved ones are left out."""
    low = word.low
    if low not in _PRONOUNS:
        return None
    if low in ("he", "she", "his", "her", "him"):
        fits = _female if low in ("she", "her") else _male
        beside = before[-1].name if joined and before and before[-1].end == i - 1 else None  # 'Trump and he'
        person = next((m for m in reversed(before) if m.kind == "person" and fits(m) and m.name != beside), None)
        if person is None:
            known = [seen.last_person, *reversed(seen.last_people)] if seen.last_person else []
            person = next((m for m in known if m is not None and fits(m) and m.name != beside), None)
        return Mention(i, i + 1, "pronoun", person.parties, person.name) if person else None
    if low in ("they", "their", "them"):
        return _they(i, seen, before)
    if low in ("we", "our"):
        return None
    fitting = [m for m in reversed(before) if m.kind in ("party", "body") and m.parties and len(m.parties) == 1]
    sided = next((m for m in fitting if not m.adjective), fitting[0] if fitting else None)
    party = sided.parties[0] if sided else seen.last_party
    return Mention(i, i + 1, "pronoun", (party,), "") if party else None


_WOMEN = word_set("names women")


def _female(m: Mention) -> bool:
    return plain(m.name.lower()).replace(" ", "_") in _WOMEN or m.role == "stranger"


def _male(m: Mention) -> bool:
    return plain(m.name.lower()).replace(" ", "_") not in _WOMEN


def _they(i: int, seen: Discourse, before: list[Mention]) -> Mention | None:
    group = next((m for m in reversed(before) if m.kind == "group"), None)
    if group is not None:
        return Mention(i, i + 1, "pronoun", group.parties, "", people=group.people)
    if seen.joined is not None and not any(m.kind == "person" for m in before):
        return Mention(i, i + 1, "pronoun", seen.joined.parties, "", people=seen.joined.people)
    pair = _pair_here(seen, before)
    return Mention(i, i + 1, "pronoun", pair, "") if len(pair) == 2 else None


def _note(sentence: Sentence, found: list[Mention], seen: Discourse) -> None:
    """Remember who was named."""
    named = []
    first = True  # the first person of a sentence is whom the next one goes on about
    for m in found:
        if m.kind in ("party", "person", "body") and m.parties:
            seen.counts[m.parties[0]] += 1
            named.append(m.parties[0])
        if m.kind == "pronoun" and m.name:
            first = False
        if m.kind == "person":
            if first or seen.last_person is None:
                seen.last_person, first = m, False
            seen.last_people = [*[p for p in seen.last_people if p.name != m.name], m][-6:]
            words = m.name.split()
            seen.offices.setdefault(m.name, "")
            if len(words) > 1 and m.end - m.start > 1:
                key = plain(words[0] if m.parties == ("CHN",) or _east_asian(m) else words[-1])
                seen.surnames.setdefault(key, m)
        elif m.kind == "body" and m.parties:
            seen.last_body = m if m.role == "ministry" or seen.last_body is None else seen.last_body
    people = [m for m in found if m.kind == "person" and m.parties]
    seen.joined = None
    if len(people) >= 2 and people[0].parties == people[1].parties and people[1].start - people[0].end <= 6:
        seen.joined = Mention(0, 0, "group", people[0].parties, "", people=(people[0].name, people[1].name))
    pair = list(dict.fromkeys(named))
    if len(pair) == 2:
        seen.pair_now = tuple(pair)
    short = len(sentence.words) <= 4
    subject = next(
        (m for m in found if m.kind in ("party", "body", "person") and m.parties and (short or not m.adjective)), None
    )
    if subject is not None:
        seen.last_party = subject.parties[0]


def _east_asian(m: Mention) -> bool:
    return m.parties in (("KOR",), ("TWN",))
