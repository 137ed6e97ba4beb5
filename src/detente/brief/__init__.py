"""The brief: the whole picture of a dispute on one page; and an article as a page."""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.brief.article import render_article
    from detente.brief.charts import warm_up
    from detente.brief.page import render

__all__ = ["render", "render_article", "warm_up"]

_MODULES = {"render": "page", "render_article": "article", "warm_up": "charts"}


def __getattr__(name: str) -> Any:
    """Loaded when first used: the page of an article needs no charts."""
    if name in _MODULES:
        return getattr(importlib.import_module(f"detente.brief.{_MODULES[name]}"), name)
    raise AttributeError(f"module 'detente.brief' has no attribute '{name}'")
