"""What the commands about the text that one is writing do."""

import asyncio
import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager

from textual.app import App, SuspendNotSupported

from boardroom_tui.state.model import SpokenLine
from boardroom_tui.ui.board import Board
from boardroom_tui.ui.writing.editor import NotEdited, chosen_editor, edited


def edit(board: Board) -> None:
    """Open what is being written in the user's editor; what comes back is not sent."""
    command = chosen_editor(os.environ)
    if isinstance(command, NotEdited):
        board.tell(command.reason, severity="warning")
    elif board.meeting_screen.composer.closed is not None:
        board.tell(board.meeting_screen.composer.closed, severity="warning")
    else:
        board.run_worker(_edit(board, command), name="editor", group="editor", exclusive=True)


def quote(board: Board, line: SpokenLine) -> None:
    """Put a message into the writing line as a quotation, and answer it."""
    board.meeting_screen.write()
    composer = board.meeting_screen.composer
    composer.reply_to = line
    composer.in_turn(lambda: composer.begin_with(quotation(line.message)))


def quotation(text: str) -> str:
    """Each line of a text behind `> `, and a line to go on in."""
    return "".join(f"> {line}".rstrip() + "\n" for line in text.strip().split("\n"))


async def _edit(board: Board, command: Sequence[str]) -> None:
    composer = board.meeting_screen.composer
    board.meeting_screen.write()
    cancelled: asyncio.CancelledError | None = None
    outcome: str | NotEdited | None = None
    try:
        with terminal_lent(board):
            try:
                outcome = await edited(composer.text, command)
            except asyncio.CancelledError as error:
                cancelled = error  # Only once the terminal is ours again.
    except SuspendNotSupported:
        outcome = NotEdited("No editor can be opened in this kind of terminal.")
    if cancelled is not None:
        raise cancelled
    if isinstance(outcome, str):
        composer.put(outcome)
    elif outcome is not None:
        board.tell(outcome.reason, severity="warning")


@contextmanager
def terminal_lent(app: App[str | None]) -> Generator[None]:
    """Another program has the terminal; the meeting goes on and nothing is drawn.

    Raises:
        SuspendNotSupported: There is no terminal to give, as in a browser.
    """
    # Textual's writer has stopped meanwhile: after some writes the next would wait for ever.
    driver = app._driver  # pyright: ignore[reportPrivateUsage]
    with app.batch_update(), app.suspend():
        if driver is not None:
            driver.write = _nothing
        try:
            yield
        finally:
            if driver is not None:
                del driver.write


def _nothing(data: str) -> None:
    del data
