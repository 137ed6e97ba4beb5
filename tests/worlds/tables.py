"""Made tables in the published layouts, written as their publishers write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from detente.worlds.sources import Floats

USES = ("HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR")


class Icio:
    """An inter-country table: use [cell, cell], final [cell, use], taxes and value added [cell], over economies and
    sectors in the order of the labels."""

    def __init__(
        self,
        economies: Sequence[str],
        sectors: Sequence[str],
        use: Floats,
        final: Floats,
        taxes: Floats,
        value_added: Floats,
        uses: Sequence[str] = USES,
    ) -> None:
        self.economies, self.sectors, self.uses = tuple(economies), tuple(sectors), tuple(uses)
        self.use, self.final, self.taxes, self.value_added = use, final, taxes, value_added
        self.cells = [f"{e}_{s}" for e in economies for s in sectors]
        self.columns = [*self.cells, *(f"{e}_{u}" for e in economies for u in uses)]

    @property
    def output(self) -> Floats:
        """Output [cell], by rows."""
        return np.asarray(self.use.sum(1) + self.final.sum(1))

    def rows(self, out: str = "OUT", taxes: str = "TLS", value_added: str = "VA") -> Iterable[list[str]]:
        """The lines of the file."""
        yield ["V1", *self.columns, out]
        total = self.output
        for label, used, bought, sold in zip(self.cells, self.use, self.final, total, strict=True):
            yield [label, *map(repr, used.tolist()), *map(repr, bought.tolist()), repr(float(sold))]
        blank = ["0"] * self.final.shape[1]
        for label, row in ((taxes, self.taxes), (value_added, self.value_added), (out, total)):
            yield [label, *map(repr, row.tolist()), *blank, repr(float(row.sum()))]

    def write(self, path: Path, **labels: str) -> Path:
        """Write it as CSV."""
        with path.open("w", encoding="utf-8") as file:
            for row in self.rows(**labels):
                file.write(",".join(row) + "\n")
        return path


def made_icio(economies: Sequence[str], sectors: Sequence[str], seed: int = 0, uses: Sequence[str] = USES) -> Icio:
    """A table that adds up: random use and final use, value added what is left of output."""
    rng = np.random.default_rng(seed)
    n, s = len(economies), len(sectors)
    weight = np.where(np.eye(n, dtype=bool), 20.0, 1.0)
    size = rng.uniform(1, 10, n)
    trade = weight * size[:, None] * size[None, :]
    use = np.kron(trade, np.ones((s, s))) * rng.uniform(0.0, 1.0, (n * s, n * s)) / s
    final = np.kron(trade, np.ones((s, len(uses)))) * rng.uniform(0.5, 1.0, (n * s, n * len(uses)))
    output = use.sum(1) + final.sum(1)
    # Inputs take at most seven tenths of output, taxes a twentieth of what is left.
    use *= np.minimum(1.0, 0.7 * output / use.sum(0))[None, :]
    output = use.sum(1) + final.sum(1)
    use *= np.minimum(1.0, 0.7 * output / use.sum(0))[None, :]
    left = use.sum(1) + final.sum(1) - use.sum(0)
    assert (left > 0).all()
    return Icio(economies, sectors, use, final, left * 0.05, left * 0.95, uses)


def write_rows(path: Path, rows: Iterable[Sequence[object]], delimiter: str = ",") -> Path:
    """Write a table line by line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(delimiter.join(map(str, row)) for row in rows) + "\n", "utf-8")
    return path


def write_plain(
    folder: Path,
    economies: Sequence[str],
    sectors: Sequence[str],
    flows: Floats,
    inputs: Floats | None = None,
    value_added: Floats | None = None,
    tariff: Floats | None = None,
) -> Path:
    """Write flows.csv, inputs.csv and tariffs.csv."""
    trade = [(i, n, k) for i in range(len(economies)) for n in range(len(economies)) for k in range(len(sectors))]
    named = [(economies[i], economies[n], sectors[k]) for i, n, k in trade]
    head = ("exporter", "importer", "sector")
    values = ((*names, repr(float(flows[cell]))) for names, cell in zip(named, trade, strict=True))
    write_rows(folder / "flows.csv", [(*head, "value"), *values])
    if inputs is not None:
        rows = [
            (e, a, b, repr(float(inputs[n, k, s])))
            for n, e in enumerate(economies)
            for k, a in enumerate(sectors)
            for s, b in enumerate(sectors)
        ]
        if value_added is not None:
            rows += [
                (e, "value_added", b, repr(float(value_added[n, s])))
                for n, e in enumerate(economies)
                for s, b in enumerate(sectors)
            ]
        write_rows(folder / "inputs.csv", [("economy", "input", "using", "value"), *rows])
    if tariff is not None:
        levels = ((*names, repr(float(tariff[cell]))) for names, cell in zip(named, trade, strict=True))
        write_rows(folder / "tariffs.csv", [(*head, "tariff"), *levels])
    return folder


PUBLISHED = tuple(
    f"{section}{part}"
    for section, parts in {
        "A": ("01", "02", "03"),
        "B": ("05", "06", "07", "08", "09"),
        "C": (
            *("10T12", "13T15", "16", "17_18", "19", "20", "21", "22", "23", "24A", "24B", "25", "26", "27", "28"),
            *("29", "301", "302T309", "31T33"),
        ),
        **dict.fromkeys("DEFG", ("",)),
        "H": ("49", "50", "51", "52", "53"),
        "I": ("",),
        "J": ("58T60", "61", "62_63"),
        **dict.fromkeys("KLMNOPQRST", ("",)),
    }.items()
    for part in parts
)
"""The 50 industries of the edition of 2025."""


def codes(many: int) -> list[str]:
    """Made economy codes."""
    return [f"{chr(65 + n // 26)}{chr(65 + n % 26)}X" for n in range(many)]


def full_icio(path: Path) -> tuple[Path, list[str]]:
    """A table of the full size of the edition of 2025, and what its build needs besides."""
    return made_icio([*codes(80), "ROW"], PUBLISHED).write(path), []


def full_wiod(path: Path) -> tuple[Path, list[str]]:
    """A frame of WIOD's size: 44 economies, 56 industries, five final uses."""
    goods = ("A01", "A02", "A03", "B", "C10-C12", "C13-C15", *(f"C{n}" for n in range(16, 31)), "C31_C32", "C33")
    services = ("D35", "E36", "E37-E39", "F", "G45", "G46", "G47", "H49", "H50", "H51", "H52", "H53", "I", "J58")
    services += ("J59_J60", "J61", "J62_J63", "K64", "K65", "K66", "L68", "M69_M70", "M71", "M72", "M73", "M74_M75")
    industries = (*goods, *services, "N", "O84", "P85", "Q", "R_S", "T", "U")
    assert len(industries) == 56
    economies = [*codes(43), "ROW"]
    made = made_icio(economies, industries, uses=("CONS_h", "CONS_np", "CONS_g", "GFCF", "INVEN"))
    head = ["IndustryCode", "IndustryDescription", "Country", "RNr", "Year"]
    head += [f"{e}{n}" for span in (range(1, 57), range(57, 62)) for e in economies for n in span]
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join([*head, "TOT"]) + "\n")
        labels = [(c, e, n) for e in economies for n, c in enumerate(industries, 1)]
        for (c, e, n), used, bought, out in zip(labels, made.use, made.final, made.output, strict=True):
            row = [c, "Name", e, n, 2014, *used.tolist(), *bought.tolist(), float(out)]
            file.write(",".join(map(str, row)) + "\n")
        for c, values in (("TXSP", made.taxes), ("VA", made.value_added), ("GO", made.output)):
            row = [c, "Name", "TOT", 65, 2014, *values.tolist(), *[0] * made.final.shape[1], 0]
            file.write(",".join(map(str, row)) + "\n")
    return path, []


def full_itpd(path: Path, lines: int) -> tuple[Path, list[str]]:
    """About so many lines in ITPD-E's layout, years in turn as published; its build takes one year."""
    economies, sectors = codes(120), 100
    years = max(1, lines // (len(economies) ** 2 * sectors)) + 1
    density = lines / (years * len(economies) ** 2 * sectors)
    rng = np.random.default_rng(0)
    with path.open("w", encoding="utf-8") as file:
        file.write(
            "exporter_iso3,exporter_name,importer_iso3,importer_name,year,industry_id,industry_descr,broad_sector,"
            "trade,flag_mirror,flag_zero\n"
        )
        for e in economies:
            for i in economies:
                traded = rng.random((years, sectors)) < density
                values = rng.lognormal(0, 3, (years, sectors)) + (1000 if e == i else 0)
                for year in range(years):
                    file.writelines(
                        f'{e},"Name, of {e}",{i},"Name, of {i}",{2019 - year},{s + 1},"Industry, {s}",Manufacturing,'
                        f"{values[year, s]!r},0,p\n".replace("np.float64(", "").replace(")", "")
                        for s in range(sectors)
                        if e == i or traded[year, s]
                    )
    own = write_rows(path.parent / "theta.csv", [("sector", "theta"), *((s + 1, 5) for s in range(sectors))])
    return path, ["--year", "2019", "--elasticity", str(own)]
