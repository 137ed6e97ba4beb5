"""What was learnt from the labelled corpus: which parts of a sentence tell an event, and which rules to believe there."""

from detente.read.learned.judge import Judge

__all__ = ["Judge"]
