"""Does a record hold together?"""

from __future__ import annotations

from detente import record as r
from detente.questions import answers as a
from detente.terms import stamp


def check(name: str) -> a.Check:
    """Read a dispute from its YAML and run every rule; the faults are in the answer.

    Raises `InputFault` only when there is no such dispute.
    """
    loaded = r.examine(name)
    counts = {section: len(loaded.entries[section]) for section in loaded.entries}
    counts["changes"] = sum(len(i.changes) for i in loaded.entries["instruments"])
    faults = [a.FaultLine(**f.as_dict()) for f in sorted(loaded.faults, key=lambda f: (f.path, f.line or 0))]
    return a.Check(
        dispute=loaded.header.id if loaded.header else name,
        ok=not faults,
        counts=counts,
        rules=loaded.rules,
        faults=faults,
        provenance=a.Provenance(**stamp(["detente", "check", name], loaded.digest or None).as_dict()),
    )
