"""Where tests find the research data that lies beside the checkout."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared_data_folder() -> Path | None:
    """The folder `shared/data`: in $DETENTE_SHARED, else beside the checkout; None where there is none."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(os.environ.get("DETENTE_SHARED", beside)) / "data"
    return folder if folder.is_dir() else None


def shared(*parts: str) -> Path:
    """A path in the research data beside the checkout; skips the test, saying so, where it is not there."""
    root = Path(os.environ.get("DETENTE_SHARED", Path(__file__).parents[1].parent / "shared"))
    path = root.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs research data that is not at hand: {'/'.join(parts)}")
    return path
