"""Words every room shares: economies, goods codes, days, faults, provenance."""

from detente.terms.days import Interval, days_after, joined, parse_day, say_day
from detente.terms.faults import Fault, FaultList, InputFault, did_you_mean, nearest

__all__ = [
    "Fault",
    "FaultList",
    "InputFault",
    "Interval",
    "days_after",
    "did_you_mean",
    "joined",
    "nearest",
    "parse_day",
    "say_day",
]
