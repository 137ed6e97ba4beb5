"""Who owes what, what is known to be done, who claims a breach and what is said to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from detente import record as r
from detente.questions import answers as a
from detente.questions.trade import count_trade, read_trade
from detente.terms import stamp


def comply(
    name: str, on: date | None = None, known: date | None = None, trade: str | None = None, pro_rate: bool = False
) -> a.Comply:
    """The commitments of a dispute `on` a day as `known` on a day (both default today), with `trade` a CSV of trade.

    `pro_rate` cuts yearly goals to the months a file covers. Raises `InputFault` when the dispute is not there, its
    record does not check, or the file has faults (all of them at once).
    """
    dispute = r.dispute(name)
    view = dispute.as_of(on, known)
    owings = r.compliance(view)
    counted = None if trade is None else count_trade(view, owings, read_trade(trade), trade, pro_rate)
    words = ["detente", "comply", name, "--on", str(view.on), "--known", str(view.known)]
    words += ["--trade", trade] if trade else []
    words += ["--pro-rate"] if pro_rate else []
    header = dispute.record.header
    return a.Comply(
        dispute=header.id,
        title=header.title,
        on=view.on,
        known=view.known,
        covered_through=header.covered_through,
        beyond_coverage=view.on > header.covered_through,
        commitments=[_owing(view, o) for o in owings],
        trade=counted,
        provenance=a.Provenance(**stamp(words, dispute.record.digest).as_dict()),
    )


def _owing(view: r.View, o: r.Owing) -> a.OwingLine:
    owed = o.commitment
    goal = o.goal if o.decides is None or o.decides.with_base else o.extra
    return a.OwingLine(
        commitment=owed.id,
        arrangement=o.arrangement.id,
        arrangement_title=o.arrangement.title,
        arrangement_status=o.term.state,
        by=owed.by,
        to=owed.to,
        text=owed.text,
        from_=owed.from_,
        due=owed.due,
        days_left=max(0, (owed.due - view.on).days) if owed.due else None,
        state=o.state,
        why=o.why,
        late=o.late,
        unit=owed.quantity.unit if owed.quantity else owed.parts[0].unit if owed.parts else None,
        extra=_number(o.extra),
        base=_number(o.base),
        goal=_number(o.goal),
        done=_number(o.done),
        share=_number(o.share),
        short_by=None if goal is None or o.done is None else float(goal - o.done),
        over_base=None if o.base is None or o.done is None else float(o.done - o.base),
        accepts=list(owed.accepts),
        acts=[i.id for i in o.acts],
        targets=[_target(t) for t in o.targets],
        reports=[_report(p) for p in o.reports],
        charges=[_charge(c) for c in o.charges],
        verified=owed.verified,
        note=owed.note,
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _target(t: r.Target) -> a.TargetLine:
    return a.TargetLine(
        group=t.group,
        from_=t.start,
        until=t.until,
        extra=float(t.extra),
        base=_number(t.base),
        goal=_number(t.goal),
        basis=t.basis,
        unit=t.unit,
    )


def _report(p: r.Progress) -> a.ProgressLine:
    return a.ProgressLine(
        report=p.id,
        published=p.published,
        from_=p.from_,
        until=p.until,
        group=p.group,
        amount=_number(p.amount),
        up_to=_number(p.up_to),
        unit=p.unit,
        bound=p.bound,
        share=_number(p.share),
        with_base=p.with_base,
        basis=p.basis,
        of=p.of,
        measured=p.measured,
        says=p.says,
        verified=p.verified,
        sources=list(p.sources),
        note=p.note,
    )


def _charge(c: r.Charge) -> a.ChargeLine:
    return a.ChargeLine(
        claim=c.claim.id,
        by=c.claim.by,
        speaker=c.claim.speaker,
        published=c.claim.published,
        text=c.claim.text,
        open=c.open,
        verified=c.claim.verified,
        answers=[f"{x.published} {x.by} {x.kind}: {x.text}" for x in c.answers],
    )
