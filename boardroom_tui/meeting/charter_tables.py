"""The tables of a meeting's file: which there are, their keys, and what each key expects.

What is wrong inside one table is found here; what does not fit together, in `charter_checks`.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from boardroom_tui.meeting.charter import Minutes, Name, Quorum, Weight
from boardroom_tui.meeting.events import SERVER
from boardroom_tui.protocol.authorisation import may
from boardroom_tui.protocol.envelope import Permission
from boardroom_tui.protocol.fields import Base, Identifier, Method, Role, Text, Threshold
from boardroom_tui.protocol.limits import (
    IDENTIFIER_CHARACTERS,
    TEXT_CHARACTERS,
    TITLE_CHARACTERS,
)
from boardroom_tui.toml_tables import UNFIT, Table

LONGEST_DURATION = timedelta(days=365)

_DURATION = re.compile(r"\+(?P<count>[0-9]{1,9})(?P<unit>[smh])")
_UNITS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1)}
_UTC_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?[Zz]")


def _deadline(written: Any) -> datetime | timedelta:
    """A deadline as the file writes it: a time in UTC, or how long after the opening."""
    if isinstance(written, datetime) and written.tzinfo is not None:
        return written.astimezone(UTC)
    if not isinstance(written, str):
        raise ValueError("neither a time nor a duration")
    duration = _DURATION.fullmatch(written)
    if duration is not None:
        length = int(duration["count"]) * _UNITS[duration["unit"]]
        if not timedelta() < length <= LONGEST_DURATION:
            raise ValueError("too short or too long")
        return length
    if not _UTC_TIME.fullmatch(written):
        raise ValueError("neither a time nor a duration")
    return datetime.fromisoformat(written.upper())


def _one_of(values: type[Role] | type[Threshold] | type[Base] | type[Method]) -> str:
    *others, last = (f'"{value}"' for value in values)
    return f"{', '.join(others)} or {last}"


_IDENTIFIER = Field(description=f"1 to {IDENTIFIER_CHARACTERS} ASCII characters without blanks")
_SHORT_TEXT = f"text of 1 to {TITLE_CHARACTERS} characters"
_NAME = Field(description=_SHORT_TEXT)


def _optional(default: Any, expected: str) -> Any:
    return Field(default=default, description=expected)


_COUNT = "a whole number from 1 to 1,000,000"
_SWITCH = "true or false"

NotBlank = Annotated[Name, StringConstraints(pattern=r"\S")]
FileRole = Annotated[Role, Field(strict=False)]
FileThreshold = Annotated[Threshold, Field(strict=False)]
FileBase = Annotated[Base, Field(strict=False)]
FileMethod = Annotated[Method, Field(strict=False)]
Deadline = Annotated[datetime | timedelta, BeforeValidator(_deadline)]


class MeetingTable(Table):
    """`[meeting]`."""

    id: Identifier = _IDENTIFIER
    title: NotBlank = _NAME
    body: NotBlank | None = _optional(None, _SHORT_TEXT)
    quorum: Quorum | None = _optional(None, _COUNT)
    auto_close: bool = _optional(True, _SWITCH)
    proxies: bool = _optional(False, _SWITCH)
    casting_vote: bool = _optional(False, _SWITCH)
    speaking_minutes: Minutes | None = _optional(None, "a whole number from 1 to 10,000")


class MemberTable(Table):
    """`[[member]]`; who is no observer has a vote unless `vote` says otherwise."""

    id: Identifier = _IDENTIFIER
    name: NotBlank = _NAME
    role: FileRole = Field(description=_one_of(Role))
    weight: Weight = _optional(1, _COUNT)
    vote: bool | None = _optional(None, _SWITCH)

    @field_validator("id")
    @classmethod
    def _not_the_servers(cls, member_id: str) -> str:
        if member_id == SERVER:
            raise PydanticCustomError(UNFIT, "expected another, for this one stands for the server")
        return member_id

    @field_validator("vote")
    @classmethod
    def _not_an_observers(cls, vote: bool | None, info: ValidationInfo) -> bool | None:
        role = info.data.get("role")
        if vote and role is not None and not may(role, Permission.VOTE):
            raise PydanticCustomError(UNFIT, "expected false, for observers have no vote")
        return vote

    @property
    def has_vote(self) -> bool:
        """Whether this member votes."""
        return may(self.role, Permission.VOTE) and self.vote is not False


class AgendaTable(Table):
    """`[[agenda]]`."""

    id: Identifier = _IDENTIFIER
    title: NotBlank = _NAME
    minutes: Minutes | None = _optional(None, "a whole number from 1 to 10,000")


class DecisionTable(Table):
    """`[[decision]]`; what is left out is as in CONTRACT.md, Counting."""

    id: Identifier = _IDENTIFIER
    item: Identifier | None = _optional(None, "the id of an [[agenda]] item")
    title: NotBlank = _NAME
    text: Text = _optional("", f"text of at most {TEXT_CHARACTERS:,} characters")
    threshold: FileThreshold = _optional(Threshold.MAJORITY, _one_of(Threshold))
    base: FileBase = _optional(Base.CAST, _one_of(Base))
    method: FileMethod = _optional(Method.VOTE, _one_of(Method))
    quorum: Quorum | None = _optional(None, _COUNT)
    secret: bool = _optional(False, _SWITCH)
    auto_close: bool | None = _optional(None, _SWITCH)
    status: Literal["prepared", "voting"] = _optional("prepared", '"prepared" or "voting"')
    deadline: Deadline | None = _optional(
        None, 'a time like "2027-01-15T12:00:00Z", or "+90s", "+10m" or "+2h" after the opening'
    )
