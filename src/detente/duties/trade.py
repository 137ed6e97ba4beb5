"""United States imports of 2024 by HTS line and partner: the weights of averages.

`us_imports_2024.npz` is built by `scripts/build_imports.py` from figures of the US Census Bureau (public domain); its
manifest lies beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Trade:
    """Imports of one importer in one year. `code` [line] are ten-digit strings in order, `partner` [partner] economy
    codes; `imports` and `collected` [line, partner] are USD."""

    code: NDArray[np.str_]
    partner: tuple[str, ...]
    imports: NDArray[np.float64]
    collected: NDArray[np.float64]
    year: int

    def column(self, partner: str) -> NDArray[np.float64]:
        """Imports [line] from a partner; zeros where it has none."""
        if partner not in self.partner:
            return np.zeros(len(self.code))
        return self.imports[:, self.partner.index(partner)]


@cache
def us_imports() -> Trade:
    """United States imports for consumption of 2024."""
    with np.load(DATA / "us_imports_2024.npz") as file:
        code, partner = file["code"].astype(str), tuple(file["partner"].astype(str))
        shape = (len(code), len(partner))
        imports, collected = np.zeros(shape), np.zeros(shape)
        row, column = file["line"].astype(np.intp), file["partner_index"].astype(np.intp)
        imports[row, column] = file["imports"]
        collected[row, column] = file["duty"]
    return Trade(code, partner, imports, collected, 2024)
