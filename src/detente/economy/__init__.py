"""The economy: a calibrated world, a policy put to it, and the equilibrium that follows.

    world = World.from_arrays(flows, economies=[…], sectors=[…], elasticity=4.0, tariff=tariff)
    result = solve(world, Policy(tariff=new_levels), closure="caliendo-parro", deficits="world-share")

Everything is in changes from the base (exact hat algebra). Importing this room switches JAX to 64-bit
numbers for the whole process: single precision cannot carry a residual of 1e-12.
"""

from detente.economy.compiled import prepare

prepare()

from detente.economy.base import Base, Shock  # noqa: E402
from detente.economy.continuation import Reached, reach  # noqa: E402
from detente.economy.derivatives import tariff_gradient  # noqa: E402
from detente.economy.equilibria import (  # noqa: E402
    MOBILE,
    Equilibrium,
    Rules,
    accounts_of,
    equilibrium,
    no_change,
    without_deficits,
)
from detente.economy.many import solve_many  # noqa: E402
from detente.economy.newton import Outcome  # noqa: E402
from detente.economy.padding import STANDARD_SIZES, cropped, padded, standard_size  # noqa: E402
from detente.economy.paths import Path, path  # noqa: E402
from detente.economy.policy import Policy  # noqa: E402
from detente.economy.result import Result, Status  # noqa: E402
from detente.economy.solve import CLOSURES, DEFICITS, read_weights, solve  # noqa: E402
from detente.economy.stability import unstable_directions  # noqa: E402
from detente.economy.tables import ENDINGS, write_tables  # noqa: E402
from detente.economy.welfare import FirstOrder, government_welfare_hat  # noqa: E402
from detente.economy.world import World  # noqa: E402

__all__ = [
    "CLOSURES",
    "DEFICITS",
    "ENDINGS",
    "MOBILE",
    "STANDARD_SIZES",
    "Base",
    "Equilibrium",
    "FirstOrder",
    "Outcome",
    "Path",
    "Policy",
    "Reached",
    "Result",
    "Rules",
    "Shock",
    "Status",
    "World",
    "accounts_of",
    "cropped",
    "equilibrium",
    "government_welfare_hat",
    "no_change",
    "padded",
    "path",
    "reach",
    "read_weights",
    "solve",
    "solve_many",
    "standard_size",
    "tariff_gradient",
    "unstable_directions",
    "without_deficits",
    "write_tables",
]
