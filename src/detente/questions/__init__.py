"""One function a question. The command line, the brief and the workbench call these and nothing deeper."""

from detente.questions.answers import AverageAnswer, Check, DutyAnswer, Status, Timeline
from detente.questions.check import check
from detente.questions.duty import average, duty
from detente.questions.schemas import schema_of
from detente.questions.status import status
from detente.questions.timeline import timeline
from detente.record import record_schema, shipped

__all__ = [
    "AverageAnswer",
    "Check",
    "DutyAnswer",
    "Status",
    "Timeline",
    "average",
    "check",
    "duty",
    "record_schema",
    "schema_of",
    "shipped",
    "status",
    "timeline",
]
