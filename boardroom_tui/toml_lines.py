"""Where in a TOML document a value stands: tomllib reads values but forgets their lines."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any, cast

Path = tuple[str | int, ...]
"""The way to a value, as `("member", 2, "id")`: keys, and places in arrays counted from 0."""

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
_KEYS = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_HEAD = re.compile(
    rf"[ \t]*(?:(?P<brackets>\[\[?)[ \t]*(?P<table>{_KEYS})|(?P<keys>{_KEYS})[ \t]*=)"
)
_TOKEN = re.compile(
    r'''
    \#[^\n]*                              # a comment
    | """(?:\\.|[^\\])*?"""(?:"{0,2})     # strings: of several lines
    | \'\'\'.*?\'\'\'(?:\'{0,2})
    | "(?:\\.|[^"\\\n])*"                 # and of one
    | '[^'\n]*'
    | (?P<opening>[\[{]) | (?P<ending>[\]}]) | (?P<newline>\n)
    | [^\#"'\[\]{}\n]+
    ''',
    re.DOTALL | re.VERBOSE,
)


class Lines:
    """The lines of a document that tomllib accepts."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        arrays: dict[Path, int] = {}
        table: Path = ()
        for line, brackets, keys in _statements(text):
            if brackets:
                table = _table(keys, brackets, arrays)
                for depth in range(1, len(table) + 1):
                    self._lines.setdefault(table[:depth], line)
            else:
                self._lines[table + keys] = line

    def of(self, path: Path) -> int:
        """The line of what is at `path`, counted from 1, or of the nearest thing around it."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


def _table(keys: tuple[str, ...], brackets: str, arrays: dict[Path, int]) -> Path:
    """The path of a table's header; `arrays` counts the tables of each `[[array]]` so far."""
    path: Path = ()
    for depth, key in enumerate(keys, start=1):
        path += (key,)
        if brackets == "[[" and depth == len(keys):
            arrays[path] = arrays.get(path, -1) + 1
        if path in arrays:
            path += (arrays[path],)
    return path


def _statements(text: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Each table header and each key: its line, its brackets (none for a key) and its keys."""
    position, line = 0, 1
    while position < len(text):
        head = _HEAD.match(text, position)
        if head is None:
            end = _end_of_statement(text, position)
        else:
            yield line, head["brackets"] or "", _parts(head["table"] or head["keys"])
            is_table = head["table"] is not None
            end = (_end_of_line if is_table else _end_of_statement)(text, head.end())
        line += text.count("\n", position, end)
        position = end


def _end_of_line(text: str, position: int) -> int:
    newline = text.find("\n", position)
    return len(text) if newline < 0 else newline + 1


def _end_of_statement(text: str, position: int) -> int:
    """Where the next statement begins: after a newline outside strings and brackets."""
    depth = 0
    while token := _TOKEN.match(text, position):
        position = token.end()
        if token["opening"]:
            depth += 1
        elif token["ending"]:
            depth -= 1
        elif token["newline"] and depth == 0:
            return position
    return len(text)


def _parts(keys: str) -> tuple[str, ...]:
    """The parts of a dotted key, without their quotes; tomllib knows how."""
    parts: list[str] = []
    value: Any = tomllib.loads(f"{keys} = 0")
    while isinstance(value, dict):
        [(part, value)] = cast("dict[str, Any]", value).items()
        parts.append(part)
    return tuple(parts)
