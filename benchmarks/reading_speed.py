"""How long reading takes: 1,000 words at once, and a folder on all cores, beside the rules alone in the same run.

    python benchmarks/reading_speed.py

The texts are the further articles of the corpus. Times are processor time of the best of five runs in a warm process;
the folder is read by the command, start and answers included.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.read.labels import FOLDER

from detente.read.reader import drafts, read

DAY = date(2026, 11, 1)
COUNT = 1000


def best(task: Callable[[], object]) -> float:
    """Processor seconds of the best of five."""
    spent = []
    for _ in range(5):
        start = time.process_time()
        task()
        spent.append(time.process_time() - start)
    return min(spent)


def rules(text: str) -> object:
    """What the rules alone draft."""
    return drafts(text, DAY, lambda seen: lambda parsed, ruled: ruled)


def folder(files: list[Path]) -> float:
    """Articles a second by the command on all cores."""
    with tempfile.TemporaryDirectory() as made:
        source = Path(made) / "in"
        source.mkdir()
        for i in range(COUNT):
            shutil.copy(files[i % len(files)], source / f"{i:04}.txt")
        command = [sys.executable, "-m", "detente", "read", str(source), "--dispute", "us-china"]
        command += ["--published", "2026-11-01", "--out", str(Path(made) / "out")]
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return COUNT / (time.perf_counter() - start)


def main() -> int:
    """Measure and print."""
    files = sorted((FOLDER / "articles").glob("[fg]*.txt"))
    words = " ".join(file.read_text(encoding="utf-8") for file in files).split(" ")
    texts = [" ".join(words[at : at + 1000]) for at in range(0, 20_000, 1000)]
    for name, how in (("whole reader", lambda text: read(text, DAY)), ("rules alone", rules)):
        how(texts[0])
        each = sorted(best(lambda text=text, how=how: how(text)) for text in texts)  # type: ignore[misc]
        print(f"{name}: 1,000 words in {1000 * each[10]:.0f} ms (median of 20 texts; {1000 * each[0]:.0f} to", end=" ")
        print(f"{1000 * each[-1]:.0f})")
    print(f"a folder of {COUNT}: {folder(files):.0f} articles a second, start included")
    return 0


if __name__ == "__main__":
    sys.exit(main())
