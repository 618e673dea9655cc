"""What was said, as it is told: so much at once, and of that what one's role may know."""

from collections.abc import Iterator
from dataclasses import dataclass

from boardroom_tui.meeting.executive import known_to
from boardroom_tui.meeting.state import ChatEntry, MeetingState
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.limits import CHAT_BYTES, CHAT_LINES
from boardroom_tui.protocol.messages.meeting import ChatLine
from boardroom_tui.server.announcements import chat_message


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some of what was said, the oldest first."""

    entries: tuple[ChatEntry, ...]
    earlier: bool
    """Whether more was said before."""


def excerpt(
    state: MeetingState, role: Role, *, end: int | None = None, limit: int = CHAT_LINES
) -> Excerpt:
    """The last of what was said before place `end`, as somebody in this role may know it."""
    entries: list[ChatEntry] = []
    size, earlier = 0, False
    for entry in _backwards(state, role, end):
        size += len(entry.text.encode())
        earlier = len(entries) == limit or size > CHAT_BYTES
        if earlier:
            break
        entries.append(entry)
    return Excerpt(tuple(reversed(entries)), earlier)


def chat_line(meeting_id: str, state: MeetingState, entry: ChatEntry) -> ChatLine:
    """Something that was said, as it is told beside other lines."""
    return chat_message(meeting_id, state, entry).data


def _backwards(state: MeetingState, role: Role, end: int | None) -> Iterator[ChatEntry]:
    chat = known_to(state, role).chat
    for place in range((len(chat) if end is None else end) - 1, -1, -1):
        if not is_hidden(chat[place], role):
            yield chat[place]


def is_hidden(entry: ChatEntry, role: Role) -> bool:
    """Whether somebody in this role hears nothing of a line."""
    return entry.executive and role is Role.OBSERVER
