"""The game: what each side would do with its tariffs, and which deals both would prefer.

optimal(world, "USA")                      the best tariffs of one, the others' as they are
nash(world, ["USA", "CHN"])                the trade war
cooperate(world, ["USA", "CHN"])           the tariffs they would set together
"""

from detente.game.arena import INSTRUMENTS
from detente.game.cooperate import cooperate
from detente.game.nash import BOUNDS, nash, optimal
from detente.game.result import GameOutcome, GameResult, GameStatus

__all__ = ["BOUNDS", "INSTRUMENTS", "GameOutcome", "GameResult", "GameStatus", "cooperate", "nash", "optimal"]
