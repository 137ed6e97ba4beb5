"""When a clock has run out and nobody can say what followed.

A party can announce an extension without an act. That changes nothing that stands; but past the clock it makes the
answer unknown until an act settles it. The same holds for a clock that runs out after the record ends: the act that
renewed it, if there was one, would not be in the record. Before the day of the clock the schedule stands, and a
replay (`known` within the record) takes every clock at its word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from detente.record.fold import Act, Standing, acting, stand, undoes


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known besides the acts: the day asked from, through when the record is complete (and single measures of
    it, where their sources end earlier), and which instruments' clocks a party has said will move, to when."""

    known: date
    covered_through: date
    announced: dict[str, date] = field(default_factory=dict)
    measures: dict[str, date] = field(default_factory=dict)

    def doubt(self, act: Act) -> str | None:
        """Why it is not known what followed the end of this act's interval; None when it is known."""
        until = act.change.until
        if until is None:
            return None
        if (extended := self.announced.get(act.instrument.id)) is not None:
            return f"its clock ran out on {until}; an extension to {extended} was announced but no act is known"
        through = self.measures.get(act.change.measure, self.covered_through)
        if until > through and self.known > through:
            what = "the record" if through == self.covered_through else "what is known of this measure"
            return f"its clock ran out on {until}, after {what} ends ({through})"
        return None


def fold_with_doubt(acts: Sequence[Act], day: date, knowledge: Knowledge) -> Standing:
    """What the acts say on the day, or unknown with both outcomes where a clock ran out unsettled."""
    now = acting(acts, day)
    lapsed = stand(now, acts, day)
    for act in reversed(acts):
        if not _ran_out(act, day) or _settled(acts, act, now):
            continue
        why = knowledge.doubt(act)
        extended = stand(sorted([*now, act], key=acts.index), acts, day)
        if why is not None and not extended.same_as(lapsed):
            return _unknown(lapsed, extended, why)
    return lapsed


def _ran_out(act: Act, day: date) -> bool:
    until = act.change.until
    return (act.pauses or act.op == "exempt") and until is not None and until <= day and not act.empty


def _settled(acts: Sequence[Act], act: Act, now: Sequence[Act]) -> bool:
    """True when the clock hung on nothing any more, or a later act speaks to what followed it."""
    after = acts[acts.index(act) + 1 :]
    until = act.change.until
    assert until is not None
    if any(undoes(a, act) for a in acting(after, until)):
        return True
    if act.op == "exempt":
        return any(a in after and a.op == "exempt" and a.change.exempt == act.change.exempt for a in now)
    return any(a in after and (a.pauses or a.op == "set") for a in now)


def _unknown(lapsed: Standing, extended: Standing, why: str) -> Standing:
    acts = tuple(dict.fromkeys((*extended.acts, *lapsed.acts)))
    return Standing(
        "unknown",
        state=lapsed.state,
        nominal=lapsed.nominal,
        by=lapsed.by,
        acts=acts,
        why=why,
        if_extended=extended,
        if_lapsed=lapsed,
    )
