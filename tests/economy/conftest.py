"""Compiled programs are let go after each file: a process can hold some hundred before it runs out of memory maps."""

from __future__ import annotations

from collections.abc import Iterator

import jax
import pytest


@pytest.fixture(scope="module", autouse=True)
def programs_let_go() -> Iterator[None]:
    """Nothing before, everything after."""
    yield
    jax.clear_caches()
