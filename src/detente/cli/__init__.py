"""The command line: a twin of `questions`, with nothing of its own but reading options and printing.

Exit status: 0 done, 1 the answer is a failure (a record that does not check), 2 wrong usage.
"""

from detente.cli import brief, comply, duty, game, read, record, solve, tension, world
from detente.cli.group import main

__all__ = ["brief", "comply", "duty", "game", "main", "read", "record", "solve", "tension", "world"]
