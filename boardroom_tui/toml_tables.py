"""Files that people write in TOML, read table by table, each mistake with its line."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from boardroom_tui.toml_lines import Lines, Path

UNFIT = "unfit"
"""The type of a mistake whose message says itself what was expected."""


_PLAINER = {
    "Illegal character '\\n'": "a text ends with its quote on the same line",
    "Invalid value": 'a value; text stands in quotes, "like this"',
    "Expected newline or end of document after a statement": (
        "nothing more behind the value; a comment begins with #"
    ),
}
"""What tomllib says of the mistakes that people make most, as one mends them."""


class Table(BaseModel):
    """A table of a file; a key's description says what it expects."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


_T = TypeVar("_T", bound=Table)


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something wrong at a place of a file."""

    path: Path
    message: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong in a file: where, and what was expected."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Document:
    """A file that is TOML, whatever it says; `name` is what its mistakes call it."""

    name: str
    tables: Mapping[str, Any]
    lines: Lines

    def mistakes(self, complaints: Sequence[Complaint]) -> tuple[Mistake, ...]:
        """The complaints by line."""
        found = (Mistake(self.name, self.lines.of(one.path), one.message) for one in complaints)
        return tuple(sorted(found, key=lambda mistake: mistake.line))


def read_document(text: str, name: str) -> Document | Mistake:
    """The document in `text`, or why it is none."""
    text = text.removeprefix("\ufeff")
    try:
        return Document(name, tomllib.loads(text), Lines(text))
    except tomllib.TOMLDecodeError as error:
        return _syntax_mistake(text, name, str(error))
    except RecursionError:
        return Mistake(name, 1, "expected TOML that is not nested so deeply")


def read_table(path: Path, header: str, entry: Any, kind: type[_T]) -> _T | tuple[Complaint, ...]:
    """The table at `path`, which stands below `header`, or all that is wrong with it."""
    try:
        return kind.model_validate(entry)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False)
        return tuple(_complaint(path, header, kind, detail) for detail in details)


class Reading:
    """One pass over a document, which gathers what is wrong in it."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.complaints: list[Complaint] = []

    def table(self, name: str, kind: type[_T]) -> _T:
        """A table of this kind; what is wrong in it, or all of it, is as without the file."""
        entry: object = self.document.get(name, {})
        read = read_table((name,), f"[{name}]", entry, kind)
        if isinstance(read, kind):
            return read
        complaints = cast("tuple[Complaint, ...]", read)
        self.complaints.extend(complaints)
        if not isinstance(entry, dict):
            return kind()
        wrong = {one.path[-1] for one in complaints}
        given = cast("dict[str, Any]", entry)
        rest = {key: value for key, value in given.items() if key not in wrong}
        return kind.model_validate(rest)


def unknown_tables(document: Mapping[str, Any], known: Sequence[str]) -> Iterator[Complaint]:
    """A complaint for whatever stands in a document and is none of the known."""
    for key in document:
        if key not in known:
            yield Complaint((key,), f'"{key}" is not known here; {suggestion(key, known)}')


def suggestion(word: str, known: Sequence[str]) -> str:
    """What somebody may have meant, or else all that there is."""
    near = get_close_matches(word, known, n=1)
    if near:
        return f'did you mean "{near[0]}"?'
    return f"expected one of {', '.join(known)}" if known else "there is none"


def shown(value: object) -> str:
    """A value as the file has it, as far as it helps."""
    match value:
        case bool() | int() | float():
            return json.dumps(value)
        case str() if len(value) <= 60:
            return json.dumps(value, ensure_ascii=False)
        case str():
            return f"text of {len(value):,} characters"
        case dict():
            return "a table"
        case list():
            return "an array"
        case _:
            return str(value)


def _complaint(path: Path, header: str, kind: type[Table], detail: ErrorDetails) -> Complaint:
    if not detail["loc"]:
        return Complaint(path, f"expected {header} to be a table, not {shown(detail['input'])}")
    key = str(detail["loc"][0])
    if detail["type"] == "extra_forbidden":
        hint = suggestion(key, tuple(kind.model_fields))
        return Complaint((*path, key), f'{header} has no key "{key}"; {hint}')
    if detail["type"] == UNFIT:
        return Complaint((*path, key), f"{key}: {detail['msg']}")
    expected = kind.model_fields[key].description
    if detail["type"] == "missing":
        return Complaint(path, f"{header} lacks {key}: expected {expected}")
    return Complaint((*path, key), f"{key}: expected {expected}, not {shown(detail['input'])}")


def _syntax_mistake(text: str, name: str, message: str) -> Mistake:
    """tomllib tells the line in its words only: `Expected … (at line 3, column 5)`."""
    place = re.search(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$", message)
    if place is None:
        return Mistake(name, 1, f"expected TOML: {message}")
    line = int(place["line"]) if place["line"] else max(1, len(text.splitlines()))
    told = message[: place.start()]
    return Mistake(name, line, f"expected TOML: {_PLAINER.get(told, told)}")
