"""Sources, lists of goods, and names: what keeps a record readable and its numbers traceable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from detente.record.rules.books import Books, Breach, Where, rule

_LINK = re.compile(r"https?://[^\s/]+\.[^\s/]+\S*\Z")
_KEBAB = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*\Z")


@rule("R47", "readings of at least two sources, and the one that is followed")
def _sources_differ(books: Books) -> Iterator[Breach]:
    """Where sources differ, at least two are named."""
    for entry in books.loaded.entries["discrepancies"]:
        if len({reading.source for reading in entry.readings}) < 2:
            detail = f"Only {entry.readings[0].source} is."
            yield Breach("discrepancies", entry.id, ("readings",), detail)


@rule("R48", "the id of the source where it is used; or take it out", whole=True)
def _sources_are_used(books: Books) -> Iterator[Breach]:
    """Every source is named somewhere."""
    used = {name for _, _, _, thing in books.sourced() for name in thing.sources}
    used |= {r.source for entry in books.loaded.entries["discrepancies"] for r in entry.readings}
    for source in books.loaded.entries["sources"]:
        if source.id not in used:
            yield Breach("sources", source.id, ("id",), f"Nothing rests on '{source.id}'.")


@rule("R49", "an address that begins with https:// or http://; null where none was kept")
def _links_are_addresses(books: Books) -> Iterator[Breach]:
    """A link is an address on the web."""
    for source in books.loaded.entries["sources"]:
        if source.link is not None and not _LINK.match(source.link):
            yield Breach("sources", source.id, ("link",), f"'{source.link}' is none.")


@rule("R50", "partly, seen-no-address or unverified, as its sources are; or a source that was read", whole=True)
def _no_better_than_its_sources(books: Books) -> Iterator[Breach]:
    """What is verified does not rest on unverified sources alone."""
    known = books.by_id["sources"]
    for section, entry, where, thing in books.sourced():
        words = {known[name].verified for name in thing.sources if name in known}
        if getattr(thing, "verified", None) == "verified" and words and words <= {"unverified", "seen-no-address"}:
            detail = f"Its sources are {', '.join(sorted(words))}."
            yield Breach(section, entry.id, (*where, "verified"), detail)


@rule("R51", "the prefixes that decide; take this one out")
def _no_idle_codes(books: Books) -> Iterator[Breach]:
    """A prefix of a code list says something its next shorter prefix does not."""
    for scope in books.scopes:
        codes = books.loaded.codes.get(scope.id, {})
        idle = [code for code in codes if code != "*" and _inherited(code, codes) == (codes[code],)]
        if idle and ":" not in (scope.codes or ""):
            more = f" and {len(idle) - 3} more" if len(idle) > 3 else ""
            yield Breach("scopes", scope.id, ("codes",), f"{', '.join(idle[:3])}{more} in {scope.codes}.")


def _inherited(code: str, codes: dict[str, bool | None]) -> tuple[bool | None, ...]:
    """What a prefix would say were it not listed; empty where no shorter one is listed and it adds something."""
    shorter = next((code[:n] for n in range(len(code) - 1, 0, -1) if code[:n] in codes), None)
    if shorter is not None:
        return (codes[shorter],)
    return (codes["*"],) if "*" in codes else (False,)


@rule("R52", "the edition of the tariff schedule the codes are taken from, such as HTS 2025 or HS 2022")
def _codes_have_a_vintage(books: Books) -> Iterator[Breach]:
    """A list of codes says of which edition of a tariff schedule they are."""
    for scope in books.scopes:
        if scope.codes is not None and ":" not in scope.codes and not scope.vintage:
            yield Breach("scopes", scope.id, ("codes",), "There is no vintage.")


@rule("R53", "a measure with the instrument that sets it; or take it out", whole=True)
def _measures_are_changed(books: Books) -> Iterator[Breach]:
    """Every measure is set by some instrument."""
    changed = {change.measure for _, _, change in books.changes() if change.set is not None}
    for measure in books.measures:
        if measure.id not in changed:
            yield Breach("measures", measure.id, ("id",), f"None sets '{measure.id}'.")


@rule("R54", "one measure with the changes of both; or titles that tell them apart")
def _measures_are_told_apart(books: Books) -> Iterator[Breach]:
    """No two measures share imposer, authority and title."""
    seen: dict[tuple[str, str, str], str] = {}
    for measure in books.measures:
        key = (measure.imposer, measure.authority.casefold(), measure.title.casefold())
        if seen.setdefault(key, measure.id) != measure.id:
            yield Breach("measures", measure.id, ("title",), f"'{seen[key]}' has the same.")


@rule("R55", "the scope in a change or as the goods of a measure; or take it out", whole=True)
def _scopes_are_used(books: Books) -> Iterator[Breach]:
    """Every scope is used by a measure or a change."""
    used = {measure.goods for measure in books.measures}
    used |= {name for _, _, change in books.changes() for name in (change.goods, change.exempt) if name}
    used |= {name for s in ("claims", "discrepancies") for e in books.loaded.entries[s] for name in e.about}
    used |= {scope.within for scope in books.scopes if scope.within}
    for scope in books.scopes:
        if scope.id not in used:
            yield Breach("scopes", scope.id, ("id",), f"Nothing uses '{scope.id}'.")


@rule("R56", "lower-case words and numbers, joined by single hyphens or dots")
def _ids_are_words(books: Books) -> Iterator[Breach]:
    """An id is made of words joined by single hyphens."""
    for section, entry, where, name in _ids(books):
        if not _KEBAB.match(name):
            yield Breach(section, entry, where, f"'{name}' is not.")


def _ids(books: Books) -> Iterator[tuple[str, str, Where, str]]:
    for section, entries in books.loaded.entries.items():
        for entry in entries:
            yield section, entry.id, ("id",), entry.id
    for arrangement in books.arrangements:
        for index, commitment in enumerate(arrangement.commitments):
            yield "arrangements", arrangement.id, ("commitments", index, "id"), commitment.id


@rule("R57", "the prefix the party's other acts and measures have")
def _prefixes_are_kept(books: Books) -> Iterator[Breach]:
    """The first word of the id of a measure or an act stands for one party."""
    owner: dict[str, str] = {}
    named: list[tuple[str, Any, str]] = [("measures", m, m.imposer) for m in books.measures]
    named += [("instruments", i, i.by) for i in books.instruments]
    for section, entry, party in named:
        prefix = entry.id.split("-")[0]
        if owner.setdefault(prefix, party) != party:
            detail = f"'{prefix}' stands for {owner[prefix]} elsewhere, here for {party}."
            yield Breach(section, entry.id, ("id",), detail)
