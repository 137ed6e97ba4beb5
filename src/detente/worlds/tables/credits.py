"""Whom to credit for each kind of table, and what was chosen in reading it."""

from __future__ import annotations

from typing import Final

from detente.worlds.texts_2022 import CREDIT

CREDITS: Final = {
    "icio": CREDIT,
    "wiod": (
        "Timmer, Dietzenbacher, Los, Stehrer and de Vries (2015), 'An Illustrated User Guide to the World Input-Output "
        "Database', Review of International Economics 23: 575-605; release of 2016, CC BY 4.0"
    ),
    "itpd": (
        "Borchert, Larch, Shikher and Yotov, The International Trade and Production Database for Estimation (ITPD-E), "
        "U.S. International Trade Commission"
    ),
    "csv": "The files named under sources, as given by the user",
}

PUBLISHERS: Final = {
    "icio": "OECD, Inter-Country Input-Output Tables",
    "wiod": "World Input-Output Database, release of 2016",
    "itpd": "U.S. International Trade Commission",
    "csv": "files of the user",
}

TERMS: Final = {
    "icio": "OECD terms and conditions: reuse with credit",
    "wiod": "CC BY 4.0",
    "itpd": "as published, with credit",
    "csv": "the user's",
}

FLOWS: Final = {
    "icio": "rows of the table: intermediate and all final uses, changes in inventories among them, at basic prices",
    "wiod": "rows of the table: intermediate and all final uses, changes in inventories among them, at basic prices",
    "itpd": "as reported; lines flagged as filled in with zeros are left out; what has no line is not traded",
    "csv": "as in flows.csv; what has no line is not traded",
}

COMMON: Final = {
    "negative_flows": (
        "a buyer's draw-down of inventories beyond what it buys is set to zero and the seller's other flows are scaled "
        "so that its sales stay"
    ),
    "value_added": (
        "what sales leave after inputs: value added as published, net taxes on the inputs, and what rows and columns "
        "differ by"
    ),
    "balance": (
        "none where value added and final demand come out ≥ 0; elsewhere relative entropy (RAS) economy by economy to "
        "purchases with tariffs and sales, final demand counting a quarter"
    ),
}

NO_TARIFFS: Final = "none given: the base pays no duties, and a scenario's duties are all the duties there are"
"""What a world says of its base tariffs where it was given none."""
