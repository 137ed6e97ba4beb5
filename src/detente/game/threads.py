"""Small dense algebra on one thread: the systems here are so small that threads wait for each other longer than they
work, several times over on a machine that is busy."""

from __future__ import annotations

from contextlib import AbstractContextManager

from threadpoolctl import threadpool_limits


def single_threaded() -> AbstractContextManager[object]:
    """BLAS on one thread within the block; XLA keeps its own."""
    limits: AbstractContextManager[object] = threadpool_limits(limits=1, user_api="blas")
    return limits
