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


_ROOMS_THAT_ANSWER = {"policy": "policy_of", "read": "read_text"}  # a room and a call of one name: the question


def __getattr__(name: str) -> Any:
    if name in _ROOMS_THAT_ANSWER:
        return importlib.import_module(f"detente.{name}")
    if name in _DOORS:
        return getattr(importlib.import_module(_DOORS[name]), name)
    raise AttributeError(f"module 'detente' has no attribute '{name}'")


class _AnsweringRoom(ModuleType):
    """A room whose name is also a call in the contract: `detente.policy(view, world)`, `detente.read(text, …)`."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Ask the question of that name; see `questions.policy_of` and `questions.read_text`."""
        question = _ROOMS_THAT_ANSWER[self.__name__.removeprefix("detente.")]
        return getattr(importlib.import_module("detente.questions"), question)(*args, **kwargs)


def _callable(room: str) -> None:
    """Called by such a room as it is loaded."""
    sys.modules[room].__class__ = _AnsweringRoom
