"""The record of a dispute: entries, what stands as of a day, clocks, and whether it holds together."""

import importlib
from typing import TYPE_CHECKING, Any

from detente.record.clocks import Clock, ClockState, Term, clocks, terms, truce
from detente.record.compliance import (
    Charge,
    OwedState,
    Owing,
    Side,
    Target,
    compliance,
    components,
    group_names,
    target,
)
from detente.record.dispute import Dispute, dispute, examine, folder_of, shipped, shipped_on
from detente.record.fold import Standing, Word
from detente.record.officials import Held, office_of, offices_of, official, officials
from detente.record.schema import record_schema
from detente.record.view import Line, Step, View

if TYPE_CHECKING:
    from detente.record.additions import Added, AddedAll, Addition, add_entries
    from detente.record.entries import (
        Arrangement,
        Claim,
        Commitment,
        Deadline,
        Instrument,
        Measure,
        Office,
        Official,
        Progress,
        Record,
        Source,
        Talk,
        TalkReport,
    )
    from detente.record.yamltree import read_tree

__all__ = [
    "Added",
    "AddedAll",
    "Addition",
    "Arrangement",
    "Charge",
    "Claim",
    "Clock",
    "ClockState",
    "Commitment",
    "Deadline",
    "Dispute",
    "Held",
    "Instrument",
    "Line",
    "Measure",
    "Office",
    "Official",
    "OwedState",
    "Owing",
    "Progress",
    "Record",
    "Side",
    "Source",
    "Standing",
    "Step",
    "Talk",
    "TalkReport",
    "Target",
    "Term",
    "View",
    "Word",
    "add_entries",
    "clocks",
    "compliance",
    "components",
    "dispute",
    "examine",
    "folder_of",
    "group_names",
    "office_of",
    "offices_of",
    "official",
    "officials",
    "read_tree",
    "record_schema",
    "shipped",
    "shipped_on",
    "target",
    "terms",
    "truce",
]

_MODULES = {"read_tree": "yamltree", "add_entries": "additions", "Added": "additions"}
_MODULES |= {"AddedAll": "additions", "Addition": "additions"}


def __getattr__(name: str) -> Any:
    """The models of the entries, the YAML reader and writer, loaded only when somebody asks for them."""
    if name in __all__:
        module = _MODULES.get(name, "entries")
        return getattr(importlib.import_module(f"detente.record.{module}"), name)
    raise AttributeError(f"module 'detente.record' has no attribute '{name}'")
