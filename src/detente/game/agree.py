"""Terms that players set together: a climb to the neighbourhood of the aim, then its equations to the last digit.

The climb (L-BFGS-B on all tariffs at once, exact slopes) needs no good start and respects hollows of the frontier.
Near its end the tariffs are best for a mix of the utilities, and for a fixed mix they are found by `reply`, whatever
the flows; so what is left are as many equations as there are players, less one, in the mix. Where players may pay each
other there are as many more, in the payments: at the best ones money is worth the same, by the mix, in every
player's hands.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize, root

from detente.game.aims import Aim
from detente.game.arena import Arena, Board, LostEquilibrium
from detente.game.iterate import fixed_point
from detente.game.reply import Floats, conditions, reply
from detente.game.sensitivities import Slopes
from detente.game.threads import single_threaded

_CLIMB, _CHECK, _MEMORY = 120, 8, 12
_RIGHT, _BETTER = 1e-6, 1e-7
_INNER, _OFF = 1e-11, 1e-7
_ROUNDS = 80
_LEAST = 1e-9  # weight of a player in a mix
_SMALLEST = 1e-6  # of the largest curvature a tariff has
_MOST_PAID = 0.5  # of the smallest player's income, by each
_WALL = 1e3  # of the objective, where the world has no equilibrium
_PAID_SCALE = 10.0  # a first step of the climb moves no more than a tenth of that income


class Terms(NamedTuple):
    """Tariffs [i, n, s], and money received [n] by each economy, summing to zero."""

    tariff: Floats
    received: Floats

    @classmethod
    def unpaid(cls, tariff: Floats) -> Terms:
        """Tariffs alone."""
        return cls(tariff, np.zeros(len(tariff)))


class Deal(NamedTuple):
    """The terms, the players' u [k], the mix [k] they are best for, first-order conditions [m], the largest
    equation of the aim and of the payments, how many slopes were taken, and whether all came to rest."""

    terms: Terms
    utility: Floats
    mix: Floats
    conditions: Floats
    off: float
    solves: int
    settled: bool


def agree(arena: Arena, start: Terms, aim: Aim, board: Board | None = None, near: Deal | None = None) -> Deal:
    """The terms of all players that serve an aim best, from `start`. Raises `LostEquilibrium`.

    near: a deal close by, whose mix is tried first; what comes of it counts only if a climb from there finds nothing
    better.
    """
    table = _Table(arena, Board(arena) if board is None else board)
    before = table.board.solves
    with single_threaded():
        if near is not None:
            quick = _finished(table, table.place(near.terms), near.mix, aim, before)
            if quick.settled and quick.conditions.max() < _RIGHT and _is_top(table, quick, aim):
                return quick
        place = table.place(start)
        place = place._replace(rates=arena.rights.level(place.rates, np.ones_like(place.rates)))
        for _ in range(aim.passes):
            place, utility = _climbed(table, place, aim)
            aim = aim.updated(utility)
        return _finished(table, place, aim.slope(utility), aim, before)


class _Place(NamedTuple):
    """Terms as the search sees them: rates [m, i, s] of the players, and `paid`: what each player but the first
    receives over the smallest player's income [k − 1], or nothing [0] where nobody may pay."""

    rates: Floats
    paid: Floats


class _Table:
    """An arena on whose board all players move at once."""

    def __init__(self, arena: Arena, board: Board) -> None:
        self.arena, self.board = arena, board
        self.unit = float(arena.income[list(arena.who)].min())
        self.payments = len(arena.who) - 1 if arena.transfers else 0

    def place(self, terms: Terms) -> _Place:
        """Terms as the search sees them."""
        paid = terms.received[list(self.arena.who[1:])] / self.unit
        return _Place(self.arena.rates(terms.tariff), paid[: self.payments])

    def terms(self, place: _Place) -> Terms:
        """The terms of a place."""
        received = np.zeros(len(self.arena.world.economies))
        received[list(self.arena.who[1:][: self.payments])] = self.unit * place.paid
        received[self.arena.who[0]] -= received.sum()
        return Terms(self.arena.tariffs(place.rates), received)

    def slopes(self, place: _Place) -> Slopes:
        """Everyone's objective and its derivatives in everyone's tariffs and payments."""
        terms = self.terms(place)
        return self.board.slopes(terms.tariff, joint=True, received=terms.received)

    def worth_of_pay(self, found: Slopes, mix: Floats) -> Floats:
        """What a mix makes of money in each player's hands [k]."""
        worth: Floats = mix @ np.asarray(found.by_transfer)
        return worth


def _is_top(table: _Table, deal: Deal, aim: Aim) -> bool:
    """Whether a climb from a deal leads nowhere: at its mix, the aim's multipliers say that it is the best."""
    there = aim.at_root(deal.utility, deal.mix)
    _, utility = _climbed(table, table.place(deal.terms), there, most=_CHECK)
    return there.value(utility) - there.value(deal.utility) < _BETTER


def _climbed(table: _Table, start: _Place, aim: Aim, most: int = _CLIMB) -> tuple[_Place, Floats]:
    """Up the aim from a place, in steps scaled by what each flow weighs; the place and utilities [k] reached."""
    rights, free = table.arena.rights, table.arena.rights.free
    count = rights.pooled(np.ones_like(start.rates))[free]
    scale = _scale(table, start)[free]
    reached: dict[str, Any] = {}

    def placed(point: Floats) -> _Place:
        rates = start.rates.copy()
        rates[free] = np.exp(point[: scale.size] / scale)
        return _Place(rates, point[scale.size :] / _PAID_SCALE)

    def downhill(point: Floats) -> tuple[float, Floats]:
        try:
            found = table.slopes(placed(point))
        except LostEquilibrium:
            if not reached:
                raise
            return reached["value"] + _WALL, _WALL * (point - reached["point"])
        utility = np.asarray(found.utility)
        slope = aim.slope(utility)
        mixed = np.einsum("k,kmis->mis", slope, np.asarray(found.by_tariff))
        worth = table.unit * table.worth_of_pay(found, slope)
        paid = (worth[1:] - worth[0])[: table.payments] / _PAID_SCALE
        reached.update(point=point.copy(), value=-aim.value(utility), utility=utility)
        return reached["value"], -np.concatenate([rights.pooled(mixed)[free] / count / scale, paid])

    end = np.full(table.payments, _MOST_PAID)
    low = np.concatenate([np.log(rights.low[free]) * scale, -end * _PAID_SCALE])
    high = np.concatenate([np.log(rights.high[free]) * scale, end * _PAID_SCALE])
    begin = np.clip(np.concatenate([np.log(start.rates[free]) * scale, start.paid * _PAID_SCALE]), low, high)
    options = {"maxiter": most, "maxcor": _MEMORY, "ftol": 1e-15, "gtol": 1e-8}
    bounds = list(zip(low, high, strict=True))
    found = minimize(downhill, begin, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    downhill(found.x)
    return placed(found.x), reached["utility"]


def _scale(table: _Table, place: _Place) -> Floats:
    """Square roots of curvatures [m, i, s]: what a flow weighs in its buyer's income, times σ."""
    arena = table.arena
    share = np.asarray(table.slopes(place).share)
    spent = np.asarray(arena.base.flows * (1 + arena.base.tariff)).sum(0)[list(arena.who)]
    weight = share * (spent / spent.sum(1, keepdims=True))[:, None, :] * (1 + arena.elasticity)
    weight = arena.rights.pooled(weight)
    scale: Floats = np.sqrt(np.maximum(weight, _SMALLEST * weight.max()))
    return scale


def _finished(table: _Table, place: _Place, mix: Floats, aim: Aim, before: int) -> Deal:
    """The root of the aim's equations near a place and a mix."""
    search = _Finish(table, place, np.maximum(mix / mix.sum(), _LEAST))
    off = search.pay_for(aim) if table.payments else search.mix_for(aim)
    mix = search.mix
    at = search.place._replace(rates=search.replied(search.place)[0])
    found = table.slopes(at)
    arena = table.arena
    wrong = np.abs(conditions(arena.worths(found, at.rates, mix), at.rates, arena.rights)).max((1, 2))
    good = search.rested and off <= _OFF
    return Deal(table.terms(at), np.asarray(found.utility), mix, wrong, off, table.board.solves - before, good)


class _Finish:
    """Brings tariffs to rest for one mix, or payment, after the other, each from where the last came to rest."""

    def __init__(self, table: _Table, place: _Place, mix: Floats) -> None:
        self.table, self.place, self.mix = table, place, mix
        self.rested = True

    def replied(self, place: _Place) -> tuple[Floats, Floats]:
        """The rates [m, i, s] that are best for the mix at the prices of a place, and the mix: where players may pay
        each other, that by which money is worth the same in every hand."""
        found = self.table.slopes(place)
        if self.table.payments:
            self.mix = _evening(np.asarray(found.by_transfer), self.mix)
        arena = self.table.arena
        return reply(arena.worths(found, place.rates, self.mix), place.rates, arena.rights), self.mix

    def rest(self, paid: Floats) -> Floats:
        """Bring the tariffs to rest at payments; the utilities [k] there."""
        rights = self.table.arena.rights
        free = rights.free
        base = self.place.rates

        def rated(point: Floats) -> _Place:
            rates = base.copy()
            rates[free] = np.exp(point)
            return _Place(rates, paid)

        def towards(point: Floats) -> Floats:
            moved: Floats = np.log(self.replied(rated(point))[0][free])
            return moved

        low, high = np.log(rights.low[free]), np.log(rights.high[free])
        fixed = fixed_point(towards, np.log(base[free]), low, high, _INNER, _ROUNDS)
        self.rested = fixed.settled
        reached = rated(fixed.point)
        if fixed.settled:
            self.place = reached
        return np.asarray(self.table.slopes(reached).utility)

    def mix_for(self, aim: Aim) -> float:
        """Find the mix at which the aim's equations hold; by how much they are off."""
        if aim.equations(self.rest(self.place.paid), self.mix) is None:
            return 0.0

        def gaps(ratios: Floats) -> Floats:
            self.mix = _whole(ratios)
            return self._off(aim, self.place.paid)

        return self._rooted(gaps, np.log(self.mix[1:] / self.mix[0]))

    def pay_for(self, aim: Aim) -> float:
        """Find the payments at which the aim's equations hold; by how much they are off."""

        def gaps(scaled: Floats) -> Floats:
            return self._off(aim, np.clip(scaled / _PAID_SCALE, -_MOST_PAID, _MOST_PAID))

        return self._rooted(gaps, self.place.paid * _PAID_SCALE)

    def _off(self, aim: Aim, paid: Floats) -> Floats:
        off = aim.equations(self.rest(paid), self.mix)
        return np.full(self.mix.size - 1, np.inf) if off is None else off

    def _rooted(self, gaps: Callable[[Floats], Floats], begin: Floats) -> float:
        options = {"xtol": 1e-10, "eps": 1e-5, "maxfev": 40, "factor": 1.0}
        found = root(gaps, begin, method="hybr", options=options)
        return float(np.abs(gaps(found.x)).max())


def _evening(by_transfer: Floats, before: Floats) -> Floats:
    """The mix [k] by which money is worth the same in every player's hands, from du[k] in money of m [k, m]; the one
    before where no such mix leaves everyone a weight."""
    apart = (by_transfer[:, 1:] - by_transfer[:, :1]).T
    mix = np.linalg.svd(apart)[2][-1]
    mix = mix / mix.sum()
    return mix if (mix > 0).all() else before


def _whole(ratios: Floats) -> Floats:
    """A mix [k] summing to one from the logarithms of its ratios to the first [k − 1]."""
    full = np.exp(np.concatenate([[0.0], ratios]))
    mix: Floats = full / full.sum()
    return mix
