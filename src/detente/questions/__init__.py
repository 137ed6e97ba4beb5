"""One function a question. The command line, the brief and the workbench call these and nothing deeper.

Questions about the record answer in a fraction of a second; those that need arrays or an equilibrium are loaded when
they are first asked.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from detente.questions import answers
from detente.questions.calendar import calendar
from detente.questions.check import check
from detente.questions.comply import comply
from detente.questions.duty import average, averages, duty, panel
from detente.questions.status import status
from detente.questions.timeline import timeline
from detente.record import record_schema, shipped

if TYPE_CHECKING:
    from detente.questions.accepting import accept
    from detente.questions.answers import (
        AcceptAnswer,
        AverageAnswer,
        Calendar,
        Check,
        Comply,
        DutyAnswer,
        PlayAnswer,
        ReadAnswer,
        SolveAnswer,
        Status,
        TalkAnswer,
        Tension,
        Timeline,
        WorldCheckAnswer,
        WorldLine,
        WorldList,
        WorldShow,
    )
    from detente.questions.article_folders import FolderDone, count_articles, read_folder
    from detente.questions.articles import model_endpoint, read_article, read_text
    from detente.questions.holding import Terms
    from detente.questions.outcomes import policy_of, solve_dispute
    from detente.questions.pictures import Picture, picture
    from detente.questions.playing import GAMES, play
    from detente.questions.schemas import schema_of
    from detente.questions.solve import solve_scenario
    from detente.questions.talking import talk
    from detente.questions.tension import tension_index
    from detente.questions.worlds import world_build, world_builders, world_check, world_from, world_list, world_show

__all__ = [
    "GAMES",
    "AcceptAnswer",
    "AverageAnswer",
    "Calendar",
    "Check",
    "Comply",
    "DutyAnswer",
    "FolderDone",
    "Picture",
    "PlayAnswer",
    "ReadAnswer",
    "SolveAnswer",
    "Status",
    "TalkAnswer",
    "Tension",
    "Terms",
    "Timeline",
    "WorldCheckAnswer",
    "WorldLine",
    "WorldList",
    "WorldShow",
    "accept",
    "average",
    "averages",
    "calendar",
    "check",
    "comply",
    "count_articles",
    "duty",
    "model_endpoint",
    "panel",
    "picture",
    "play",
    "policy_of",
    "read_article",
    "read_folder",
    "read_text",
    "record_schema",
    "schema_of",
    "shipped",
    "solve_dispute",
    "solve_scenario",
    "status",
    "talk",
    "tension_index",
    "timeline",
    "world_build",
    "world_builders",
    "world_check",
    "world_from",
    "world_list",
    "world_show",
]

_HEAVY = {
    "GAMES": "playing",
    "FolderDone": "article_folders",
    "accept": "accepting",
    "count_articles": "article_folders",
    "model_endpoint": "articles",
    "read_article": "articles",
    "read_folder": "article_folders",
    "read_text": "articles",
    "Picture": "pictures",
    "Terms": "holding",
    "picture": "pictures",
    "play": "playing",
    "policy_of": "outcomes",
    "schema_of": "schemas",
    "solve_dispute": "outcomes",
    "solve_scenario": "solve",
    "talk": "talking",
    "tension_index": "tension",
    "world_build": "worlds",
    "world_builders": "worlds",
    "world_check": "worlds",
    "world_from": "worlds",
    "world_list": "worlds",
    "world_show": "worlds",
}


def __getattr__(name: str) -> Any:
    if name in _HEAVY:
        return getattr(importlib.import_module(f"detente.questions.{_HEAVY[name]}"), name)
    if name in __all__:
        return getattr(answers, name)
    raise AttributeError(f"module 'detente.questions' has no attribute '{name}'")
