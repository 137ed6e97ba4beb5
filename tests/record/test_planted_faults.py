"""Twenty-five different slips in one folder are told in one report, each with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

from detente.questions import check
from tests.record.small import line_of, replaced, written

SLIPS: list[tuple[str, str, str, str, str]] = [
    # file, the text before, the text after, the words at the line of the message, words of the message
    ("dispute.yaml", "title: Small", "title: Small\ntitle: Klein", "Klein", "it first stands on line 2"),
    ("sources.yaml", "https://example.org/1", "see the file", "see the file", "address on the web"),
    ("sources.yaml", "verified: partly", "verified: partially", "partially", "Did you mean partly?"),
    (
        "sources.yaml",
        "- {id: s4",
        "- {id: s2, document: D, publisher: P, verified: partly}\n- {id: s4",
        "id: s2, document: D",
        "stands twice; it first stands at small/sources.yaml:2",
    ),
    (
        "measures.yaml",
        "kind: export-control",
        "kind: export-controls",
        "export-controls",
        "Did you mean export-control?",
    ),
    ("measures.yaml", "targets: [USA]", "targets: [usa]", "[usa]", "not written as it should be"),
    ("measures.yaml", "[us-metal]", "[us-metals]", "us-metals", "Did you mean us-metal?"),
    ("instruments.yaml", "form: announcement", "form: anouncement", "anouncement", "Did you mean announcement?"),
    ("instruments.yaml", "announced: 2025-01-31", "announced: 2025-02-31", "2025-02-31", "announced"),
    ("instruments.yaml", "set: 25%", "set: 25", "set: 25", "has no unit"),
    (
        "instruments.yaml",
        "suspend: 24pp, from: 2025-05-14",
        "suspend: 24%, from: 2025-05-14",
        "24%",
        "is not a suspension",
    ),
    ("instruments.yaml", "exempt: phones", "exempt: phones, set: 0%", "set: 0%", "found set and exempt"),
    ("instruments.yaml", "until: 2025-11-10", "until: 2025-08-01", "2025-08-01", "before from"),
    ("arrangements.yaml", "renews: truce-1", "renews: truce-9", "truce-9", "There is no arrangement"),
    ("arrangements.yaml", "due: 2026-01-01", "due: 2025-01-01", "2025-01-01", "falls due after it begins"),
    ("talks.yaml", "  kind: round\n", "  kind: round\n  date: 2025-05-08\n", "date: 2025-05-08", "is not known here"),
    (
        "arrangements.yaml",
        "CHN]\n  published: 2025-05-12",
        "CHN, USA]\n  published: 2025-05-12",
        "CHN, USA",
        "more than once",
    ),
    ("claims.yaml", "  answers: [claim-1]\n", "", "kind: denial", "names neither"),
    ("claims.yaml", "about: [owed-1]", "about: [owed-9]", "owed-9", "Did you mean owed-1?"),
    (
        "claims.yaml",
        "by: CHN\n  against: USA",
        "by: CHN\n  against: CHN",
        "against: CHN\n  published: 2025-06-02",
        "against itself",
    ),
    ("claims.yaml", "  extends_to: 2026-02-01\n", "  extends_to: 2025-01-01\n", "2025-01-01", "to a day after it"),
    ("claims.yaml", "published: 2025-11-01", "published: 2026-11-01", "2026-11-01", "complete through"),
    ("scopes.yaml", "codes: scopes/phones.csv", "codes: scopes/phone.csv", "phone.csv", "is not there"),
    ("scopes/metal.csv", "7201,0", "72.01,0", "72.01", "without dots"),
    ("discrepancies.yaml", "source: s3", "source: s1", "The second.", "at least two are named"),
]


def test_twenty_five_faults(tmp_path: Path) -> None:
    """As many messages as slips, each where the slip is, and each says what would be right."""
    folder = written(tmp_path / "small")
    for file, old, new, _, _ in SLIPS:
        replaced(folder, file, old, new)
    faults = check(str(folder)).faults
    assert len(SLIPS) == len(faults) == 25, "\n".join(f"{f.path}:{f.line}: {f.message}" for f in faults)
    for file, _, _, at, says in SLIPS:
        line = line_of(folder, file, at)
        found = [f for f in faults if f.path == f"small/{file}" and f.line == line]
        hits = [f for f in found if says in f.message or says in (f.allowed or "")]
        assert len(hits) == 1, f"{file}:{line} {says}: {found}"
        assert hits[0].allowed
