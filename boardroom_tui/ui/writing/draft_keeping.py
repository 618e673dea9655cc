"""The draft that outlives the program: put back at the start, kept while one writes.

Only what is for everybody: what is private is on no disk unless it is encrypted, and a command
may hold a private text, or the reason of a secret vote.
"""

from datetime import timedelta

from boardroom_tui.client.kept_draft import KeptDraft
from boardroom_tui.ui.board import Board
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.writing.slash import is_command

_BACK = "This was not sent last time; Enter sends it."
_PAUSE = timedelta(seconds=2)
"""After so long without a key nobody is about to write the next line."""


def keep_draft(board: Board, kept: KeptDraft) -> None:
    """Put back what was not sent, and keep from now on what is not sent yet.

    It comes into an empty line only: an Enter would send it with what one is writing.
    """
    board.unsent_before = kept.read()
    composer = board.meeting_screen.composer
    if board.unsent_before and (composer.has_sent or composer.text):
        key = board.commands[CommandId.EDIT].key_while_writing(board.commands.key(CommandId.SWITCH))
        composer.waiting = (
            f"What you had not sent waits until this line is empty; {key} puts it here."
        )
    else:
        fetch_draft(board)

    def keep() -> None:
        is_free = not composer.text and board.conversations.current is None
        if is_free and board.attention.idle(board.clock()) >= _PAUSE:
            fetch_draft(board)
        if kept.note(text_to_keep(board)):
            board.run_worker(kept.write, name="draft", group="draft", thread=True)

    board.each_second = keep


def fetch_draft(board: Board) -> None:
    """Put what was not sent last time above what is being written."""
    text, board.unsent_before = board.unsent_before, ""
    board.meeting_screen.composer.waiting = None
    if text:
        board.meeting_screen.composer.bring_back(text, _BACK)


def text_to_keep(board: Board) -> str:
    """What is not sent to everybody: what waits, and what is being written unless a command is."""
    text = board.conversations.for_everybody(board.meeting_screen.composer.draft).text
    return "\n".join(one for one in (board.unsent_before, "" if is_command(text) else text) if one)
