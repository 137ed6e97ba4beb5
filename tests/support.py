"""Where the research data lies that some tests compare with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared(*parts: str) -> Path:
    """A path in the research data beside the checkout; skips the test, saying so, where it is not there."""
    root = Path(os.environ.get("DETENTE_SHARED", Path(__file__).parents[1].parent / "shared"))
    path = root.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs research data that is not at hand: {'/'.join(parts)}")
    return path
