"""The game: what each side would do with its tariffs, which deals both would prefer, and whether they would hold.

optimal(world, "USA")                              the best tariffs of one, the others' as they are
nash(world, ["USA", "CHN"])                        the trade war
cooperate(world, ["USA", "CHN"])                   the tariffs they would set together
talk(world, ("USA", "CHN"), fallback=lapse)        the deals both prefer to a fallback, and what to ask for
Durability(temptation, loss, lag, left, discount)  whether a side keeps a truce
"""

from detente.game.arena import INSTRUMENTS
from detente.game.asks import Ask
from detente.game.cooperate import cooperate
from detente.game.durability import Durability
from detente.game.keep import check_keep
from detente.game.nash import BOUNDS, nash, optimal
from detente.game.result import GameOutcome, GameResult, GameStatus
from detente.game.talk import Point, Talk, Zone, check_talk, talk

__all__ = [
    "BOUNDS",
    "INSTRUMENTS",
    "Ask",
    "Durability",
    "GameOutcome",
    "GameResult",
    "GameStatus",
    "Point",
    "Talk",
    "Zone",
    "check_keep",
    "check_talk",
    "cooperate",
    "nash",
    "optimal",
    "talk",
]
