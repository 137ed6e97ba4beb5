"""The closures: each is one residual whose root is the equilibrium."""

from detente.economy.closures.armington import Armington
from detente.economy.closures.caliendo_parro import CaliendoParro
from detente.economy.closures.trade import (
    Closure,
    DeficitRule,
    Market,
    State,
    Trade,
    market_under,
    trade_at,
)

__all__ = [
    "Armington",
    "CaliendoParro",
    "Closure",
    "DeficitRule",
    "Market",
    "State",
    "Trade",
    "market_under",
    "trade_at",
]
