"""What the learnt weights add to the rules, on articles they have not seen: grouped cross-validation over articles.

    python benchmarks/learned.py [--only PREFIX]

Both kinds of weights are learnt anew without each fifth of the articles in turn, which is then read with them. An
article's candidates are weighed with shares learnt without it; the shares of the other articles that the choice is
learnt from may come from weights that have seen it. Rules fitted to these articles look better here than they are.
Counted as by `benchmarks/reading.py`, over the articles not in `development.txt`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

from learned_corpus import Text, phrase_rows, rows_of, texts, unfitted
from learned_fit import FOLDS, candidates_of, fit_choices, fit_topic, fold_of, left_out, subject_of
from reading import Score, add, matched, show

from detente.read.learned import Judge
from detente.read.learned.weights import Weights
from detente.read.names import Discourse
from detente.read.reader import Judging, drafts, proposal_of


def rules_alone(seen: Discourse) -> Judging:
    """Goes on with all that the rules draft."""
    return lambda p, ruled: ruled


def weighed(known: Sequence[Text], wanted: Sequence[Text]) -> dict[str, Weights]:
    """For each wanted article, weights learnt without it."""
    part = fold_of(known)
    shares = left_out(known, wanted, {t.name: rows_of(t) for t in known}, phrase_rows())
    pieces = {t.name: (t, learnt, candidates_of(t, learnt)) for t, learnt in shares}
    out: dict[str, Weights] = {}
    for fold in range(FOLDS):
        others = [(t, learnt, found) for t, learnt, found in pieces.values() if part[t.name] != fold]
        choices = fit_choices([(t, found) for t, _, found in others])
        topic = fit_topic([(t, subject_of(t, replace(learnt, choices=choices))) for t, learnt, _ in others])
        inside = [(name, learnt) for name, (_, learnt, _) in pieces.items() if part[name] == fold]
        out |= {name: replace(learnt, choices=choices, topic=topic) for name, learnt in inside}
    return out


def scored(wanted: Sequence[Text], judge_of: Callable[[Text], Callable[[Discourse], Judging]]) -> Score:
    """Read the articles, each with a judge of its own, and count."""
    score = Score()
    for text in wanted:
        found = drafts(text.text, text.published, judge_of(text))
        add(score, matched(text.name, [proposal_of(d, text.text, text.published) for d in found]))
    return score


def main() -> int:
    """Learn, read, count, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", default="", help="count only articles whose name begins so")
    only = parser.parse_args().only
    known = texts()
    wanted = unfitted(known)
    learnt = weighed(known, wanted)
    counted = [t for t in wanted if t.name.startswith(only)]
    print(f"{len(counted)} articles, rules alone")
    show(scored(counted, lambda text: rules_alone))
    print("\nrules and what was learnt without the article")
    show(scored(counted, lambda text: lambda seen: Judge(seen, learnt[text.name])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
