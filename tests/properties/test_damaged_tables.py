"""Whatever happens to a table on its way, it is a world or faults in words, never another error."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.terms import Fault, InputFault
from detente.worlds import Request, check
from detente.worlds.tables.build import build_table
from tests.worlds.tables import made_icio

TABLE = "\n".join(",".join(row) for row in made_icio(("ARG", "CHN", "USA"), ("A01_02", "C26", "G")).rows()) + "\n"
BITS = ("", ",", "\n", '"', "NaN", "-", "1e999", "1e300", "x", "\0", ";", "1,5", "\r\n\r\n", "CHN_C26")

damages = st.lists(
    st.tuples(st.integers(0, len(TABLE)), st.integers(0, 60), st.sampled_from(BITS)), min_size=1, max_size=4
)


@settings(max_examples=150, deadline=None)
@given(damages)
def test_damaged(damage: list[tuple[int, int, str]]) -> None:
    """Cells replaced, cut and put in at random: what is built holds together, the rest is refused with faults."""
    text = TABLE
    for place, length, bit in damage:
        text = text[:place] + bit + text[place + length :]
    with tempfile.TemporaryDirectory() as scratch:
        file, out = Path(scratch) / "2019_SML.csv", Path(scratch) / "world"
        file.write_text(text, "utf-8", newline="")
        faults = faults_of(file, out)
        if faults is None:
            assert check(out).ok
        else:
            assert faults
            assert all(one.message and one.path for one in faults)


def faults_of(file: Path, out: Path) -> list[Fault] | None:
    """The faults of a table; None where a world was built."""
    try:
        build_table(Request("mine", file), out)
    except InputFault as fault:
        return fault.faults
    return None
