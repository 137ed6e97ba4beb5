"""Tariffs of world-2022: before the disputes of the records, and as charged in mid-2022 (provisional).

Rates are set between ICIO economies and brought to the world's economies with the goods trade of 2022 as weights:

    t[i, n, s] = Σ_{m in i, k in n} t[m, k, s] X[m, k, s] / Σ X[m, k, s]        (trade within an economy left out)

so that Hong Kong, a free port inside CHN, and customs unions count as they trade. Where nothing is traded the mean is
unweighted.

Before the disputes: the averages of 2017 by pair of regions and industry, effectively applied rates, simple over
lines. Two gaps of that table are filled. It has one region ROW and none within it: between two of its economies the
mean of what ROW charges the other six regions stands. And an average over all of ROW is not what a free-trade partner
pays: where an agreement in force by 2022 freed (almost) all goods, the rate is zero (`data/agreements.csv`).

In force in mid-2022, on top: the average extra tariffs of 2018–19 by industry between the USA and mainland China,
brought to 2022. These are averages over a schedule, not the acts line by line: provisional until rates come from the
records. Not included: Section 232 and 201 duties on third countries, China's exclusions since March 2020, and the
column-2 rates on Russia since April 2022.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from detente.worlds.shape_2022 import FREE_PORTS, GOODS, REGIONS, economy_of, tariffs_from
from detente.worlds.sources import Floats, read_industry_rates, read_rows

S301_LISTS: Final = "us-lists/s301_product_lists.csv"
CONCORDANCE: Final = "concordance/hs6_isic4.csv"
EXTRA_US: Final = "trade7x44-2017/tariff_Trump.csv"
EXTRA_CHINA: Final = "trade7x44-2017/tariff_China.csv"

AGREEMENTS: Final = Path(__file__).parent / "data" / "agreements.csv"

IN_FORCE_2022: Final = {"123": 0.25, "4A": 0.075, "4B": 0.0}
"""Section 301 rates in mid-2022 by list; 4B never applied."""

IN_FORCE_SEPTEMBER_2019: Final = {"123": 0.25, "4A": 0.15, "4B": 0.0}
"""Section 301 rates on 1 September 2019."""

ANNOUNCED_2019: Final = {"123": 0.30, "4A": 0.15, "4B": 0.15}
"""Section 301 rates as announced in August 2019: the last two steps never applied."""

CHINA_TO_2022: Final = 1 - (21.8 - 21.3) / (21.8 - 8.0)
"""What the halving of China's September 2019 duties on 14 February 2020 left of its extra tariffs: the average on US
goods fell from 21.8% to 21.3%, from 8.0% before 2018 (Bown, Peterson Institute for International Economics)."""

_FARM: Final = ("A01_02", "A03", "C10T12")

_LIST_GROUPS: Final = {"1": "123", "2": "123", "3": "123", "3_addl": "123", "4A": "4A", "4B": "4B"}


@dataclass(frozen=True, eq=False)
class Tariffs:
    """Tariffs [exporter, importer, sector] over the world's labels, fractions; own trade and services pay none.

    `before` the disputes; `base` in mid-2022. `extra_us` and `extra_china` [goods sector]: what the base adds between
    the USA and mainland China. `us_fit`: mean distance of the published US averages from the schedule in force in
    September 2019 and from the one announced, over manufacturing.
    """

    before: Floats
    base: Floats
    extra_us: Floats
    extra_china: Floats
    us_fit: dict[str, float]


def build_tariffs(
    source: Path, regional: Floats, members: tuple[str, ...], flows: Floats, sectors: tuple[str, ...], groups: Floats
) -> Tariffs:
    """Both tariff arrays of the world.

    regional [exporter, importer, industry]: rates of 2017; flows [member, member, sector]: trade of 2022 by ICIO
    economy over the world's sectors; groups [economy, member]: which member belongs where (0 or 1).
    """
    lines = count_lines(source)
    published = read_industry_rates(source / EXTRA_US, "trump_tariff_wave5", len(GOODS))
    extra_us = published * schedule_ratio(lines, IN_FORCE_2022, ANNOUNCED_2019)
    extra_china = read_industry_rates(source / EXTRA_CHINA, "China_tariff_wave5", len(GOODS)) * CHINA_TO_2022
    before = member_tariffs(regional, members, sectors)
    base = before.copy()
    usa, china, goods = members.index("USA"), members.index("CHN"), slice(0, len(GOODS))
    base[china, usa, goods] += extra_us
    base[usa, china, goods] += extra_china
    return Tariffs(
        aggregate(before, flows, groups),
        aggregate(base, flows, groups),
        extra_us,
        extra_china,
        us_fit(lines, published),
    )


def member_tariffs(regional: Floats, members: tuple[str, ...], sectors: tuple[str, ...]) -> Floats:
    """Rates before the disputes between ICIO economies [exporter, importer, sector]."""
    place = [REGIONS.index(tariffs_from(member)) for member in members]
    rest = REGIONS.index("ROW")
    rates = regional.copy()
    others = [region for region in range(len(REGIONS)) if region != rest]
    rates[rest, rest] = rates[others, rest].mean(0)
    full = np.zeros((len(members), len(members), len(sectors)))
    full[:, :, : len(GOODS)] = rates[np.ix_(place, place)][:, :, : len(GOODS)]
    for exporter, importer, goods in free_pairs(members):
        full[exporter, importer, [sectors.index(code) for code in goods]] = 0.0
    full[:, [members.index(port) for port in FREE_PORTS if port in members]] = 0.0
    own = np.arange(len(members))
    full[own, own] = 0.0
    return full


def free_pairs(members: tuple[str, ...]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Ordered pairs of ICIO economies that trade free of duty, with the sectors that are free."""
    pairs = []
    for _, row in read_rows(AGREEMENTS):
        free = GOODS if row["goods"] == "all" else tuple(code for code in GOODS if code not in _FARM)
        one = row["side_a"].split()
        other = row["side_b"].split() or one
        for i, exporter in enumerate(members):
            for n, importer in enumerate(members):
                ends = economy_of(exporter), economy_of(importer)
                if (ends[0] in one and ends[1] in other) or (ends[1] in one and ends[0] in other):
                    pairs.append((i, n, free))
    return pairs


def aggregate(rates: Floats, flows: Floats, groups: Floats) -> Floats:
    """Rates between members [i, n, s] as averages between economies, weighted by flows; own trade is left out."""
    weights = flows.copy()
    own = np.arange(flows.shape[0])
    weights[own, own] = 0.0

    def total(cells: Floats) -> Floats:
        return np.asarray(np.einsum("ai,ins,bn->abs", groups, cells, groups, optimize=True))

    traded, pairs = total(weights), total(np.ones_like(weights))
    plain = total(rates) / pairs
    mean = np.divide(total(rates * weights), traded, out=plain, where=traded > 0)
    within = np.arange(groups.shape[0])
    mean[within, within] = 0.0
    return mean


def count_lines(source: Path) -> dict[str, Floats]:
    """Tariff lines on each group of Section 301 lists by goods sector; one in several industries counts in parts."""
    sectors_of: dict[str, list[int]] = {}
    for _, row in read_rows(source / CONCORDANCE):
        sector = _sector_of_division(row["ISIC4_2d"])
        if sector is not None:
            sectors_of.setdefault(row["HS_6d"], []).append(GOODS.index(sector))
    counts = {group: np.zeros(len(GOODS)) for group in IN_FORCE_2022}
    for _, row in read_rows(source / S301_LISTS):
        group, places = _LIST_GROUPS.get(row["list"]), sectors_of.get(row["hts8"][:6], [])
        for sector_index in places if group else []:
            counts[str(group)][sector_index] += 1 / len(places)
    return counts


def _sector_of_division(division: str) -> str | None:
    """The goods sector of a two-digit ISIC Rev. 4 division; None for services and codes without a division."""
    if not division.isdigit():
        return None
    number = int(division)
    for code in GOODS:
        digits = code[1:].replace("T", "_").split("_")
        if int(digits[0]) <= number <= int(digits[-1]):
            return code
    return None


def schedule_ratio(lines: dict[str, Floats], now: dict[str, float], then: dict[str, float]) -> Floats:
    """By sector, the average rate under one schedule over that under another; 1 where no line is listed."""
    above = sum((lines[group] * now[group] for group in lines), np.zeros(len(GOODS)))
    below = sum((lines[group] * then[group] for group in lines), np.zeros(len(GOODS)))
    return np.divide(above, below, out=np.ones(len(GOODS)), where=below > 0)


def us_fit(lines: dict[str, Floats], published: Floats) -> dict[str, float]:
    """Mean distance of published averages from list averages over manufacturing, whose lines are mostly listed."""
    listed = sum(lines.values(), np.zeros(len(GOODS)))
    made = np.array([code.startswith("C") and code not in ("C21", "C24") for code in GOODS])

    def distance(schedule: dict[str, float]) -> float:
        average = sum((lines[group] * schedule[group] for group in lines), np.zeros(len(GOODS))) / listed
        return float(np.abs(average - published)[made].mean())

    return {"in_force_september_2019": distance(IN_FORCE_SEPTEMBER_2019), "announced_2019": distance(ANNOUNCED_2019)}
