"""Détente: trade disputes as a system you can ask.

    import detente
    view = detente.dispute("us-china").as_of(on, known)

What is named here is loaded when it is first used, so that importing the package costs nothing.
"""

from __future__ import annotations

import importlib
from typing import Any

from detente._version import __version__

_DOORS = {
    "Fault": "detente.terms",
    "InputFault": "detente.terms",
    "dispute": "detente.record",
    "status": "detente.questions",
    "timeline": "detente.questions",
    "check": "detente.questions",
}

__all__ = ["Fault", "InputFault", "__version__", "check", "dispute", "status", "timeline"]


def __getattr__(name: str) -> Any:
    if name in _DOORS:
        return getattr(importlib.import_module(_DOORS[name]), name)
    raise AttributeError(f"module 'detente' has no attribute '{name}'")
