"""What does an article add or contradict? The article is read; nothing is written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date

from detente import read as reading
from detente import record as r
from detente.questions import answers as a
from detente.terms import stamp


def read_article(
    source: str,
    dispute: str | r.Dispute | None = None,
    published: date | None = None,
    known: date | None = None,
    model: reading.Endpoint | None = None,
    publisher: str | None = None,
    link: str | None = None,
) -> a.ReadAnswer:
    """What an article in a file ('-': standard input) proposes, held against a dispute as `known` on a day.

    `published` overrides the day the page or text tells; `publisher` and `link` are for the source entry where the
    page does not tell them. `model` adds the proposals of a language model that pass the evidence check. Raises
    `InputFault` for an article that cannot be read, or whose day nothing tells, and for an unknown dispute.
    """
    article = reading.load_article(source, published, publisher, link)
    return _answer(article, dispute, known, model)


def read_text(
    text: str, published: date | None = None, dispute: str | r.Dispute | None = None, known: date | None = None
) -> a.ReadAnswer:
    """What a text proposes; as `read_article`. This is `detente.read(text, published=…, dispute=…)`."""
    return _answer(reading.article_of(text, published), dispute, known, None)


def model_endpoint(url: str, name: str | None = None) -> reading.Endpoint:
    """Where a language model answers, the key from the environment; raises `InputFault` for what is no address."""
    return reading.endpoint(url, name)


def _answer(
    article: reading.Article, dispute: str | r.Dispute | None, known: date | None, model: reading.Endpoint | None
) -> a.ReadAnswer:
    view = _view(dispute, article.published, known)
    proposals: Sequence[reading.Proposal] = reading.read(article.text, article.published, view)
    told = reading.ask_model(article, model, proposals) if model is not None else reading.ModelReply()
    notes = [*article.notes, *told.notes]
    source = reading.source_entry(article, view)
    everything = (*proposals, *told.proposals)
    drafts = reading.suggestions(everything, article, source["id"], view) if view is not None else None
    lines = [
        _line(p, drafts[n] if drafts is not None else reading.Suggested(), n >= len(proposals))
        for n, p in enumerate(everything)
    ]
    name = _name(dispute)
    words = ["detente", "read", article.name if article.form != "text" or os.path.exists(article.name) else "-"]
    words += ["--dispute", name] if name else []
    words += ["--published", str(article.published), *(["--known", str(view.known)] if view else []), "--json"]
    return a.ReadAnswer(
        file=article.name,
        form=article.form,
        dispute=name,
        title=article.title,
        published=article.published,
        published_by=article.published_by,
        known=view.known if view else None,
        source=a.SourceDraft(**{**source, "date": article.published}),
        notes=tuple(notes),
        text=article.text,
        proposals=tuple(lines),
        provenance=a.Provenance(**stamp(words, view.record.digest if view else None).as_dict()),
    )


def _name(dispute: str | r.Dispute | None) -> str | None:
    if dispute is None or isinstance(dispute, str):
        return dispute
    shipped = dispute.folder.name
    return shipped if shipped in r.shipped() and r.folder_of(shipped) == dispute.folder else str(dispute.folder)


def _view(dispute: str | r.Dispute | None, published: date, known: date | None) -> r.View | None:
    """The record on the day of the article, as known on a day (default today)."""
    if dispute is None:
        return None
    opened = r.dispute(dispute) if isinstance(dispute, str) else dispute
    return opened.as_of(published, known)


def _line(p: reading.Proposal, draft: reading.Suggested, by_model: bool) -> a.ProposalLine:
    first = p.evidence[0]
    return a.ProposalLine(
        kind=p.kind,
        parties=p.parties,
        persons=tuple(a.NamedPerson(name=x.name, office=x.office) for x in p.persons),
        date=a.WhenLine(from_=p.date.from_, until=p.date.until, precision=p.date.precision) if p.date else None,
        duration_days=p.duration_days,
        rate=p.rate,
        rate_is=p.rate_is,
        products=p.products,
        quantity=p.quantity,
        place=p.place,
        attributed_to=p.attributed_to,
        start=first.start,
        end=first.end,
        quote=first.quote,
        evidence=tuple(a.SpanLine(start=x.start, end=x.end, quote=x.quote) for x in p.evidence),
        matches=tuple(a.MatchLine(id=x.id, file=x.file, why=x.why) for x in p.matches),
        relation=p.relation,
        note=p.note,
        by_model=by_model,
        accept=None,
        section=draft.section,
        into=draft.into,
        entry=draft.entry,
        lacks=draft.lacks,
    )
