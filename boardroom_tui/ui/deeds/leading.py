"""Showing what a meeting is led from."""

from boardroom_tui.ui.board import Board
from boardroom_tui.ui.keys.hints import control_hints
from boardroom_tui.ui.screens.control import ControlScreen, ControlView
from boardroom_tui.ui.screens.meeting import header_slice
from boardroom_tui.ui.screens.roster import RosterScreen


def show_control(board: Board) -> None:
    """Show the view that leads the meeting, unless it is shown already."""

    def view() -> ControlView:
        situation = board.situation
        scene = board.scene()
        header = header_slice(scene, board.zone)
        hints = control_hints(situation, board.commands)
        return ControlView(situation, header, hints, scene.meeting_time)

    if board.control is None:
        give = board.meeting_screen.give
        board.push_screen(ControlScreen(view, give, board.commands, zone=board.zone))


def show_roster(board: Board) -> None:
    """Show everybody in one list, from which the floor is given and the roll is called."""
    give = board.meeting_screen.give
    board.push_screen(RosterScreen(board.scene(), board.commands, give, zone=board.zone))
