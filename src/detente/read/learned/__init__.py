"""What was learnt from the labelled corpus: which parts of a sentence tell what, and which rules to believe."""

from detente.read.learned.judge import EVERYTHING, Judge, Worth

__all__ = ["EVERYTHING", "Judge", "Worth"]
