"""Economies: the code a name stands for, and the name of a code.

A code is ISO 3166-1 alpha-3, XKX for Kosovo, `EU`, or `ROW`; `ALL` in a record means every partner and is no economy.
A name is read as a bag of words without case, accents, dots and order, so that 'Korea, South', 'SOUTH KOREA' and
'S. Korea' are one; looked up as written, a trade panel loses its rows of Türkiye, Macao and Côte d'Ivoire. A word for
two economies ('Congo') is a fault, never a guess. Codes are strings: `NA` is Namibia, not a missing value.
`tests/terms/test_economies.py` reads every name in the tables back.
"""

from __future__ import annotations

import csv
import os
import re
import unicodedata
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from detente.terms.days import Interval, parse_day, say_day
from detente.terms.faults import Fault, InputFault, did_you_mean

_ALLOWED = "an ISO 3166-1 alpha-3 code, EU, ROW, or the name of one economy"
_SILENT = re.compile(r"'s\b|[.']")
_WORD = re.compile(r"[^\W_]+")
_COUNTED_EU = r"(?:the )?(?:EU|European Union)[ (-]*(\d{1,3})(?: countries)?\)?(?:[ _(-]*(?:from )?2020\)?)?"
_SHORT_FOR = {
    "dem": "democratic",
    "is": "islands",
    "island": "islands",
    "n": "north",
    "peoples": "people",
    "rep": "republic",
    "s": "south",
    "st": "saint",
}


class _Economy(NamedTuple):
    code: str
    alpha2: str
    name: str
    adjective: str
    capital: str


class _Membership(NamedTuple):
    union: str
    member: str
    term: Interval


def economy(name: str, on: date | None = None, path: str = "economy") -> str:
    """The code that `name` stands for: a code, name, adjective, or the capital of a government.

    `on` is the day the name was used: 'EU28' is the EU only while it had 28 members (None: any day). Raises
    `InputFault` at `path` for an unknown name, with the nearest one; for an ambiguous name, with the candidates;
    and for a union counted wrongly on that day.
    """
    codes = _codes(name)
    if len(codes) == 1:
        return codes[0]
    if isinstance(name, str) and (counted := re.fullmatch(_COUNTED_EU, name.strip(), re.IGNORECASE)):
        return _counted_union(int(counted[1]), on, path)
    raise InputFault([Fault(path, _why_not(name, codes), allowed=" or ".join(codes) or _ALLOWED)])


def economy_name(code: str) -> str:
    """The common name of a code; raises `InputFault` for anything but a code."""
    return _entry(code).name


def adjective(code: str) -> str:
    """The adjective of a code, or its name where no adjective is its own; raises `InputFault` for a non-code."""
    return _entry(code).adjective or _entry(code).name


def is_economy(code: str) -> bool:
    """True for a code exactly as written in a record; names, alpha-2 codes and `ALL` are not."""
    return code in _economies()


def spellings() -> list[tuple[str, str, Literal["name", "adjective", "capital", "alias"]]]:
    """Every way an economy is written, with its code and what the spelling is; ambiguous aliases are left out."""
    out: list[tuple[str, str, Literal["name", "adjective", "capital", "alias"]]] = []
    for e in _economies().values():
        out += [(e.name, e.code, "name"), (e.adjective, e.code, "adjective"), (e.capital, e.code, "capital")]
    out += [(row["alias"], row["code"], "alias") for row in _table("aliases.csv") if "|" not in row["code"]]
    return [spelling for spelling in out if spelling[0]]


def all_codes() -> tuple[str, ...]:
    """Every economy code, in alphabetical order."""
    return tuple(_economies())


def members(union: str, on: date) -> tuple[str, ...]:
    """The member economies of a union on a day, in alphabetical order (none before its founding).

    Membership is not the customs territory: the United Kingdom left the EU after 31 Jan 2020 and kept the EU's
    tariff through 31 Dec 2020. Raises `InputFault` for anything but a union's code.
    """
    terms = [m for m in _memberships() if m.union == union]
    if not terms:
        known = ", ".join(sorted({m.union for m in _memberships()}))
        raise InputFault([Fault("union", f"'{union}' is not a union.", allowed=known)])
    return tuple(sorted(m.member for m in terms if on in m.term))


def union_of(code: str, on: date) -> str | None:
    """The union a code is a member of on a day, or None; raises `InputFault` for a non-code."""
    member = _entry(code).code
    return next((m.union for m in _memberships() if m.member == member and on in m.term), None)


def _codes(name: str) -> tuple[str, ...]:
    """The codes a name can stand for; none when it is unknown or no text (a code `NA` read as missing)."""
    if not isinstance(name, str):
        return ()
    return (name,) if name in _economies() else _index().get(_key(name), ())


def _key(name: str) -> str:
    """A name without case, accents, punctuation, fillers and order ('and' stays: it joins two economies)."""
    text = _SILENT.sub("", _unaccented(name).casefold().replace("&", " and "))
    words = [word for word in _WORD.findall(text) if word not in ("the", "of")]
    return " ".join(sorted({_SHORT_FOR.get(word, word) for word in words}) if len(words) > 1 else words)


def _unaccented(text: str) -> str:
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _why_not(name: str, codes: tuple[str, ...]) -> str:
    if not isinstance(name, str):
        return f"{name!r} is not text; a code such as 'NA' (Namibia) may have been read as missing."
    if codes:
        meanings = " or ".join(f"{code} ({economy_name(code)})" for code in codes)
        return f"'{name}' can mean {meanings}."
    if name.strip().upper() == "ALL":
        return f"'{name}' means every partner and is not one economy."
    return f"'{name}' is not a known economy.{did_you_mean(name, _known(name))}"


def _known(name: str) -> list[str]:
    """What a name may have been meant to be: codes for something as short as a code, else names."""
    if len(name.strip()) <= 3:
        return list(all_codes())
    names = [text for e in _economies().values() for text in (e.name, e.adjective, e.capital) if text]
    return names + [row["alias"] for row in _table("aliases.csv")]


def _counted_union(count: int, on: date | None, path: str) -> str:
    """The EU named by how many members it has, if it had as many `on` that day or, for None, on any day."""
    turns = {day for m in _memberships() for day in (m.term.start, m.term.until) if day}
    counts = {len(members("EU", day)) for day in ([on] if on else turns)}
    if count in counts:
        return "EU"
    had = f"had {counts.pop()} members on {say_day(on)}, not {count}" if on else f"never had {count} members"
    raise InputFault([Fault(path, f"The EU {had}.", allowed=_ALLOWED)])


def _entry(code: str) -> _Economy:
    if code in _economies():
        return _economies()[code]
    near = _codes(code)
    hint = f" Did you mean {near[0]}?" if len(near) == 1 else ""
    raise InputFault([Fault("economy", f"'{code}' is not an economy code.{hint}", allowed="one of all_codes()")])


@cache
def _index() -> dict[str, tuple[str, ...]]:
    """The codes of every key; the first column that claims a key keeps it, aliases come last."""
    index: dict[str, tuple[str, ...]] = {}
    for column in zip(*_economies().values(), strict=True):
        for code, text in zip(all_codes(), column, strict=True):
            index.setdefault(_key(text), (code,))
    for row in _table("aliases.csv"):
        index.setdefault(_key(row["alias"]), tuple(row["code"].split("|")))
    del index[""]  # the blank cells
    return index


@cache
def _economies() -> dict[str, _Economy]:
    return {row["code"]: _Economy(**row) for row in _table("economies.csv")}


@cache
def _memberships() -> tuple[_Membership, ...]:
    return tuple(_membership(row) for row in _table("unions.csv"))


def _membership(row: dict[str, str]) -> _Membership:
    until = parse_day(row["until"], "until") if row["until"] else None
    return _Membership(row["union"], row["member"], Interval(parse_day(row["from"], "from"), until))


def _table(name: str) -> list[dict[str, str]]:
    """The rows of a table beside this module; importlib.resources or pkgutil would take 10 ms to open."""
    with open(os.path.join(os.path.dirname(__file__), "data", name), encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
