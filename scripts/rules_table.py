"""The table of integrity rules in `docs/record-format.md`, written from the rules themselves.

python scripts/rules_table.py
"""

from __future__ import annotations

from pathlib import Path

from detente.record.rules import RULES

PAGE = Path(__file__).parents[1] / "docs" / "record-format.md"
BEGIN, END = "<!-- rules: written by scripts/rules_table.py -->\n", "<!-- end of rules -->\n"


def table() -> str:
    """The rules in order of number: what must hold, and the remedy."""
    rows = [f"| {r.number} | {r.says} | {r.remedy} |" for _, r in sorted(RULES.items())]
    return "\n".join(["| rule | what must hold | where it does not, write |", "|---|---|---|", *rows]) + "\n"


def renewed(page: str) -> str:
    """The page with the table as it is now."""
    head, rest = page.split(BEGIN)
    return f"{head}{BEGIN}{table()}{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
