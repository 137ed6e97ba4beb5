"""Build the code lists of `record/disputes/us-china/scopes`, one file a scope, and their manifest.

    python scripts/build_scopes.py --from ../shared/data

From the texts of acts of the United States and of the Tariff Commission of China, as gathered in public product lists;
lines of the schedule as seen in imports of 2024 (US Census Bureau, public domain). The form is the record's own: sorted
prefixes, each in (1), out (0) or in part (?). Ten-digit codes become their eight-digit line where all of that line is
in. What the lists lack or get wrong stands in `scope_tables.py`.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import scope_tables as t
from ruamel.yaml import YAML

RECORD = Path(__file__).parents[1] / "src" / "detente" / "record" / "disputes" / "us-china"
UNIVERSE = "census-2024/us_imports_hs10.parquet"


@dataclass
class Lists:
    """The product lists at hand, and which of them were read for the scope being built."""

    source: Path
    read: dict[str, int] = field(default_factory=dict)

    def column(self, name: str, column: int = 0, header: bool = True, **where: str) -> list[str]:
        """One column of a list as digits, of the rows that match."""
        with (self.source / name).open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.reader(handle))
        names, body = (rows[0], rows[1:]) if header else ([], rows)
        self.read[name] = len(body)
        body = [r for r in body if all(r[names.index(k)] == v for k, v in where.items())]
        return [r[column].strip() for r in body]

    def us(self, name: str, **where: str) -> list[str]:
        """The codes of a list of the United States, misprints put right."""
        codes = self.column(f"us-lists/{name}.csv", **where)
        return [kept for c in codes if (kept := t.MISPRINTS.get(c, c)) is not None]

    @cached_property
    def universe(self) -> dict[str, set[str]]:
        """The ten-digit lines of each eight-digit line seen in imports of 2024."""
        out: dict[str, set[str]] = {}
        for code in pd.read_parquet(self.source / UNIVERSE, columns=["HS10"])["HS10"].unique():
            out.setdefault(code[:8], set()).add(code)
        return out

    def lines(self, codes: Iterable[str]) -> set[str]:
        """Codes with each eight-digit line that is in whole given as such.

        A code that ends in 00 and was not seen is the eight-digit line itself.
        """
        given = set(codes)
        self.read.setdefault(UNIVERSE, 0)
        whole = {c[:8] for c in given if len(c) == 10 and self._in_whole(c, given)}
        return {c[:8] if c[:8] in whole else c for c in given}

    def _in_whole(self, code: str, given: set[str]) -> bool:
        seen = self.universe.get(code[:8], set())
        return bool(seen and seen <= given) or (code.endswith("00") and code not in seen)


Build = Callable[[Lists], t.Codes]


def members(codes: Iterable[str]) -> t.Codes:
    """All of them in."""
    return dict.fromkeys(codes, "1")


def in_part(codes: Iterable[str]) -> t.Codes:
    """All of them in part."""
    return dict.fromkeys(codes, t.MAYBE)


# Section 301


def section_301(lists: Lists) -> dict[str, set[str]]:
    """The lines of each of the older lists and of each list of the review."""
    name = "us-lists/s301_product_lists.csv"
    out: dict[str, set[str]] = {}
    for code, part in zip(lists.column(name), lists.column(name, 1), strict=True):
        out.setdefault(part, set()).add(code)
    reviewed = set().union(*(codes for part, codes in out.items() if part.startswith("biden")))
    taken = set(t.RETURNED_GOODS) | set(t.ON_LIST_4A) | out.pop("3_addl") | (reviewed - {"63079098"})
    for part in t.OLDER_LISTS:
        out[part] -= taken
        taken |= out[part]
    out["4A"] |= {*t.ON_LIST_4A, *t.REVIEWED_FROM_4A}
    out["unsettled"] = reviewed - out["4A"] - set(t.REVIEWED_FROM_NONE)
    return out


def older_list(part: str) -> Build:
    """One of the lists of 2018 and 2019. Of lines that the review took over it is not known on which they were."""

    def build(lists: Lists) -> t.Codes:
        found = section_301(lists)
        some = found["unsettled"] | set(t.RETURNED_GOODS) if part != "4B" else set()
        parts = {"3": t.LIST_3_IN_PART, "4A": t.LIST_4A_IN_PART}.get(part, [])
        return in_part(some) | members(found[part] | lists.lines(parts))

    return build


def review(part: str, *but: str, add: Iterable[str] = ()) -> Build:
    """A list of the four-year review, without the lines that begin so."""
    return lambda lists: members({c for c in section_301(lists)[part] if not c.startswith(but)} | set(add))


def review_only(part: str, *only: str, add: Iterable[str] = ()) -> Build:
    """The lines of a list of the four-year review that begin so."""
    return lambda lists: members({c for c in section_301(lists)[part] if c.startswith(only)} | set(add))


def masks(codes: list[str]) -> Build:
    """Ten-digit lines of the line of masks that the review names."""

    def build(lists: Lists) -> t.Codes:
        assert {c[:8] for c in codes} <= section_301(lists)["biden_jan26"]
        return members(codes)

    return build


# The emergency duties of 2025 and the surcharge of 2026


def annex_ii(lists: Lists) -> t.Codes:
    """Annex II as it first was: the list at hand and what it lacks."""
    later = set(lists.us("annex-II-exemptions-nov14")) - farm_goods(lists).keys() - set(t.PARTICULAR_ARTICLES)
    electronics = {c for c in electronics_2025_04(lists) if not c.startswith(("8541", "8542"))}
    later -= {*t.ANNEX_II_ADDED_2025_09, *electronics}
    first = lists.lines(lists.us("annex-II-exemptions"))
    return members({*first, *later, *t.ANNEX_II_REMOVED_2025_09, *t.ANNEX_II_WOOD_MISSING})


def annex_ii_copper(lists: Lists) -> t.Codes:
    """Lines of Annex II that the copper duty took out."""
    return members(annex_ii(lists).keys() & set(lists.us("copper-list")))


def annex_ii_wood(lists: Lists) -> t.Codes:
    """Lines of Annex II that the wood duty took out."""
    return members(c for c in annex_ii(lists) if c.startswith("44") and c not in t.ANNEX_II_WOOD_KEPT)


def farm_goods(lists: Lists) -> t.Codes:
    """Food and fertilizer of the list of November 2025 that was not on it before."""
    new = set(lists.us("annex-II-exemptions-nov14")) - lists.lines(lists.us("annex-II-exemptions"))
    return members(c for c in new if (c < "25" or c.startswith("31")) and c not in t.PARTICULAR_ARTICLES)


def electronics_2025_04(lists: Lists) -> t.Codes:
    """The memorandum's headings where it gives headings, else its lines."""
    listed = lists.lines(lists.us("consumer_electronics_EO14257_apr11"))
    headings = tuple(t.MEMORANDUM_HEADINGS)
    seen = {line for line in lists.universe if line.startswith(headings)}
    assert seen <= listed, sorted(seen - listed)
    return members({*headings, *(c for c in listed if not c.startswith(headings))})


def surcharge_exempt(lists: Lists) -> t.Codes:
    """Goods outside the surcharge by code."""
    return members(lists.us("section122-product-exemptions"))


# Section 232


def derivatives_steel_2025_03(lists: Lists) -> t.Codes:
    """Lines of chapter 73 as listed; the rest of the chapter and the headings of content-charged goods in part."""
    rest = in_part(["73", "8431", "8432", "8547", "9403", "9405", "9406"])
    return rest | dict.fromkeys((c for c in t.STEEL_MILL if c[:2] == "73"), "0") | members(lists.us("steel-tariffs"))


def derivatives_aluminium_2025_03(lists: Lists) -> t.Codes:
    """Ten-digit codes as listed; lines that only the eight-digit reading has, in part."""
    listed = lists.lines(lists.us("alu-tariffs"))
    coarse = {*lists.us("s232_derivative_products", ch99_code="9903.85.07", effective_date="")}
    coarse |= {*lists.us("s232_derivative_products", ch99_code="9903.85.08", effective_date="")}
    held = {c[:8] for c in listed}
    return in_part(c for c in coarse if c not in held) | members(listed)


def chapter(build: Build, number: str, inside: bool) -> Build:
    """The part of a list in a chapter, where goods pay on their full value, or outside it, where on their metal."""
    return lambda lists: {c: mark for c, mark in build(lists).items() if c.startswith(number) == inside}


def derivatives_2025_08(lists: Lists) -> t.Codes:
    """The list has eight digits where the notice has ten: a line with several ten-digit lines is in, in part."""
    codes = lists.us("s232_derivative_products", effective_date="2025-08-18")
    return {c: "1" if len(lists.universe.get(c, set())) <= 1 else t.MAYBE for c in codes}


def autos(vehicles: bool) -> Build:
    """Vehicles are lines of 8703 and 8704; the rest of the list are parts."""
    headings = ("8703", "8704")
    return lambda lists: members(c for c in lists.lines(lists.us("auto-tariffs")) if c.startswith(headings) == vehicles)


def plain(name: str) -> Build:
    """A list of the United States as it is."""
    return lambda lists: members(lists.lines(lists.us(name)))


# China


def chinese(name: str) -> Build:
    """A Chinese list: eight digits, leading zeros put back."""
    return lambda lists: members(c.zfill(8) for c in lists.column(f"china-lists/{name}.csv", 1, header=False))


SCOPES: dict[str, Build] = {
    "list-1": older_list("1"),
    "list-2": older_list("2"),
    "list-3": older_list("3"),
    "list-4a": older_list("4A"),
    "list-4b": older_list("4B"),
    "review-2024-100": review("biden_100"),
    "review-2024-50": review("biden_50"),
    "review-2024-25": review("biden_25", add=t.VEHICLE_BATTERIES),
    "review-masks": masks(t.RESPIRATORS_AND_REUSABLE_MASKS),
    "review-masks-disposable": masks(t.DISPOSABLE_MASKS),
    "review-2025-50": review_only("biden_50_jan25", "8541", "8542"),
    "review-2025-polysilicon": review("biden_50_jan25", "8541", "8542"),
    "review-2025-25": review("biden_25_jan25"),
    "review-gloves": review_only("biden_jan26", "4015"),
    "review-2026-25": review_only("biden_jan26", "2504", "8505", add=t.OTHER_BATTERIES),
    "annex-ii": annex_ii,
    "annex-ii-removed-2025-08": annex_ii_copper,
    "annex-ii-2025-09": lambda lists: members(t.ANNEX_II_ADDED_2025_09),
    "annex-ii-removed-2025-09": lambda lists: members(t.ANNEX_II_REMOVED_2025_09),
    "annex-ii-removed-2025-10": annex_ii_wood,
    "electronics-2025-04": electronics_2025_04,
    "farm-goods-2025-11": farm_goods,
    "surcharge-exempt-2026": surcharge_exempt,
    "steel-articles": lambda lists: t.STEEL_MILL,
    "aluminium-articles": lambda lists: t.ALUMINIUM_MILL,
    "derivatives-steel-2025-03": chapter(derivatives_steel_2025_03, "73", True),
    "derivatives-steel-content-2025-03": chapter(derivatives_steel_2025_03, "73", False),
    "derivatives-aluminium-2025-03": chapter(derivatives_aluminium_2025_03, "76", True),
    "derivatives-aluminium-content-2025-03": chapter(derivatives_aluminium_2025_03, "76", False),
    "derivatives-2025-08": derivatives_2025_08,
    "copper-articles": plain("copper-list"),
    "cars": autos(vehicles=True),
    "car-parts": autos(vehicles=False),
    "metals-annex-ia": plain("metals-annex-IA"),
    "metals-annex-ib": plain("metals-annex-IB"),
    "metals-annex-iii": plain("metals-annex-III-temporary"),
    "cn-farm-15": chinese("china-15-percent-030425"),
    "cn-farm-10": chinese("china-10-percent-030425"),
    **{scope: (lambda lists, codes=codes: codes) for scope, codes in t.BOUNDS.items()},
}


def lean(codes: t.Codes) -> t.Codes:
    """Sorted, without codes that the prefix above them says already."""
    out: t.Codes = {}
    for code in sorted(codes):
        above = next((out[code[:n]] for n in range(len(code) - 1, 1, -1) if code[:n] in out), "0")
        if codes[code] != above:
            out[code] = codes[code]
    return out


def build(source: Path, out: Path) -> None:
    """Write every code list and the manifest."""
    out.mkdir(parents=True, exist_ok=True)
    entries = scope_entries()
    manifest: dict[str, Any] = {}
    for scope in sorted(SCOPES):
        lists = Lists(source)
        codes = lean(SCOPES[scope](lists))
        text = "".join(["code,in\n", *(f"{code},{inside}\n" for code, inside in codes.items())])
        file = out / f"{scope}.csv"
        file.write_text(text, encoding="utf-8", newline="")
        manifest[file.name] = described(entries[scope], lists, codes, text)
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8", newline="")


def scope_entries() -> dict[str, dict[str, Any]]:
    """The scopes of the record by id."""
    reader = YAML(typ="safe")
    files = sorted((RECORD / "scopes").glob("*.yaml"))
    return {entry["id"]: entry for file in files for entry in reader.load(file.read_text(encoding="utf-8"))}


def described(entry: dict[str, Any], lists: Lists, codes: t.Codes, text: str) -> dict[str, Any]:
    """What a file is and from what it was made."""
    inputs = {
        name: {"sha256": hashlib.sha256((lists.source / name).read_bytes()).hexdigest(), "rows": rows or None}
        for name, rows in sorted(lists.read.items())
    }
    marks = {"in": "1", "out": "0", "in_part": t.MAYBE}
    return {
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "act": entry.get("act"),
        "known": str(entry["known"]),
        "vintage": entry.get("vintage"),
        "codes": {name: list(codes.values()).count(mark) for name, mark in marks.items()},
        "inputs": inputs,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="source", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=RECORD / "scopes")
    chosen = parser.parse_args()
    build(chosen.source, chosen.out)
