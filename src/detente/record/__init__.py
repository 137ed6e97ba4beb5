"""The record of a dispute: entries, what stands as of a day, clocks, and whether it holds together."""

from detente.record.clocks import Clock, Term, clocks, terms, truce
from detente.record.dispute import Dispute, dispute, examine, folder_of, shipped
from detente.record.entries import Arrangement, Claim, Commitment, Instrument, Measure, Source, Talk, TalkReport
from detente.record.fold import Standing
from detente.record.folder import SECTIONS, Loaded, Record
from detente.record.rules import RULES
from detente.record.schema import record_schema
from detente.record.view import Line, Step, View

__all__ = [
    "RULES",
    "SECTIONS",
    "Arrangement",
    "Claim",
    "Clock",
    "Commitment",
    "Dispute",
    "Instrument",
    "Line",
    "Loaded",
    "Measure",
    "Record",
    "Source",
    "Standing",
    "Step",
    "Talk",
    "TalkReport",
    "Term",
    "View",
    "clocks",
    "dispute",
    "examine",
    "folder_of",
    "record_schema",
    "shipped",
    "terms",
    "truce",
]
