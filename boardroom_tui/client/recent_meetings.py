"""The meetings that were joined from this machine, for the first screen; no token is among them.

Nothing depends on them: a list that cannot be read is an empty one, and is written anew.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import platformdirs

from boardroom_tui.state_file import StateFile

_MOST_KEPT = 20
_MOST_BYTES = 256 * 1024
_MOST_CHARACTERS = 4_096
_OPTIONAL = frozenset({"token_file", "ca"})


@dataclass(frozen=True, slots=True)
class RecentMeeting:
    """A meeting that somebody joined, and all that joining it again takes but the token."""

    url: str
    meeting_id: str
    user_id: str
    user_name: str
    role: str
    joined_at: datetime
    title: str = ""
    token_file: str | None = None
    ca: str | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same: where, which meeting, and as whom."""
        return (self.url, self.meeting_id, self.user_id)


class RecentMeetings:
    """The list in its file, which only its owner may read: who was where is nobody else's."""

    def __init__(self, path: Path | None = None) -> None:
        """`path` is by default in the user's state folder."""
        path = path or platformdirs.user_state_path("boardroom") / "recent.json"
        self._file = StateFile(path, _MOST_BYTES)

    def read(self) -> tuple[RecentMeeting, ...]:
        """The meetings, the newest first."""
        try:
            entries = json.loads(self._file.read())["meetings"]
            found = [_entry(one) for one in entries]
        except (ValueError, KeyError, TypeError, RecursionError):
            return ()
        return tuple(sorted(found, key=lambda one: one.joined_at, reverse=True))

    def remember(self, meeting: RecentMeeting) -> None:
        """Put a meeting at the top; without a title it keeps the one it had."""
        others: list[RecentMeeting] = []
        for one in self.read():
            if one.key != meeting.key:
                others.append(one)
            elif not meeting.title:
                meeting = replace(meeting, title=one.title)
        self._write([meeting, *others][:_MOST_KEPT])

    def forget(self, meeting: RecentMeeting) -> None:
        """Take a meeting off the list."""
        self._write([one for one in self.read() if one.key != meeting.key])

    def _write(self, meetings: Sequence[RecentMeeting]) -> None:
        entries = [{**asdict(one), "joined_at": one.joined_at.isoformat()} for one in meetings]
        self._file.write(json.dumps({"meetings": entries}, indent=1).encode())


def _entry(value: object) -> RecentMeeting:
    """A meeting as it was written. Raises ValueError, KeyError, TypeError."""
    fields = dict(cast("dict[str, Any]", value))
    joined_at = datetime.fromisoformat(fields.pop("joined_at"))
    if joined_at.tzinfo is None:
        raise ValueError("a time without a zone")
    for name, text in fields.items():
        if not (text is None and name in _OPTIONAL) and not _is_line(text):
            raise ValueError(f"{name}: expected a line of text")
    return RecentMeeting(joined_at=joined_at, **fields)


def _is_line(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and len(value) <= _MOST_CHARACTERS
