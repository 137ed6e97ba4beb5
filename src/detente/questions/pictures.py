"""The whole picture of a dispute on a day: everything the brief shows, from the other questions."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta

from detente import duties as d
from detente import policy, worlds
from detente import record as r
from detente.questions import answers as a
from detente.questions.comply import comply
from detente.questions.history import SINCE, Point, duty_history
from detente.questions.status import status
from detente.questions.tension import tension_index
from detente.terms import InputFault


@dataclass(frozen=True, kw_only=True)
class AuthorityLine(a.Answer):
    """Average additional duty of one side under one authority, in points of the value of trade: now and after the
    next clock (None: there is no clock, or it is unknown)."""

    imposer: str
    partner: str
    authority: str
    now: float | None
    after: float | None


@dataclass(frozen=True, kw_only=True)
class Ruling(a.Answer):
    """A judgment known by the day: when, what, and its sources."""

    day: date
    title: str
    verified: str
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SourceLine(a.Answer):
    """A document behind what is shown."""

    id: str
    document: str
    publisher: str
    date: date | None
    link: str | None
    verified: str


@dataclass(frozen=True, kw_only=True)
class Picture(a.Answer):
    """What the brief shows. What could not be worked out is None, and `missing` says why."""

    status: a.Status
    commitments: tuple[a.OwingLine, ...]
    authorities: tuple[AuthorityLine, ...]
    after_day: date | None
    history: tuple[Point, ...]
    tension: a.Tension | None
    outcomes: a.SolveAnswer | None
    rulings: tuple[Ruling, ...]
    sources: tuple[SourceLine, ...]
    missing: tuple[str, ...]
    commands: dict[str, str]
    article: a.ReadAnswer | None = None
    talk: a.TalkAnswer | None = None


def picture(
    name: str,
    on: date | None = None,
    known: date | None = None,
    world: str = "world-2022",
    elasticity: str = "median",
    tell: Callable[[str], None] = lambda _: None,
    article: str | None = None,
    published: date | None = None,
    talk: bool = False,
) -> Picture:
    """Everything about a dispute `on` a day as `known` on a day, weighed in a world.

    `tell` is called with words of progress. `article` is a file to hold against the record, `published` its day where
    it does not tell it. `talk` adds deals, asks and durability: half a minute more. A world without the parties, or
    duties that cannot be put to one, leave their part out and say so. Raises `InputFault` for a dispute that is not
    there or does not check.
    """
    tell("record")
    dispute = r.dispute(name)
    view = dispute.as_of(on, known)
    told = _article(article, name, published, view.known)
    missing: list[str] = []
    weighed = _can_be_weighed(dispute, view, world, missing)
    after = _after(view)
    with ThreadPoolExecutor(1) as aside:  # much of it is loading and compiling, which leaves a core to the averages
        solving = aside.submit(_outcomes, name, view, world, elasticity, missing) if weighed else None
        state = status(name, on, known)
        if weighed:
            _sum_lines(view, world)
        tell("average duties")
        authorities = tuple(_authorities(dispute, view, after, world)) if weighed else ()
        history = tuple(duty_history(dispute, view, world, tell)) if weighed else ()
        tell("tension")
        tense = _tension(name, view, world) if weighed else None
        tell("outcomes")
        outcomes = solving.result() if solving is not None else None
    talks = _talks(name, view, world, elasticity, tell, missing) if talk and weighed else None
    return Picture(
        status=state,
        commitments=tuple(comply(name, on, known).commitments),
        authorities=authorities,
        after_day=after,
        history=history,
        tension=tense,
        outcomes=outcomes,
        rulings=tuple(_rulings(view)),
        sources=tuple(_sources(view, state)),
        missing=tuple(missing),
        commands=_commands(name, view, world, elasticity, state, article, published),
        article=told,
        talk=talks,
    )


def _talks(
    name: str, view: r.View, world: str, elasticity: str, tell: Callable[[str], None], missing: list[str]
) -> a.TalkAnswer | None:
    """Deals and durability; None, and why in `missing`, where the record has no truce that could lapse."""
    from detente.questions.talking import talk

    tell("deals")
    try:
        return talk(name, on=view.on, known=view.known, world=world, elasticity=elasticity)
    except InputFault as fault:
        missing.append(f"No deals: {fault.faults[0].message}")
        return None


def _article(file: str | None, name: str, published: date | None, known: date) -> a.ReadAnswer | None:
    if file is None:
        return None
    from detente.questions.articles import read_article  # the reader, which most briefs do without

    return read_article(file, name, published, known)


def _can_be_weighed(dispute: r.Dispute, view: r.View, world: str, missing: list[str]) -> bool:
    """Whether averages and outcomes can be worked out; what stands against it goes to `missing` in words."""
    begins = min((i.published for i in dispute.record.instruments), default=None)
    if begins is not None and view.on < begins:
        missing.append(f"The record begins on {begins}; nothing in it bears on {view.on}.")
    if dispute.record.header.id != "us-china":
        missing.append("Duties of this dispute cannot be put to a world yet: no averages and no outcomes.")
        return False
    lacking = {"USA", "CHN"} - set(worlds.read_world(world).economies)
    if lacking:
        missing.append(f"{world} has no {' and no '.join(sorted(lacking))}: no averages and no outcomes.")
    return not lacking


def _sum_lines(view: r.View, world: str) -> None:
    """Sum the lines of every partner now: the outcomes, still loading, find the sums kept."""
    stored = worlds.read_world(world)
    others = r.dispute("us-world").as_of(view.on, view.known)
    views = {"us-china": view, "us-world": others}
    usa, chn = stored.economies.index("USA"), stored.economies.index("CHN")
    policy.additional(views, stored.economies, stored.sectors, stored.flows[usa, chn] / 1e3)


def _after(view: r.View) -> date | None:
    term = r.truce(view)
    return term.until if term is not None and term.until is not None and term.until > view.on else None


def _outcomes(name: str, view: r.View, world: str, elasticity: str, missing: list[str]) -> a.SolveAnswer | None:
    from detente.questions.outcomes import solve_dispute  # loads JAX: aside, while the averages are worked out

    try:
        return solve_dispute(name, view.on, view.known, world, elasticity)
    except InputFault as fault:
        missing += [f"No outcomes: {f.message}" for f in fault.faults]
        return None


def _authorities(dispute: r.Dispute, view: r.View, after: date | None, world: str) -> list[AuthorityLine]:
    later = dispute.as_of(after, view.known) if after else None
    now, then = _us_parts(view, view.on), _us_parts(view, after) if after else {}
    out = [_line("USA", "CHN", k, now.get(k), then.get(k, 0.0) if after else None) for k in now | then]
    ours = _china_parts(view, world)
    theirs = _china_parts(later, world) if later else {}
    return out + [_line("CHN", "USA", k, x, theirs.get(k) if after else None) for k, x in ours.items()]


def _line(imposer: str, partner: str, authority: str, now: float | None, after: float | None) -> AuthorityLine:
    return AuthorityLine(imposer=imposer, partner=partner, authority=authority, now=now, after=after)


def _us_parts(view: r.View, on: date) -> dict[str, float | None]:
    """Points by authority, the parts of measures whose duty is known by line."""
    measures = {m.id: m.authority for m in view.record.measures}
    parts: dict[str, float | None] = {}
    for measure, points in d.average("CHN", "USA", on, view.known).by_measure.items():
        parts[measures[measure]] = (parts.get(measures[measure]) or 0.0) + points
    return {k: v for k, v in parts.items() if v}


def _china_parts(view: r.View, world: str) -> dict[str, float | None]:
    stored = worlds.read_world(world)
    if "USA" not in stored.economies or "CHN" not in stored.economies:
        return {}
    exports = stored.flows[stored.economies.index("USA"), stored.economies.index("CHN")] / 1e3
    total = policy.china_average(view, exports, stored.sectors)
    blanket = view.standing("cn-retaliation-2025", "USA").share
    flat = None if blanket is None else float(blanket)
    lists = None if total is None or flat is None else max(total - flat, 0.0)
    return {"answer to the emergency duties (April 2025)": flat, "lists of 2018-19, energy, farm goods": lists}


def _tension(name: str, view: r.View, world: str) -> a.Tension | None:
    """The index of every day through the one asked about, each as known that day; None before the record begins."""
    last = min(view.on, view.known, view.record.header.covered_through)
    if last < SINCE:
        return None
    return tension_index(name, until=last + timedelta(days=1), world=world)


def _rulings(view: r.View) -> list[Ruling]:
    known = [i for i in view.instruments if i.form == "judgment" and i.published <= view.on]
    recent = [i for i in known if i.published > view.on - timedelta(days=400)]
    return [
        Ruling(day=i.published, title=i.title, verified=i.verified, sources=tuple(i.sources)) for i in reversed(recent)
    ]


def _sources(view: r.View, state: a.Status) -> list[SourceLine]:
    """The documents behind the acts, talks and claims shown, in order of date."""
    used: set[str] = set()
    acts = {x for m in (*state.in_force, *state.unknown, *state.suspended) for x in m.instruments}
    for instrument in view.instruments:
        if instrument.id in acts:
            used.update(instrument.sources)
    talks = [*state.talks.next, *([state.talks.last] if state.talks.last else [])]
    for line in talks:
        used.update(line.sources)
    for claim in state.claims:
        used.update(claim.sources)
    named = [s for s in view.record.sources if s.id in used]
    ordered = sorted(named, key=lambda s: (s.date or date.min, s.id), reverse=True)
    return [
        SourceLine(id=s.id, document=s.document, publisher=s.publisher, date=s.date, link=s.link, verified=s.verified)
        for s in ordered
    ]


def _commands(
    name: str, view: r.View, world: str, elasticity: str, state: a.Status, article: str | None, published: date | None
) -> dict[str, str]:
    days = ["--on", str(view.on), "--known", str(view.known)]
    solve = ["detente", "solve", name, *days, "--world", world, "--elasticity", elasticity, "--json"]
    read = ["--article", article, *(["--published", str(published)] if published else [])] if article else []
    return {
        "brief": shlex.join(["detente", "brief", name, *days, "--world", world, "--elasticity", elasticity, *read]),
        "status": f"{state.provenance.command} --json",
        "averages": shlex.join(["detente", "duty", "--average", "--from", "CHN", "--to", "USA", *days, "--json"]),
        "outcomes": shlex.join(solve),
        "tension": shlex.join(["detente", "tension", name, "--on", str(min(view.on, view.known))]),
        "timeline": shlex.join(["detente", "timeline", name, "--known", str(view.known)]),
    }


__all__ = ["Picture", "picture"]
