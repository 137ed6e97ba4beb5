"""The answers of the questions: what `--json` prints and its published schema describes.

Rates are fractions and unknown is null. Days are ISO; intervals are half-open (`until` is the first day after).
An answer's form is loaded when it is first used: making all of them would take longer than most questions.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.questions.answers.base import Answer, Provenance
    from detente.questions.answers.calendar import Calendar, CalendarEntry, CalendarKind
    from detente.questions.answers.comply import (
        ChargeLine,
        Comply,
        OwingLine,
        ProgressLine,
        TargetLine,
        TradeCount,
        TradeCountLine,
    )
    from detente.questions.answers.duty import (
        AverageAnswer,
        AverageRow,
        AveragesAnswer,
        Bounds,
        DutyAlternative,
        DutyAnswer,
        DutyChange,
        DutyLayer,
        PanelAnswer,
    )
    from detente.questions.answers.outcomes import EconomyOutcome, SolveAnswer, SolvedOutcome
    from detente.questions.answers.record import (
        AdditionalDuty,
        ArrangementLine,
        Check,
        ClaimLine,
        ClockLine,
        CommitmentLine,
        DueWord,
        Event,
        FaultLine,
        MeasureLine,
        NextStep,
        Outcome,
        PersonLine,
        Status,
        TalkLine,
        Talks,
        Timeline,
        Truce,
    )
    from detente.questions.answers.tension import (
        Tension,
        TensionDay,
        TensionDetail,
        TensionEvent,
        TensionMonth,
        TensionPeak,
        TensionStep,
        TensionWeights,
    )
    from detente.questions.answers.worlds import WorldCheckAnswer, WorldLine, WorldList, WorldShow

__all__ = [
    "AdditionalDuty",
    "Answer",
    "ArrangementLine",
    "AverageAnswer",
    "AverageRow",
    "AveragesAnswer",
    "Bounds",
    "Calendar",
    "CalendarEntry",
    "CalendarKind",
    "ChargeLine",
    "Check",
    "ClaimLine",
    "ClockLine",
    "CommitmentLine",
    "Comply",
    "DueWord",
    "DutyAlternative",
    "DutyAnswer",
    "DutyChange",
    "DutyLayer",
    "EconomyOutcome",
    "Event",
    "FaultLine",
    "MeasureLine",
    "NextStep",
    "Outcome",
    "OwingLine",
    "PanelAnswer",
    "PersonLine",
    "ProgressLine",
    "Provenance",
    "SolveAnswer",
    "SolvedOutcome",
    "Status",
    "TalkLine",
    "Talks",
    "TargetLine",
    "Tension",
    "TensionDay",
    "TensionDetail",
    "TensionEvent",
    "TensionMonth",
    "TensionPeak",
    "TensionStep",
    "TensionWeights",
    "Timeline",
    "TradeCount",
    "TradeCountLine",
    "Truce",
    "WorldCheckAnswer",
    "WorldLine",
    "WorldList",
    "WorldShow",
]

_MODULES = {
    "AdditionalDuty": "record",
    "Answer": "base",
    "ArrangementLine": "record",
    "AverageAnswer": "duty",
    "AverageRow": "duty",
    "AveragesAnswer": "duty",
    "Bounds": "duty",
    "Calendar": "calendar",
    "CalendarEntry": "calendar",
    "CalendarKind": "calendar",
    "ChargeLine": "comply",
    "Check": "record",
    "ClaimLine": "record",
    "ClockLine": "record",
    "CommitmentLine": "record",
    "Comply": "comply",
    "DueWord": "record",
    "DutyAlternative": "duty",
    "DutyAnswer": "duty",
    "DutyChange": "duty",
    "DutyLayer": "duty",
    "EconomyOutcome": "outcomes",
    "Event": "record",
    "FaultLine": "record",
    "MeasureLine": "record",
    "NextStep": "record",
    "Outcome": "record",
    "OwingLine": "comply",
    "PanelAnswer": "duty",
    "PersonLine": "record",
    "ProgressLine": "comply",
    "Provenance": "base",
    "SolveAnswer": "outcomes",
    "SolvedOutcome": "outcomes",
    "Status": "record",
    "TalkLine": "record",
    "Talks": "record",
    "TargetLine": "comply",
    "Tension": "tension",
    "TensionDay": "tension",
    "TensionDetail": "tension",
    "TensionEvent": "tension",
    "TensionMonth": "tension",
    "TensionPeak": "tension",
    "TensionStep": "tension",
    "TensionWeights": "tension",
    "Timeline": "record",
    "TradeCount": "comply",
    "TradeCountLine": "comply",
    "Truce": "record",
    "WorldCheckAnswer": "worlds",
    "WorldLine": "worlds",
    "WorldList": "worlds",
    "WorldShow": "worlds",
}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        found = getattr(importlib.import_module(f"detente.questions.answers.{_MODULES[name]}"), name)
        globals()[name] = found
        return found
    raise AttributeError(f"module 'detente.questions.answers' has no attribute '{name}'")
