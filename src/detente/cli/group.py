"""The command itself, which the others are added to."""

from __future__ import annotations

import click

from detente._version import __version__
from detente.cli.options import Group


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="detente")
def main() -> None:
    """Trade disputes as a system you can ask: what is in force, what lapses, who promised what.

    \b
    Examples:
      detente status us-china --on 2025-06-06 --known 2025-06-06
      detente timeline us-china --since 2025-04-01 --until 2025-07-01
      detente duty 8505.11.0070 --from CHN --to USA --on 2025-11-15
      detente check us-china
    """
