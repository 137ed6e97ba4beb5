"""Product codes as people write them: HS or HTS digits, with or without dots. Codes are strings, never numbers."""

from __future__ import annotations

from detente.terms import Fault, InputFault


def digits(code: str) -> str:
    """The digits of a code ('8505.11.0070' is '8505110070'); raises `InputFault` for what is no code.

    Four, six, eight or ten digits are taken; fewer name a chapter, and an odd number has usually lost a leading zero.
    """
    plain = code.replace(".", "").replace(" ", "").replace("-", "")
    if plain.isascii() and plain.isdigit() and len(plain) in (4, 6, 8, 10):
        return plain
    hint = ""
    if plain.isdigit() and len(plain) in (3, 5, 7, 9):
        hint = f" Has a leading zero been lost? Try 0{plain}."
    message = f"'{code}' is not a product code.{hint}"
    raise InputFault([Fault("code", message, allowed="4, 6, 8 or 10 digits of the HS or HTS, dots allowed")])


def dotted(code: str) -> str:
    """Digits as the tariff schedule prints them: 8505.11.0070."""
    parts = [code[:4], code[4:6], code[6:10]]
    return ".".join(p for p in parts if p)
