"""Names that can be looked up: economies, officials, bodies, goods, places, each as a sequence of words.

Economies and people are those of `detente.terms` and of the record's officials; only what these do not hold stands in
this room's own lists.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from detente.read.tables import table, word_set
from detente.read.words import Sentence, words_of
from detente.record import officials
from detente.terms import spellings

if TYPE_CHECKING:
    from detente.record import Official

# Names of economies that mostly mean something else in the press of this field.
_NOT_PARTIES = word_set("gazetteer not parties")
_SURNAMES_LIKE_WORDS = word_set("gazetteer surnames like words")
_MORE = {
    "U.S.": "USA",
    "US": "USA",
    "U.S": "USA",
    "U.S.A.": "USA",
    "USA": "USA",
    "UK": "GBR",
    "U.K.": "GBR",
    "EU": "EU",
    "E.U.": "EU",
    "Brussels": "EU",
    "European": "EU",
    "Europeans": "EU",
    "Europe": "EU",
    "American": "USA",
    "Americans": "USA",
    "America": "USA",
    "Canadians": "CAN",
    "Mexicans": "MEX",
    "British": "GBR",
    "Britain": "GBR",
    "Swiss": "CHE",
    "Bern": "CHE",
    "Berne": "CHE",
    "Delhi": "IND",
    "Türkiye": "TUR",
    "Turkey": "TUR",
    "South Korea": "KOR",
    "South Korean": "KOR",
    "South Koreans": "KOR",
    "Hague": "NLD",
}

_ADJECTIVES = frozenset({"European", "US", "U.S.", "EU", "UK", "U.K.", "American", "British", "Swiss", "South Korean"})


@dataclass(frozen=True, slots=True)
class Named:
    """What a sequence of words stands for. `about` is the official for a person, else None."""

    kind: str  # party, person, body, product, place
    words: tuple[str, ...]
    parties: tuple[str, ...]
    name: str
    adjective: bool = False
    capital: bool = True
    city: bool = False
    role: str = ""
    about: Official | None = None


def plain(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("’", "'")


def found_at(sentence: Sentence, place: int, lists: dict[str, list[Named]]) -> list[Named]:
    """The names that begin with a word, longest first, by capital letters where the name has them."""
    first = sentence.words[place]
    candidates = lists.get(plain(first.low))
    if candidates is None:
        return []
    return [c for c in candidates if _fits(sentence, place, c)]


def _fits(sentence: Sentence, place: int, named: Named) -> bool:
    words = sentence.words
    if place + len(named.words) > len(words):
        return False
    if named.capital and not words[place].capital:
        return False
    if len(named.words) == 1:
        shown = words[place].text
        return len(shown) > 3 or not named.name.isupper() or shown.isupper()
    return all(plain(words[place + i].low) == w for i, w in enumerate(named.words))


@cache
def sides() -> dict[str, list[Named]]:
    """Economies, officials and bodies by their first word."""
    return _by_first_word([*_economies(), *_people(), *_others(), *_bodies()])


@cache
def goods() -> dict[str, list[Named]]:
    """Goods by their first word."""
    return _by_first_word(
        [Named("product", words_of(r["name"]), (), r["name"], capital=False) for r in table("products.csv")]
    )


@cache
def places() -> dict[str, list[Named]]:
    """Places by their first word: cities of talks, and every capital and economy."""
    known = [Named("place", words_of(r["name"]), (), r["name"]) for r in table("places.csv")]
    return _by_first_word(known)


def same_place(one: str, other: str) -> bool:
    """Whether two places can be one: the same, one named in the other, or a city and its country."""
    a, b = plain(one), plain(other)
    if a in b or b in a:
        return True
    country = {plain(r["name"]): plain(r["in"]) for r in table("places.csv") if r.get("in")}
    return any(c and c in y for x, y in ((a, b), (b, a)) for city, c in country.items() if city in x)


@cache
def leaders() -> dict[str, list[Official]]:
    """The officials of each economy."""
    out: dict[str, list[Official]] = {}
    for person in officials():
        out.setdefault(person.party or "", []).append(person)
    return out


def holder(party: str, words: tuple[str, ...], day: date) -> Official | None:
    """Who held, on a day, an office of a party whose title has one of the words in it."""
    for person in leaders().get(party, []):
        for office in person.offices:
            title = office.office.lower()
            held = office.from_ <= day and (office.until is None or day < office.until)
            if held and title.startswith(words):
                return person
    return None


def in_office(person: Official, day: date) -> bool:
    """Whether somebody held an office on a day or in the year before or after."""
    year = timedelta(days=400)
    return any(o.from_ - year <= day and (o.until is None or day < o.until + year) for o in person.offices)


def _by_first_word(names: list[Named]) -> dict[str, list[Named]]:
    out: dict[str, list[Named]] = {}
    for named in names:
        if named.words:
            out.setdefault(named.words[0], []).append(named)
    return {first: sorted(group, key=lambda n: -len(n.words)) for first, group in out.items()}


def _economies() -> list[Named]:
    """Names, adjectives and capitals of economies, and what else they are called."""
    out = [Named("party", words_of(n), (c,), n, n in _ADJECTIVES, city=n == "Brussels") for n, c in _MORE.items()]
    out += [
        Named("place", words_of(n), (), n)
        for n in ("North America", "South America", "Latin America", "Central America")
    ]
    out += [Named("party", words_of("North American"), ("USA", "CAN", "MEX"), "North American", True)]
    taken = {n.words for n in out}
    for name, code, spelt in spellings():
        adjective, city = spelt == "adjective", spelt == "capital"
        words = words_of(name)
        if words and words not in taken and plain(name) not in _NOT_PARTIES and len(name) > 3:
            taken.add(words)
            out.append(Named("party", words, (code,), name, adjective, city=city))
            if adjective and name.endswith("an") and (plural := words_of(name + "s")) not in taken:
                taken.add(plural)
                out.append(Named("party", plural, (code,), name + "s"))
    return out


def _people() -> list[Named]:
    out = []
    for person in officials():
        sides_of = (person.party,) if person.party else ()
        for name in dict.fromkeys((person.name, *person.aliases)):
            words = words_of(name)
            role = "" if len(words) > 1 else "common" if plain(name) in _SURNAMES_LIKE_WORDS else "surname"
            out.append(
                Named("person", words, sides_of, person.name, capital=name[:1].isupper(), role=role, about=person)
            )
    return out


def _others() -> list[Named]:
    """People of the room's own list, by full name and by the surname where that means nobody else."""
    out = []
    for row in table("people.csv"):
        for name in dict.fromkeys(n for n in (row["name"], row["alone"]) if n):
            out.append(Named("person", words_of(name), (row["party"],), row["name"]))
    return out


def _bodies() -> list[Named]:
    return [
        Named(
            "body",
            words_of(r["name"]),
            (r["party"],) if r["party"] else (),
            r["name"],
            capital=r["name"][:1].isupper(),
            role=r["kind"],
        )
        for r in table("institutions.csv")
    ]
