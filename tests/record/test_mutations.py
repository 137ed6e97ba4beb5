"""Any change of a number in the shipped records is noticed: two hundred changes at random, and none escapes."""

from __future__ import annotations

import time

import pytest
from scripts.ledger import records
from scripts.mutate_record import Shelf, drawn


@pytest.fixture(scope="module")
def shelves() -> dict[str, Shelf]:
    """The shipped records, each read once, with their ledgers."""
    return {name: Shelf(name) for name in records()}


def test_nothing_is_caught_without_a_change(shelves: dict[str, Shelf]) -> None:
    """The records as they are agree with their ledgers, and an entry written back as it was changes nothing."""
    for shelf in shelves.values():
        site = next(s for s in shelf.sites() if s.kind == "day")
        whole = drawn({shelf.dispute: shelf}, 1, 0)[0]._replace(site=site, raw=shelf.raw(site.part, site.id))
        assert shelf.caught(whole) == set()


def test_two_hundred_mutants(shelves: dict[str, Shelf]) -> None:
    """Every change of one rate, one sign or one day makes the ledger differ, or the entry is refused."""
    begun = time.monotonic()
    mutants = drawn(shelves, 200, 1)
    assert len(mutants) == 200
    assert {m.site.kind for m in mutants} == {"rate", "sign", "day"}
    escaped = [f"{m.site} {m.said}" for m in mutants if not shelves[m.site.dispute].differs(m)]
    assert not escaped, "\n".join(escaped)
    assert time.monotonic() - begun < 15


def test_every_day_and_rate_of_acts_is_a_row(shelves: dict[str, Shelf]) -> None:
    """No value of the YAML that is a rate or a day is left out of the ledger: the ledger has a row for each site."""
    for shelf in shelves.values():
        for part, name in {(r.part, r.id) for r in shelf.ledger if r.part != "dispute"}:
            sites = [s for s in shelf.sites_of(part, name) if s.kind != "sign"]
            rows = shelf.rows[part, name]
            assert len(rows) >= len(sites), (part, name)
