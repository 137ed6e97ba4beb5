"""The answers of the questions: what `--json` prints and its published schema describes.

Rates are fractions and unknown is null. Days are ISO; intervals are half-open (`until` is the first day after).
"""

from detente.questions.answers.base import Answer, Provenance
from detente.questions.answers.duty import AverageAnswer, Bounds, DutyAnswer, DutyChange, DutyLayer
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
    "Bounds",
    "Check",
    "ClaimLine",
    "ClockLine",
    "CommitmentLine",
    "DueWord",
    "DutyAnswer",
    "DutyChange",
    "DutyLayer",
    "EconomyOutcome",
    "Event",
    "FaultLine",
    "MeasureLine",
    "NextStep",
    "Outcome",
    "PersonLine",
    "Provenance",
    "SolveAnswer",
    "SolvedOutcome",
    "Status",
    "TalkLine",
    "Talks",
    "Tension",
    "TensionDay",
    "TensionDetail",
    "TensionEvent",
    "TensionMonth",
    "TensionPeak",
    "TensionStep",
    "TensionWeights",
    "Timeline",
    "Truce",
    "WorldCheckAnswer",
    "WorldLine",
    "WorldList",
    "WorldShow",
]
