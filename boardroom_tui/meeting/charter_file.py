"""From a meeting's file to its charter, or to everything that is wrong with it.

Source: CONTRACT.md, section 3.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

from boardroom_tui.meeting.charter import AgendaEntry, Charter, Member, PreparedDecision
from boardroom_tui.meeting.charter_checks import Tables, check
from boardroom_tui.meeting.charter_doubts import doubts
from boardroom_tui.meeting.charter_tables import (
    AgendaTable,
    DecisionTable,
    MeetingTable,
    MemberTable,
)
from boardroom_tui.toml_lines import Path
from boardroom_tui.toml_tables import (
    Complaint,
    Mistake,
    Table,
    read_document,
    read_table,
    unknown_tables,
)

_T = TypeVar("_T", bound=Table)

_HEADERS: Mapping[str, str] = {
    "meeting": "[meeting]",
    "member": "[[member]]",
    "agenda": "[[agenda]]",
    "decision": "[[decision]]",
}


def parse(text: str, name: str) -> Charter | tuple[Mistake, ...]:
    """The charter in `text`, or all its mistakes by line; `name` is what they call the file."""
    document = read_document(text, name)
    if isinstance(document, Mistake):
        return (document,)
    reading = _Reading(document.tables)
    tables = reading.tables()
    complaints = [*reading.complaints, *check(tables, document.lines.of)]
    if complaints or tables.meeting is None:
        return document.mistakes(complaints)
    return _charter(tables.meeting, tables)


def doubtful(text: str, name: str, charter: Charter, now: datetime) -> tuple[Mistake, ...]:
    """What cannot work in the charter that `text` was read into, by line."""
    document = read_document(text, name)
    if isinstance(document, Mistake):
        return (document,)
    return document.mistakes(tuple(doubts(charter, now)))


class _Reading:
    """One pass over a document's tables, which gathers what is wrong inside them."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self.complaints: list[Complaint] = []

    def tables(self) -> Tables:
        self.complaints.extend(unknown_tables(self._document, tuple(_HEADERS)))
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
        read = read_table(path, _HEADERS[str(path[0])], entry, kind)
        if isinstance(read, Table):
            return read
        self.complaints.extend(read)
        return None


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
