"""A million short inputs put to the reader of articles: each is an article or an InputFault, nothing else.

    python benchmarks/fuzz_reading.py [COUNT] [SEED]

`tests/read/test_article.py` runs a sample of the same.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.read.test_article import fuzz  # noqa: E402

STEP = 10_000


def main() -> None:
    """Run as the words above say; a line on stderr for every ten thousand."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    began, articles = time.perf_counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        for done in range(0, count, STEP):
            articles += fuzz(min(STEP, count - done), seed + done, Path(folder))
            print(f"\r{min(done + STEP, count):,} of {count:,}", end="", file=sys.stderr, flush=True)
    took = time.perf_counter() - began
    print(f"\n{count:,} inputs, {articles:,} of them articles, in {took:.0f} s: no other exception.")


if __name__ == "__main__":
    main()
