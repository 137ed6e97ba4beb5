"""Build `read/data/learned.npz`: what the reader has learnt from the labelled corpus.

    python scripts/build_learned.py [--out FOLDER]

First the network of the pieces, from all articles but those of `measure.txt`. Then the logits by which candidates are
chosen and texts about something else turned away, from articles not in `development.txt` (nor in `fitted.txt`, which
lists what the rules were fitted to), each with shares from a network learnt without it. To be run again when the
corpus, the rules or the word lists change; it takes some minutes. `benchmarks/learned.py` says what is gained.

Arrays: `names` (lines of UTF-8); `rows` [name, unit + kind + 1], whole numbers to be multiplied by `scale`
[unit + kind + 1]; the layers of the network as in `Weights`; of each logit its values and, in lines, their names.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from learned_corpus import digest, phrase_rows, rows_of, texts, unfitted
from learned_fit import candidates_of, fit_choices, fit_topic, left_out, subject_of
from learned_net import PHRASES, fit_net

from detente.read.learned.weights import ARRAYS, LOGITS, Weights

OUT = Path(__file__).parents[1] / "src" / "detente" / "read" / "data"
NEEDED = 20
SLIGHT = 0.03  # a feature whose weights are all smaller is left out
STEPS = 127  # a weight is kept as so many steps of the largest of its column


def build(out: Path) -> dict[str, Any]:
    """Write the weights and their manifest to a folder; returns the manifest."""
    known = texts()
    fresh = unfitted(known)
    if len(fresh) < NEEDED:
        raise SystemExit(f"Only {len(fresh)} articles the rules were not fitted to; at least {NEEDED} are needed.")
    phrases = phrase_rows()
    rows = {t.name: rows_of(t) for t in known}
    apart = list(left_out(known, fresh, rows, phrases))
    choices = fit_choices([(t, candidates_of(t, w)) for t, w in apart])
    topic = fit_topic([(t, subject_of(t, replace(w, choices=choices))) for t, w in apart])
    learnt = replace(fit_net([*rows.values(), *[phrases] * PHRASES]), choices=choices, topic=topic)
    path = out / "learned.npz"
    _write(path, learnt)
    manifest = {
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "articles": len(known),
        "pieces": sum(len(r.features) for r in rows.values()),
        "phrase_pieces": len(phrases.features),
        "articles_for_logits": len(fresh),
        "inputs_sha256": digest(known),
        "program": "scripts/build_learned.py",
    }
    (out / "learned.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return manifest


def _write(path: Path, learnt: Weights) -> None:
    kept = np.abs(learnt.rows[1:]).max(axis=1) >= SLIGHT
    rows = learnt.rows[1:][kept]
    scale = np.abs(rows).max(axis=0) / STEPS
    logits = {name: getattr(learnt, name) for name in LOGITS}
    np.savez_compressed(
        path,
        names=_lines([name for name, keep in zip(learnt.names, kept, strict=True) if keep]),
        rows=np.round(rows / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        **{name: getattr(learnt, name).astype(np.float32) for name in ARRAYS if name != "rows"},
        **{f"{name}_names": _lines(sorted(found)) for name, found in logits.items()},
        **{name: np.array([found[key] for key in sorted(found)]) for name, found in logits.items()},
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
