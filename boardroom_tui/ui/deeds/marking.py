"""What the commands about the minutes do."""

from typing import Literal

from boardroom_tui.protocol.marks import Mark, mark_of, meant
from boardroom_tui.state.model import Meeting
from boardroom_tui.ui.board import Board
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.deeds import asking
from boardroom_tui.ui.widgets.composer import Draft, why_not

MarkCommand = Literal[
    CommandId.INFO,
    CommandId.AGREED,
    CommandId.ACTION,
    CommandId.CORRECTION,
    CommandId.UNDO,
]

_LACKS = {
    CommandId.INFO: "Say what is to be noted: /info The boiler was serviced.",
    CommandId.AGREED: "Say what was agreed: /agreed Odette keeps the archive.",
    CommandId.ACTION: "Say what is to be done: /action @ana by Friday: Write to the bank.",
    CommandId.CORRECTION: "Say what is to be corrected: /correction Page 2 says 4; it was 5.",
    CommandId.UNDO: "/undo takes back your last mark; nothing stands behind it.",
}


def take_down(board: Board, command: MarkCommand | Literal[CommandId.MINUTES], rest: str) -> None:
    """Mark something for the minutes, or show them."""
    if command is CommandId.MINUTES:
        asking.for_minutes(board)
    else:
        _mark(board, command, rest)


def _mark(board: Board, command: MarkCommand, rest: str) -> None:
    """Say what is marked to everybody; without a text, begin to write it."""
    if not rest and command is not CommandId.UNDO:
        board.meeting_screen.write()
        board.meeting_screen.composer.begin_with(f"/{command} ")
        return
    text = f"/{command} {rest}".rstrip()
    read = mark_of(text)
    reason = _LACKS[command] if read is None else why_not(text)
    if read is None or reason is not None:
        board.meeting_screen.composer.refuse(text, reason or "")
        return
    board.say(Draft(text), None)
    _tell_unknown(board, read)


def _tell_unknown(board: Board, read: Mark) -> None:
    """Say whose names the minutes will tell as they were written."""
    unknown = [called for called in read.assignees if _whom(board.meeting, called) is None]
    if unknown:
        who = " or ".join(unknown)
        words = f"There is no one member here called {who}; the minutes will say it as written."
        board.tell(words, severity="warning")


def _whom(meeting: Meeting, called: str) -> str | None:
    return meant(called, ((one.user_id, one.name) for one in meeting.people.values()))
