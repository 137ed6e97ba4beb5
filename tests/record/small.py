"""A small record that holds together, as the files of a folder, for tests that plant a fault in it."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "dispute.yaml": """\
id: small
title: Small
parties: [USA, CHN]
covered_through: 2026-01-01
about: A record made for tests.
""",
    "sources.yaml": """\
- {id: s1, document: First order, publisher: P, date: 2025-01-01, link: "https://example.org/1", verified: verified}
- {id: s2, document: The truce, publisher: P, date: 2025-05-12, link: null, verified: verified}
- {id: s3, document: A tracker, publisher: P, verified: partly}
- {id: s4, document: Hearsay, publisher: P, verified: unverified}
""",
    "measures.yaml": """\
- id: us-duty
  title: Duty
  kind: tariff
  imposer: USA
  targets: [CHN, HKG]
  authority: Law A
  not_on_goods_subject_to: [us-metal]
  sources: [s1]
  verified: verified
- id: us-metal
  title: Metal duty
  kind: tariff
  imposer: USA
  targets: [CHN]
  authority: Law B
  goods: metal
  sources: [s1]
  verified: verified
- id: us-ban
  title: Control
  kind: export-control
  imposer: USA
  targets: [CHN]
  authority: Law B
  sources: [s1]
  verified: verified
- id: cn-duty
  title: Answer
  kind: tariff
  imposer: CHN
  targets: [USA]
  authority: Law C
  sources: [s3]
  verified: partly
""",
    "instruments.yaml": """\
- id: us-1
  by: USA
  form: order
  number: 1
  title: First
  published: 2025-01-01
  sources: [s1]
  verified: verified
  checked: 2026-02-01
  changes:
    - {measure: us-duty, set: 10%, from: 2025-01-02}
    - {measure: us-metal, goods: metal, set: 25%, from: 2025-01-02}
    - {measure: us-ban, set: licence required, from: 2025-01-02}
- id: cn-1
  by: CHN
  form: announcement
  number: 1
  title: Answer
  published: 2025-01-03
  sources: [s3]
  verified: partly
  changes:
    - {measure: cn-duty, set: 10%, from: 2025-01-04}
- id: us-2
  by: USA
  form: order
  number: 2
  title: Second
  announced: 2025-01-31
  published: 2025-02-01
  sources: [s3]
  verified: partly
  changes:
    - {measure: us-duty, on: [CHN], set: 34%, from: 2025-02-02}
- id: us-3
  by: USA
  form: order
  number: 3
  title: Truce
  published: 2025-05-12
  carries_out: truce-1
  sources: [s2]
  verified: verified
  changes:
    - {measure: us-duty, on: [CHN], suspend: 24pp, from: 2025-05-14, until: 2025-08-12}
    - {measure: us-duty, exempt: phones, from: 2025-05-14}
- id: us-4
  by: USA
  form: order
  number: 4
  title: Renewal
  published: 2025-08-11
  carries_out: truce-2
  sources: [s3]
  verified: partly
  changes:
    - {measure: us-duty, on: [CHN], suspend: 24pp, from: 2025-08-12, until: 2025-11-10}
    - {measure: us-metal, revoke: [us-1], from: 2025-08-12}
""",
    "arrangements.yaml": """\
- id: truce-1
  kind: truce
  title: Truce
  parties: [USA, CHN]
  published: 2025-05-12
  clock: [us-duty]
  terms: Points are suspended.
  sources: [s2]
  verified: verified
  commitments:
    - id: owed-1
      by: CHN
      to: USA
      text: Buys goods.
      from: 2025-05-12
      due: 2026-01-01
      quantity: {amount: 12, unit: million tonnes}
      verified: verified
- id: truce-2
  kind: truce
  title: Truce renewed
  parties: [USA, CHN]
  published: 2025-08-11
  renews: truce-1
  clock: [us-duty]
  terms: For another while.
  sources: [s3]
  verified: partly
""",
    "progress.yaml": """\
- id: report-1
  commitment: owed-1
  published: 2025-06-10
  from: 2025-05-12
  until: 2025-06-01
  amount: 2
  unit: million tonnes
  basis: exports
  sources: [s3]
  verified: partly
""",
    "talks.yaml": """\
- id: talk-1
  kind: round
  title: Round
  parties: [USA, CHN]
  reports:
    - published: 2025-05-08
      from: 2025-05-10
      persons:
        USA: [Ann Example]
        CHN: [Bo Example]
      sources: [s3]
      verified: partly
    - published: 2025-05-12
      until: 2025-05-12
      outcome: A truce.
      sources: [s2]
      verified: verified
""",
    "claims.yaml": """\
- id: claim-1
  kind: breach
  by: USA
  against: CHN
  published: 2025-06-01
  about: [owed-1]
  text: Nothing was bought.
  sources: [s4]
  verified: unverified
- id: claim-2
  kind: denial
  by: CHN
  against: USA
  published: 2025-06-02
  text: It was.
  answers: [claim-1]
  sources: [s4]
  verified: unverified
- id: claim-3
  kind: announcement
  by: USA
  published: 2025-11-01
  about: [truce-2]
  text: The truce runs on.
  extends_to: 2026-02-01
  sources: [s4]
  verified: unverified
""",
    "scopes.yaml": """\
- id: metal
  title: Metal
  act: us-1
  known: 2025-01-01
  vintage: HTS 2025
  codes: scopes/metal.csv
  sources: [s1]
- id: phones
  title: Phones
  act: us-3
  known: 2025-05-12
  vintage: HTS 2025
  codes: scopes/phones.csv
  sources: [s2]
""",
    "scopes/metal.csv": "code,in\n72,1\n7201,0\n72011,1\n",
    "scopes/phones.csv": "code,in\n8517,1\n85176,?\n",
    "discrepancies.yaml": """\
- id: differ-1
  about: [us-duty]
  text: From which day.
  readings:
    - {source: s1, says: The second.}
    - {source: s3, says: The third.}
  follows: The order.
""",
    "deadlines.yaml": """\
- id: due-1
  kind: hearing
  title: Hearing
  published: 2025-06-01
  day: 2025-07-01
  instrument: us-3
  sources: [s3]
  verified: partly
- id: due-2
  kind: hearing
  title: Hearing moved
  published: 2025-06-20
  day: 2025-08-01
  replaces: [due-1]
  sources: [s3]
  verified: partly
""",
    "officials.yaml": """\
- id: ann-example
  name: Ann Example
  aliases: [Annie]
  party: USA
  offices:
    - {office: Minister, institution: Ministry, from: 2020-01-01, verified: partly}
  sources: [s3]
- id: bo-example
  name: Bo Example
  aliases: [Bobby]
  party: CHN
  offices:
    - {office: Minister, institution: Ministry, from: 2020-01-01, verified: partly}
  sources: [s3]
""",
}


def written(home: Path) -> Path:
    """The folder `home`, made and filled with the small record."""
    for name, text in FILES.items():
        file = home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return home


def replaced(folder: Path, file: str, old: str, new: str) -> None:
    """Replace the only occurrence of a text in a file of a folder."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(folder: Path, file: str, words: str) -> int:
    """The line, counted from 1, of the only occurrence of some words in a file."""
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(words) == 1, f"{words!r} stands {text.count(words)} times in {file}"
    return text[: text.index(words)].count("\n") + 1
