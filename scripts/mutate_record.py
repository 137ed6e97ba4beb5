"""Is a changed number noticed? One value of a shipped record is changed at random, many times over.

    python scripts/mutate_record.py --sample 200 --seed 1
    python scripts/mutate_record.py --sample 200 --seed 1 --behaviour 24

Each mutant has one rate, one sign (what a change does) or one day changed, as if in the YAML. It is counted as caught
by the reading (the entry is refused), by an integrity rule, and by the ledger; `--behaviour` also runs the tests of
rates and days on so many of the mutants, to say what would be noticed without the second entry. Exit status 1 if one
escapes. `tests/record/test_mutations.py` runs a sample.
"""

from __future__ import annotations

import argparse
import calendar
import contextlib
import copy
import dataclasses
import importlib
import io
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

sys.path.insert(0, str(Path(__file__).parents[1]))

from scripts import ledger

from detente.record.folder import SECTIONS, Loaded, load_folder
from detente.record.rules import broken
from detente.terms import FaultList

BEHAVIOUR = ("tests/questions/test_status_us_china.py", "tests/record/test_us_world.py", "tests/duties/test_stacks.py")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_RATE = re.compile(r"(\d+(?:\.\d+)?)(%|pp|% total)\Z")
Where = tuple[str | int, ...]


class Site(NamedTuple):
    """One value that can be changed: the dispute, the part, the entry, the way inside it, and what kind it is."""

    dispute: str
    part: str
    id: str
    where: Where
    kind: str


class Mutant(NamedTuple):
    """A changed value: where, what it was, and the entry as it would then stand in the YAML."""

    site: Site
    said: str
    raw: dict[str, Any]


class Shelf:
    """A shipped record as read once, with its ledger, from which mutants are made and on which they are tried."""

    def __init__(self, dispute: str) -> None:
        self.dispute = dispute
        self.loaded = load_folder(ledger.records()[dispute])
        self.ledger = ledger.kept(dispute)

    @cached_property
    def rows(self) -> dict[tuple[str, str], list[ledger.Row]]:
        """The statements of the record by entry."""
        out: dict[tuple[str, str], list[ledger.Row]] = {}
        for row in ledger.statements(self.loaded):
            out.setdefault((row.part, row.id), []).append(row)
        return out

    def raw(self, part: str, name: str) -> dict[str, Any]:
        """An entry as it stands in the YAML."""
        place = self.loaded.places[part, name]
        found = place.tree.data
        for step in place.where:
            found = found[step]
        return dict(found)

    def sites(self) -> Iterator[Site]:
        """Every value of the record that can be changed."""
        for part, name in self.rows:
            if part != "dispute":
                yield from self.sites_of(part, name)

    def sites_of(self, part: str, name: str) -> Iterator[Site]:
        """The values of one entry that can be changed."""
        for where, kind in _values(self.raw(part, name), ()):
            yield Site(self.dispute, part, name, where, kind)

    def caught(self, mutant: Mutant) -> set[str]:
        """By what a mutant is noticed: `reading`, `rules`, `ledger`."""
        changed = self.changed(mutant)
        if changed is None:
            return {"reading"}
        broken(changed)
        return ({"rules"} if changed.faults else set()) | ({"ledger"} if self.differs(mutant) else set())

    def differs(self, mutant: Mutant) -> bool:
        """True when the ledger does not agree with the record so changed, or the entry is refused."""
        site = mutant.site
        try:
            entry = SECTIONS[site.part].model_validate(mutant.raw)
        except ValidationError:
            return True
        rows = {**self.rows, (site.part, site.id): ledger.of_entry(site.part, entry)}
        return bool(ledger.differences([row for found in rows.values() for row in found], self.ledger))

    def changed(self, mutant: Mutant) -> Loaded | None:
        """The record with the one entry changed; None where that entry is refused."""
        site = mutant.site
        try:
            entry = SECTIONS[site.part].model_validate(mutant.raw)
        except ValidationError:
            return None
        entries = dict(self.loaded.entries)
        entries[site.part] = [entry if e.id == site.id else e for e in entries[site.part]]
        return dataclasses.replace(self.loaded, entries=entries, faults=FaultList())


def _values(thing: Any, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(thing, dict):
        if _turned(thing) is not None:
            yield where, "sign"
        for key, value in thing.items():
            yield from _values(value, (*where, key))
    elif isinstance(thing, list):
        for index, value in enumerate(thing):
            yield from _values(value, (*where, index))
    elif isinstance(thing, str) and _DAY.match(thing):
        yield where, "day"
    elif isinstance(thing, str) and (_RATE.match(thing) or where[-1] == "amount"):
        yield where, "rate"


def _turned(change: dict[str, Any]) -> tuple[str, str, str | list[str]] | None:
    """What a change does, turned round: the key that goes, and the key and value that come."""
    if "measure" not in change:
        return None
    for gone, come, unit in (("set", "suspend", "pp"), ("suspend", "set", "%")):
        value = change.get(gone)
        if isinstance(value, str) and (rate := _RATE.match(value)):
            return gone, come, f"{rate[1]}{unit}"
    for gone, come in (("suspend", "revoke"), ("revoke", "suspend")):
        if gone in change:
            return gone, come, change[gone]
    return None


def mutant(shelf: Shelf, site: Site, draw: random.Random) -> Mutant:
    """The entry of a site with the one value changed."""
    raw = copy.deepcopy(shelf.raw(site.part, site.id))
    holder: Any = raw
    for step in site.where if site.kind == "sign" else site.where[:-1]:
        holder = holder[step]
    if site.kind == "sign":
        turned = _turned(holder)
        assert turned is not None
        gone, come, value = turned
        said = f"{gone} {holder.pop(gone)} -> {come} {value}"
        holder[come] = value
    else:
        key = site.where[-1]
        new = (_other_day if site.kind == "day" else _other_rate)(holder[key], draw)
        said = f"{holder[key]} -> {new}"
        holder[key] = new
    return Mutant(site, said, raw)


def _other_day(text: str, draw: random.Random) -> str:
    """A day, a month or a year earlier or later."""
    day, step = date.fromisoformat(text), draw.choice((-1, 1))
    unit = draw.choice(("day", "month", "year"))
    if unit == "day":
        return (day + timedelta(days=step)).isoformat()
    months = day.year * 12 + day.month - 1 + step * (1 if unit == "month" else 12)
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)).isoformat()


def _other_rate(text: str, draw: random.Random) -> str:
    """A rate or an amount higher or lower, never below nothing."""
    number = re.match(r"-?\d+(?:\.\d+)?", text)
    assert number is not None
    old = Decimal(number[0])
    step = draw.choice((Decimal("0.5"), Decimal(1), Decimal(5), Decimal(10)))
    new = old - step if draw.random() < 0.5 and old >= step else old + step
    return f"{new.normalize():f}{text[number.end() :]}"


def drawn(shelves: dict[str, Shelf], sample: int, seed: int) -> list[Mutant]:
    """A sample of mutants: rates, signs and days in equal parts, as far as they go, each site at most once."""
    draw = random.Random(seed)
    sites: dict[str, list[Site]] = {}
    for shelf in shelves.values():
        for site in shelf.sites():
            sites.setdefault(site.kind, []).append(site)
    taken = [s for found in sites.values() for s in draw.sample(found, min(-(-sample // len(sites)), len(found)))]
    draw.shuffle(taken)
    return [mutant(shelves[s.dispute], s, draw) for s in taken[:sample]]


def behaves(shelf: Shelf, one: Mutant) -> bool:
    """True when the tests of rates and days pass on a record with the mutant in it."""
    changed = shelf.changed(one)
    return changed is not None and _passes(shelf.dispute, changed)


def _passes(dispute: str, loaded: Loaded) -> bool:
    """Run the tests of rates and days with a record in place of the shipped one. Raises if they could not be run."""
    import pytest

    opened: Any = importlib.import_module("detente.record.dispute")
    record, plain = loaded.record(), opened.compiled
    opened.compiled = lambda folder: record if folder.name == dispute else plain(folder)
    try:
        with contextlib.redirect_stdout(io.StringIO()) as said:
            status = pytest.main(["-x", "-p", "no:cacheprovider", *BEHAVIOUR])
    finally:
        opened.compiled = plain
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise RuntimeError(f"the tests did not run: {said.getvalue()[-500:]}")
    return status == pytest.ExitCode.OK


def main() -> int:
    """Draw mutants, try each, and count."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--behaviour", type=int, default=0, metavar="N", help="run the tests of rates on N of them")
    words = parser.parse_args()
    shelves = {name: Shelf(name) for name in ledger.records()}
    mutants = drawn(shelves, words.sample, words.seed)
    by: Counter[str] = Counter()
    escaped = []
    for one in mutants:
        found = shelves[one.site.dispute].caught(one)
        by.update(found)
        if not found:
            escaped.append(one)
            print(f"not caught: {one.site} {one.said}")
    print(f"{len(mutants)} mutants, {len(mutants) - len(escaped)} caught; {dict(by.most_common())}")
    if words.behaviour:
        assert all(_passes(name, shelf.loaded) for name, shelf in shelves.items()), "the tests fail without a mutant"
        noticed = Counter(m.site.kind for m in mutants[: words.behaviour] if not behaves(shelves[m.site.dispute], m))
        tried = Counter(m.site.kind for m in mutants[: words.behaviour])
        print(f"by the tests of rates and days alone: {dict(noticed)} of {dict(tried)}")
    return 1 if escaped else 0


if __name__ == "__main__":
    sys.exit(main())
