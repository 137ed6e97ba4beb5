"""What each side would do, and which deals both would prefer, on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from detente.screens.pieces import new_table, signed

if TYPE_CHECKING:
    from detente.questions.answers import AskLine, DealPoint, HoldLine, Payoff, PlayAnswer, TalkAnswer

_ASKS = 5  # of each side on the screen; --json has all


def show_play(answer: PlayAnswer, console: Console) -> None:
    """The players' tariffs and what they do; a search without an answer says so and shows no number."""
    console.print(f"[bold]{escape(answer.title)}[/bold]")
    console.print(
        f"{answer.instruments} in {answer.world} ({answer.base_year}), elasticities {answer.elasticity_title}"
    )
    console.print(escape(answer.status))
    if not answer.converged:
        return
    columns = ("player", "tariff now %", "tariff %", "real income %", "EV, bn USD", "best reply gains", "condition")
    table = new_table(None, columns)
    for player, x in answer.players.items():
        gain, condition = f"{x.deviation_gain:.0e}", f"{x.condition:.0e}"
        table.add_row(
            player, _pct(x.tariff_now), _pct(x.tariff), signed(x.real_income_pct), signed(x.ev_usd_bn), gain, condition
        )
    console.print(table)
    if answer.others_pct:
        known = {e: x for e, x in answer.others_pct.items() if x is not None}
        told = sorted(known.items(), key=lambda pair: -abs(pair[1]))[:6]
        console.print("others, real income %: " + ", ".join(f"{e} {signed(x)}" for e, x in told))
    _foot(answer.limits, answer.provenance.command, console)


def show_talk(answer: TalkAnswer, console: Console) -> None:
    """Payoffs both ways, the zone, the frontier, what to ask for, and whether the truce holds."""
    console.print(f"[bold]{escape(answer.title)}[/bold]; without a deal: {escape(answer.fallback)}")
    console.print(
        f"{answer.world} ({answer.base_year}), elasticities {answer.elasticity_title}; u = 100 ln real income"
    )
    console.print(escape(answer.status))
    _payoffs("What each situation means, against the duties in force", answer.players, answer.matrix, console)
    _payoffs("Outcomes", answer.players, answer.payoffs, console)
    console.print(f"\n[bold]Zone of agreement[/bold]: {escape(answer.zone)}")
    _frontier(answer, console)
    for asker in answer.players:
        _asks(asker, [x for x in answer.asks if x.asker == asker], console)
    _holds(answer, console)
    _foot(answer.limits, answer.provenance.command, console)


def _payoffs(title: str, players: list[str], payoffs: dict[str, Payoff], console: Console) -> None:
    columns = ["situation", *(f"{p} u" for p in players), *(f"{p} bn USD" for p in players)]
    table = new_table(title, (*columns, *(f"{p} tariff %" for p in players)))
    for x in payoffs.values():
        worth = [signed(x.ev_usd_bn[p]) for p in players]
        table.add_row(
            x.title, *(_u(x.utility_change[p]) for p in players), *worth, *(_pct(x.tariff[p]) for p in players)
        )
    console.print(table)


def _frontier(answer: TalkAnswer, console: Console) -> None:
    first, second = answer.players
    columns = (
        "deal",
        f"{first} gains u",
        f"{second} gains u",
        f"{first} bn USD",
        f"{second} bn USD",
        f"{first} tariff %",
        f"{second} tariff %",
        *([f"{first} receives bn USD"] if answer.transfers else []),
    )
    table = new_table("The frontier: gains over the fallback", columns)
    named: list[tuple[str, DealPoint | None]] = [(f"point {at}", p) for at, p in enumerate(answer.frontier, 1)]
    for name, point in [*named, ("Nash", answer.nash_point), ("Kalai–Smorodinsky", answer.ks_point)]:
        if point is not None:
            gains = [_u(point.gain[p]) for p in (first, second)]
            worth = [signed(point.ev_usd_bn[p]) for p in (first, second)]
            paid = [signed(point.received_usd_bn[first])] if answer.transfers else []
            table.add_row(name, *gains, *worth, *(_pct(point.tariff[p]) for p in (first, second)), *paid)
    if table.row_count:
        console.print(table)


def _asks(asker: str, asks: list[AskLine], console: Console) -> None:
    if not asks:
        return
    table = new_table(
        f"What {asker} may ask for: cuts by the other", ("sector", "from %", "to %", "gain u", "cost u", "gain ÷ cost")
    )
    for x in asks[:_ASKS]:
        ratio = "free" if x.free else "" if x.ratio is None else f"{x.ratio:.1f}"
        table.add_row(x.sector, _pct(x.before), _pct(x.after), f"{x.gain:+.4f}", f"{x.cost:+.4f}", ratio)
    console.print(table)
    free = sum(x.free for x in asks)
    console.print(f"{free} of {len(asks)} cuts cost the giver nothing.")


def _holds(answer: TalkAnswer, console: Console) -> None:
    if not answer.durability:
        console.print("No truce is in force on this day, so nothing is said of how long it would hold.")
        return
    columns = (
        "side",
        "elasticities",
        "breach answered by",
        "temptation",
        "loss",
        "keeps it",
        "least patience",
        "unravels",
    )
    table = new_table("Would the truce hold? (u a year)", columns)
    for x in answer.durability:
        table.add_row(x.player, x.elasticity, x.answered, _u(x.temptation), _u(x.loss), _kept(x), *_when(x))
    console.print(table)
    for case, side in answer.nearer_to_breaking.items():
        console.print(f"nearer to breaking ({escape(case)}): {side or 'both, or not known'}")


def _kept(x: HoldLine) -> str:
    if x.kept is None:
        return "not known"
    return "prefers the breakdown" if x.prefers_breakdown else "yes" if x.kept else "no"


def _when(x: HoldLine) -> tuple[str, str]:
    return "none" if x.least_patience is None else f"{x.least_patience:.3f}", x.unravels or ""


def _foot(limits: list[str], command: str, console: Console) -> None:
    for limit in limits:
        console.print(f"[dim]{escape(limit)}[/dim]")
    console.print(f"[dim]again with: {escape(command)}[/dim]")


def _pct(value: float | None) -> str:
    return "unknown" if value is None else f"{100 * value:.1f}"


def _u(value: float | None) -> str:
    return "unknown" if value is None else f"{value:+.4f}".replace("-", "−")
