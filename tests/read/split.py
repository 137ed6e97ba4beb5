"""Halves the corpus by the hash of each name, within each dispute: one half to develop on, one to measure on.

    python -m tests.read.split

Run once, after the labels were committed; the lists it writes are kept.
"""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256

from tests.read.labels import FOLDER, labels_of, names


def main() -> None:
    """Write development.txt and measure.txt."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names():
        groups[labels_of(name).dispute or "other"].append(name)
    halves: tuple[list[str], list[str]] = [], []
    turn = 0
    for _, members in sorted(groups.items()):
        for name in sorted(members, key=lambda n: sha256(n.encode()).hexdigest()):
            halves[turn % 2].append(name)
            turn += 1
    for file, half in zip(("development", "measure"), halves, strict=True):
        (FOLDER / f"{file}.txt").write_text("\n".join(sorted(half)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
