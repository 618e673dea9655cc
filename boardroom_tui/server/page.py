"""A page of what was said and done: the newest with the whole picture, what came before on asking.

Both stand in one order, so whoever reads back has the same lines as whoever was there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from boardroom_tui.meeting.executive import known_to
from boardroom_tui.meeting.state import ChatEntry, MeetingState
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.limits import CHAT_BYTES, CHAT_LINES, PROCEEDINGS
from boardroom_tui.server.backlog import Announced, Backlog
from boardroom_tui.server.excerpt import is_hidden


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place between two lines: so many were said before it, and so much was announced."""

    said: int
    announced: int

    def __str__(self) -> str:
        """As it goes to a client, which only gives it back."""
        return f"{self.said}.{self.announced}"

    @classmethod
    def parse(cls, text: str) -> "Bookmark | None":
        """The place that a client gives back; None for one that is none."""
        found = re.fullmatch(r"(\d{1,15})\.(\d{1,15})", text, re.ASCII)
        return None if found is None else cls(int(found[1]), int(found[2]))


BEGINNING = Bookmark(0, 0)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what was said and done, the oldest first."""

    entries: tuple[ChatEntry, ...]
    places: tuple[int, ...]
    """Where they stand in the whole conversation."""
    announced: tuple[Announced, ...]
    earlier: Bookmark | None
    """Where the page before ends; None if it begins with the beginning."""


def page(
    state: MeetingState,
    backlog: Backlog,
    role: Role,
    *,
    start: Bookmark = BEGINNING,
    end: Bookmark | None = None,
    limit: int = CHAT_LINES,
) -> Page:
    """The last of what came between two places, as somebody in this role may know it."""
    entries: list[ChatEntry] = []
    places: list[int] = []
    announced: list[Announced] = []
    size, earlier = 0, None
    for after, one in _backwards(state, backlog, role, start, end):
        said = isinstance(one, ChatEntry)
        size += len(one.text.encode() if said else one.message)
        full = len(entries) == limit if said else len(announced) == PROCEEDINGS
        if full or (size > CHAT_BYTES and (entries or announced)):
            earlier = after
            break
        if said:
            entries.append(one)
            places.append(after.said - 1)
        else:
            announced.append(one)
    return Page(tuple(entries[::-1]), tuple(places[::-1]), tuple(announced[::-1]), earlier)


def _backwards(
    state: MeetingState, backlog: Backlog, role: Role, start: Bookmark, end: Bookmark | None
) -> Iterator[tuple[Bookmark, ChatEntry | Announced]]:
    """What somebody in this role may know, the newest first; each with the place behind it."""
    chat = known_to(state, role).chat
    said, number = len(chat), backlog.count(state.sequence)
    if end is not None:
        said, number = min(end.said, said), min(end.announced, number)
    while said > start.said or number > start.announced:
        after = Bookmark(said, number)
        announced = backlog[number - 1] if number > start.announced else None
        if announced is not None and (said <= start.said or announced.lines_before >= said):
            number -= 1
            if not (announced.hidden and role is Role.OBSERVER):
                yield after, announced
            continue
        said -= 1
        if not is_hidden(chat[said], role):
            yield after, chat[said]
