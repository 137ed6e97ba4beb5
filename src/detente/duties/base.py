"""The base duty of a product: what is paid before any measure of a record.

For the United States this is an estimate of the most-favoured-nation rate by HS 6-digit, from the duties collected in
2024 on goods of partners that pay it; it is called an estimate wherever it is shown. Goods of a partner with a
free-trade agreement pay between nothing and that rate: what qualifies no code decides. For other importers the base is
unknown.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ZERO = Decimal(0)
# Partners of the United States' free-trade agreements, and those outside normal trade relations (general knowledge).
FREE_TRADE = frozenset(
    ("AUS", "BHR", "CAN", "CHL", "COL", "CRI", "DOM", "GTM", "HND", "ISR", "JOR", "KOR", "MAR", "MEX", "NIC", "OMN")
) | {"PAN", "PER", "SGP", "SLV"}
NO_NORMAL_RELATIONS = frozenset(("BLR", "CUB", "PRK", "RUS"))
_FILE = Path(__file__).parent / "data" / "us_base_2024.csv"


@dataclass(frozen=True, slots=True)
class Base:
    """A base rate (a fraction) between two bounds, equal where it is known; `high` None: unknown. `note` says how it
    was found. What is known of it is an estimate in any case."""

    low: Decimal
    high: Decimal | None
    note: str

    @property
    def rate(self) -> Decimal | None:
        """The rate where it is known."""
        return self.low if self.low == self.high else None

    @property
    def bounds(self) -> tuple[Decimal, Decimal | None]:
        """Both bounds."""
        return self.low, self.high


def base_rate(product: str, exporter: str, importer: str) -> Base:
    """The base rate of a product."""
    if importer != "USA":
        return Base(ZERO, None, f"no base rates of {importer} are at hand")
    if len(product) < 6:
        return Base(ZERO, None, "a base rate needs at least six digits")
    rate = _rate(product[:6])
    if rate is None:
        note = "no imports of this heading in 2024 from partners that pay the most-favoured-nation rate"
        return Base(ZERO, None, note)
    note = "estimate: most-favoured-nation rate of the six-digit heading, from duties collected in 2024"
    if exporter in NO_NORMAL_RELATIONS:
        return Base(ZERO, None, "partners without normal trade relations pay the rates of column 2, which are not held")
    if exporter in FREE_TRADE and rate > ZERO:
        return Base(ZERO, rate, f"{note}; less, mostly nothing, for goods that qualify under the free-trade agreement")
    return Base(rate, rate, note)


def base_rates(codes: NDArray[np.str_], exporter: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lowest and highest base rates [line] of the United States on goods of an exporter; the highest is infinite where
    the rate is unknown."""
    import numpy as np  # a single product needs no arrays

    rates = _by_line(codes)
    if exporter in NO_NORMAL_RELATIONS:
        rates = np.full(len(codes), np.nan)
    high = np.where(np.isnan(rates), np.inf, rates)
    low = np.where(np.isnan(rates) | (exporter in FREE_TRADE), 0.0, rates)
    return low, high


_lines: dict[tuple[int, str, str], NDArray[np.float64]] = {}


def _by_line(codes: NDArray[np.str_]) -> NDArray[np.float64]:
    import numpy as np

    key = (len(codes), str(codes[0]) if len(codes) else "", str(codes[-1]) if len(codes) else "")
    if len(codes) < 1000 or key not in _lines:
        rates = _rates()
        found = np.array([rates.get(code[:6], np.nan) for code in codes.tolist()], dtype=np.float64)
        if len(codes) < 1000:
            return found
        _lines[key] = found
    return _lines[key]


@cache
def _text() -> str:
    """The file of rates: a line for each heading, which begins with it, its rate next (empty: not known)."""
    return _FILE.read_text(encoding="utf-8") if _FILE.is_file() else ""


def _rate(heading: str) -> Decimal | None:
    """The rate of one heading, without reading all the others."""
    _, found, rest = _text().partition(f"\n{heading},")
    rate = rest.partition(",")[0] if found else ""
    return Decimal(rate) if rate else None


@cache
def _rates() -> dict[str, float]:
    rows = csv.DictReader(_text().splitlines())
    return {row["hs6"]: float(row["rate"]) for row in rows if row["rate"]}
