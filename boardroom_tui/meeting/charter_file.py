"""From a meeting's file to its charter, or to everything that is wrong with it.

Source: CONTRACT.md, section 3.
"""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from boardroom_tui.meeting.charter import AgendaEntry, Charter, Member, PreparedDecision
from boardroom_tui.meeting.charter_checks import Complaint, Tables, check, suggestion
from boardroom_tui.meeting.charter_doubts import doubts
from boardroom_tui.meeting.charter_tables import (
    UNFIT,
    AgendaTable,
    DecisionTable,
    MeetingTable,
    MemberTable,
    Table,
)
from boardroom_tui.meeting.toml_lines import Lines, Path

_T = TypeVar("_T", bound=Table)

_HEADERS: Mapping[str, str] = {
    "meeting": "[meeting]",
    "member": "[[member]]",
    "agenda": "[[agenda]]",
    "decision": "[[decision]]",
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong in a meeting's file: where, and what was expected."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def parse(text: str, name: str) -> Charter | tuple[Mistake, ...]:
    """The charter in `text`, or all its mistakes by line; `name` is what they call the file."""
    text = text.removeprefix("\ufeff")
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return (_syntax_mistake(text, name, str(error)),)
    except RecursionError:
        return (Mistake(name, 1, "expected TOML that is not nested so deeply"),)
    lines = Lines(text)
    reading = _Reading(document)
    tables = reading.tables()
    complaints = [*reading.complaints, *check(tables, lines.of)]
    if complaints or tables.meeting is None:
        mistakes = (Mistake(name, lines.of(each.path), each.message) for each in complaints)
        return tuple(sorted(mistakes, key=lambda mistake: mistake.line))
    return _charter(tables.meeting, tables)


def doubtful(text: str, name: str, charter: Charter, now: datetime) -> tuple[Mistake, ...]:
    """What cannot work in the charter that `text` was read into, by line."""
    lines = Lines(text.removeprefix("\ufeff"))
    found = (Mistake(name, lines.of(each.path), each.message) for each in doubts(charter, now))
    return tuple(sorted(found, key=lambda mistake: mistake.line))


def _syntax_mistake(text: str, name: str, message: str) -> Mistake:
    """tomllib tells the line in its words only: `Expected … (at line 3, column 5)`."""
    place = re.search(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$", message)
    if place is None:
        return Mistake(name, 1, f"expected TOML: {message}")
    line = int(place["line"]) if place["line"] else max(1, len(text.splitlines()))
    return Mistake(name, line, f"expected TOML: {message[: place.start()]}")


class _Reading:
    """One pass over a document's tables, which gathers what is wrong inside them."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self.complaints: list[Complaint] = []

    def tables(self) -> Tables:
        self._no_others()
        if not self._document.get("member"):
            self.complaints.append(Complaint((), "expected at least one [[member]]"))
        entries = {name: self._entries(name) for name in ("member", "agenda", "decision")}
        return Tables(
            meeting=self._meeting(),
            members=self._array("member", entries["member"], MemberTable),
            agenda=self._array("agenda", entries["agenda"], AgendaTable),
            decisions=self._array("decision", entries["decision"], DecisionTable),
            entries=entries,
        )

    def _no_others(self) -> None:
        for key in self._document:
            if key not in _HEADERS:
                hint = suggestion(key, tuple(_HEADERS))
                self.complaints.append(Complaint((key,), f'"{key}" is not known here; {hint}'))

    def _meeting(self) -> MeetingTable | None:
        table = self._document.get("meeting")
        if table is None:
            self.complaints.append(Complaint((), "expected a [meeting]"))
            return None
        if not isinstance(table, dict):
            self.complaints.append(
                Complaint(("meeting",), "expected one [meeting], in single brackets")
            )
            return None
        return self._table(("meeting",), table, MeetingTable)

    def _entries(self, name: str) -> Sequence[Mapping[str, Any]]:
        """The tables of an array, none if it is something else."""
        entries = self._document.get(name, [])
        if isinstance(entries, list):
            listed = cast("list[Any]", entries)
            if all(isinstance(entry, dict) for entry in listed):
                return listed
        self.complaints.append(Complaint((name,), f"expected {_HEADERS[name]}, in double brackets"))
        return ()

    def _array(self, name: str, entries: Sequence[Any], kind: type[_T]) -> dict[int, _T]:
        read = {place: self._table((name, place), e, kind) for place, e in enumerate(entries)}
        return {place: table for place, table in read.items() if table is not None}

    def _table(self, path: Path, entry: Any, kind: type[_T]) -> _T | None:
        try:
            return kind.model_validate(entry)
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_context=False):
                self.complaints.append(_complaint(path, kind, detail))
            return None


def _complaint(path: Path, kind: type[Table], detail: ErrorDetails) -> Complaint:
    key = str(detail["loc"][0])
    header = _HEADERS[str(path[0])]
    if detail["type"] == "extra_forbidden":
        hint = suggestion(key, tuple(kind.model_fields))
        return Complaint((*path, key), f'{header} has no key "{key}"; {hint}')
    if detail["type"] == UNFIT:
        return Complaint((*path, key), f"{key}: {detail['msg']}")
    expected = kind.model_fields[key].description
    if detail["type"] == "missing":
        return Complaint(path, f"{header} lacks {key}: expected {expected}")
    return Complaint((*path, key), f"{key}: expected {expected}, not {_shown(detail['input'])}")


def _shown(value: object) -> str:
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


def _charter(meeting: MeetingTable, tables: Tables) -> Charter:
    return Charter(
        id=meeting.id,
        title=meeting.title,
        body=meeting.body,
        quorum=meeting.quorum or 1,
        auto_close=meeting.auto_close,
        proxies=meeting.proxies,
        casting_vote=meeting.casting_vote,
        speaking_minutes=meeting.speaking_minutes,
        members=tuple(
            Member(id=m.id, name=m.name, role=m.role, weight=m.weight, has_vote=m.has_vote)
            for m in tables.members.values()
        ),
        agenda=tuple(
            AgendaEntry(id=item.id, title=item.title, minutes=item.minutes)
            for item in tables.agenda.values()
        ),
        decisions=tuple(_prepared(d, meeting.auto_close) for d in tables.decisions.values()),
    )


def _prepared(decision: DecisionTable, auto_close: bool) -> PreparedDecision:
    return PreparedDecision(
        id=decision.id,
        title=decision.title,
        text=decision.text,
        item_id=decision.item,
        threshold=decision.threshold,
        base=decision.base,
        quorum=decision.quorum or 1,
        secret=decision.secret,
        auto_close=auto_close if decision.auto_close is None else decision.auto_close,
        status=decision.status,
        deadline=decision.deadline,
        method=decision.method,
    )
