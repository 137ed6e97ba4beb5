"""Build `read/data/learned.npz`: what the reader has learnt from the labelled corpus.

    python scripts/build_learned.py [--out FOLDER]

First the weights of the features of pieces, from all articles but those of `measure.txt`. Then the weights by which
candidates are chosen, from articles not in `development.txt` (nor in `fitted.txt`, where the corpus has such a list of
what the rules were fitted to), each with shares from weights learnt without it. To be run again when the corpus, the
rules or the word lists change; `benchmarks/learned.py` says what is gained.

Arrays: `names` and `choice_names` (lines of UTF-8), `pieces` [name, kind + 1], `choices` [choice name].
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from learned_corpus import digest, phrase_rows, rows_of, texts, unfitted
from learned_fit import candidates_of, fit_choices, fit_pieces, left_out

from detente.read.learned.weights import Weights

OUT = Path(__file__).parents[1] / "src" / "detente" / "read" / "data"
NEEDED = 20
SLIGHT = 0.02  # a feature whose weights are all smaller is left out


def build(out: Path) -> dict[str, Any]:
    """Write the weights and their manifest to a folder; returns the manifest."""
    known = texts()
    fresh = unfitted(known)
    if len(fresh) < NEEDED:
        raise SystemExit(f"Only {len(fresh)} articles the rules were not fitted to; at least {NEEDED} are needed.")
    phrases = phrase_rows()
    rows = {t.name: rows_of(t) for t in known}
    choices = fit_choices([(t, candidates_of(t, w)) for t, w in left_out(known, fresh, rows, phrases)])
    pieces = fit_pieces([*rows.values(), phrases])
    path = out / "learned.npz"
    _write(path, Weights(pieces.names, pieces.pieces, choices))
    manifest = {
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "articles": len(known),
        "pieces": sum(len(r.features) for r in rows.values()),
        "phrase_pieces": len(phrases.features),
        "articles_for_choices": len(fresh),
        "inputs_sha256": digest(known),
        "program": "scripts/build_learned.py",
    }
    (out / "learned.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return manifest


def _write(path: Path, learnt: Weights) -> None:
    kept = np.abs(learnt.pieces).max(axis=1) >= SLIGHT
    names = [name for name, keep in zip(learnt.names, kept, strict=True) if keep]
    choices = sorted(learnt.choices)
    np.savez_compressed(
        path,
        names=_lines(names),
        pieces=learnt.pieces[kept].astype(np.float16),
        choice_names=_lines(choices),
        choices=np.array([learnt.choices[c] for c in choices]),
    )


def _lines(names: list[str]) -> Any:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def main() -> None:
    """Build and say what was made."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=OUT)
    print(json.dumps(build(parser.parse_args().out), indent=2))


if __name__ == "__main__":
    main()
