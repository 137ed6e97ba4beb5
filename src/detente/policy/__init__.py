"""Policy: duties as arrays over the labels of a world."""

import detente
from detente.policy.china import china_average
from detente.policy.concordance import sector_shares
from detente.policy.levels import Additional, additional

__all__ = ["Additional", "additional", "china_average", "sector_shares"]

detente._callable(__name__)  # so that `detente.policy(view, world)` works beside the room of that name
