"""Détente: trade disputes as a system you can ask.

    import detente
    view = detente.dispute("us-china").as_of(on, known)

What is named here is loaded when it is first used, so that importing the package costs nothing.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

from detente._version import __version__

_DOORS = {
    "Fault": "detente.terms",
    "InputFault": "detente.terms",
    "Policy": "detente.economy",
    "World": "detente.economy",
    "average": "detente.questions",
    "cooperate": "detente.game",
    "dispute": "detente.record",
    "duty": "detente.questions",
    "nash": "detente.game",
    "optimal": "detente.game",
    "solve": "detente.economy",
    "talk": "detente.game",
    "world": "detente.worlds",
    "status": "detente.questions",
    "timeline": "detente.questions",
    "check": "detente.questions",
}

__all__ = ["Fault", "InputFault", "Policy", "World", "__version__", "average", "check", "dispute", "duty", "solve"]
__all__ += ["cooperate", "nash", "optimal", "status", "talk", "timeline", "world"]


def __getattr__(name: str) -> Any:
    if name == "policy":
        return importlib.import_module("detente.policy")
    if name in _DOORS:
        return getattr(importlib.import_module(_DOORS[name]), name)
    raise AttributeError(f"module 'detente' has no attribute '{name}'")


class _PolicyRoom(ModuleType):
    """The room `detente.policy`, which also answers `detente.policy(view, world)`: the name is both in the contract."""

    def __call__(self, view: Any, world: Any, before: Any = None) -> Any:
        """The measures in force on the day of the view as an `economy.Policy` over the world's labels."""
        return importlib.import_module("detente.questions").policy_of(view, world, before)


def _callable(room: str) -> None:
    """Called by the policy room as it is loaded."""
    sys.modules[room].__class__ = _PolicyRoom
