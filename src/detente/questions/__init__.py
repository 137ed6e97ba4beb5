"""One function a question. The command line, the brief and the workbench call these and nothing deeper."""

from detente.questions.answers import Check, DutyAnswer, Status, Timeline
from detente.questions.check import check
from detente.questions.duty import duty
from detente.questions.schemas import schema_of
from detente.questions.status import status
from detente.questions.timeline import timeline
from detente.record import record_schema, shipped

__all__ = [
    "Check",
    "DutyAnswer",
    "Status",
    "Timeline",
    "check",
    "duty",
    "record_schema",
    "schema_of",
    "shipped",
    "status",
    "timeline",
]
