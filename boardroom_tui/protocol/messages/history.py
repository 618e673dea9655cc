"""Reading back: what was said and done before that which one was told on joining."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.fields import Identifier, Model, Omitted
from boardroom_tui.protocol.limits import CHAT_LINES
from boardroom_tui.protocol.messages.meeting import ChatLine, Proceeding


class ChatHistoryGet(Request):
    """Ask for what was said `before` a message, or for the newest; at most so many lines.

    `page` is what the server named so beside what it told last: it asks for what was said and done
    before that.
    """

    class Data(Model):
        meeting_id: Identifier
        before: Annotated[Identifier | None, Omitted] = None
        page: Annotated[Identifier | None, Omitted] = None
        limit: Annotated[int, Field(ge=1, le=CHAT_LINES)] = CHAT_LINES

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    permission: ClassVar[Permission] = Permission.READ
    answers: ClassVar[tuple[str, ...]] = ("meeting.chat.history",)

    type: Literal["meeting.chat.history.get"] = "meeting.chat.history.get"
    data: Data


class ChatHistory(Event):
    """What was said right before a message, the oldest first, as the receiver may know it.

    `earlier` says whether more was said before that. Where a page was asked for, what was done is
    in it too, and `earlierPage` names the one before.
    """

    class Data(Model):
        meeting_id: Identifier
        before: Annotated[Identifier | None, Omitted] = None
        page: Annotated[Identifier | None, Omitted] = None
        chat: tuple[ChatLine, ...]
        proceedings: tuple[Proceeding, ...] = ()
        earlier: bool
        earlier_page: Annotated[Identifier | None, Omitted] = None

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    reach: ClassVar[Reach] = Reach.SENDER

    type: Literal["meeting.chat.history"] = "meeting.chat.history"
    data: Data
