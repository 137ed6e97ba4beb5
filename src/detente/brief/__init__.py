"""The brief: the whole picture of a dispute on one page."""

from detente.brief.charts import warm_up
from detente.brief.page import render

__all__ = ["render", "warm_up"]
