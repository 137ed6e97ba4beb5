"""What an entry names is in the record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from detente.record.entries import STACKING, Change, Instrument
from detente.record.rules.books import Books, Breach, Where, rule


@rule("R01", "the id of a source in sources.yaml; add the document there first")
def _sources_exist(books: Books) -> Iterator[Breach]:
    """Every source named is a source of the record."""
    known = books.by_id["sources"]
    for section, entry, where, thing in books.sourced():
        for index, name in enumerate(thing.sources):
            if books.lacks(name, known):
                yield Breach(section, entry.id, (*where, "sources", index), books.missing("source", name, known))
    for entry in books.loaded.entries["discrepancies"]:
        for index, reading in enumerate(entry.readings):
            if books.lacks(reading.source, known):
                below: Where = ("readings", index, "source")
                yield Breach("discrepancies", entry.id, below, books.missing("source", reading.source, known))


@rule("R02", "the id of a measure in measures.yaml")
def _measures_exist(books: Books) -> Iterator[Breach]:
    """A change is to a measure of the record, and so is what a clock names or a measure gives way to."""
    known = books.by_id["measures"]
    named: list[tuple[str, str, Where, str]] = [
        ("instruments", instrument.id, ("changes", index, "measure"), change.measure)
        for instrument, index, change in books.changes()
    ]
    for instrument, index, change in books.changes():
        for key in STACKING:
            where: Where = ("changes", index, key)
            named += [("instruments", instrument.id, where, name) for name in getattr(change, key) or ()]
    for arrangement in books.arrangements:
        named += [("arrangements", arrangement.id, ("clock", n), name) for n, name in enumerate(arrangement.clock)]
    for measure in books.measures:
        way = "not_on_goods_subject_to"
        named += [("measures", measure.id, (way, n), name) for n, name in enumerate(measure.not_on_goods_subject_to)]
    for section, entry, place, name in named:
        if books.lacks(name, known):
            yield Breach(section, entry, place, books.missing("measure", name, known))


@rule("R03", "all, or the id of a scope in scopes.yaml")
def _scopes_exist(books: Books) -> Iterator[Breach]:
    """Goods are 'all' or a scope of the record."""
    known = {"all", *books.by_id["scopes"]}
    for scope in books.scopes:
        if scope.within is not None and books.lacks(scope.within, known):
            yield Breach("scopes", scope.id, ("within",), books.missing("scope", scope.within, known))
    for measure in books.measures:
        if books.lacks(measure.goods, known):
            yield Breach("measures", measure.id, ("goods",), books.missing("scope", measure.goods, known))
    for instrument, index, change in books.changes():
        for key in ("goods", "exempt"):
            name = getattr(change, key)
            if name is not None and books.lacks(name, known):
                where = ("changes", index, key)
                yield Breach("instruments", instrument.id, where, books.missing("scope", name, known))


@rule("R04", "the id of an instrument published by then that sets, suspends or exempts under the same measure")
def _named_instruments_exist(books: Books) -> Iterator[Breach]:
    """An instrument that is revoked or stayed is in the record, was published no later, and changed that measure."""
    known = books.by_id["instruments"]
    for instrument, index, change, key, name in _named(books):
        where = ("changes", index, key)
        earlier = known.get(name)
        if earlier is None:
            if books.lacks(name, known):
                yield Breach("instruments", instrument.id, where, books.missing("instrument", name, known))
        elif earlier.published > instrument.published:
            detail = f"'{name}' was published on {earlier.published}, after {instrument.published}."
            yield Breach("instruments", instrument.id, where, detail)
        elif not any(c.measure == change.measure for c in earlier.changes):
            yield Breach("instruments", instrument.id, where, f"'{name}' makes no change to {change.measure}.")


def _named(books: Books) -> Iterator[tuple[Instrument, int, Change, str, str]]:
    for instrument, index, change in books.changes():
        for key, value in (("revoke", change.revoke), ("suspend", change.suspend)):
            for name in value.instruments if value is not None else ():
                yield instrument, index, change, key, name


@rule("R07", "the id of an arrangement, a commitment or a claim of the record")
def _arrangements_exist(books: Books) -> Iterator[Breach]:
    """What an entry carries out, renews, implements, answers or settles is in the record."""
    arrangements = books.by_id["arrangements"]
    for section, key in (("instruments", "carries_out"), ("arrangements", "renews"), ("arrangements", "implements")):
        for entry in books.loaded.entries[section]:
            name = getattr(entry, key)
            if name and books.lacks(name, arrangements):
                yield Breach(section, entry.id, (key,), books.missing("arrangement", name, arrangements))
    yield from _settled_exist(books)


def _settled_exist(books: Books) -> Iterator[Breach]:
    known = {**books.by_id["claims"], **books.by_id["arrangements"], **books.commitments}
    for section, entry, where, thing in books.sourced():
        for key in ("settles", "answers"):
            for index, name in enumerate(getattr(thing, key, ())):
                if books.lacks(name, known):
                    detail = books.missing("claim or arrangement", name, known)
                    yield Breach(section, entry.id, (*where, key, index), detail)


@rule("R08", "the id of a measure, instrument, arrangement, commitment, talk, claim or scope")
def _about_something(books: Books) -> Iterator[Breach]:
    """What an entry is about is in the record."""
    known = set(books.commitments)
    for section in ("measures", "instruments", "arrangements", "talks", "claims", "scopes"):
        known |= books.by_id[section].keys()
    for section, entries in books.loaded.entries.items():
        for entry in entries:
            for index, name in enumerate(getattr(entry, "about", ())):
                if books.lacks(name, known):
                    yield Breach(section, entry.id, ("about", index), books.missing("entry", name, known))


@rule("R14", "an id of its own, and the new id wherever this entry is meant")
def _ids_are_unique(books: Books) -> Iterator[Breach]:
    """An id names one thing in the whole record, sources, scopes and discrepancies apart."""
    seen: dict[str, str] = {}
    for section, entries in books.loaded.entries.items():
        for entry in entries if section not in ("sources", "scopes", "discrepancies") else ():
            if entry.id in seen:
                yield Breach(section, entry.id, ("id",), f"'{entry.id}' is already in {seen[entry.id]}.")
            seen.setdefault(entry.id, section)
    yield from _commitment_ids(books, seen)


def _commitment_ids(books: Books, seen: dict[str, str]) -> Iterator[Breach]:
    for arrangement in books.arrangements:
        for index, commitment in enumerate(arrangement.commitments):
            if commitment.id in seen:
                detail = f"'{commitment.id}' is already in {seen[commitment.id]}."
                yield Breach("arrangements", arrangement.id, ("commitments", index, "id"), detail)
            seen[commitment.id] = "commitments"


@rule("R18", "the id of the instrument the list belongs to, in this record; or no act, and the act in a note")
def _acts_of_scopes_exist(books: Books) -> Iterator[Breach]:
    """The act a list of goods belongs to is an instrument of the record."""
    known = books.by_id["instruments"]
    for scope in books.scopes:
        if scope.act is not None and books.lacks(scope.act, known):
            yield Breach("scopes", scope.id, ("act",), books.missing("instrument", scope.act, known))


@rule("R19", "references that lead back in time, never round")
def _no_cycles(books: Books) -> Iterator[Breach]:
    """Nothing gives way to, renews, carries out, answers or settles itself, directly or through others."""
    for section, key in _LINKS:
        links = {e.id: _links(e, key) for e in books.loaded.entries[section]}
        for ring in _rings(links):
            yield Breach(section, ring[0], (key,), f"{' -> '.join((*ring, ring[0]))}.")


_LINKS = (
    ("measures", "not_on_goods_subject_to"),
    ("arrangements", "renews"),
    ("arrangements", "implements"),
    ("claims", "answers"),
    ("claims", "settles"),
)


def _links(entry: Any, key: str) -> list[str]:
    value = getattr(entry, key)
    return [value] if isinstance(value, str) else list(value or ())


def _rings(links: dict[str, list[str]]) -> Iterator[list[str]]:
    """Each ring once, from its first entry in order of the file; depth first and without recursion."""
    done: set[str] = set()
    for start in links:
        path: list[str] = []
        todo = [(start, 0)]
        while todo:
            name, depth = todo.pop()
            del path[depth:]
            if name in path:
                yield path[path.index(name) :]
            elif name in links and name not in done:
                path.append(name)
                done.add(name)
                todo += [(other, depth + 1) for other in reversed(links[name])]
