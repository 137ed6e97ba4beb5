"""Both sides' average additional duty since 2018, with what made it move.

The United States' side is over lines weighted by imports of 2024; China's over the sectors of a world weighted by
US exports to China, the lists of 2018-19 by their published averages. `duty_levels` keeps both in the user's cache.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from detente import record as r
from detente.questions.answers import Answer
from detente.questions.duty_levels import DutyLevels

SINCE = date(2018, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Point(Answer):
    """Average additional duties from a day on, fractions; null where unknown. `acts` are what changed that day."""

    day: date
    us_on_cn: float | None
    cn_on_us: float | None
    acts: str
    ahead: bool


def duty_history(
    dispute: r.Dispute, view: r.View, world: str, tell: Callable[[str], None] = lambda _: None
) -> list[Point]:
    """Every day since 2018 on which either average moves, through the next lapse, as known."""
    levels = DutyLevels(dispute, world)
    out: list[Point] = []
    days = _days(view)
    for number, day in enumerate(days):
        tell(f"average duties {number + 1} of {len(days)}")
        us = levels.of("USA", day, view.known).rate_extended
        cn = levels.of("CHN", day, view.known).rate
        acts = ", ".join(dict.fromkeys(_acts(view, day)))
        if not out or _moved(out[-1], us, cn):
            out.append(Point(day=day, us_on_cn=us, cn_on_us=cn, acts=acts, ahead=day > view.on))
    levels.save()
    return out


def _moved(last: Point, us: float, cn: float | None) -> bool:
    old = (last.us_on_cn or 0.0, last.cn_on_us if last.cn_on_us is not None else np.nan)
    return not np.allclose(old, (us, np.nan if cn is None else cn), atol=5e-5, equal_nan=True)


def _days(view: r.View) -> list[date]:
    """Days on which a tariff between the parties may change, from 2018 to the day asked about and the next lapse."""
    tariffs = [m.id for m in view.record.measures if m.kind == "tariff"]
    term = r.truce(view)
    last = max(view.on, term.until) if term is not None and term.until else view.on
    days = {x for m in tariffs for x in view.days_of(m) if SINCE <= x <= last}
    return sorted(days | {SINCE, view.on})


def _acts(view: r.View, day: date) -> list[str]:
    """The instruments with a change from or until that day."""
    return [i.id for i in view.instruments if any(day in (c.from_, c.until) for c in i.changes)]
