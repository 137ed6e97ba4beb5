"""What is in force, what lapses next, who promised what, which claims are open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from detente import record as r
from detente.questions import answers as a
from detente.terms import stamp

_RECENT = timedelta(days=31)


def status(name: str, on: date | None = None, known: date | None = None) -> a.Status:
    """The state of a dispute `on` a day (default today) as `known` on a day (default today).

    Raises `InputFault` when the dispute is not there or its record does not check.
    """
    dispute = r.dispute(name)
    view = dispute.as_of(on, known)
    header = dispute.record.header
    lines = view.lines()
    found = _merged([measure_line(view, x) for x in lines])
    words = ["detente", "status", name, "--on", str(view.on), "--known", str(view.known)]
    return a.Status(
        dispute=header.id,
        title=header.title,
        on=view.on,
        known=view.known,
        covered_through=header.covered_through,
        beyond_coverage=view.on > header.covered_through,
        truce=_truce(view),
        additional=_additional(view, lines),
        in_force=[x for x in found if x.status == "in force"],
        unknown=[x for x in found if x.status == "unknown"],
        suspended=[x for x in found if x.status in ("suspended", "exempt")],
        announced=_announced(view),
        next=_merged([_step(view, s) for s in view.steps()]),
        clocks=_clocks(view),
        arrangements=[_arrangement(t) for t in r.terms(view)],
        talks=_talks(view),
        commitments=commitments(view),
        claims=claims(view),
        provenance=a.Provenance(**stamp(words, dispute.record.digest).as_dict()),
    )


def _truce(view: r.View) -> a.Truce | None:
    term = r.truce(view)
    if term is None:
        return None
    holding = term.state == "in force"
    return a.Truce(
        arrangement=term.arrangement.id,
        title=term.arrangement.title,
        from_=term.start,
        until=term.until,
        days_elapsed=(view.on - term.start).days,
        days_left=(term.until - view.on).days if term.until and holding else None,
        status=term.state,
        announced_until=term.announced_until,
        carried_out_by=list(term.by),
    )


Held = TypeVar("Held", a.MeasureLine, a.NextStep, a.ClockLine)


def _merged(answers: Sequence[Held]) -> list[Held]:
    """Answers that differ in the partner alone as one, in the order of the first of each; ALL stands first."""
    together: dict[str, list[Held]] = {}
    for answer in answers:
        together.setdefault(repr(replace(answer, partner="", partners=[])), []).append(answer)
    out = []
    for alike in together.values():
        partners = sorted({p for x in alike for p in x.partners}, key=lambda p: (p != "ALL", p))
        out.append(replace(alike[0], partner=partners[0], partners=partners))
    return out


def _alike(view: r.View, measure: r.Measure, partner: str) -> list[str]:
    """The partners for whom a line about `partner` holds."""
    return list(next((g for g in view.groups(measure) if partner in g), (partner,)))


def measure_line(view: r.View, line: r.Line) -> a.MeasureLine:
    """A line of the record as an answer."""
    s, m = line.standing, line.measure
    return a.MeasureLine(
        measure=m.id,
        title=m.title,
        kind=m.kind,
        authority=m.authority,
        imposer=m.imposer,
        partner=line.partner,
        partners=_alike(view, m, line.partner),
        goods=line.goods,
        goods_title=view.goods_title(line.goods),
        status=s.word,
        rate=_number(s.rate),
        ceiling=s.ceiling,
        nominal=_number(s.nominal),
        suspended=_number(s.suspended),
        state=s.state,
        charged=_number(line.charged),
        owed=_number(line.owed),
        since=line.since,
        instruments=list(s.acts),
        why=s.why,
        if_extended=_outcome(s.if_extended) if s.if_extended else None,
        if_lapsed=_outcome(s.if_lapsed) if s.if_lapsed else None,
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _outcome(standing: r.Standing) -> a.Outcome:
    return a.Outcome(status=standing.word, rate=_number(standing.rate), state=standing.state, ceiling=standing.ceiling)


def _additional(view: r.View, lines: list[r.Line]) -> list[a.AdditionalDuty]:
    """Sums of the blanket tariffs in each direction. A part that is unknown makes the sum unknown, never smaller."""
    blanket = [x for x in lines if x.measure.kind == "tariff" and x.goods == "all"]
    members = {(x.measure.id, x.partner): _alike(view, x.measure, x.partner) for x in lines}
    pairs = dict.fromkeys((x.measure.imposer, p) for x in lines for p in members[x.measure.id, x.partner])
    sums: dict[str, a.AdditionalDuty] = {}
    for imposer, partner in sorted(pairs, key=lambda pair: pair[1] != "ALL"):
        mine = [x for x in blanket if x.measure.imposer == imposer and _bears(x, partner, blanket, members)]
        one = _sum(imposer, partner, mine)
        held = sums.setdefault(repr(replace(one, partner="", partners=[])), one)
        if held is not one:
            held.partners.append(partner)
    return [replace(s, partners=sorted(s.partners, key=lambda p: (p != "ALL", p))) for s in sums.values()]


def _bears(line: r.Line, partner: str, lines: list[r.Line], members: dict[tuple[str, str], list[str]]) -> bool:
    """Whether a line is the one of its measure for a partner: that which names it, else that for everybody."""
    if partner in members[line.measure.id, line.partner]:
        return True
    named = (x for x in lines if x.measure is line.measure and partner in members[x.measure.id, x.partner])
    return "ALL" in members[line.measure.id, line.partner] and next(named, None) is None


def _sum(imposer: str, partner: str, lines: list[r.Line]) -> a.AdditionalDuty:
    emergency = [x.standing.share for x in lines if "IEEPA" in x.measure.authority]
    return a.AdditionalDuty(
        imposer=imposer,
        partner=partner,
        partners=[partner],
        total=_total(x.standing.share for x in lines),
        charged=_total(x.charged for x in lines),
        owed=_total(x.owed for x in lines),
        emergency=_total(emergency),
        by_measure={x.measure.id: _number(x.standing.share) for x in lines if _counts(x.standing)},
        ceilings=[x.measure.id for x in lines if _counts(x.standing) and x.standing.ceiling],
    )


def _counts(standing: r.Standing) -> bool:
    return standing.word in ("in force", "unknown")


def _total(parts: Iterable[Decimal | None]) -> float | None:
    total = Decimal(0)
    for part in parts:
        if part is None:
            return None
        total += part
    return float(total)


def _announced(view: r.View) -> list[str]:
    """What a party has said will be, without a published act: acts, arrangements and extensions."""
    published = {i.id for i in view.instruments}
    acts = [
        f"{i.title} ({i.id}), announced {i.announced}, not published"
        for i in view.record.instruments
        if i.announced and i.announced <= view.known and i.id not in published
    ]
    terms = [
        f"{t.arrangement.title} ({t.arrangement.id}), announced {t.arrangement.published}, no act carries it out"
        for t in r.terms(view)
        if t.state == "announced"
    ]
    extensions = [
        f"{c.text} ({c.id}, {c.published})"
        for c in view.record.claims
        if c.extends_to and c.published <= view.known and view.on < c.extends_to
    ]
    return [*acts, *terms, *extensions]


def _step(view: r.View, step: r.Step) -> a.NextStep:
    return a.NextStep(
        day=step.day,
        measure=step.measure.id,
        imposer=step.measure.imposer,
        partner=step.partner,
        partners=_alike(view, step.measure, step.partner),
        goods=step.goods,
        before=_outcome(step.before),
        after=_outcome(step.after),
        instruments=list(dict.fromkeys((*step.before.acts, *step.after.acts))),
        why=step.after.why,
    )


def _clocks(view: r.View) -> list[a.ClockLine]:
    """Clocks still to run out, those whose outcome is unknown, and those that ran out within a month."""
    shown = [c for c in r.clocks(view) if c.until > view.on - _RECENT or c.state == "unknown"]
    lines = [
        a.ClockLine(
            instrument=c.act.instrument.id,
            measure=c.measure.id,
            partner=c.partner,
            partners=_alike(view, c.measure, c.partner),
            goods=c.goods,
            until=c.until,
            state=c.state,
            renewed_by=c.renewed_by,
            why=c.why,
        )
        for c in shown
    ]
    return _merged(lines)


def _arrangement(term: r.Term) -> a.ArrangementLine:
    return a.ArrangementLine(
        arrangement=term.arrangement.id,
        kind=term.arrangement.kind,
        title=term.arrangement.title,
        published=term.arrangement.published,
        from_=term.start,
        until=term.until,
        status=term.state,
        announced_until=term.announced_until,
    )


def _talks(view: r.View) -> a.Talks:
    known = [t for talk in view.record.talks if (t := talk_line(view, talk)) is not None]
    held = [t for t in known if t.from_ is not None and t.from_ <= view.on]
    ahead = [t for t in known if t.from_ is None or t.from_ > view.on]
    last = max(held, key=lambda t: t.from_ or view.on, default=None)
    return a.Talks(last=last, next=sorted(ahead, key=lambda t: t.from_ or date.max))


def talk_line(view: r.View, talk: r.Talk) -> a.TalkLine | None:
    """A talk as far as it was reported by the day asked from; None when nothing was known of it."""
    reports = [x for x in talk.reports if x.published <= view.known]
    if not reports:
        return None
    merged: dict[str, object] = {"from_": None, "until": None, "place": None, "persons": {}, "outcome": None}
    for report in reports:
        merged |= {k: v for k in merged if (v := getattr(report, k))}
    sources = list(dict.fromkeys(s for x in reports for s in x.sources))
    fixed: dict[str, Any] = {"talk": talk.id, "kind": talk.kind, "title": talk.title, **merged}
    offices = _offices(fixed["persons"], fixed["from_"] or view.on)
    return a.TalkLine(**fixed, offices=offices, verified=reports[-1].verified, sources=sources)


def _offices(persons: dict[str, list[str]], day: date) -> list[a.PersonLine]:
    """Who takes part and the office held that day."""
    out: list[a.PersonLine] = []
    for side, names in persons.items():
        for name in names:
            held = r.office_of(name, day)
            known = (held.office, held.verified) if held else (None, None)
            out.append(a.PersonLine(name=name, side=side, office=known[0], verified=known[1]))
    return out


def commitments(view: r.View) -> list[a.CommitmentLine]:
    """Every commitment of a known arrangement that has begun or lies ahead."""
    known = [x for x in view.record.arrangements if x.published <= view.known]
    return [_commitment(view, arrangement, c) for arrangement in known for c in arrangement.commitments]


def _commitment(view: r.View, arrangement: r.Arrangement, owed: r.Commitment) -> a.CommitmentLine:
    left = (owed.due - view.on).days if owed.due else None
    state: a.DueWord = "open-ended" if left is None else "not yet due" if left > 0 else "due"
    return a.CommitmentLine(
        commitment=owed.id,
        arrangement=arrangement.id,
        by=owed.by,
        to=owed.to,
        text=owed.text,
        from_=owed.from_,
        due=owed.due,
        days_left=left if left is None or left > 0 else 0,
        quantity=float(owed.quantity.amount) if owed.quantity else None,
        unit=owed.quantity.unit if owed.quantity else None,
        status=state,
        verified=owed.verified,
    )


def claims(view: r.View) -> list[a.ClaimLine]:
    """Claims that are open on the day: made by then, and settled by nothing known. Announcements claim nothing of the
    other side and are listed apart."""
    settled = _settled(view)
    made = [c for c in view.record.claims if c.published <= min(view.known, view.on)]
    answers = {x: [c.id for c in made if x in c.answers] for c in made for x in c.answers}
    return [
        a.ClaimLine(
            claim=c.id,
            kind=c.kind,
            by=c.by,
            speaker=c.speaker,
            published=c.published,
            about=list(c.about),
            text=c.text,
            quote=c.quote,
            answered_by=answers.get(c.id, []),
            open=c.id not in settled,
            verified=c.verified,
            sources=list(c.sources),
        )
        for c in made
        if c.id not in settled and c.kind != "announcement"
    ]


def _settled(view: r.View) -> set[str]:
    """Claims that something known and begun by the day has ended."""
    by = min(view.known, view.on)
    out: set[str] = set()
    entries: list[r.Instrument | r.Arrangement | r.Claim] = [*view.instruments, *view.record.arrangements]
    entries += view.record.claims
    for entry in entries:
        if entry.published <= by:
            out.update(entry.settles)
    for talk in view.record.talks:
        for report in talk.reports:
            if report.published <= by:
                out.update(report.settles)
    return out
