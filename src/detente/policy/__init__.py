"""Policy: duties as arrays over the labels of a world."""

import detente
from detente.policy.china import china_average, china_rates
from detente.policy.concordance import goods_sectors, sector_shares
from detente.policy.levels import Additional, additional
from detente.policy.replaced import altered_by
from detente.policy.restrictions import Restricted, restricted_shares
from detente.policy.united_states import Altered

__all__ = [
    "Additional",
    "Altered",
    "Restricted",
    "additional",
    "altered_by",
    "china_average",
    "china_rates",
    "goods_sectors",
    "restricted_shares",
    "sector_shares",
]

detente._callable(__name__)  # so that `detente.policy(view, world)` works beside the room of that name
