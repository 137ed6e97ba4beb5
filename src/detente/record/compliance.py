"""What became of each commitment, derived from what the record knows and never typed.

The state of a commitment follows from four things, in this order: whether it has begun; what dated reports say was
delivered; the acts by which the party that owes carries it out; and claims of breach with their answers. A number
that covers the whole period decides before words do; a claim decides only what no number and no act does. Where
nothing is known the state says so: unknown is neither zero nor a breach. `docs/compliance.md` lists the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from detente.record.clocks import Term, terms
from detente.record.view import View

if TYPE_CHECKING:
    from detente.record.entries import Arrangement, Base, Basis, Claim, Commitment, Instrument, Progress

Side = Literal["exports", "imports"]
OwedState = Literal[
    "not begun",
    "announced",
    "not yet due",
    "no day set",
    "under way",
    "carried out",
    "delivered",
    "reported delivered",
    "short",
    "reported short",
    "partly reported",
    "due, nothing known",
    "breach claimed",
    "disputed",
    "overtaken",
    "unknown",
]

ALL = "all"
STATISTICS = ("exports", "imports")


@dataclass(frozen=True, slots=True)
class Target:
    """What is owed of one group over a span: `extra` over the base, `base` on one side of the statistics (None: not
    known), and `goal`, their sum (None where the base is unknown; where there is no base it is `extra`)."""

    group: str
    start: date
    until: date
    extra: Decimal
    base: Decimal | None
    goal: Decimal | None
    basis: Basis | None
    unit: str


@dataclass(frozen=True, slots=True)
class Charge:
    """A claim of breach that bears on a commitment: whether it is open, and the replies to it."""

    claim: Claim
    open: bool
    answers: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Owing:
    """A commitment as it stands: its state and why, the targets, and what is known of it.

    `done` is what the deciding report counts, in the commitment's unit, and `share` that of `goal`; both are None
    where no number is known. `late` is true where it was delivered only after its day.
    """

    commitment: Commitment
    arrangement: Arrangement
    term: Term
    state: OwedState
    why: str
    targets: tuple[Target, ...]
    goal: Decimal | None
    extra: Decimal | None
    base: Decimal | None
    done: Decimal | None
    share: Decimal | None
    decides: Progress | None
    late: bool
    reports: tuple[Progress, ...]
    charges: tuple[Charge, ...]
    acts: tuple[Instrument, ...]


def compliance(view: View) -> list[Owing]:
    """Every commitment of an arrangement known by the day of the view, in the order of the record."""
    settled = _settled(view)
    found = []
    for term in terms(view):
        for commitment in term.arrangement.commitments:
            found.append(_owing(view, term, commitment, settled))
    return found


def _owing(view: View, term: Term, owed: Commitment, settled: set[str]) -> Owing:
    reports = tuple(_reports(view, owed))
    charges = tuple(_charges(view, term, owed, settled))
    acts = tuple(_acts(view, term, owed))
    best = _decides(owed, reports)
    basis = best.basis if best is not None and best.basis in STATISTICS else None
    whole = target(view, owed, ALL, owed.from_, owed.due, basis)
    goal = whole.goal if whole is not None and (best is None or best.with_base) else whole.extra if whole else None
    done, share = _counted(_counting(owed, reports), goal)
    state, why = _state(view, term, owed, best, goal, charges, acts)
    beside = _measured_elsewhere(reports)
    why += f" (reports on something else: {beside})" if beside else ""
    return Owing(
        commitment=owed,
        arrangement=term.arrangement,
        term=term,
        state=state,
        why=why,
        targets=tuple(targets(view, owed)),
        goal=whole.goal if whole else None,
        extra=whole.extra if whole else None,
        base=whole.base if whole else None,
        done=done,
        share=share,
        decides=best,
        late=state in ("delivered", "reported delivered") and _late(owed, reports, goal),
        reports=reports,
        charges=charges,
        acts=acts,
    )


def target(
    view: View, owed: Commitment, group: str, start: date, until: date | None, basis: Basis | None = None
) -> Target | None:
    """What is owed of a group over all parts within `[start, until)`, counted on a side of the statistics.

    `basis` None takes the seller's exports, the side most counts are made on. None where nothing is quantified.
    """
    if not owed.parts:
        if owed.quantity is None or group != ALL or owed.due is None:
            plain = owed.quantity
            if plain is None or group != ALL:
                return None
            return Target(ALL, owed.from_, date.max, plain.amount, None, plain.amount, None, plain.unit)
        amount = owed.quantity.amount
        return Target(ALL, owed.from_, owed.due, amount, None, amount, None, owed.quantity.unit)
    members = _members(owed, group)
    inside = [p for p in owed.parts if p.group in members and p.from_ >= start and (until is None or p.until <= until)]
    if not inside:
        return None
    extra = sum((p.amount for p in inside), Decimal(0))
    spans = {(p.from_, p.until) for p in inside}
    side = basis or "exports"
    base = _base(view, owed, group, side)
    total = None if base is None else base * len(spans)
    goal = extra if not owed.bases else None if total is None else extra + total
    first, last = min(s for s, _ in spans), max(u for _, u in spans)
    return Target(group, first, last, extra, total, goal, side if owed.bases else None, inside[0].unit)


def targets(view: View, owed: Commitment, basis: Basis | None = None) -> Iterator[Target]:
    """Each group in each year, then the sums by year, then all years of each group."""
    spans = sorted({(p.from_, p.until) for p in owed.parts})
    names = group_names(owed)
    for start, until in [*spans, (owed.from_, owed.due)] if len(spans) > 1 else spans:
        for name in names:
            found = target(view, owed, name, start, until, basis)
            if found is not None:
                yield found


def group_names(owed: Commitment) -> list[str]:
    """The groups of a commitment: those of its parts, its sums, and all of it."""
    named = [p.group for p in owed.parts] + [g.name for g in owed.groups]
    return list(dict.fromkeys([*named, ALL] if named else []))


def components(owed: Commitment, group: str) -> list[str]:
    """The groups directly below a sum; none for a group of its own."""
    listed = next((list(g.sum) for g in owed.groups if g.name == group), [])
    if listed or group != ALL:
        return listed
    within = {x for g in owed.groups for x in g.sum}
    return [n for n in group_names(owed) if n != ALL and n not in within]


def _members(owed: Commitment, group: str) -> set[str]:
    below = components(owed, group)
    return {group} if not below else set().union(*(_members(owed, b) for b in below))


def _base(view: View, owed: Commitment, group: str, basis: str) -> Decimal | None:
    """The base of a group on one side, as known: its own, or the sum of those below it."""
    known: list[Base] = [b for b in owed.bases if b.known <= view.known and b.basis == basis]
    own = next((b.amount for b in known if b.group == group), None)
    below = components(owed, group)
    if own is not None or not below:
        return own
    total = Decimal(0)
    for name in below:
        part = _base(view, owed, name, basis)
        if part is None:
            return None
        total += part
    return total


def _reports(view: View, owed: Commitment) -> Iterator[Progress]:
    """What was published of the commitment by the day, oldest first."""
    by = min(view.known, view.on)
    found = [p for p in view.record.progress if p.commitment == owed.id and p.published <= by]
    yield from sorted(found, key=lambda p: (p.published, p.until))


def _counting(owed: Commitment, reports: Sequence[Progress]) -> Progress | None:
    """The report that gives the number: the deciding one, or the nearest to it where that is only a word."""
    return _decides(owed, [p for p in reports if p.amount is not None or p.share is not None])


def _decides(owed: Commitment, reports: Sequence[Progress]) -> Progress | None:
    """The report that speaks for the whole commitment: an amount in its unit before a word, the furthest-reaching
    first, official statistics before other counts, then the newest."""
    unit = owed.quantity.unit if owed.quantity else owed.parts[0].unit if owed.parts else None
    whole = [p for p in reports if p.group in (None, ALL) and p.measured is None]
    counted = [p for p in whole if (p.amount is not None and p.unit == unit) or p.share is not None or p.says]
    return max(counted, key=_weight, default=None)


def _weight(report: Progress) -> tuple[bool, date, bool, bool, date, Decimal]:
    amount = report.up_to or report.amount or Decimal(0)
    firm = report.bound != "at-least"
    number = report.amount is not None or report.share is not None
    return (
        report.says == "delivered",
        report.until,
        report.basis in STATISTICS,
        number and firm,
        report.published,
        amount,
    )


def _counted(best: Progress | None, goal: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    if best is None:
        return None, None
    if best.amount is None:
        return None, best.share
    return best.amount, best.amount / goal if goal else None


def _state(
    view: View,
    term: Term,
    owed: Commitment,
    best: Progress | None,
    goal: Decimal | None,
    charges: Sequence[Charge],
    acts: Sequence[Instrument],
) -> tuple[OwedState, str]:
    if view.on < owed.from_:
        return "not begun", f"it begins on {owed.from_}"
    over = owed.due is not None and owed.due <= view.on
    number = _by_number(owed, best, goal, over) if best is not None else None
    if number is not None and number[0] not in ("under way", "partly reported"):
        return number
    return (
        _by_acts(view, owed, acts)
        or _by_end(view, term, owed, over)
        or _by_claims(charges)
        or number
        or _by_silence(view, term, owed, over)
    )


def _measured_elsewhere(reports: Sequence[Progress]) -> str | None:
    """What reports count that decides nothing of the commitment, in words; None where there are none."""
    counted = dict.fromkeys(p.measured for p in reports if p.measured)
    return "; ".join(counted) or None


def _by_number(owed: Commitment, best: Progress, goal: Decimal | None, over: bool) -> tuple[OwedState, str] | None:
    official = best.basis in STATISTICS
    said = f"{best.id} of {best.published}"
    most = _most(best, goal)
    if best.says == "delivered" or (most is not None and most >= 1):
        return ("delivered" if official else "reported delivered"), said
    if not over:
        return ("under way", said) if best.amount or best.share or best.says == "under way" else None
    whole = owed.due is not None and best.until >= owed.due
    if best.says == "not delivered" or (whole and most is not None and best.bound != "at-least"):
        return ("short" if official else "reported short"), said
    return ("partly reported", f"{said} does not cover all of it") if best.amount or best.share else None


def _most(best: Progress, goal: Decimal | None) -> Decimal | None:
    """The share delivered at the top of the range a report gives, None where there is nothing to hold it against."""
    if best.share is not None:
        return best.share
    amount = best.up_to if best.up_to is not None and best.bound != "at-least" else best.amount
    return amount / goal if amount is not None and goal else None


def _late(owed: Commitment, reports: Sequence[Progress], goal: Decimal | None) -> bool:
    """True where reports that reach past the day it was due are the first to reach the whole amount."""
    if owed.due is None:
        return False
    full = [p for p in reports if p.says == "delivered" or ((m := _most(p, goal)) is not None and m >= 1)]
    return bool(full) and all(p.until > owed.due for p in full)


def _by_acts(view: View, owed: Commitment, acts: Sequence[Instrument]) -> tuple[OwedState, str] | None:
    """Whether the measures it is about were changed as agreed, and whether it stood through the day asked about."""
    if not acts:
        return None
    day = view.on if owed.due is None else min(view.on, owed.due - timedelta(days=1))
    standing = [view.standing(m, _partner(view, m, owed), on=day) for m in owed.measures]
    unknown = next((s for s in standing if s.word == "unknown"), None)
    if unknown is not None:
        return "unknown", unknown.why or "its clock ran out"
    own = {i.id for i in acts}
    if standing and all(s.word in ("struck down", "revoked") and s.by not in own for s in standing):
        ended = ", ".join(dict.fromkeys(s.by for s in standing if s.by))
        return "overtaken", f"carried out, then the measure itself was ended by {ended}"
    return "carried out", ", ".join(i.id for i in acts)


def _partner(view: View, measure: str, owed: Commitment) -> str:
    return owed.to if owed.to in view.record.header.parties else view.measure(measure).targets[0]


def _by_end(view: View, term: Term, owed: Commitment, over: bool) -> tuple[OwedState, str] | None:
    ended = term.until is not None and term.until <= view.on
    within = owed.due is None or (term.until is not None and owed.due <= term.until)
    if term.state == "unknown" and within and not over:
        return "unknown", f"the clock of {term.arrangement.id} ran out and no act is known"
    if term.state == "lapsed" and ended and (owed.due is None or (term.until is not None and term.until < owed.due)):
        return "overtaken", f"{term.arrangement.id} ended on {term.until}"
    return None


def _by_claims(charges: Sequence[Charge]) -> tuple[OwedState, str] | None:
    open_ones = [c for c in charges if c.open]
    if not open_ones:
        return None
    answered = [c for c in open_ones if c.answers]
    names = ", ".join(c.claim.id for c in answered or open_ones)
    return ("disputed" if answered else "breach claimed"), names


def _by_silence(view: View, term: Term, owed: Commitment, over: bool) -> tuple[OwedState, str]:
    if term.state == "announced":
        return "announced", f"no act carries {term.arrangement.id} out"
    if owed.due is None:
        return "no day set", "nothing is known of it"
    if not over:
        return "not yet due", f"due before {owed.due}; nothing is known of it so far"
    covered = view.record.header.covered_through
    if owed.due > covered and view.known > covered:
        return "unknown", f"it fell due on {owed.due}, after the record ends ({covered})"
    return "due, nothing known", f"due before {owed.due}; no report is in the record"


def _acts(view: View, term: Term, owed: Commitment) -> Iterator[Instrument]:
    """The acts in effect by which the party that owes changes the measures of the commitment for this arrangement."""
    for instrument in view.instruments:
        if instrument.carries_out != term.arrangement.id or instrument.by != owed.by:
            continue
        days = [c.from_ for c in instrument.changes if c.measure in owed.measures]
        if days and min(days) <= view.on:
            yield instrument


def _charges(view: View, term: Term, owed: Commitment, settled: set[str]) -> Iterator[Charge]:
    """Breaches claimed of the party that owes, by name of the commitment or of its arrangement, made by the day."""
    by = min(view.known, view.on)
    made = [c for c in view.record.claims if c.published <= by]
    for claim in made:
        if claim.kind != "breach" or claim.by == owed.by or not _about(claim, term, owed):
            continue
        replies = tuple(c for c in made if c.by == owed.by and _replies(c, claim, term))
        yield Charge(claim, claim.id not in settled, replies)


def _about(claim: Claim, term: Term, owed: Commitment) -> bool:
    return owed.id in claim.about or term.arrangement.id in claim.about


def _replies(reply: Claim, claim: Claim, term: Term) -> bool:
    if claim.id in reply.answers:
        return True
    return reply.kind == "denial" and term.arrangement.id in reply.about and reply.published >= claim.published


def _settled(view: View) -> set[str]:
    """What something known and begun by the day has settled."""
    by = min(view.known, view.on)
    entries: list[Iterable[str]] = [i.settles for i in view.instruments if i.published <= by]
    entries += [a.settles for a in view.record.arrangements if a.published <= by]
    entries += [c.settles for c in view.record.claims if c.published <= by]
    entries += [x.settles for t in view.record.talks for x in t.reports if x.published <= by]
    return {name for names in entries for name in names}
