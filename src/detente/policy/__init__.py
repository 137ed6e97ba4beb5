"""Policy: duties as arrays over the labels of a world."""

from detente.policy.china import china_average
from detente.policy.concordance import sector_shares
from detente.policy.levels import Additional, additional

__all__ = ["Additional", "additional", "china_average", "sector_shares"]
