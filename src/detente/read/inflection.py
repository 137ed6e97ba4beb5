"""The forms of the verbs of the field: inflection, classes, and verbs of more than one word."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from detente.read.tables import table, word_set


@dataclass(frozen=True, slots=True)
class Phrase:
    lemma: str
    rest: tuple[str, ...]
    classes: frozenset[str] = field(default_factory=frozenset)


@cache
def forms() -> dict[str, tuple[tuple[str, str], ...]]:
    """Every form of every verb: (lemma, form)."""
    out: dict[str, set[tuple[str, str]]] = {}
    for row in table("verbs.csv"):
        lemma = row["lemma"].split()[0].split("-")[-1]
        for shown, form in _inflected(lemma, row["past"], row["participle"]):
            out.setdefault(shown, set()).add((lemma, form))
    for shown, form in (("is", "s"), ("are", "b"), ("were", "d"), ("been", "n"), ("has", "s"), ("being", "g")):
        out[shown] = {("have" if shown == "has" else "be", form)}
    return {shown: tuple(sorted(readings)) for shown, readings in out.items()}


@cache
def classes_of() -> dict[str, frozenset[str]]:
    """The classes of single verbs."""
    rows = [r for r in table("verbs.csv") if " " not in r["lemma"]]
    out: dict[str, frozenset[str]] = {}
    for r in rows:
        lemma = r["lemma"].split("-")[-1]
        out[lemma] = out.get(lemma, frozenset()) | frozenset(r["classes"].split())
    return out


@cache
def phrases() -> dict[str, tuple[Phrase, ...]]:
    out: dict[str, list[Phrase]] = {}
    for r in table("verbs.csv"):
        first, *rest = r["lemma"].split()
        if rest:
            out.setdefault(first, []).append(Phrase(r["lemma"], tuple(rest), frozenset(r["classes"].split())))
    return {first: tuple(sorted(group, key=lambda p: -len(p.rest))) for first, group in out.items()}


def _inflected(lemma: str, past: str, participle: str) -> list[tuple[str, str]]:
    regular = _with_ed(lemma)
    return [
        (lemma, "b"),
        (_with_s(lemma), "s"),
        (past or regular, "d"),
        (participle or past or regular, "n"),
        (_with_ing(lemma, past), "g"),
    ]


def _with_ed(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    return lemma[:-1] + "ied" if lemma.endswith("y") and lemma[-2] not in "aeiou" else lemma + "ed"


def _with_s(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else lemma + "s"


def _with_ing(lemma: str, past: str) -> str:
    if lemma in ("be", "see", "agree", "flee", "foresee", "guarantee"):
        return lemma + "ing"
    if lemma.endswith("e"):
        return lemma[:-1] + "ing"
    doubles = past.endswith(lemma[-1] + "ed") and past.startswith(lemma + lemma[-1])
    return lemma + lemma[-1] + "ing" if doubles or lemma in _DOUBLING else lemma + "ing"


_DOUBLING = word_set("verbs doubling")


def adverb(low: str) -> bool:
    """Whether a word in '-ly' is an adverb and no verb: 'seriously', not 'apply', 'comply', 'fly'."""
    return low.endswith("ly") and low not in forms() and low not in _VERBS_IN_LY


_VERBS_IN_LY = frozenset({"apply", "supply", "rely", "reply", "comply", "imply", "multiply", "ally", "rally", "tally"})
