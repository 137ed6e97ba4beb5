"""The reader against the labelled corpus: precision, recall and F1 by kind, dates, evidence, threats for measures.

    python benchmarks/reading.py [--half development|measure|further|all] [--errors]

A proposal matches a label if its kind is the label's or one the label accepts, they share a side, and their evidence
overlaps; each is used once, the largest overlap first. Proposals left over are false positives, labels left over that
are not optional are misses. `--errors` lists both, for what may be developed on only.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.read.labels import FOLDER, Label, labels_of, names, spans_of, text_of

from detente.read import KINDS, Proposal
from detente.read.reader import read

ATTRIBUTES = ("parties", "rate", "attributed_to", "duration_days", "place", "persons")


@dataclass
class Article:
    """One article read: pairs of proposal and label, and what is left over on both sides."""

    name: str
    text: str
    pairs: list[tuple[Proposal, Label]]
    extra: list[Proposal]
    missed: list[Label]
    threats: list[Label]


@dataclass
class Score:
    """Counts by kind, and of attributes that agree."""

    hit: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    dated: int = 0
    within: int = 0
    undated: int = 0
    exact: int = 0
    spans: int = 0
    taken: int = 0
    threats: int = 0
    agree: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)


def half(name: str) -> list[str]:
    """The articles of a half."""
    if name == "all":
        return names()
    if name == "further":
        listed = {n for part in ("development", "measure") for n in (FOLDER / f"{part}.txt").read_text().split()}
        return [n for n in names() if n not in listed]
    wanted = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split()
    return [n for n in wanted if (FOLDER / "articles" / f"{n}.txt").exists()]


def overlap(proposal: Proposal, label: Label, text: str) -> int:
    """How many characters of evidence the two share."""
    spans = spans_of(label, text)
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in proposal.evidence for b in spans)


def matched(name: str, found: Sequence[Proposal] | None = None) -> Article:
    """Read an article, if what is proposed is not given, and match it with what is labelled."""
    text, labels = text_of(name), labels_of(name)
    proposals = list(read(text, labels.published) if found is None else found)
    options = sorted(
        (
            (-overlap(p, x, text), x.optional, i, j)
            for i, p in enumerate(proposals)
            for j, x in enumerate(labels.proposals)
            if (p.kind == x.kind or p.kind in x.also_ok) and set(p.parties) & set(x.parties) and overlap(p, x, text)
        ),
    )
    used_p: set[int] = set()
    used_x: set[int] = set()
    pairs = []
    for _, _, i, j in options:
        if i not in used_p and j not in used_x:
            used_p.add(i)
            used_x.add(j)
            pairs.append((proposals[i], labels.proposals[j]))
    extra = [p for i, p in enumerate(proposals) if i not in used_p]
    missed = [x for j, x in enumerate(labels.proposals) if j not in used_x and not x.optional]
    threats = [x for x in labels.proposals if x.kind in ("claim-threat", "claim-offer", "claim-expectation")]
    return Article(name, text, pairs, extra, missed, threats)


def add(score: Score, article: Article) -> None:
    """Count one article."""
    for p, x in article.pairs:
        score.hit[x.kind] += 1
        _dates(score, p, x)
        _attributes(score, p, x)
    for p in article.extra:
        score.extra[p.kind] += 1
    for x in article.missed:
        score.missed[x.kind] += 1
    for p in [*(p for p, _ in article.pairs), *article.extra]:
        score.spans += len(p.evidence)
        score.exact += sum(article.text[s.start : s.end] == s.quote and s.end > s.start for s in p.evidence)
    _threats(score, article)


def _dates(score: Score, p: Proposal, x: Label) -> None:
    if x.date is None:
        return
    score.dated += 1
    if p.date is None:
        score.undated += 1
        return
    until = x.date.until is None or (p.date.until is not None and p.date.until <= x.date.until)
    score.within += x.date.from_ <= p.date.from_ and until


def _attributes(score: Score, p: Proposal, x: Label) -> None:
    persons = {q.name for q in p.persons}
    pairs = {
        "parties": (list(p.parties), x.parties),
        "rate": (p.rate, x.rate),
        "attributed_to": (p.attributed_to, x.attributed_to),
        "duration_days": (p.duration_days, x.duration_days),
        "place": (p.place, x.place),
        "persons": (persons, set(x.persons)),
    }
    for name, (mine, theirs) in pairs.items():
        if theirs or mine:
            score.told[name] += 1
            score.agree[name] += mine == theirs


def _threats(score: Score, article: Article) -> None:
    """Measures proposed where the words are those of a threat, an offer or an expectation and of no measure."""
    score.threats += len(article.threats)
    for label in article.threats:
        wrong = [p for p in article.extra if p.kind.startswith("measure") and overlap(p, label, article.text)]
        score.taken += bool(wrong)


def f1(hit: int, extra: int, missed: int) -> tuple[float, float, float]:
    """Precision, recall and F1; 1 where there was nothing to find and nothing was found."""
    precision = hit / (hit + extra) if hit + extra else 1.0
    recall = hit / (hit + missed) if hit + missed else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def show(score: Score) -> None:
    """Print the tables."""
    print(f"{'kind':20}{'labels':>8}{'hit':>6}{'extra':>7}{'missed':>8}{'precision':>11}{'recall':>8}{'F1':>7}")
    for kind in (*KINDS, "all"):
        hit, extra, missed = (
            (sum(c.values()) if kind == "all" else c[kind]) for c in (score.hit, score.extra, score.missed)
        )
        if hit + extra + missed:
            p, r, f = f1(hit, extra, missed)
            print(f"{kind:20}{hit + missed:8}{hit:6}{extra:7}{missed:8}{p:11.3f}{r:8.3f}{f:7.3f}")
    macro = [f1(score.hit[k], score.extra[k], score.missed[k])[2] for k in KINDS if score.hit[k] + score.missed[k]]
    print(f"mean F1 over kinds with labels: {sum(macro) / max(1, len(macro)):.3f}")
    inside = share(score.within, score.dated)
    print(f"dates: {score.within} of {score.dated} within the label's ({inside}), {score.undated} not dated;")
    print(f"       of those dated {share(score.within, score.dated - score.undated)}")
    print(f"evidence exact: {score.exact} of {score.spans}")
    part = share(score.taken, score.threats)
    print(f"threats, offers, expectations taken for measures: {score.taken} of {score.threats} ({part})")
    print("agree: " + ", ".join(f"{a} {score.agree[a]}/{score.told[a]}" for a in ATTRIBUTES))


def share(part: int, whole: int) -> str:
    """A share in percent, or a dash."""
    return f"{100 * part / whole:.1f}%" if whole else "-"


def list_errors(articles: list[Article]) -> None:
    """Misses and false positives, article by article."""
    for a in articles:
        print(f"== {a.name}")
        for x in a.missed:
            print(f"  MISS  {x.kind} {'/'.join(x.parties)} rate={x.rate} also={x.also_ok}: {x.evidence[0]}")
        for p in a.extra:
            print(f"  EXTRA {p.kind} {'/'.join(p.parties)} rate={p.rate}: {p.evidence[0].quote}")
        for p, x in a.pairs:
            if x.date is not None and (p.date is None or not _inside(p, x)):
                told = p.date and (str(p.date.from_), str(p.date.until))
                print(f"  DATE  {x.kind} {told} for {x.date.from_} {x.date.until}: {p.evidence[0].quote}")


def _inside(p: Proposal, x: Label) -> bool:
    one = Score()
    _dates(one, p, x)
    return one.within == 1


def main() -> int:
    """Read, count, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--half", choices=("development", "measure", "further", "all"), default="development")
    parser.add_argument("--errors", action="store_true", help="list misses and false positives (not for measure)")
    parser.add_argument("--only", default="", help="only articles whose name begins so")
    chosen = parser.parse_args()
    read("Tariffs.", labels_of(half(chosen.half)[0]).published)
    score = Score()
    start = time.perf_counter()
    articles = [matched(n) for n in half(chosen.half) if n.startswith(chosen.only)]
    spent = time.perf_counter() - start
    for article in articles:
        add(score, article)
    if chosen.errors and chosen.half in ("development", "further"):
        list_errors(articles)
    print(f"{len(articles)} articles, {spent:.2f} s with reading the labels")
    show(score)
    return 0


if __name__ == "__main__":
    sys.exit(main())
