"""Reading: an article in, proposals with evidence out. Nothing here writes to a record."""

from detente.read.proposal import KINDS, Kind, Match, Person, Proposal, Span, When

__all__ = ["KINDS", "Kind", "Match", "Person", "Proposal", "Span", "When"]
