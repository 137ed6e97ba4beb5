"""Words every room shares: economies, goods codes, days, faults, provenance."""

from detente.terms.days import Interval, days_after, joined, parse_day, say_day
from detente.terms.economies import adjective, all_codes, economy, economy_name, is_economy, members, spellings, union_of
from detente.terms.faults import Fault, FaultList, InputFault, did_you_mean, nearest
from detente.terms.provenance import Stamp, stamp

__all__ = [
    "Fault",
    "FaultList",
    "InputFault",
    "Interval",
    "Stamp",
    "adjective",
    "all_codes",
    "days_after",
    "did_you_mean",
    "economy",
    "economy_name",
    "is_economy",
    "joined",
    "members",
    "nearest",
    "parse_day",
    "say_day",
    "spellings",
    "stamp",
    "union_of",
]
