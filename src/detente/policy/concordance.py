"""From headings of the HS to the sectors of a world."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FILE = Path(__file__).parent / "data" / "hs6_sector.csv"


def sector_shares(codes: NDArray[np.str_], sectors: Sequence[str]) -> NDArray[np.float64]:
    """Shares [line, sector] in which each line belongs to the sectors; rows sum to one, or to zero where unmatched.

    A six-digit heading the correspondence does not know (a newer edition of the HS) takes the mean of its four-digit
    heading. Sectors the correspondence does not name get nothing.
    """
    by_six, by_four = _tables()
    place = {s: i for i, s in enumerate(sectors)}
    out = np.zeros((len(codes), len(sectors)))
    for row, code in enumerate(codes):
        for sector, share in (by_six.get(code[:6]) or by_four.get(code[:4]) or {}).items():
            if sector in place:
                out[row, place[sector]] = share
    return out


def goods_sectors() -> tuple[str, ...]:
    """The sectors the correspondence knows: ISIC Rev. 4 as the inter-country tables group it."""
    return tuple(sorted({sector for shares in _tables()[0].values() for sector in shares}))


@cache
def _tables() -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    six: dict[str, dict[str, float]] = {}
    with _FILE.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            six.setdefault(row["hs6"], {})[row["sector"]] = float(row["share"])
    return six, _means(six)


def _means(six: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """The mean shares of the six-digit headings under each four-digit heading."""
    under: dict[str, list[dict[str, float]]] = {}
    for code, shares in six.items():
        under.setdefault(code[:4], []).append(shares)
    return {
        four: {s: sum(x.get(s, 0.0) for x in rows) / len(rows) for s in {k for x in rows for k in x}}
        for four, rows in under.items()
    }
