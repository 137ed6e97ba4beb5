"""The reader's own word lists: CSV files beside this module, one subject a file, to be edited by hand.

Lines that begin with '#' are comments; `checked` is the day somebody last looked at the file's contents.
"""

from __future__ import annotations

import csv
import os
from functools import cache

_FOLDER = os.path.join(os.path.dirname(__file__), "data")


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a list, by column."""
    with open(os.path.join(_FOLDER, name), encoding="utf-8", newline="") as lines:
        kept = [line for line in lines if not line.startswith("#") and line.strip()]
    return tuple({k: (v or "").strip() for k, v in row.items() if k} for row in csv.DictReader(kept))
