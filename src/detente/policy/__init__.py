"""Policy: duties as arrays over the labels of a world."""

import detente
from detente.policy.china import china_average, china_rates
from detente.policy.concordance import goods_sectors, sector_shares
from detente.policy.levels import Additional, additional
from detente.policy.restrictions import Restricted, restricted_shares

__all__ = [
    "Additional",
    "Restricted",
    "additional",
    "china_average",
    "china_rates",
    "goods_sectors",
    "restricted_shares",
    "sector_shares",
]

detente._callable(__name__)  # so that `detente.policy(view, world)` works beside the room of that name
