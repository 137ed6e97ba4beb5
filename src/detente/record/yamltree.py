"""YAML as a tree that knows its lines, read without trust.

The parser's events are turned into plain lists, mappings and strings by a loop of our own, because a record needs
three things a YAML loader does not give together: the line of every key, every fault of a file at once, and bounds.
Scalars stay strings, so `8505.10` keeps its zero and `NO` is Norway. Anchors, aliases and tags are refused: they are
how a small file becomes a large one, or an object. A file is read to its end only while it has few enough values and
faults, because the scanner takes about a minute for a million of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml import events as ev
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from detente.terms import FaultList

MAX_BYTES = 2_000_000
MAX_DEPTH = 12
MAX_VALUES = 100_000
MAX_FAULTS = 1_000
_LONG_TAG = re.compile(r"(?:^|[\s\[{,])!\S{100}", re.ASCII)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")
_NULLS = {"", "~", "null", "Null", "NULL"}


@dataclass(slots=True)
class Tree:
    """A parsed file: `data` in plain values, `lines` from a path of keys to the line where that value begins."""

    path: str
    data: Any = None
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)

    def line(self, where: tuple[str | int, ...]) -> int | None:
        """The line of the nearest enclosing value that has one."""
        for cut in range(len(where), -1, -1):
            if (found := self.lines.get(where[:cut])) is not None:
                return found
        return None


def read_tree(file: Path, shown: str, faults: FaultList) -> Tree:
    """Read one file into a `Tree`, noting in `faults` everything wrong with it as YAML."""
    text = text_of(file, shown, faults)
    return Tree(shown) if text is None else tree_of(text, shown, faults)


def tree_of(text: str, shown: str, faults: FaultList) -> Tree:
    """Read the text of a file into a `Tree`, as `read_tree` does."""
    tree = Tree(shown)
    _Builder(tree, faults).build(text)
    return tree


def text_of(file: Path, shown: str, faults: FaultList) -> str | None:
    """The text of a file without a byte-order mark; None, with the fault, where it is no text of a record."""
    try:
        size = file.stat().st_size
        raw = file.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        faults.add(shown, f"The file cannot be read: {error.strerror}.", 1, "a file that may be read")
        return None
    if size > MAX_BYTES:
        faults.add(shown, f"The file has {size:,} bytes.", 1, f"at most {MAX_BYTES:,} bytes a file")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        faults.add(shown, f"Byte {raw[error.start]:#04x} is not UTF-8.", line, "text encoded as UTF-8")
        return None
    return text if _plain(text, shown, faults) else None


def _plain(text: str, shown: str, faults: FaultList) -> bool:
    """False, with the fault, for control characters and for a tag so long that scanning it would take minutes."""
    for pattern, message, allowed in (
        (_UNPRINTABLE, "A control character stands here.", "printable text"),
        (_LONG_TAG, "A tag stands here.", "plain values without tags"),
    ):
        if found := pattern.search(text):
            faults.add(shown, message, text.count("\n", 0, found.end()) + 1, allowed)
            return False
    return True


@dataclass(slots=True)
class _Open:
    """A collection being filled. `key` is the pending key of a mapping, or the next position of a list."""

    value: Any
    where: tuple[str | int, ...]
    key: str | int | None = None


class _Builder:
    """Turns parser events into a tree; one instance a file."""

    def __init__(self, tree: Tree, faults: FaultList) -> None:
        self.tree = tree
        self.faults = faults
        self.stack: list[_Open] = []
        self.values = 0
        self.before = len(faults.faults)

    def build(self, text: str) -> None:
        """Consume all events of the text; a syntax error ends the file with one fault."""
        documents = 0
        try:
            for event in YAML(typ="safe", pure=True).parse(text):
                documents += isinstance(event, ev.DocumentStartEvent)
                if documents > 1:
                    self._fault("A second document begins here.", _line(event), "one document a file")
                    self.tree.data = None
                    return
                if not (self._take(event) and self._within_bounds(event)):
                    self.tree.data = None
                    return
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else None
            self._fault(
                f"Not YAML: {error.problem or error.context}.", line or 1, "the layout of YAML: see the example"
            )
            self.tree.data = None
        except YAMLError as error:
            self._fault(f"Not YAML: {str(error).splitlines()[0]}.", 1, "the layout of YAML: see the example")
            self.tree.data = None

    def _within_bounds(self, event: Any) -> bool:
        self.values += 1
        if self.values > MAX_VALUES:
            self._fault("The file has too many values.", _line(event), f"at most {MAX_VALUES:,} a file")
        elif len(self.faults.faults) - self.before > MAX_FAULTS:
            self._fault("The file has too many faults to go on.", _line(event), "a file with fewer")
        else:
            return True
        return False

    def _take(self, event: Any) -> bool:
        if isinstance(event, ev.AliasEvent) or getattr(event, "anchor", None):
            self._fault("Anchors and aliases are not allowed.", _line(event), "each value written out")
            return False
        if _tagged(event):
            self._fault(f"The tag {str(event.tag)[:60]} is not allowed.", _line(event), "plain values without tags")
            return False
        if isinstance(event, ev.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, ev.MappingStartEvent | ev.SequenceStartEvent):
            return self._open(event)
        elif isinstance(event, ev.MappingEndEvent | ev.SequenceEndEvent):
            self.stack.pop()
        return True

    def _scalar(self, event: Any) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._key(top, event)
            return
        plain_null = event.style is None and event.value in _NULLS
        self._place(None if plain_null else self._clean(event), _line(event))

    def _key(self, top: _Open, event: Any) -> None:
        top.key = self._clean(event)
        if top.key in top.value:
            first = self.tree.line((*top.where, top.key))
            message = f"The key '{top.key[:60]}' stands twice; it first stands on line {first}."
            self._fault(message, _line(event), "each key once")

    def _clean(self, event: Any) -> str:
        """The text of a scalar; what an escape (`\\0`) brings in that is no text is a fault and becomes '?'."""
        if _UNPRINTABLE.search(event.value):
            self._fault("A control character stands here.", _line(event), "printable text")
        return _UNPRINTABLE.sub("?", event.value)

    def _open(self, event: Any) -> bool:
        if len(self.stack) >= MAX_DEPTH:
            self._fault("Nested too deeply.", _line(event), f"at most {MAX_DEPTH} levels")
            return False
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._fault("A key must be a word.", _line(event), "key: value")
            return False
        value: Any = {} if isinstance(event, ev.MappingStartEvent) else []
        where = self._place(value, _line(event))
        self.stack.append(_Open(value, where, 0 if isinstance(value, list) else None))
        return True

    def _place(self, value: Any, line: int | None) -> tuple[str | int, ...]:
        if not self.stack:
            self.tree.data = value
            where: tuple[str | int, ...] = ()
        else:
            top = self.stack[-1]
            assert top.key is not None
            where = (*top.where, top.key)
            if isinstance(top.value, dict):
                top.value.setdefault(top.key, value)
                top.key = None
            else:
                top.value.append(value)
                top.key = len(top.value)
        if line is not None:
            self.tree.lines.setdefault(where, line)
        return where

    def _fault(self, message: str, line: int | None, allowed: str | None = None) -> None:
        self.faults.add(self.tree.path, message, line, allowed)


def _tagged(event: Any) -> bool:
    """An explicit tag; the parser marks untagged values with None and quoted ones with '!'-less implicits."""
    tag = getattr(event, "tag", None)
    return tag is not None and str(tag) not in ("None", "")


def _line(event: Any) -> int | None:
    mark = getattr(event, "start_mark", None)
    return mark.line + 1 if mark is not None else None
