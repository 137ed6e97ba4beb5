"""Duties: what a product pays, layer by layer, over every line, and averages over trade."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from detente.duties.goods import digits, dotted
from detente.duties.layers import Layer
from detente.duties.product import Duty, NextChange, Sum, duty
from detente.record import View

if TYPE_CHECKING:
    from detente.duties.averages import Average, average
    from detente.duties.panel import Lines, kinds, lines
    from detente.duties.trade import Trade, us_imports

__all__ = [
    "Average",
    "Duty",
    "Layer",
    "Lines",
    "NextChange",
    "Sum",
    "Trade",
    "View",
    "average",
    "digits",
    "dotted",
    "duty",
    "kinds",
    "lines",
    "us_imports",
]

_WITH_ARRAYS = {
    "Average": "averages",
    "average": "averages",
    "Lines": "panel",
    "kinds": "panel",
    "lines": "panel",
    "Trade": "trade",
    "us_imports": "trade",
}


def __getattr__(name: str) -> Any:
    """What needs numpy is loaded when it is first used: the duty of one product does without."""
    if name in _WITH_ARRAYS:
        return getattr(importlib.import_module(f"detente.duties.{_WITH_ARRAYS[name]}"), name)
    raise AttributeError(f"module 'detente.duties' has no attribute '{name}'")
