"""What one has marked for the minutes oneself."""

from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.protocol.marks import Mark, MarkKind, mark_of
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.select import newest_first


def own_last_mark(meeting: Meeting) -> Mark | None:
    """One's own last mark that was not taken back: what `/undo` would take back."""
    undone = 0
    for line in newest_first(meeting):
        mark = mark_of(line.message) if same(Kind.USER, line.user_id, meeting.own_id) else None
        if mark is None:
            continue
        if mark.kind is MarkKind.UNDO:
            undone += 1
        elif undone:
            undone -= 1
        else:
            return mark
    return None
