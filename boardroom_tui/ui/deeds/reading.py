"""What the commands for reading the conversation do."""

import os
from collections.abc import Sequence
from typing import Literal, assert_never

from boardroom_tui.state.model import Meeting, SpokenLine
from boardroom_tui.ui.board import Board
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.deeds.links import has_browser, host_of, is_of_the_web, opened
from boardroom_tui.ui.screens.bare import BareScreen
from boardroom_tui.ui.screens.links_dialog import Chosen, Link, LinksDialog
from boardroom_tui.ui.terminal.clipboard import sequence, why_too_long
from boardroom_tui.ui.terminal.mouse import release_mouse, take_mouse

ReadingCommand = Literal[
    CommandId.SEARCH,
    CommandId.NEXT_MATCH,
    CommandId.PREVIOUS_MATCH,
    CommandId.THREAD,
    CommandId.ANSWERED,
    CommandId.UNREAD,
    CommandId.BACK,
    CommandId.COPY,
    CommandId.LINK,
    CommandId.BARE,
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
        case CommandId.COPY:
            copy(board, to_copy(chat.selected, chat.meeting))
        case CommandId.LINK:
            show_links(board, chat.reading.links())
        case CommandId.BARE:
            show_bare(board)
        case _:
            assert_never(command)


def to_copy(selected: SpokenLine | None, shown: Meeting) -> str:
    """What is copied, as it was written: the selected message, else the thread that is shown."""
    if selected is not None:
        return selected.message
    said = (line for line in shown.chat if isinstance(line, SpokenLine))
    return "\n\n".join(f"{line.user_name}: {line.message}" for line in said)


def copy(board: Board, text: str) -> None:
    """Ask the terminal to copy a text; whether it did, it does not say."""
    reason = why_too_long(text)
    if reason is not None:
        bare = board.commands.key(CommandId.BARE)
        board.tell(f"{reason} {bare} shows it bare, for the mouse.", severity="warning")
        return
    board.send_to_terminal(sequence(text, os.environ))
    board.tell("Copied, if your terminal lets programs copy.")


def show_links(board: Board, links: Sequence[str]) -> None:
    """Show where the links lead, and do then what is asked for."""

    def go_on(chosen: Chosen | None) -> None:
        if chosen is None:
            return
        if chosen.copies:
            copy(board, chosen.address)
        else:
            board.run_worker(_open(board, chosen.address), name="link to open")

    shown = [Link(one, host_of(one)) for one in links]
    opens = board.is_web or has_browser(os.environ)
    board.push_screen(LinksDialog(shown, opens=opens), go_on)


async def _open(board: Board, address: str) -> None:
    if board.is_web and is_of_the_web(address):
        # In the browser that the user looks at: one that begins here is on the server's machine.
        board.open_url(address)
    elif board.is_web or not await opened(address):
        board.tell("The browser could not be begun.", severity="error")


def show_bare(board: Board) -> None:
    """Show the words alone, with the mouse left to the terminal meanwhile."""
    chat = board.meeting_screen.chat

    def go_on(_: object) -> None:
        take_mouse(board)

    board.push_screen(BareScreen(chat.meeting, chat.place, zone=board.zone), go_on)
    release_mouse(board)
