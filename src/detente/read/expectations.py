"""Forecasts about the dispute itself: that a deal is near, that the truce will hold, that talks will drag on.

Told by a verb ('reckons that'), an adjective ('is hopeful that', 'looks unlikely'), a noun ('the odds of', 'my guess')
or a bare possibility ('could be settled by spring').
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from detente.read.claim_parts import ECONOMIC, HOPED, SPOKESMEN, claim, sides, speaking, words_before, words_in
from detente.read.clauses import Parsed
from detente.read.drafts import Draft, day_of, span_of, times_of
from detente.read.factuality import conditional, factuality
from detente.read.names import Discourse
from detente.read.proposal import When
from detente.read.speech import reporter_of, speaker_of
from detente.read.tables import word_set
from detente.read.verbs import Group

_FORECAST = frozenset({"expect", "hope", "doubt"})
_CONTACTS = frozenset({"meet", "speak", "phone", "visit"})
_ELSEWHERE = frozenset({"meet", "speak", "phone", "negotiate", "impose", "raise", "cut", "suspend", "lift", "consider",
                        "retaliate"})  # fmt: skip
_NEAR = frozenset({"close", "closer", "near", "nearing", "imminent", "within", "reach", "sight"})
_LINKING = frozenset({"be", "sound", "seem", "appear", "remain", "look", "feel", "become", "grow", "express", "stay"})
_HOPING = word_set("expectations hoping")
_LIKELY = word_set("expectations likely")
_CHANCES = word_set("expectations chances")
_GUESSES = word_set("expectations guesses")
_OWN = frozenset({"my", "our", "his", "her", "their", "its", "own", "fair", "safe", "good", "best", "'s"})
_STAND_INS = frozenset({"it", "they", "so", "this", "that", "them", "otherwise", "not", "both", "something", "none"})
_KINDS = frozenset({"measure", "fee", "deal", "pact", "court", "ruling", "retaliation", "statement", "talks",
                    "exemption", "extension", "removal", "reduction", "pause", "increase"})  # fmt: skip
_AHEAD = frozenset({"likely", "unlikely", "possible", "probable", "soon", "before", "until", "by"})
_MIGHT = frozenset({"could", "may", "might"})


def expectation(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """What somebody expects of the dispute."""
    if _under_forecast(group):
        return None
    if _foretells(p, group) or _hoping(p, group) or _close(p, group, seen) or _chances(p, group, seen):
        return _drafted(p, group, seen, bool(group.subjects) and not speaking(group))
    if _left_open(p, group):
        return _drafted(p, group, seen, not speaking(group))
    if any(told(p, group) for told in _TOLD) or _possible(p, group, seen) or _work_out(p, group, seen):
        return _drafted(p, group, seen, False)
    if factuality(p, group) == "expect" and _about(p, _region(p, group)) and not group.classes & _CONTACTS:
        return _drafted(p, group, seen, False)
    return None


def _said(p: Parsed, group: Group, seen: Discourse) -> bool:
    """Whether somebody is told to say it."""
    return reporter_of(group) is not None or speaker_of(p, group, seen) is not None


def _drafted(p: Parsed, group: Group, seen: Discourse, own: bool) -> Draft:
    """The claim, with the words of all that is expected."""
    draft = claim(p, group, "claim-expectation", _sides(p, group, seen), seen, ahead=True, own=own)
    below = _within(p, group) if _foretells(p, group) else _below(p, group)
    if below:
        last = max(max(g.right, g.end) for g in below)
        draft.spans = [(draft.spans[0][0], max(draft.spans[0][1], span_of(p, group.start, last)[1]))]
        draft.date = draft.date or next((w for g in below if (w := _dated(p, g, seen))), None)
    return draft


def _dated(p: Parsed, group: Group, seen: Discourse) -> When | None:
    return day_of(times_of(p, group, climb=False), True, seen.published)


def _sides(p: Parsed, group: Group, seen: Discourse) -> tuple[str, ...]:
    found = dict.fromkeys(sides(p, group, seen) if _named(p, group) or speaking(group) else ())
    for g in _below(p, group):
        found.update(
            dict.fromkeys(c for m in p.within(g.left, max(g.right, g.end)) if m.kind != "place" for c in m.parties)
        )
    return tuple(found) or sides(p, group, seen)


def _named(p: Parsed, group: Group) -> bool:
    return any(m.kind != "place" and m.parties for m in p.within(group.left, max(group.right, group.end)))


def _below(p: Parsed, group: Group) -> list[Group]:
    """The verbs that hang on a verb, directly or through others."""
    out: list[Group] = []
    for g in p.groups:
        at = g.governor
        while at is not None and at is not group:
            at = at.governor
        if at is group and g.start > group.start:
            out.append(g)
    return out


def _region(p: Parsed, group: Group) -> AbstractSet[str]:
    """The words of a clause and of what hangs on it."""
    return words_in(p, group).union(*(words_in(p, g) for g in _below(p, group)))


def _content(p: Parsed, group: Group) -> set[str]:
    """What is expected: the words after the verb, with the subject of a passive."""
    out = {p.low(k) for k in range(group.end, _stop(p, group))}
    return out | (words_in(p, group) if group.passive else set())


def _stop(p: Parsed, group: Group) -> int:
    """Where what is expected ends: at a semicolon, a dash, the end of a quotation or a clause that goes another way."""
    for k in range(group.end, len(p.words)):
        low = p.low(k)
        if low in (";", ":", "–", "—", "”", "?", "despite", "because", "amid") or (
            low in ("but", "while", "whereas", "although") and k > group.end + 1
        ):
            return k
    return len(p.words)


def _about(p: Parsed, words: AbstractSet[str], loose: bool = False) -> bool:
    """Whether words speak of the dispute: of a measure, a deal, a court, talks, or by a word that stands for them."""
    dispute = words & HOPED or any(t.kind in _KINDS and set(t.low.split()) & words for t in p.things)
    if words & ECONOMIC:
        return bool(dispute) and any(
            t.kind in ("deal", "court", "measure", "pause") and t.low in words for t in p.things
        )
    return bool(dispute) or (loose and bool(words & _STAND_INS))


def _under_forecast(group: Group) -> bool:
    """Whether a forecast over a verb tells it already."""
    at = group.governor
    while at is not None:
        if at.classes & (_FORECAST | {"believe"}) and not at.infinitive and at.start < group.start:
            return True
        at = at.governor
    return False


def _foretells(p: Parsed, group: Group) -> bool:
    """'expects a deal', 'does not expect a quick solution', 'thinks that it will be over by the summer'."""
    if not group.classes & (_FORECAST | {"believe"}) or group.marker in ("reduced", "if", "unless", "whether"):
        return False
    if (
        p.low(group.head - 1) == "had"
        or (group.infinitive and not _continuing(group))
        or (group.form == "g" and not group.progressive)
    ):
        return False
    to_be = group.passive and p.low(group.head - 1) == "be" and p.low(group.head - 2) == "to"
    if not to_be and (group.modal not in ("", "would", "should", "'d") or (group.modal and group.negated)):
        return False
    if group.modal != "should" and factuality(p, group) not in ("actual", "future", "claimed", "threat"):
        return False
    below = _within(p, group)
    if below and below[0].infinitive and below[0].lemma in _BUSINESS:
        return False
    if any(g.classes & _CONTACTS and not g.negated for g in below) and not group.negated:
        return False
    content = _content(p, group)
    if "believe" in group.classes and not (_ahead(p, group, below) or p.low(group.end) in ("so", "not", "otherwise")):
        return False
    if group.passive and "believe" in group.classes and not any(g.marker == "that" and g.modal for g in below):
        return False
    if p.low(group.left) in ("those", "whoever") or p.low(group.left - 1) in ("those", "anyone"):
        return False
    if group.lemma == "foresee" and (
        group.passive or words_in(p, group) & {"declaration", "agreement", "deal", "text", "order", "rules"}
    ):
        return False
    ahead = any(g.modal in ("will", "would", "'ll", "'d", "wo") for g in below)
    plain = (group.lemma in _PLAIN or ahead) and len(content) > 2 and not content & ECONOMIC and not group.passive
    return (plain or _about(p, content, loose=True)) and not _economic(p, group)


_BUSINESS = frozenset({"pay", "lose", "save", "spend", "sell", "earn", "hire", "cost", "invest", "ship", "grow"})
_PLAIN = frozenset({"expect", "anticipate", "reckon", "predict", "forecast", "foresee", "doubt", "bet"})


def _economic(p: Parsed, group: Group) -> bool:
    """'expects exports to fall because of the tariffs': what is expected is of the economy, the dispute its cause."""
    for k in range(group.end, _stop(p, group)):
        low = p.low(k)
        if low in HOPED or any(t.start == k and t.kind in _KINDS for t in p.things):
            return False
        if low in ECONOMIC:
            return True
    return False


def _within(p: Parsed, group: Group) -> list[Group]:
    """The verbs of what is expected."""
    stop = _stop(p, group)
    return [g for g in p.groups if group.end <= g.start < stop and g.marker != "attribute"]


def _continuing(group: Group) -> bool:
    """'continues to expect', 'is not to be expected'."""
    return group.passive or (group.governor is not None and group.governor.lemma in ("continue", "seem", "appear"))


def _ahead(p: Parsed, group: Group, below: list[Group]) -> bool:
    """Whether what is thought lies ahead."""
    words = {p.low(k) for k in range(group.end, max(group.right, group.end))}
    return any(g.modal in _MIGHT | {"will", "would", "'ll", "wo", "can"} or g.infinitive for g in below) or any(
        (_AHEAD - {"before", "until", "by"}) & (words_in(p, g) | words) for g in [*below, group]
    )


def _hoping(p: Parsed, group: Group) -> bool:
    """'is hopeful of an agreement', 'sounded optimistic about reaching a deal', 'looks unlikely before spring'."""
    if group.lemma not in _LINKING or group.marker in ("if", "unless", "whether") or group.infinitive:
        return False
    if group.modal or factuality(p, group) != "actual":
        return False
    after = {p.low(k) for k in range(group.end, group.end + 5)}
    region = _region(p, group)
    if after & _HOPING:
        hung = (
            bool(group.subjects or speaking(group) or words_before(p, group) & SPOKESMEN)
            and not region & ECONOMIC
            and "less" not in after
        )
        return _about(p, region, loose=hung and bool(_below(p, group))) or (hung and not _below(p, group))
    likely = after & (_LIKELY if any(g.infinitive for g in _below(p, group)) else _LIKELY - {"bound"})
    return bool(likely) and bool(region & HOPED) and _about(p, region)


def _close(p: Parsed, group: Group, seen: Discourse) -> bool:
    """'is close to a deal', 'a deal is near', 'several deals were within reach'."""
    if (
        group.lemma not in ("be", "come", "get", "near", "approach", "appear", "seem", "look", "move")
        or factuality(p, group) != "actual"
    ):
        return False
    if not (speaking(group) or _said(p, group, seen) or group.lemma in ("appear", "seem")):
        return False
    after = [p.low(k) for k in range(group.end, group.end + 4)]
    near = bool(set(after) & _NEAR) or group.lemma in ("near", "approach")
    soon = {"matter", "question"} & set(after) and {"days", "weeks", "months"} & words_in(p, group)
    near = (
        near
        or bool(soon)
        or ({"days", "weeks", "hours", "months", "inches"} & set(after) and "away" in after)
        or "done" in after
    )
    return near and any(t.kind == "deal" for t in p.things if group.left <= t.start < group.end + 10)


def _chances(p: Parsed, group: Group, seen: Discourse) -> bool:
    """'there is a good chance of an agreement', 'put the odds of a deal at one in three', 'my guess is'."""
    if group.infinitive or group.marker == "reduced" or factuality(p, group) not in ("actual", "none"):
        return False
    first = next((g for g in p.groups if g.marker != "attribute"), group)
    region = range(0 if group is first else group.left, max(group.right, group.end))
    words = {p.low(k) for k in region}
    if not group.negated and _own_guess(p, region):
        return True
    if not _about(p, _region(p, group) | _content(p, group) | words):
        return False
    at = next((k for k in region if p.low(k) in _CHANCES), None)
    if at is None or p.low(at - 1) in ("last", "another", "missed", "every"):
        return False
    told = p.low(at + 1) in ("of", "that", "in", "for") or group.lemma in ("put", "give", "rate", "lower")
    return told and (_said(p, group, seen) or bool(group.subjects) or group.lemma in ("put", "give", "be"))


def _own_guess(p: Parsed, region: range) -> bool:
    """'my own guess:', 'seems a fair guess', 'our base case remains that'."""
    guessed = [k for k in region if p.low(k) in _GUESSES and (p.low(k) != "case" or p.low(k - 1) == "base")]
    return any(p.low(k - 1) in _OWN or (p.low(k - 2) in _OWN and p.low(k - 1) != "'s") for k in guessed)


def _surprised(p: Parsed, group: Group) -> bool:
    """'we should be surprised to see money this quarter', 'the truce would in all likelihood be extended'."""
    after = [p.low(k) for k in range(group.end - 1, group.end + 2)]
    if group.modal in ("would", "should", "'d") and {"surprised", "astonished", "amazed"} & set(after):
        return True
    if group.modal in ("would", "'d") and group.lemma == "surprise" and not group.negated:
        return p.low(group.end) in ("nobody", "few", "me", "no", "us")
    words = {p.low(k) for k in range(group.start, group.end + 4)}
    return bool(group.modal) and bool({"likelihood", "probability"} & words)


def _possible(p: Parsed, group: Group, seen: Discourse) -> bool:
    """'a deal could be announced this week, Greer said', 'a ruling could come by June': possible, and no threat."""
    late = group.negated and any(p.low(t.start) == "before" or t.role == "by" for t in p.times)
    if (
        group.modal not in _MIGHT
        or (group.negated and not late)
        or group.marker in ("if", "unless", "whether", "which")
    ):
        return False
    if group.classes & _ELSEWHERE or _tariffed(p, group) or factuality(p, group) != "threat":
        return False
    said = (
        reporter_of(group) is not None
        or _said(p, group, seen)
        or any(t.ahead is not None and group.left <= t.start < max(group.right, group.end) for t in p.times)
    )
    words = words_in(p, group)
    if p.low(group.left) == "what" or p.low(group.left + 1) == "what" or _allowed(p, group):
        return False
    legal = words & {"court", "justices", "refund", "refunds", "appeal", "ruling", "judges"}
    if group.lemma in ("file", "sue", "litigate", "petition", "ask", "go on"):
        return said
    if reporter_of(group) is not None and conditional(p, group):
        words = frozenset(w.low for w in p.words)
    return (said or bool(legal)) and bool(words & HOPED) and _about(p, words)


def _allowed(p: Parsed, group: Group) -> bool:
    """'from 2 March importers could apply': what is allowed, not what may come."""
    return any(t.role in ("from", "since") and group.left <= t.start < max(group.right, group.end) for t in p.times)


_COMING = frozenset({"work out", "sort out", "resolve", "settle", "last", "survive", "come down", "ease", "blow over",
                     "come to nothing", "get done", "fade", "fail", "collapse", "succeed"})  # fmt: skip


def _reassured(p: Parsed, group: Group) -> bool:
    """'"We will work something out," he told reporters', 'the tariffs will come down, says the president'."""
    if group.lemma not in _COMING or group.modal not in ("will", "would", "'ll", "'d") or reporter_of(group) is None:
        return False
    return factuality(p, group) in ("future", "expect", "commit") and not words_in(p, group) & ECONOMIC


_OUTSIDERS = word_set("expectations outsiders")


def _from_outside(p: Parsed, group: Group) -> bool:
    """'by Christmas it will be forgotten, a trader said': what somebody with no say in it says will be."""
    report = reporter_of(group)
    if report is None or group.modal not in ("will", "would", "'ll", "may", "could", "might"):
        return False
    who = {p.low(k) for k in range(report.left, report.start)} | {p.low(k) for k in range(report.end, report.end + 4)}
    words = words_in(p, group)
    return bool(who & _OUTSIDERS) and not words & ECONOMIC and (_about(p, words, loose=True) or bool(group.passive))


def _points(p: Parsed, group: Group) -> bool:
    """'everything points to an extension', 'it looks as if the deadline will slip', 'my money is on another pause'."""
    after = [p.low(k) for k in range(group.end, group.end + 4)]
    if group.modal or group.infinitive or factuality(p, group) != "actual":
        return False
    if after[:3] == ["here", "to", "stay"] or (group.lemma == "bind" and group.passive and after[:1] == ["to"]):
        return reporter_of(group) is not None and _about(p, _region(p, group))
    if (
        group.lemma == "point"
        and after[:1] == ["to"]
        and words_before(p, group) & {"everything", "all", "signs", "much"}
    ):
        return _about(p, _region(p, group) | _content(p, group))
    if group.lemma in ("look", "seem", "appear") and (after[:2] == ["as", "if"] or after[:2] == ["as", "though"]):
        return _about(p, _content(p, group))
    money = words_before(p, group) & {"money", "odds"} and group.lemma in ("be", "say", "favour", "favor", "lie")
    money = money and ("odds" in words_before(p, group) or after[:1] == ["on"] or group.lemma == "say")
    return bool(money) and not _content(p, group) & ECONOMIC


def _viewed(p: Parsed, group: Group) -> bool:
    """'in the view of most lawyers the tariffs will not survive the appeal'."""
    if group.modal not in ("will", "would", "'ll") or group.governor is not None:
        return False
    viewed = any(
        p.low(k) in ("view", "opinion", "eyes", "reckoning", "judgment", "judgement") and p.low(k + 1) == "of"
        for k in range(min(6, len(p.words)))
    )
    return viewed and _about(p, _region(p, group))


def _work_out(p: Parsed, group: Group, seen: Discourse) -> bool:
    """'“We'll work something out,” he told reporters'."""
    ours = p.low(group.left) in ("we", "i", "“", '"') or p.low(group.start - 1) in ("we", "i")
    settled = "reach" in group.classes or (
        group.lemma in ("have", "make", "get", "do") and words_in(p, group) & {"deal"}
    )
    return ours and bool(settled) and group.modal in ("will", "'ll") and _said(p, group, seen)


def _looked_for(p: Parsed, group: Group) -> bool:
    """'saw no difficulty in reaching an agreement', 'both want a solution by the end of the year'."""
    if group.modal or group.infinitive or factuality(p, group) not in ("actual", "asked"):
        return False
    if not (group.subjects or words_before(p, group) & (_OUTSIDERS | SPOKESMEN | {"bank"})):
        return False
    after = {p.low(k) for k in range(group.end, max(group.right, group.end))}
    if group.lemma == "see":
        seen = after & {"room", "difficulty", "obstacle", "prospect", "prospects", "hope", "way", "risk"}
        solved = after & {"deal", "agreement", "solution", "settlement", "extension", "truce", "breakthrough"}
        ahead = any(t.ahead is not None and group.end <= t.start for t in p.times)
        return bool(seen or (solved and ahead)) and _about(p, _region(p, group))
    aimed = group.lemma in ("speak", "talk") and p.low(group.end) == "of" and not group.negated
    aimed = aimed or (group.lemma in ("want", "aim", "seek", "aim for") and not group.negated)
    dealt = bool(after & {"deal", "agreement", "solution", "settlement", "accord", "signature"})
    return aimed and dealt and any(t.role in ("by", "at") and t.ahead is not None for t in p.times)


def _left_open(p: Parsed, group: Group) -> bool:
    """'does not rule out that the step will be put off': by whoever it is that forecasts."""
    return "ruleout" in group.classes and group.negated and not group.modal and _about(p, _region(p, group))


def _tariffed(p: Parsed, group: Group) -> bool:
    acts = group.classes & {"impose", "raise", "cut", "suspend", "lift", "end"}
    return bool(acts) and any(
        t.kind in ("measure", "fee", "tax") for t in p.things if group.left <= t.start < max(group.right, group.end)
    )


_TOLD = (_surprised, _looked_for, _reassured, _viewed, _from_outside, _points)
