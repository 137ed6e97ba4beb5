"""Fixtures for every room's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import shared_data_folder


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The research data; the test is skipped where it is absent."""
    folder = shared_data_folder()
    if folder is None:
        pytest.skip("The research data is not at ../shared/data nor in $DETENTE_SHARED/data.")
    return folder
