"""Building worlds from tables of the full published size, beside pandas reading the same files whole.

    python benchmarks/worlds.py [ROWS]

Each build and each reading runs in a process of its own; `peak` is the most memory it held. The files are made: the
OECD's table with 81 economies in 50 industries and six final uses (4,053 rows, 4,537 columns, full digits), WIOD's
with 44 in 56, and lines of ITPD-E (5 million unless told; release 3 has 72.5 million).
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.worlds.tables import full_icio, full_itpd, full_wiod  # noqa: E402

PUBLISHED_LINES = 72_534_869
MIB = 1 << 20


def build(name: str, file: Path, extra: list[str]) -> None:
    """Build a world of one file, as the command does."""
    from detente.cli import main

    main(["world", "build", name, "--from", str(file), "--out", str(file.parent / name), *extra], standalone_mode=False)


def plain(file: Path) -> None:
    """Read the file whole with pandas, as a script would."""
    import pandas as pd

    pd.read_csv(file, low_memory=False)


def measured(*words: str) -> tuple[float, float]:
    """Seconds and peak MiB of this program with these words."""
    run = subprocess.run([sys.executable, __file__, *words], capture_output=True, text=True, check=True)
    seconds, peak = run.stdout.splitlines()[-1].split()
    return float(seconds), float(peak)


def one(words: list[str]) -> None:
    """Do one thing and print its time and peak."""
    start = time.perf_counter()
    if words[0] == "--plain":
        plain(Path(words[1]))
    elif words[0] == "--build":
        build(words[1], Path(words[2]), words[3:])
    print(time.perf_counter() - start, peak_mib())


def peak_mib() -> float:
    """The most memory held so far; what the system's own count says would include what the parent held at the fork."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    return next(int(x.split()[1]) for x in status.read_text().splitlines() if x.startswith("VmHWM")) / 1024


def main() -> None:
    """Make the files and print the table."""
    if sys.argv[1:2] and sys.argv[1].startswith("--"):
        one(sys.argv[1:])
        return
    lines = int(sys.argv[1]) if sys.argv[1:] else 5_000_000
    print(f"{'':28}{'MiB':>8}{'build s':>9}{'peak MiB':>10}{'pandas s':>10}{'peak MiB':>10}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for title, name, make in (
            ("OECD, 81 x 50", "icio", lambda: full_icio(folder / "2022_SML.csv")),
            ("WIOD, 44 x 56", "wiod", lambda: full_wiod(folder / "WIOT2014.csv")),
            (f"ITPD-E, {lines / 1e6:g} million lines", "itpd", lambda: full_itpd(folder / "ITPD_E_R03.csv", lines)),
        ):
            file, extra = make()
            took, peak = measured("--build", name, str(file), *extra)
            alone, whole = measured("--plain", str(file))
            print(f"{title:28}{file.stat().st_size / MIB:8.0f}{took:9.1f}{peak:10.0f}{alone:10.1f}{whole:10.0f}")
            if name == "itpd":
                scale = PUBLISHED_LINES / lines
                print(f"  at {PUBLISHED_LINES:,} lines: about {scale * took:.0f} s against {scale * alone:.0f} s")
            file.unlink()


if __name__ == "__main__":
    np.seterr(all="raise")
    main()
