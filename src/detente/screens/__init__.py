"""Answers as text for a terminal: one module a question. Rich is loaded here and only when a person reads."""

from detente.screens.calendar import calendar_file
from detente.screens.comply import amounts, show_comply
from detente.screens.duty import print_averages_csv, show_average, show_averages, show_duty, show_panel
from detente.screens.picture import show_picture
from detente.screens.record import show_check, show_timeline
from detente.screens.solve import show_solve, solve_csv
from detente.screens.status import show_status
from detente.screens.tension import show_tension, tension_csv
from detente.screens.world import show_built, show_world, show_world_check, show_world_list

__all__ = [
    "amounts",
    "calendar_file",
    "print_averages_csv",
    "show_average",
    "show_averages",
    "show_built",
    "show_check",
    "show_comply",
    "show_duty",
    "show_panel",
    "show_picture",
    "show_solve",
    "show_status",
    "show_tension",
    "show_timeline",
    "show_world",
    "show_world_check",
    "show_world_list",
    "solve_csv",
    "tension_csv",
]
