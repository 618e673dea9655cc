"""What the commands for reading the conversation do."""

from typing import Literal, assert_never

from boardroom_tui.ui.board import Board
from boardroom_tui.ui.command import CommandId

ReadingCommand = Literal[
    CommandId.SEARCH,
    CommandId.NEXT_MATCH,
    CommandId.PREVIOUS_MATCH,
    CommandId.THREAD,
    CommandId.ANSWERED,
    CommandId.UNREAD,
    CommandId.BACK,
]


def read(board: Board, command: ReadingCommand, rest: str) -> None:
    """Find something in the conversation, or go somewhere in it."""
    screen = board.meeting_screen
    chat = screen.chat
    screen.bring_forward("chat")
    match command:
        case CommandId.SEARCH:
            chat.search(rest)
        case CommandId.NEXT_MATCH:
            chat.step(1)
        case CommandId.PREVIOUS_MATCH:
            chat.step(-1)
        case CommandId.THREAD:
            chat.open_thread()
        case CommandId.ANSWERED:
            chat.visit_answered()
        case CommandId.UNREAD:
            chat.visit_unread()
        case CommandId.BACK:
            chat.go_back()
        case _:
            assert_never(command)
