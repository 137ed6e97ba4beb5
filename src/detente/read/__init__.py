"""Reading: an article in, proposals with evidence out. Nothing here writes to a record."""

from detente.read.proposal import KINDS, Kind, Match, Person, Proposal, Span, When
from detente.read.published import published_in
from detente.read.reader import read

__all__ = ["KINDS", "Kind", "Match", "Person", "Proposal", "Span", "When", "published_in", "read"]
