"""The closures: one residual whose root is the equilibrium, with parts switched on or off."""

from detente.economy.closures.closure import Closure, Entry, Setting, Unknown
from detente.economy.closures.trade import DeficitRule, State, Trade, market_under, trade_at

__all__ = ["Closure", "DeficitRule", "Entry", "Setting", "State", "Trade", "Unknown", "market_under", "trade_at"]
