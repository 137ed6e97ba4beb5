"""What an industry code covers: divisions of ISIC Rev. 4, read from the code itself.

`C10T12` (OECD), `C10-C12` (WIOD), `10T12`, `D10T12` (older OECD) are divisions 10 to 12; `C17_18` is 17 and 18;
`C302T309`, a part of 30, counts as 30; a bare letter is its section.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

FIRST_SERVICE: Final = 35
"""The first division after manufacturing: electricity, construction and all services, as in world-2022."""

_SECTIONS: Final = {
    "A": (1, 3),
    "B": (5, 9),
    "C": (10, 33),
    "D": (35, 35),
    "E": (36, 39),
    "F": (41, 43),
    "G": (45, 47),
    "H": (49, 53),
    "I": (55, 56),
    "J": (58, 63),
    "K": (64, 66),
    "L": (68, 68),
    "M": (69, 75),
    "N": (77, 82),
    "O": (84, 84),
    "P": (85, 85),
    "Q": (86, 88),
    "R": (90, 93),
    "S": (94, 96),
    "T": (97, 98),
    "U": (99, 99),
}
_PART: Final = re.compile(r"[A-U]?(\d\d)\d*[A-Z]?(?:[T-][A-U]?(\d\d)\d*)?")


def divisions(code: str) -> frozenset[int]:
    """The divisions of an industry code; none where it is no such code."""
    found: set[int] = set()
    for part in code.split("_"):
        match = _PART.fullmatch(part)
        if match:
            found |= set(range(int(match[1]), int(match[2] or match[1]) + 1))
        elif part in _SECTIONS:
            low, high = _SECTIONS[part]
            found |= set(range(low, high + 1))
        else:
            return frozenset()
    return frozenset(found)


def are_services(codes: Iterable[str]) -> bool:
    """Whether every one of the codes lies outside farming, mining and manufacturing."""
    covered = [divisions(code) for code in codes]
    return bool(covered) and all(part and min(part) >= FIRST_SERVICE for part in covered)


def overlapping(code: str, others: Iterable[str], services: str = "services") -> tuple[str, ...]:
    """Those of `others` that share a division with `code`; `services` shares all from 35 on."""
    mine = divisions(code)
    return tuple(
        other
        for other in others
        if mine & divisions(other) or (other == services and any(part >= FIRST_SERVICE for part in mine))
    )
