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
