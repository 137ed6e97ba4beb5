"""Reading: an article in, proposals with evidence out. Nothing here writes to a record."""

import importlib
from typing import TYPE_CHECKING, Any

import detente
from detente.read.proposal import KINDS, Kind, Match, Person, Precision, Proposal, Relation, Span, When

if TYPE_CHECKING:
    from detente.read.article import ENDINGS, Article, article_of, load_article
    from detente.read.model import Endpoint, ModelReply, ask_model, endpoint
    from detente.read.published import published_in
    from detente.read.reader import read
    from detente.read.suggest import Suggested, source_entry, suggestions

__all__ = [
    "ENDINGS",
    "KINDS",
    "Article",
    "Endpoint",
    "Kind",
    "Match",
    "ModelReply",
    "Person",
    "Precision",
    "Proposal",
    "Relation",
    "Span",
    "Suggested",
    "When",
    "article_of",
    "ask_model",
    "endpoint",
    "load_article",
    "published_in",
    "read",
    "source_entry",
    "suggestions",
]

_MODULES = {
    "ENDINGS": "article",
    "Article": "article",
    "Endpoint": "model",
    "ModelReply": "model",
    "Suggested": "suggest",
    "article_of": "article",
    "ask_model": "model",
    "endpoint": "model",
    "load_article": "article",
    "published_in": "published",
    "read": "reader",
    "source_entry": "suggest",
    "suggestions": "suggest",
}


def __getattr__(name: str) -> Any:
    """Loaded when first used: reading a plain text does without the web client and the readers of PDFs."""
    if name in _MODULES:
        return getattr(importlib.import_module(f"detente.read.{_MODULES[name]}"), name)
    raise AttributeError(f"module 'detente.read' has no attribute '{name}'")


detente._callable(__name__)  # so that `detente.read(text, published=…)` works beside the room of that name
