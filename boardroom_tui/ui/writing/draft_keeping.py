"""The draft that outlives the program: put back at the start, kept while one writes.

Only what is for everybody: what is private is on no disk unless it is encrypted, and a command
may hold a private text, or the reason of a secret vote.
"""

from boardroom_tui.client.kept_draft import KeptDraft
from boardroom_tui.ui.board import Board

_BACK = "This was not sent last time; Enter sends it."


def keep_draft(board: Board, kept: KeptDraft) -> None:
    """Put back what was not sent, and keep from now on what is not sent yet."""
    text = kept.read()
    if text:
        board.meeting_screen.composer.bring_back(text, _BACK)

    def keep() -> None:
        if kept.note(text_to_keep(board)):
            board.run_worker(kept.write, name="draft", group="draft", thread=True)

    board.each_second = keep


def text_to_keep(board: Board) -> str:
    """What is being written to everybody; nothing where it is a command."""
    text = board.conversations.for_everybody(board.meeting_screen.composer.draft).text
    return "" if text.startswith("/") and not text.startswith("//") else text
