"""An article as it comes in: its text, encoding and day; and everything that is no article, said in words."""

from __future__ import annotations

import contextlib
import io
import random
import time
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfWriter

from detente.read import Article, article_of, load_article
from detente.read.html_text import page_of
from detente.terms import InputFault

DAY = date(2025, 6, 6)
PAGE = """<!doctype html><html lang="en"><head>{charset}<title>Two leaders talk | Example</title>{meta}
<script>document.write("a tariff of 99%")</script><style>p {{ color: red }}</style></head><body>
<header><nav><a href="/">Home</a> <a href="/s">Sport</a></nav></header>
<div class="cookie-banner"><p>We use cookies, and you may say no to all of them but one, which is ours.</p></div>
<main><article><h1>Two leaders talk</h1>
<p>The United States and China spoke by phone on Thursday. The call lasted <b>one hour</b> &mdash; at least.</p>
<figure><img src="x" onerror="alert(1)"><figcaption>The leaders in 2019.</figcaption></figure>
<p hidden>A hidden tariff of 98%.</p><p style="display: none">Another of 97%.</p>
<ul><li>US duties fell to 30%.</li><li>Chinese duties fell to 10%.</li></ul>
<p>“We will meet soon,” he said. The caf&eacute; was full, and the truce of 12 May holds for 90 days.</p>
<aside class="related"><a href="/1">The EU lifts everything</a></aside></article></main>
<section class="comments"><p>bob: tariffs are a tax of 100%, as everybody knows who was ever in a shop.</p></section>
<footer><p>All rights reserved by the example, which is one, and has been all its life.</p></footer></body></html>"""


def never(_text: str) -> date | None:
    """A text that tells no day."""
    return None


def read(tmp_path: Path, raw: bytes, name: str = "a.txt", published: date | None = DAY) -> Article:
    """The article in a file of those bytes."""
    file = tmp_path / name
    file.write_bytes(raw)
    return load_article(str(file), published, published_in=never)


def page(meta: str = "", charset: str = '<meta charset="utf-8">') -> bytes:
    """A page with metadata."""
    return PAGE.format(meta=meta, charset=charset).encode()


def pdf(text: str | None, password: str | None = None) -> bytes:
    """A PDF of one page, with a line of text or without."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET" if text else ""
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    ]
    out = "%PDF-1.4\n"
    places = []
    for n, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 5\n0000000000 65535 f \n{table}trailer << /Size 5 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    if password is None:
        return out.encode("latin-1")
    writer = PdfWriter(clone_from=io.BytesIO(out.encode("latin-1")))
    writer.encrypt(password, algorithm="RC4-128")
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def test_main_text(tmp_path: Path) -> None:
    """The article's paragraphs and lists; no menu, script, hidden text, caption, comment or footer."""
    got = read(tmp_path, page(), "a.html")
    assert got.form == "html"
    assert got.text.split("\n\n") == [
        "Two leaders talk",
        "The United States and China spoke by phone on Thursday. The call lasted one hour — at least.",
        "US duties fell to 30%.",
        "Chinese duties fell to 10%.",
        "“We will meet soon,” he said. The café was full, and the truce of 12 May holds for 90 days.",
    ]


def test_page_without_article() -> None:
    """A page of bare blocks gives what lies between its first and last paragraph, without link lists."""
    body = "<p>The United States raised its duty on steel to 50% on Wednesday, the White House said in a note.</p>"
    links = "<p><a href=/x>More on steel, and on everything else</a></p>"
    html = f"<ul><li><a href=/>Home</a></li></ul>{body}{links}{body}<p>©</p>"
    assert page_of(html).text.count("The United States raised") == 2
    assert "Home" not in page_of(html).text
    assert "More on" not in page_of(html).text


def test_named_by_a_word_for_asides() -> None:
    """A page whose whole body sits in an element named like an aside is not emptied."""
    text = "The duty on steel rose to 50% on Wednesday, said the White House, and it may rise again soon. " * 5
    assert page_of(f'<div class="with-sidebar"><p>{text}</p></div>').text == text.strip()


@pytest.mark.parametrize(
    ("meta", "where"),
    [
        ('<meta property="article:published_time" content="2025-06-06T23:41:00+08:00">', "article:published_time"),
        ('<meta name="date" content="June 6, 2025">', "(date)"),
        ('<meta name="DC.date.issued" content="20250606">', "dc.date.issued"),
        ('<meta itemprop="datePublished" content="6 June 2025">', "datepublished"),
        ('<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "datePublished": "2020-01-01"}, '
         '{"@type": "NewsArticle", "datePublished": "2025-06-06"}]}</script>', "the page's data"),
        ('<time datetime="2025-06-06T10:00">today</time>', "time element"),
        ('<meta name="date" content="nonsense"><meta name="pubdate" content="2025-06-06">', "(pubdate)"),
    ],
)  # fmt: skip
def test_day_of_a_page(meta: str, where: str, tmp_path: Path) -> None:
    """The day as the page has it, local to where it is written, and where that stands."""
    got = read(tmp_path, page(meta), "a.html", None)
    assert got.published == DAY
    assert where in got.published_by


@pytest.mark.parametrize(
    "meta",
    [
        "",
        '<meta name="date" content="06/07/2025">',
        '<meta name="date" content="2025-13-45">',
        '<time datetime="2025-06-06"></time><time datetime="2025-06-07"></time>',
        '<script type="application/ld+json">{"datePublished": </script>',
        f'<script type="application/ld+json">{"[" * 100_000}</script>',
    ],
)
def test_day_is_asked_for(meta: str, tmp_path: Path) -> None:
    """No day, or one that can be two, is asked for and not guessed."""
    with pytest.raises(InputFault, match="--published YYYY-MM-DD"):
        read(tmp_path, page(meta), "a.html", None)


def test_day_given_and_told(tmp_path: Path) -> None:
    """A day that is given wins, and that the page tells another is said."""
    got = read(tmp_path, page('<meta name="date" content="2025-06-05">'), "a.html")
    assert got.published == DAY
    assert any("says 2025-06-05" in note for note in got.notes)


def test_what_a_page_says_of_itself(tmp_path: Path) -> None:
    """Title, publisher and address come from its metadata; an address that is none does not."""
    meta = '<meta property="og:site_name" content="Daily &quot;Example&quot;"><meta property="og:title" content="Talk">'
    got = read(tmp_path, page(f'{meta}<link rel="canonical" href="https://example.org/a">'), "a.html")
    assert (got.title, got.publisher, got.link) == ("Talk", 'Daily "Example"', "https://example.org/a")
    assert read(tmp_path, page('<link rel="canonical" href="javascript:alert(1)">'), "a.html").link is None


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        ("Café “talks”".encode(), "utf-8"),
        ("Café “talks”".encode("utf-8-sig"), "utf-8"),
        ("Café “talks”".encode("utf-16"), "utf-16"),
        ("Cafe “talks” of the two".encode("utf-16-le"), "utf-16-le"),
        ("Cafe talks of the two in Geneva".encode("utf-16-le"), "utf-16-le"),
        ("Café “talks”".encode("utf-32"), "utf-32"),
        ("Café “talks”".encode("cp1252"), "cp1252"),
    ],
)
def test_encodings(raw: bytes, encoding: str, tmp_path: Path) -> None:
    """By mark, as UTF-8, as UTF-16 without a mark, else as Windows-1252, which is told."""
    got = read(tmp_path, raw)
    assert got.encoding == encoding
    assert "talks" in got.text
    assert not got.text.startswith("\ufeff")
    assert any("Windows-1252" in n for n in got.notes) == (encoding == "cp1252")


def test_declared_encodings(tmp_path: Path) -> None:
    """A page's own word counts where it holds, and is told where it does not."""
    text = PAGE.format(meta="", charset='<meta charset="windows-1251">').replace("Two leaders", "Два лидера")
    assert "Два лидера" in read(tmp_path, text.encode("cp1251"), "a.html").text
    wrong = PAGE.format(meta="", charset='<meta charset="utf-8">').encode("cp1252", "replace")
    got = read(tmp_path, wrong.replace(b"&eacute;", b"\xe9"), "a.html")
    assert got.encoding == "cp1252"
    assert any("as it says it is" in n for n in got.notes)
    for odd in ("utf-7", "rot13", "unicode_escape", "x" * 30, "idna"):
        got = read(tmp_path, page(charset=f'<meta charset="{odd}">'), "a.html")
        assert got.encoding == "utf-8"
        assert any("not known here" in n for n in got.notes)


@pytest.mark.parametrize(
    ("raw", "name", "says"),
    [
        (b"", "a.txt", "nothing in it"),
        (b" \n\t ", "a.txt", "nothing in it"),
        (b"\xef\xbb\xbf", "a.txt", "nothing in it"),
        (b"\xff\xfe", "a.txt", "nothing in it"),
        (b"PK\x03\x04" + bytes(100), "a.docx", "Word"),
        (b"\x89PNG\r\n" + bytes(100), "a.txt", "a picture"),
        (bytes(range(256)) * 20, "a.txt", "binary"),
        (b"a" * 10_000_001, "a.txt", "10,000,001 bytes"),
        (b"<html><body><script>x</script></body></html>", "a.html", "no text of an article"),
        (b"%PDF-1.7 nothing", "a.pdf", "cannot be read"),
        (b"%PDF-", "a.pdf", "cannot be read"),
        (pdf(None), "a.pdf", "its pages are pictures"),
        (pdf("Talks", "secret"), "a.pdf", "encrypted"),
        (pdf("Talks")[:300], "a.pdf", ""),
        ("\u200b\u200f\u202e".encode(), "a.txt", "no text"),
    ],
)
def test_no_article(raw: bytes, name: str, says: str, tmp_path: Path) -> None:
    """What is no article is refused in words, with what is allowed."""
    with pytest.raises(InputFault) as caught:
        read(tmp_path, raw, name)
    assert says in str(caught.value)
    assert "Allowed: " in str(caught.value)


def test_no_file(tmp_path: Path) -> None:
    """A file that is not there, a folder, and a name that is none are said so."""
    for name in (str(tmp_path / "none.txt"), str(tmp_path), "\0", "x" * 5000):
        with pytest.raises(InputFault):
            load_article(name, DAY, published_in=never)


def test_pdf(tmp_path: Path) -> None:
    """The text of a PDF, by what it begins with and not by its name; one encrypted without a password is read."""
    assert read(tmp_path, pdf("The two sides met in Geneva."), "a.txt").text == "The two sides met in Geneva."
    assert read(tmp_path, pdf("The two sides met.", ""), "a.pdf").form == "pdf"


def test_marks_that_deceive(tmp_path: Path) -> None:
    """Marks of direction and width go, control characters become spaces; both are told."""
    got = read(tmp_path, "Tru\u200emp \u202ekciwtul\u202c and\x1b[31m Xi\x07 met".encode())
    assert got.text == "Trump kciwtul and [31m Xi  met"
    assert len(got.notes) == 2


def test_other_letters(tmp_path: Path) -> None:
    """A text that is not English is read, and that only English is understood is said."""
    got = read(tmp_path, "中美双方在日内瓦举行会谈，同意暂停部分关税九十天。".encode())
    assert any("only English" in n for n in got.notes)


def test_text_of_the_caller() -> None:
    """A text handed over stays as it is, line ends too; a text that is none is refused."""
    assert article_of("One.\r\nTwo.\r\n", DAY).text == "One.\r\nTwo.\r\n"
    for bad in (b"bytes", None, "", "  \n"):
        with pytest.raises(InputFault):
            article_of(bad, DAY)  # type: ignore[arg-type]
    assert article_of("\ud800 met", DAY).text == "  met"


BOMBS = {
    "depth": "<div>" * 200_000 + "tariff",
    "attributes": "<a " + " ".join(f"b{i}" for i in range(300_000)) + ">x",
    "entities": "&amp;" * 1_000_000,
    "digits": "<p>&#" + "9" * 1_000_000 + ";",
    "open tags": "<a" * 1_000_000,
    "open quotes": "<a b='\"" * 300_000,
    "comments": "<!--" * 500_000,
    "declarations": "<!" * 500_000,
    "scripts": "<script>" * 300_000,
    "asides": "<aside>" * 300_000,
    "articles": "<main><article>" * 100_000 + "</main>" * 100_000,
    "spaces": "<a" + " " * 2_000_000,
    "equals": "<a " + "=" * 1_000_000,
    "one line": "The tariff. " * 500_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs(name: str, tmp_path: Path) -> None:
    """A page made to stall a reader takes seconds at most and raises nothing but a fault."""
    began = time.perf_counter()
    with contextlib.suppress(InputFault):
        read(tmp_path, b"<html>" + BOMBS[name].encode(), "a.html")
    assert time.perf_counter() - began < 10


def noise(draw: random.Random) -> bytes:
    """Short bytes that look like an article, a page, a PDF or nothing."""
    pieces = [
        b"<p>", b"</p>", b"<article>", b"<script>", b"</script>", b"<!--", b"-->", b"<a href='", b"\"", b"&#", b"&amp;",
        b"<meta charset=", b"utf-16", b"<meta name=date content=", b"2025-06-06", b"\xff\xfe", b"\xef\xbb\xbf", b"\0",
        b"%PDF-1.4\n", b"1 0 obj << /Type /Page >> endobj", b"xref", b"trailer", b"startxref\n9\n%%EOF", b"<?xml ",
        "\u202e\u200f”“".encode(), b"\x80\x9f", b"The US raised tariffs to 30% on China. ", b"<html>",
        b"<time datetime=", b"<script type=application/ld+json>", b"{\"datePublished\": [", b"}", b"stream\n",
        b"endstream", b" ", b"\n",
    ]  # fmt: skip
    return b"".join(
        draw.choice(pieces) if draw.random() < 0.9 else draw.randbytes(3) for _ in range(draw.randrange(25))
    )


def fuzz(count: int, seed: int, folder: Path) -> int:
    """Read `count` pieces of noise; how many were articles. Raises whatever is no `InputFault`."""
    draw = random.Random(seed)
    file = folder / "noise"
    read_well, unsaid = 0, []
    for _ in range(count):
        file.write_bytes(noise(draw))
        try:
            got = load_article(str(file), None if draw.random() < 0.3 else DAY, published_in=never)
        except InputFault as fault:
            unsaid += [f for f in fault.faults if not (f.message and f.allowed)]
        else:
            read_well += 1
            assert got.text.strip()
            assert got.text.encode()
    assert not unsaid
    return read_well


def test_noise(tmp_path: Path) -> None:
    """Noise is an article or an InputFault, never another exception; a million on demand (benchmarks)."""
    assert 300 < fuzz(3000, 20250606, tmp_path) < 2900
