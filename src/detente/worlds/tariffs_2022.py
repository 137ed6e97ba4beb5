"""Tariffs of world-2022: before the disputes of the records, and as charged in mid-2022.

Rates before are set between ICIO economies and brought to the world's economies with goods trade of 2022 as weights:

    t[i, n, s] = Σ_{m in i, k in n} t[m, k, s] X[m, k, s] / Σ X[m, k, s]        (trade within an economy left out)

so that Hong Kong, a free port inside CHN, and customs unions count as they trade. Where nothing is traded the mean is
unweighted.

Before the disputes: the averages of 2017 by pair of regions and industry, effectively applied rates, simple over
lines. Two gaps of that table are filled. It has one region ROW and none within it: between two of its economies the
mean of what ROW charges the other six regions stands. And an average over all of ROW is not what a free-trade partner
pays: where an agreement in force by 2022 freed (almost) all goods, the rate is zero (`data/agreements.csv`).

In force in mid-2022, on top: the measures of the shipped records as known on that day, brought to the world's labels by
`policy`. What has no number in the records is not included: product exclusions of both sides, Section 201 on washers,
retaliation of third countries, and the column-2 rates on Russia since April 2022.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from detente import policy, record
from detente.worlds.shape_2022 import FREE_PORTS, GOODS, REGIONS, economy_of, tariffs_from
from detente.worlds.sources import Floats, read_rows

AGREEMENTS: Final = Path(__file__).parent / "data" / "agreements.csv"

DAY: Final = date(2022, 7, 1)
"""The day whose measures the base holds, with what was known on it."""

DISPUTES: Final = ("us-china", "us-world")
"""The shipped records the measures come from."""

_FARM: Final = ("A01_02", "A03", "C10T12")


@dataclass(frozen=True, eq=False)
class Tariffs:
    """Tariffs [exporter, importer, sector] over the world's labels, fractions; own trade and services pay none.

    `before` the disputes; `base` in mid-2022. `measures` says what the base adds, for the manifest.
    """

    before: Floats
    base: Floats
    measures: dict[str, Any]


def build_tariffs(
    regional: Floats,
    members: tuple[str, ...],
    flows: Floats,
    economies: tuple[str, ...],
    sectors: tuple[str, ...],
    groups: Floats,
) -> Tariffs:
    """Both tariff arrays of the world.

    regional [exporter, importer, industry]: rates of 2017; flows [member, member, sector]: trade of 2022 by ICIO
    economy over the world's sectors; groups [economy, member]: which member belongs where (0 or 1).
    """
    before = aggregate(member_tariffs(regional, members, sectors), flows, groups)
    usa, china = (groups[economies.index(code)] for code in ("USA", "CHN"))
    added, measures = measures_in_force(economies, sectors, np.einsum("i,ins,n->s", usa, flows, china))
    return Tariffs(before, before + added, measures)


def measures_in_force(
    economies: tuple[str, ...], sectors: tuple[str, ...], us_exports: Floats
) -> tuple[Floats, dict[str, Any]]:
    """What the measures of the records add on `DAY` [exporter, importer, sector], and what the manifest says of them.

    us_exports [sector]: exports of the USA to China in USD million.
    """
    views = {name: record.dispute(name).as_of(DAY, DAY) for name in DISPUTES}
    added = policy.additional(views, economies, sectors, us_exports / 1e3)
    return added.rates, {
        "day": DAY.isoformat(),
        "known": DAY.isoformat(),
        "records": {name: view.record.digest[:16] for name, view in views.items()},
        "us_imports_from_china": {
            "matched": round(added.matched["CHN"], 6),
            "known": round(added.known["CHN"], 6),
        },
        "notes": list(added.notes),
    }


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
