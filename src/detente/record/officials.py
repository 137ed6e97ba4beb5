"""Who held which office on a day: the people of the record, kept once for all disputes.

Entries elsewhere name persons plainly, as the sources do; their offices are looked up here by the day asked about, so
that nobody is given a title of a later day. How far an office was checked travels with the answer.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from detente.record.files import OFFICIALS
from detente.record.index import compiled

if TYPE_CHECKING:
    from detente.record.entries import Office, Official, Record


@dataclass(frozen=True, slots=True)
class Held:
    """An office as held on a day asked about: by whom, over which days `[from_, until)`, and how far checked."""

    official: str
    name: str
    party: str | None
    office: str
    institution: str
    from_: date
    until: date | None
    verified: str


def officials() -> list[Official]:
    """The people of the record with their offices, from the compiled index."""
    return list(_record().officials)


def official(name: str) -> Official | None:
    """The person a name or alias belongs to, whatever its case, accents and dots; None if nobody is known by it."""
    return _by_name().get(folded_name(name))


def office_of(name: str, day: date) -> Held | None:
    """The leading office a person held on a day, None where the record knows of none."""
    return next(iter(offices_of(name, day)), None)


def offices_of(name: str, day: date) -> list[Held]:
    """Every office a person held on a day, the leading one first; empty where the record knows of none.

    Past the day the record is complete through an office without an end may have ended: it comes back unverified.
    """
    person = official(name)
    if person is None:
        return []
    return [_held(person, x, day) for x in person.offices if _holds(x, day)]


def folded_name(name: str) -> str:
    """A name for comparison: no accents, case, dots, hyphens or doubled spaces."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(" " if c == "-" else c for c in plain if not unicodedata.combining(c) and c not in ".’'")
    return " ".join(letters.split())


def _holds(office: Office, day: date) -> bool:
    if day < office.from_ or (office.until is not None and day >= office.until):
        return False
    return office.seen is None or day <= office.seen


def _held(person: Official, x: Office, day: date) -> Held:
    verified = "unverified" if day > _record().header.covered_through else x.verified
    return Held(person.id, person.name, person.party, x.office, x.institution, x.from_, x.until, verified)


@cache
def _record() -> Record:
    return compiled(OFFICIALS)


@cache
def _by_name() -> dict[str, Official]:
    return {folded_name(n): x for x in _record().officials for n in (x.name, *x.aliases)}
