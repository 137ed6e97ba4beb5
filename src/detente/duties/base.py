"""The base duty of a product: what is paid before any measure of a record.

For the United States this is an estimate of the most-favoured-nation rate by HS 6-digit, from the duties collected in
2024 on goods of partners that pay it; it is called an estimate wherever it is shown. For other importers the base is
unknown.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FILE = Path(__file__).parent / "data" / "us_base_2024.csv"


def base_rate(product: str, exporter: str, importer: str) -> tuple[Decimal | None, str]:
    """The base rate as a fraction (None: unknown) and how it was found."""
    if importer != "USA":
        return None, f"no base rates of {importer} are at hand"
    if len(product) < 6:
        return None, "a base rate needs at least six digits"
    rate = _rates().get(product[:6])
    if rate is None:
        return None, "no imports of this heading in 2024 from partners that pay the most-favoured-nation rate"
    return rate, "estimate: most-favoured-nation rate of the six-digit heading, from duties collected in 2024"


def base_rates(codes: NDArray[np.str_], exporter: str) -> NDArray[np.float64]:
    """Base rates [line] of the United States on goods of an exporter; NaN where unknown."""
    import numpy as np  # a single product needs no arrays

    rates = {heading: float(rate) for heading, rate in _rates().items()}
    return np.array([rates.get(code[:6], np.nan) for code in codes])


@cache
def _rates() -> dict[str, Decimal]:
    if not _FILE.is_file():
        return {}
    with _FILE.open(encoding="utf-8", newline="") as handle:
        return {row["hs6"]: Decimal(row["rate"]) for row in csv.DictReader(handle) if row["rate"]}
