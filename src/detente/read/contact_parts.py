"""What finders of contacts share: who acts, whether heads of government, how long it took."""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.drafts import times_of
from detente.read.factuality import Fact, factuality
from detente.read.names import Discourse, Mention, leads
from detente.read.tables import word_set
from detente.read.times import Time
from detente.read.verbs import Group

_ACTORS = word_set("contacts actors")
_SCHEDULED = frozenset({"visit", "meet", "receive", "negotiate", "speak", "resume", "open", "start", "phone"})
_GOING = frozenset({"be", "come", "go", "return", "land", "head", "leave", "see", "begin", "reconvene", "take place"})


def of_leaders(named: list[Mention], seen: Discourse) -> bool:
    """Talks of two heads of government are a meeting, not a round."""
    heads = {m.parties for m in named if m.kind == "person" and leads(m, seen.published)}
    return len(heads) >= 2


def acting(p: Parsed, named: list[Mention]) -> list[Mention]:
    """Those of a list of names that take part: not an adjective of goods or duties, nor the owner of a thing."""
    return [m for m in named if not m.adjective or any(p.low(k) in _ACTORS for k in range(m.end, m.end + 4))]


def listed_before(p: Parsed, group: Group) -> list[Mention]:
    """'Liu, Mr. Lighthizer and Mr. Mnuchin fixed': the first of a list whose first comma opens the clause."""
    if p.low(group.left) != "," or not any(p.low(k) == "and" for k in range(group.left, group.start)):
        return []
    return [m for m in p.named if m.kind == "person" and m.end == group.left and m not in group.subjects]


def speaks(group: Group) -> bool:
    """A mere 'may' counts only where somebody says it."""
    at = group.governor
    while at is not None:
        if at.classes & {"say", "expect", "hope", "believe", "hint"}:
            return True
        at = at.governor
    return False


def lasting(p: Parsed, start: int, end: int) -> str | None:
    """How long a contact took, in the text's words: 'one-hour', '90 minutes', 'two days'."""
    for k in range(start, end):
        if p.low(k) in ("hour", "hours", "minute", "minutes") and k > start:
            first = k - 2 if p.low(k - 1) == "-" else k - 1
            return p.sentence_text(max(first, start), k + 1)
    return None


def fact_of(p: Parsed, group: Group) -> Fact:
    """What kind of statement a verb of contact makes; 'lands in Beijing tomorrow' is a thing to come."""
    fact = factuality(p, group)
    if fact == "actual" and group.classes & {"open", "start", "resume"} and _once_done(p, group):
        return "future"
    asked = fact == "none" and group.marker in ("when", "where") and p.words[-1].text == "?"
    return "future" if (fact == "actual" or asked) and _scheduled(p, group) else fact


def _once_done(p: Parsed, group: Group) -> bool:
    """'talks begin once the text is signed'."""
    plain = group.form in ("b", "s") and not (group.modal or group.infinitive or group.perfect or group.passive)
    return plain and any(g.marker in ("once", "when", "after", "if") and g.left >= group.end for g in p.groups)


def _scheduled(p: Parsed, group: Group) -> bool:
    """A present with a day to come: 'the delegations meet on Thursday', not the present of titles and timelines."""
    plain = group.form in ("b", "s") and not (group.modal or group.infinitive or group.perfect or group.passive)
    if not plain or p.sentence.heading or p.item is not None:
        return False
    if not group.classes & _SCHEDULED and group.lemma not in _GOING:
        return False
    near = [t for t in times_of(p, group) if t.role in ("at", "from")]
    return bool(near) and to_come(p, near[0])


def to_come(p: Parsed, time: Time) -> bool:
    """A day or week ahead; of two readings months apart the nearer one."""
    ahead, past = time.ahead, time.past
    if ahead is None or ahead.from_ < p.published:
        return False
    if past is None or past.from_ >= p.published or (p.published - past.from_).days < 8:
        return True
    return (ahead.from_ - p.published) < (p.published - past.from_)


def acting_words(p: Parsed, group: Group) -> set[str]:
    """The words of a clause before its verb, with those of a subject parted from it by an aside."""
    own = {p.low(k) for k in range(group.left, group.start)}
    return own | {p.low(k) for k in range(group.head_left, group.head_right)} if group.head_left >= 0 else own
