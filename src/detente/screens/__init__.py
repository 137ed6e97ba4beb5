"""Answers as text for a terminal: one module a question. Rich is loaded here and only when a person reads."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.screens.calendar import calendar_file
    from detente.screens.comply import amounts, show_comply
    from detente.screens.duty import print_averages_csv, show_average, show_averages, show_duty, show_panel
    from detente.screens.game import show_play, show_talk
    from detente.screens.picture import show_picture
    from detente.screens.read import show_accept, show_read
    from detente.screens.record import show_check, show_timeline
    from detente.screens.solve import show_solve, solve_csv
    from detente.screens.status import show_status
    from detente.screens.tension import show_tension, tension_csv
    from detente.screens.world import show_built, show_world, show_world_check, show_world_list

__all__ = [
    "amounts",
    "calendar_file",
    "print_averages_csv",
    "show_accept",
    "show_average",
    "show_averages",
    "show_built",
    "show_check",
    "show_comply",
    "show_duty",
    "show_panel",
    "show_picture",
    "show_play",
    "show_read",
    "show_solve",
    "show_status",
    "show_talk",
    "show_tension",
    "show_timeline",
    "show_world",
    "show_world_check",
    "show_world_list",
    "solve_csv",
    "tension_csv",
]

_MODULES = {
    "show_accept": "read",
    "show_read": "read",
    "amounts": "comply",
    "calendar_file": "calendar",
    "print_averages_csv": "duty",
    "show_average": "duty",
    "show_averages": "duty",
    "show_built": "world",
    "show_check": "record",
    "show_comply": "comply",
    "show_duty": "duty",
    "show_panel": "duty",
    "show_picture": "picture",
    "show_play": "game",
    "show_solve": "solve",
    "show_status": "status",
    "show_talk": "game",
    "show_tension": "tension",
    "show_timeline": "record",
    "show_world": "world",
    "show_world_check": "world",
    "show_world_list": "world",
    "solve_csv": "solve",
    "tension_csv": "tension",
}


def __getattr__(name: str) -> Any:
    """One question's screen is loaded, not all of them."""
    if name in _MODULES:
        return getattr(importlib.import_module(f"detente.screens.{_MODULES[name]}"), name)
    raise AttributeError(f"module 'detente.screens' has no attribute '{name}'")
