"""Integrity rules: what must hold between the entries of a record.

Each rule is a small function with a number; its docstring is the message a person reads, followed by the detail it
yields and the remedy. Rules run on whatever could be read, so that one look shows everything that is wrong. They lie
by subject: what is named exists (`references`), acts and their changes (`acts`), arrangements, talks and claims
(`parties`), days (`days`), sources, lists and names (`order`),
commitments in parts and their delivery (`progress`).
"""

from detente.record.rules import acts, days, order, parties, progress, references
from detente.record.rules.books import RULES, broken

__all__ = ["RULES", "acts", "broken", "days", "order", "parties", "progress", "references"]
