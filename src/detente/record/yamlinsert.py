"""New entries in the text of a YAML file, every other line kept as it is, comments too.

Entries go in as lines between lines, at places the tree of the file tells (`yamltree`). What was written is read
again and compared with what should be there; a file laid out otherwise than in blocks is written by ruamel.yaml's
round trip instead, which keeps comments and order and may lay lines out anew, and is compared as well.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from detente.record.yamltree import Tree, tree_of
from detente.terms import FaultList

WIDTH = 120
_DASH = re.compile(r"^( *)- ")
_FLOW_LIST = re.compile(r"^(\s*(?:- )?sources: *\[)([^\[\]#]*?)( *\].*)$", re.DOTALL)
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*?(?=\s*$)", re.MULTILINE)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")

Way = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Insertion:
    """A value to be put into the list at `way`, before the position `at` of the list as it was.

    `way` is () for the file itself; a list that is not there yet is made.
    """

    way: Way
    at: int
    value: Any


def inserted(text: str, shown: str, insertions: Sequence[Insertion]) -> str:
    """The text with the values in it. Raises `ValueError` where neither way of writing gives what it should."""
    newline = "\r\n" if "\r\n" in text else "\n"
    plain_text = text.replace("\r\n", "\n")
    tree = tree_of(plain_text, shown, FaultList())
    expected = _applied(tree.data, insertions)
    for write in (_by_lines, _by_round_trip):
        try:
            out = write(plain_text, tree, insertions)
        except (LookupError, ValueError):
            continue
        if plain(_read(out, shown)) == expected and _keeps_comments(plain_text, out):
            return out.replace("\n", newline)
    raise ValueError(f"{shown} is laid out so that entries cannot be added to it")


def _keeps_comments(before: str, after: str) -> bool:
    """Whether every comment is still there; the round trip loses those above a list in brackets."""
    return not Counter(_COMMENT.findall(before)) - Counter(_COMMENT.findall(after))


def plain(value: Any) -> Any:
    """A value as the tree of a file has it: text, lists and mappings, keys without a value left out."""
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items() if v is not None}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None else str(value)


def as_lines(value: Any, indent: int) -> list[str]:
    """An entry of a list as lines, its dash at `indent`."""
    out = io.StringIO()
    _writer().dump(_laid_out(value), out)
    lines = out.getvalue().rstrip("\n").removesuffix("\n...").split("\n")
    pad = " " * indent
    return [f"{pad}{'- ' if n == 0 else '  '}{line}".rstrip() if line else "" for n, line in enumerate(lines)]


def _writer() -> YAML:
    yaml = YAML()
    yaml.width = WIDTH - 4
    yaml.allow_unicode = True
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(type(None), lambda r, _: r.represent_scalar("tag:yaml.org,2002:null", "null"))
    return yaml


def _laid_out(value: Any) -> Any:
    """Mappings in blocks, lists of plain words in brackets, days without quotes."""
    if isinstance(value, dict):
        return CommentedMap((k, _laid_out(v)) for k, v in value.items())
    if isinstance(value, list):
        out = CommentedSeq(_laid_out(v) for v in value)
        if not any(isinstance(v, dict | list) for v in value) and sum(len(str(v)) + 2 for v in value) < WIDTH - 30:
            out.fa.set_flow_style()
        return out
    if isinstance(value, str) and _ISO_DAY.match(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _applied(data: Any, insertions: Sequence[Insertion]) -> Any:
    """What the file should hold afterwards."""
    out = plain(data) if data is not None else []
    for one in _from_the_end(insertions):
        _list_at(out, one.way, make=list).insert(one.at, plain(one.value))
    return out


def _from_the_end(insertions: Sequence[Insertion]) -> list[Insertion]:
    """Later places first, so that earlier ones keep their number; of one place the last first. Inner lists before
    outer ones."""
    numbered = list(enumerate(insertions))
    numbered.sort(key=lambda x: (len(x[1].way), x[1].at, x[0]), reverse=True)
    return [one for _, one in numbered]


def _list_at(data: Any, way: Way, make: Any) -> Any:
    for step in way[:-1]:
        data = data[step]
    if not way:
        return data
    if isinstance(data, dict) and way[-1] not in data:
        data[way[-1]] = make()
    return data[way[-1]]


def _read(text: str, shown: str) -> Any:
    faults = FaultList()
    tree = tree_of(text, shown, faults)
    return None if faults else tree.data


def _by_lines(text: str, tree: Tree, insertions: Sequence[Insertion]) -> str:
    lines = text.split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    edits: list[tuple[int, int, list[str]]] = []  # where, in which order, and the lines
    added: dict[Way, int] = {}
    for order, one in enumerate(insertions):
        if isinstance(one.value, str):
            _add_word(lines, tree, one)
        else:
            where, new = _place(lines, tree, one, added)
            edits.append((where, order, new))
    for where, _, new in sorted(edits, reverse=True):
        lines[where:where] = new
    return "\n".join(lines) + "\n"


def _place(lines: list[str], tree: Tree, one: Insertion, added: dict[Way, int]) -> tuple[int, list[str]]:
    """The line a new entry goes before, and its lines."""
    there = _list_at(tree.data, one.way, make=list) if tree.data is not None else []
    spaced = not one.way and _is_spaced(lines)
    if not there and one.way:
        return _after_entry(lines, tree, one, added)
    if not there:
        return len(lines), [*([""] if lines and added.setdefault((), 0) else []), *as_lines(one.value, 0)]
    first = tree.lines[(*one.way, 0)] - 1
    dash = _DASH.match(lines[first])
    if dash is None:
        raise ValueError("a list that is not in blocks")
    indent = len(dash[1]) if not one.way else lines[first].index("- ")
    new = as_lines(one.value, indent)
    if one.at == 0:
        return first, [*new, *([""] if spaced else [])]
    end = _end_of(lines, tree.lines[(*one.way, one.at - 1)] - 1, indent)
    return end, [*([""] if spaced else []), *new]


def _after_entry(lines: list[str], tree: Tree, one: Insertion, added: dict[Way, int]) -> tuple[int, list[str]]:
    """A list that an entry has not yet, at the entry's end."""
    start = tree.lines[one.way[:-1]] - 1
    dash = _DASH.match(lines[start])
    if dash is None or lines[start][dash.end() : dash.end() + 1] in ("{", "["):
        raise ValueError("an entry that is not in blocks")
    indent = dash.end()
    head = [] if one.way in added else [f"{' ' * indent}{one.way[-1]}:"]
    added[one.way] = 1
    return _end_of(lines, start, len(dash[1])), [*head, *as_lines(one.value, indent + 2)]


def _end_of(lines: list[str], start: int, indent: int) -> int:
    """The line after the last one of the entry that begins on `start`: blank lines and comments before what follows
    belong to that."""
    end = start + 1
    for n in range(start + 1, len(lines)):
        words = lines[n].lstrip(" ")
        inside = len(lines[n]) - len(words) > indent
        if not words or (words.startswith("#") and not inside):
            continue
        if not inside:
            break
        end = n + 1
    return end


def _is_spaced(lines: list[str]) -> bool:
    """True for a file with blank lines between its entries."""
    starts = [n for n, line in enumerate(lines) if line.startswith("- ")]
    return len(starts) < 2 or any(not line.strip() for line in lines[starts[0] : starts[-1]])


def _add_word(lines: list[str], tree: Tree, one: Insertion) -> None:
    """A word more at the end of `sources: [a, b]`."""
    line = tree.lines[one.way] - 1
    found = _FLOW_LIST.match(lines[line])
    if found is None:
        raise ValueError("a list of words that is not in brackets on one line")
    lines[line] = f"{found[1]}{found[2]}, {one.value}{found[3]}"


def _by_round_trip(text: str, tree: Tree, insertions: Sequence[Insertion]) -> str:
    yaml = _writer()
    yaml.width = 4096
    data = yaml.load(text)
    data = CommentedSeq() if data is None else data
    for one in _from_the_end(insertions):
        _list_at(data, one.way, make=CommentedSeq).insert(one.at, _laid_out(one.value))
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()
