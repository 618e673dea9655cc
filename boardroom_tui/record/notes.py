"""What members marked for the minutes, and have not taken back."""

from dataclasses import dataclass
from datetime import datetime

from boardroom_tui.meeting.state import ChatEntry
from boardroom_tui.protocol.marks import Mark, MarkKind, mark_of


@dataclass(frozen=True, slots=True)
class Note:
    """A marked line: who wrote it, when, and under which agenda item."""

    mark: Mark
    by: str
    at: datetime
    item_id: str | None = None


class Notes:
    """Notes in the order in which they were written."""

    def __init__(self) -> None:
        self._notes: list[Note] = []

    def hear(self, line: ChatEntry, item_id: str | None) -> None:
        """Note what was said, if it is marked; `/undo` takes back one's own last note."""
        mark = mark_of(line.text)
        if mark is None:
            return
        if mark.kind is not MarkKind.UNDO:
            self._notes.append(Note(mark, line.user_id, line.at, item_id))
            return
        own = [place for place, note in enumerate(self._notes) if note.by == line.user_id]
        if own:
            del self._notes[own[-1]]

    def standing(self) -> tuple[Note, ...]:
        """Those that were not taken back."""
        return tuple(self._notes)
