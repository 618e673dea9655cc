"""What the commands of the panes do; how they stand then is remembered."""

from dataclasses import replace

from boardroom_tui.ui.board import Board
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.look.arrangement import Arrangement, Pane


def arrange(board: Board, command: CommandId) -> None:
    """Do it, or say why it cannot be done."""
    screen, reason = board.meeting_screen, None
    match command:
        case CommandId.MAXIMISE:
            reason = screen.maximise()
        case CommandId.HIDE:
            reason = screen.hide()
        case CommandId.WIDER:
            reason = screen.widen(1)
        case CommandId.NARROWER:
            reason = screen.widen(-1)
        case _:
            screen.rearrange(Arrangement())
    if reason is not None:
        board.tell(reason, severity="warning")
    remember(board)


def show(board: Board, pane: Pane) -> None:
    """Bring a pane in sight, where it was hidden for good, and give it the keys."""
    board.meeting_screen.focus_pane(pane)
    remember(board)


def remember(board: Board) -> None:
    """Keep how the panes stand now for the next start."""
    board.remember(replace(board.remembered, arrangement=board.meeting_screen.next_arrangement))
