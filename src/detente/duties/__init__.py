"""Duties: what a product pays, layer by layer, over every line, and averages over trade."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from detente.duties.goods import digits, dotted
from detente.duties.product import Alternative, Duty, NextChange, Sum, duty
from detente.duties.stacking import Layer
from detente.record import View

if TYPE_CHECKING:
    from detente.duties.schedule import Lines, Panel, kinds, lines, panel
    from detente.duties.trade import Trade, us_imports
    from detente.duties.weighted import Average, Averages, Row, average, averages

__all__ = [
    "Alternative",
    "Average",
    "Averages",
    "Duty",
    "Layer",
    "Lines",
    "NextChange",
    "Panel",
    "Row",
    "Sum",
    "Trade",
    "View",
    "average",
    "averages",
    "digits",
    "dotted",
    "duty",
    "kinds",
    "lines",
    "panel",
    "us_imports",
]

_WITH_ARRAYS = {
    "Average": "weighted",
    "Averages": "weighted",
    "Row": "weighted",
    "average": "weighted",
    "averages": "weighted",
    "Lines": "schedule",
    "Panel": "schedule",
    "kinds": "schedule",
    "lines": "schedule",
    "panel": "schedule",
    "Trade": "trade",
    "us_imports": "trade",
}


def __getattr__(name: str) -> Any:
    """What needs numpy is loaded when it is first used: the duty of one product does without."""
    if name in _WITH_ARRAYS:
        return getattr(importlib.import_module(f"detente.duties.{_WITH_ARRAYS[name]}"), name)
    raise AttributeError(f"module 'detente.duties' has no attribute '{name}'")
