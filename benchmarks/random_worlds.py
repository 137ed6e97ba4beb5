"""Random worlds under every closure: how many are solved, and why the others are not.

    python benchmarks/random_worlds.py --count 10000

World k has one of the standard sizes and one of the kinds of tests/economy/random_worlds.py; each size takes three
kinds in turn, so that some sixty programs are compiled, one after the other. Prints counts by reason, by kind and by
size, and every refusal with the number that draws it again (`--only K`).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import jax

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.economy.random_worlds import KINDS, Kind, draw, reason, settle  # noqa: E402

from detente.economy import STANDARD_SIZES  # noqa: E402
from detente.terms import InputFault  # noqa: E402


class Told(NamedTuple):
    """What became of one world."""

    number: int
    size: tuple[int, int]
    kind: Kind
    what: str
    steps: int
    residual: float
    seconds: float
    about: str


def program(number: int, largest: int) -> tuple[tuple[int, int], Kind]:
    """The size and kind of a world. Sizes with more than `largest` flows are left out."""
    sizes = [size for size in STANDARD_SIZES if size[0] ** 2 * size[1] <= largest]
    which = number % len(sizes)
    turn = number // len(sizes) % 3
    return sizes[which], KINDS[(which + 5 * turn) % len(KINDS)]


def tell(number: int, largest: int) -> Told:
    """Draw, fill up, solve."""
    size, kind = program(number, largest)
    drawn = draw(number, size, kind)
    if isinstance(drawn, InputFault):
        return Told(number, size, kind, "no world: " + drawn.faults[0].message[:60], 0, 0.0, 0.0, "")
    start = time.perf_counter()
    reached = settle(drawn, size)
    spent = time.perf_counter() - start
    about = f"{drawn.rules.deficits} ε={drawn.rules.mobility} {reached.where}"
    return Told(number, size, kind, reason(reached), reached.steps, float(reached.report.residual), spent, about)


def name(kind: Kind) -> str:
    """A kind in words."""
    parts = [kind.closure, *(["inputs"] if kind.inputs else [])]
    parts += ["sticky labour"] if kind.mobility != float("inf") else []
    return " + ".join([*parts, *(["limits"] if kind.limits else [])])


def table(told: list[Told]) -> None:
    """Counts by reason, by kind and by size, refusals one by one."""
    for what, count in Counter(one.what for one in told).most_common():
        print(f"{count:7} {count / len(told):8.2%}  {what}")
    print()
    for kind in KINDS:
        own = [one for one in told if one.kind == kind]
        bad = sum(one.what != "solved" for one in own)
        if own:
            ordered = sorted(one.seconds for one in own)
            print(
                f"{name(kind):48}{len(own):6} worlds{bad:5} refused"
                f"{1e3 * ordered[len(own) // 2]:9.1f} ms in the middle{1e3 * ordered[-1]:9.0f} at most"
            )
    for size in STANDARD_SIZES:
        own = [one for one in told if one.size == size]
        bad = sum(one.what != "solved" for one in own)
        print(f"{size[0]:3} × {size[1]:<3}{len(own):6} worlds{bad:5} refused, {sum(o.seconds for o in own):6.0f} s")
    print(f"largest residual of those solved: {max(o.residual for o in told if o.what == 'solved'):.1e}")
    for one in told:
        if one.what != "solved":
            words = f"{one.number:6} {one.size} {name(one.kind)}: {one.what}, residual {one.residual:.1e}"
            print(f"{words}, {one.steps} steps, {one.seconds:.1f} s, {one.about}")


def main() -> None:
    """Solve them and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--largest", type=int, default=48_000, help="flows in the largest size, 48000 = all sizes")
    parser.add_argument("--only", type=int)
    parser.add_argument("--progress", action="store_true")
    asked = parser.parse_args()
    numbers = range(asked.first, asked.first + asked.count) if asked.only is None else [asked.only]
    start = time.perf_counter()
    told: list[Told] = []
    ordered = sorted(numbers, key=lambda number: str(program(number, asked.largest)))
    for which, group in groupby(ordered, lambda number: program(number, asked.largest)):
        own = [tell(number, asked.largest) for number in group]
        told += own
        jax.clear_caches()  # a process holds some hundred programs before it runs out of memory maps
        if asked.progress:
            bad = sum(one.what != "solved" for one in own)
            spent = sum(one.seconds for one in own)
            words = f"{which[0]} {name(which[1])}: {len(own)} worlds, {bad} refused, {spent:.0f} s"
            print(words, file=sys.stderr, flush=True)
    told.sort(key=lambda one: one.number)
    table(told)
    print(f"{len(told)} worlds in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
