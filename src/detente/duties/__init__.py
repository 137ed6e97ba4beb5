"""Duties: what a product pays, layer by layer, and averages over trade."""

from detente.duties.goods import digits, dotted
from detente.duties.layers import Layer
from detente.duties.product import Duty, NextChange, Sum, duty

__all__ = ["Duty", "Layer", "NextChange", "Sum", "digits", "dotted", "duty"]
