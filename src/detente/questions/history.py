"""Both sides' average additional duty since 2018, with what made it move.

The United States' side is over lines weighted by imports of 2024; China's over the sectors of a world weighted by
US exports to China, the lists of 2018-19 by their published averages. The series is kept in the user's cache, keyed by
the record, the code that makes it and both days, as it takes seconds to make.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np
import platformdirs

from detente import duties as d
from detente import policy, worlds
from detente import record as r
from detente._version import __version__
from detente.questions.answers import Answer

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
    file = _cache_file(dispute, view, world)
    with contextlib.suppress(OSError, ValueError, KeyError):
        return [Point(**{**p, "day": date.fromisoformat(p["day"])}) for p in json.loads(file.read_text("utf-8"))]
    points = _computed(dispute, view, world, tell)
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps([asdict(p) for p in points], default=str), "utf-8")
    return points


def _cache_file(dispute: r.Dispute, view: r.View, world: str) -> Path:
    parts = (dispute.record.digest, worlds.read_world(world).sha256, view.on, view.known, __version__)
    key = hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:24]
    return Path(platformdirs.user_cache_dir("detente")) / "history" / f"{key}.json"


def _computed(dispute: r.Dispute, view: r.View, world: str, tell: Callable[[str], None]) -> list[Point]:
    stored = worlds.read_world(world)
    usa, chn = stored.economies.index("USA"), stored.economies.index("CHN")
    exports = stored.flows[usa, chn] / 1e3
    out: list[Point] = []
    days = _days(view)
    for number, day in enumerate(days):
        tell(f"average duties {number + 1} of {len(days)}")
        then = dispute.as_of(day, view.known)
        us = d.average("CHN", "USA", day, view.known).central
        cn = policy.china_average(then, exports, stored.sectors)
        acts = ", ".join(dict.fromkeys(a for a in _acts(view, day)))
        if not out or _moved(out[-1], us, cn):
            out.append(Point(day=day, us_on_cn=us, cn_on_us=cn, acts=acts, ahead=day > view.on))
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
