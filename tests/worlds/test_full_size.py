"""Tables of the full published size are built in bounded memory, and what was summed is what was written."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from detente import worlds
from tests.worlds.tables import PUBLISHED, codes, full_icio, full_itpd, full_wiod, made_icio, write_rows

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "worlds.py"
MOST_MIB = 1000


def peak(name: str, file: Path, extra: list[str]) -> float:
    """The most memory, in MiB, that a build in a process of its own holds."""
    command = [sys.executable, str(BENCHMARK), "--build", name, str(file), *extra]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(run.stdout.splitlines()[-1].split()[1])


@pytest.mark.slow
def test_icio(tmp_path: Path) -> None:
    """81 economies in 50 industries, zipped, summed to 12 and 8: every flow is the sum of the made table's."""
    file, _ = full_icio(tmp_path / "2022_SML.csv")
    with zipfile.ZipFile(tmp_path / "2016-2022_SML.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(file, file.name)
    economies = [*codes(80), "ROW"]
    home = {e: e if n < 11 else "REST" for n, e in enumerate(economies)}
    section = {c: c[0] if c[0] in "ABCDEFG" else "S" for c in PUBLISHED}
    rows = [("kind", "from", "to"), *(("economy", e, to) for e, to in home.items())]
    rows += [("sector", c, to) for c, to in section.items()]
    mapping = write_rows(tmp_path / "map.csv", rows)
    assert peak("icio", tmp_path / "2016-2022_SML.zip", ["--aggregate", str(mapping)]) < MOST_MIB
    stored = worlds.read_world(tmp_path / "icio")
    assert (len(stored.economies), len(stored.sectors)) == (12, 8)
    made = made_icio(economies, PUBLISHED)
    n, s = len(economies), len(PUBLISHED)
    flows = made.use.reshape(n, s, n, s).sum(3) + made.final.reshape(n, s, n, 6).sum(3)
    group = np.array([[home[e] == to for e in economies] for to in stored.economies], dtype=float)
    sums = np.array([[section[c] == to for c in PUBLISHED] for to in stored.sectors], dtype=float)
    by_hand = np.einsum("ai,ikn,bn,gk->abg", group, flows, group, sums, optimize=True)
    np.testing.assert_allclose(stored.flows, by_hand, rtol=1e-9)
    assert worlds.check(tmp_path / "icio").ok


@pytest.mark.slow
def test_wiod(tmp_path: Path) -> None:
    """44 economies in 56 industries."""
    file, extra = full_wiod(tmp_path / "WIOT2014.csv")
    assert peak("wiod", file, extra) < MOST_MIB
    stored = worlds.read_world(tmp_path / "wiod")
    assert (len(stored.economies), len(stored.sectors)) == (44, 56)


@pytest.mark.slow
def test_itpd(tmp_path: Path) -> None:
    """A million lines of ITPD-E over two years."""
    file, extra = full_itpd(tmp_path / "ITPD_E_R03.csv", 1_000_000)
    assert peak("itpd", file, extra) < MOST_MIB
    stored = worlds.read_world(tmp_path / "itpd")
    assert (len(stored.economies), len(stored.sectors)) == (120, 100)
