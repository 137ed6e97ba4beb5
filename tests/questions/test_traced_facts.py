"""Thirty facts of docs/traced-facts.md: each command still says what was traced to its source."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from detente.cli import main
from detente.questions import average
from detente.record.files import SHIPPED

DOC = Path(__file__).parents[2] / "docs" / "traced-facts.md"

# The command, and what its screen says once the breaks between words are taken for single blanks.
FACTS: list[tuple[str, tuple[str, ...]]] = [
    (
        "status us-china --on 2018-07-10",
        ("25% 2018-07-06 us-fr-83-28710",),
    ),
    (
        "status us-china --on 2018-07-10",
        ("25% 2018-07-06 cn-tc-2018-5",),
    ),
    (
        "status us-china --on 2020-02-14",
        (
            "5% 2020-02-14 cn-tc-2020-1",
            "2.5% 2020-02-14 cn-tc-2020-1",
        ),
    ),
    (
        "duty 8703.80.00 --from CHN --to USA --on 2024-10-01",
        ("us-301-tech Section 301 100% 2024-09-27 us-fr-89-76581",),
    ),
    (
        "status us-china --on 2025-04-10 --known 2025-04-10",
        ("145% (us-fentanyl 20%, us-reciprocal 125%)",),
    ),
    (
        "status us-china --on 2025-04-12 --known 2025-04-12",
        ("125% (cn-retaliation-2025 125%)",),
    ),
    (
        "status us-china --on 2025-06-06 --known 2025-06-06",
        ("in force through 11 Aug 2025, lapses 12 Aug 2025 (day 23, 67 left)",),
    ),
    (
        "status us-china --on 2025-06-06 --known 2025-06-06",
        ("2025-05-30 USA breach: China broke what it had agreed with the United States in Geneva.",),
    ),
    (
        "status us-china --on 2025-06-12 --known 2025-06-12",
        (
            "9 Jun 2025 to 10 Jun 2025, London, Lancaster House",
            "Howard Lutnick, Secretary of Commerce;",
        ),
    ),
    (
        "status us-china --on 2025-11-15",
        ("licence required (suspended) 2025-11-07 cn-mofcom-2025-62",),
    ),
    (
        "status us-china --on 2025-11-15",
        (
            "licence required (suspended) 2025-11-10 us-bis-2025-09-29",
            "2026-11-10 us-fr-90-50857 us-affiliates-rule all running",
        ),
    ),
    (
        "duty 8505.11.0070 --from CHN --to USA --on 2025-11-15",
        (
            "us-fentanyl IEEPA 10% 2025-11-10 us-eo-14357",
            "us-reciprocal IEEPA 0%",
            "Next change on 1 Jan 2026: additional 35%",
        ),
    ),
    (
        "duty 8505.11.0030 --from CHN --to USA --on 2025-11-15",
        ("Charged on the day 20%; owed as now known 0%",),
    ),
    (
        "status us-china --on 2026-08-01",
        (
            "12.5% (us-301-forced-labour 12.5%)",
            "12.5% 2026-07-24 us-fr-91-47318",
        ),
    ),
    (
        "status us-china --on 2026-11-10",
        ("its clock ran out on 10 Nov 2026; an extension to 10 Jan 2027 was announced; no act is known: unknown.",),
    ),
    (
        "comply us-china --on 2026-10-01 --known 2026-10-01",
        ("owed 502.4 USD bn (200.0 over a base of 302.4); done: 288.8, 57.5%, 13.6 below the base",),
    ),
    (
        "comply us-china --on 2026-10-01 --known 2026-10-01",
        ("owed 12 Mt; done: 12, 100.0%",),
    ),
    (
        "timeline us-china --since 2025-12-10 --until 2025-12-20",
        ("2025-12-16 deadline hearing:",),
    ),
    (
        "tension us-china --on 2025-05-20",
        ("2025-08-12: +0.096 US, +0.176 China",),
    ),
    (
        "duty 8703.23.01 --from DEU --to USA --on 2025-08-15",
        (
            "Additional 12.5%; total with base 15%",
            "Charged on the day 25%; owed as now known 12.5%",
        ),
    ),
    (
        "status us-eu --on 2026-03-01",
        ("in force through 6 Aug 2026, lapses 7 Aug 2026",),
    ),
    (
        "timeline us-eu --since 2026-01-15 --until 2026-01-25",
        ("2026-01-17 claim USA threat: Over Greenland",),
    ),
    (
        "comply us-eu --on 2026-10-01",
        (
            "owed 750 billion dollars; done: unknown",
            "owed 600 billion dollars; done: unknown",
        ),
    ),
    (
        "status us-canada --on 2018-08-01",
        (
            "Steel 25% 2018-07-01 ca-order-2018-06",
            "10% 2018-07-01 ca-order-2018-06",
        ),
    ),
    (
        "status us-canada --on 2025-09-15",
        (
            "35% (us-fentanyl-can-mex 35%); lawfully owed as now known 0%",
            "40% 2025-08-01 us-eo-14325",
        ),
    ),
    (
        "status us-canada --on 2026-09-30",
        ("50% 2026-08-22 us-procl-11046",),
    ),
    (
        "duty 7208.10.15 --from TUR --to USA --on 2018-09-01",
        (
            "us-232-steel-world Section 232 50% 2018-08-13 us-procl-9772",
            "Next change on 21 May 2019: additional 25%",
        ),
    ),
    (
        "duty 6109.10 --from IND --to USA --on 2025-09-01",
        (
            "us-india-russian-oil IEEPA 25% 2025-08-27 us-eo-14329",
            "Additional 50%",
            "Next change on 7 Feb 2026: additional 25%",
        ),
    ),
    (
        "timeline us-world --since 2025-08-28 --until 2025-09-12",
        ("2025-08-29 published Federal Circuit: no power for these tariffs",),
    ),
]


@cache
def screen(command: str) -> str:
    """What a command prints, in single blanks."""
    got = CliRunner().invoke(main, command.split())
    assert got.exit_code == 0, got.output
    return " ".join(got.output.split())


def prose() -> str:
    """The page, in single blanks and without the marks that end a line."""
    return " ".join(DOC.read_text(encoding="utf-8").replace("\\\n", "\n").split())


@pytest.mark.parametrize(("command", "says"), FACTS)
def test_screen_says_the_fact(command: str, says: tuple[str, ...]) -> None:
    """The screen says the rate, day, clock, number or words that were traced, and the page has the command."""
    assert [x for x in says if x not in screen(command)] == []
    assert f"`detente {command}`" in prose()


def test_average_falls_as_published() -> None:
    """Over 14 May 2025 the average falls as a published series of another method does: by 75.4 points, within two."""
    commands = (
        "duty --average --from CHN --to USA --on 2025-04-20",
        "duty --average --from CHN --to USA --on 2025-05-20",
    )
    before, after = (average("CHN", "USA", date(2025, m, 20)).total for m in (4, 5))
    assert before is not None
    assert after is not None
    assert 100 * (before - after) == pytest.approx(127.2 - 51.8, abs=2)
    assert all(f"`detente {c}`" in prose() for c in commands)


def test_page_names_entries_that_are_there() -> None:
    """The page has thirty facts, and each entry it names stands in the file it names."""
    assert [int(n) for n in re.findall(r"^(\d+)\. ", DOC.read_text(encoding="utf-8"), re.M)] == list(range(1, 31))
    named = re.findall(r"`([a-z0-9.-]+)` in `([a-z0-9/.-]+\.yaml)`", prose())
    assert len(named) >= 30
    gone = [
        (entry, file) for entry, file in named if f"- id: {entry}\n" not in (SHIPPED / file).read_text(encoding="utf-8")
    ]
    assert gone == []
