"""Cursors in a shared document, and who is typing."""

from typing import Annotated, ClassVar, Literal

from pydantic import StringConstraints

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.fields import Count, Identifier, Model, Omitted, Title
from boardroom_tui.protocol.limits import Rate

Color = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]


class Position(Model):
    """A place in a document."""

    line: Count
    column: Count


class Selection(Model):
    """A stretch of a document, `end` not included."""

    start: Position
    end: Position


class CursorMove(Request):
    """Show the others where one's cursor is."""

    class Data(Model):
        document_id: Identifier
        position: Position
        selection: Annotated[Selection | None, Omitted] = None

    source: ClassVar[str] = "websocket-api.md:428"
    permission: ClassVar[Permission] = Permission.READ
    rate: ClassVar[Rate | None] = Rate.CURSOR
    pace: ClassVar[float | None] = 0.05
    supersedes: ClassVar[tuple[str, ...]] = ("document_id",)
    answers: ClassVar[tuple[str, ...]] = ("collaboration.cursor.update",)

    type: Literal["collaboration.cursor"] = "collaboration.cursor"
    data: Data


class CursorUpdate(Event):
    """Where somebody's cursor is, in the colour that is theirs throughout the meeting."""

    class Data(Model):
        document_id: Identifier
        user_id: Identifier
        user_name: Title
        color: Color
        position: Position
        selection: Annotated[Selection | None, Omitted] = None

    source: ClassVar[str] = "websocket-api.md:449"
    reach: ClassVar[Reach] = Reach.JOINED
    supersedes: ClassVar[tuple[str, ...]] = ("user_id", "document_id")

    type: Literal["collaboration.cursor.update"] = "collaboration.cursor.update"
    data: Data


class Typing(Request):
    """Say that one has begun or stopped to type in a room."""

    class Data(Model):
        room_id: Identifier
        is_typing: bool

    source: ClassVar[str] = "websocket-api.md:470"
    permission: ClassVar[Permission] = Permission.WRITE
    pace: ClassVar[float | None] = 1.0
    supersedes: ClassVar[tuple[str, ...]] = ("room_id",)
    answers: ClassVar[tuple[str, ...]] = ("collaboration.typing.update",)

    type: Literal["collaboration.typing"] = "collaboration.typing"
    data: Data


class TypingUpdate(Event):
    """Somebody has begun or stopped to type."""

    class Data(Model):
        room_id: Identifier
        user_id: Identifier
        user_name: Title
        is_typing: bool

    source: ClassVar[str] = "websocket-api.md:484"
    reach: ClassVar[Reach] = Reach.MEETING
    supersedes: ClassVar[tuple[str, ...]] = ("user_id", "room_id")

    type: Literal["collaboration.typing.update"] = "collaboration.typing.update"
    data: Data
