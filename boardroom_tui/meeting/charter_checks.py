"""What does not fit together in a meeting's file, though each table is right by itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from boardroom_tui.meeting.charter_tables import (
    AgendaTable,
    DecisionTable,
    MeetingTable,
    MemberTable,
)
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.toml_lines import Path
from boardroom_tui.toml_tables import Complaint, suggestion


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables that are right by themselves, those in arrays by their place."""

    meeting: MeetingTable | None
    members: Mapping[int, MemberTable]
    agenda: Mapping[int, AgendaTable]
    decisions: Mapping[int, DecisionTable]
    entries: Mapping[str, Sequence[Mapping[str, Any]]]
    """All tables in arrays as they are written, so that one mistake hides or causes no other."""

    def written(self, table: str, key: str) -> Sequence[str]:
        """A key's text in every table of an array, empty where it has none."""
        values = (entry.get(key) for entry in self.entries[table])
        return [value if isinstance(value, str) else "" for value in values]

    @property
    def all_members(self) -> bool:
        """Whether no member's table has a mistake, so that their votes can be counted."""
        return len(self.members) == len(self.entries["member"]) > 0


def check(tables: Tables, line_of: Callable[[Path], int]) -> Iterator[Complaint]:
    """Everything that does not fit together."""
    yield from _twice(tables, line_of)
    yield from _items(tables)
    if tables.all_members:
        yield from _votes(tables)


_KINDS = {"member": Kind.USER, "decision": Kind.DECISION}


def _twice(tables: Tables, line_of: Callable[[Path], int]) -> Iterator[Complaint]:
    """Two of the same id; `456` and `user_456` name the same member."""
    for table in tables.entries:
        ids = tables.written(table, "id")
        first: dict[str, int] = {}
        for place, written in enumerate(ids):
            kind = _KINDS.get(table)
            name = written if kind is None else bare(kind, written)
            before = first.setdefault(name, place)
            if not written or before == place:
                continue
            line = line_of((table, before, "id"))
            yield Complaint(
                (table, place, "id"),
                f'id: "{written}" names the same [[{table}]] as "{ids[before]}" in line {line}; '
                "expected an id of its own",
            )


def _items(tables: Tables) -> Iterator[Complaint]:
    known = tables.written("agenda", "id")
    for place, item in enumerate(tables.written("decision", "item")):
        if item and item not in known:
            yield Complaint(
                ("decision", place, "item"),
                f'item: no [[agenda]] item has the id "{item}"; {suggestion(item, known)}',
            )


def _votes(tables: Tables) -> Iterator[Complaint]:
    voters = [member for member in tables.members.values() if member.has_vote]
    unequal = len({voter.weight for voter in voters}) > 1
    for place, decision in tables.decisions.items():
        if not voters:
            yield Complaint(("decision", place), "[[decision]]: expected a member with a vote")
        if unequal and decision.secret:
            yield Complaint(
                ("decision", place, "secret"),
                "secret: expected false, for members with a vote have unequal weights, "
                "which could betray a vote",
            )
        if decision.secret and decision.method.is_by_name:
            yield Complaint(
                ("decision", place, "secret"),
                f'secret: expected false, for method = "{decision.method}" tells who voted how',
            )
