"""Leading the meeting through its life: what each of those commands does."""

from typing import Literal

from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.protocol.messages.attendance import RollCall
from boardroom_tui.protocol.messages.life import Called, PhaseSet
from boardroom_tui.state.select import open_decisions
from boardroom_tui.ui.board import Board
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.screens.confirm_dialog import ConfirmDialog

Presiding = Literal[
    CommandId.ORDER, CommandId.RECESS, CommandId.EXECUTIVE, CommandId.ADJOURN, CommandId.ROLL
]


def preside(board: Board, command: Presiding) -> None:
    """Do what one of these commands says."""
    match command:
        case CommandId.ORDER:
            call_to(board, MeetingPhase.IN_SESSION)
        case CommandId.RECESS:
            call_to(board, MeetingPhase.RECESS)
        case CommandId.EXECUTIVE:
            call_to(board, MeetingPhase.EXECUTIVE)
        case CommandId.ADJOURN:
            whether_to_adjourn(board)
        case CommandId.ROLL:
            board.post(RollCall(data=RollCall.Data(meeting_id=board.meeting.meeting_id)))


def call_to(board: Board, phase: Called) -> None:
    """Call the meeting to a phase; the server asks first where something stands against it."""
    data = PhaseSet.Data(meeting_id=board.meeting.meeting_id, phase=phase, confirms=())
    board.post(PhaseSet(data=data))


def whether_to_adjourn(board: Board) -> None:
    """Ask, then adjourn; while a vote is open it is the server that asks."""
    if open_decisions(board.meeting):
        call_to(board, MeetingPhase.ADJOURNED)
        return

    def adjourn(confirmed: bool | None) -> None:
        if confirmed:
            call_to(board, MeetingPhase.ADJOURNED)

    title = board.meeting.title or board.meeting.meeting_id
    body = f"{title}\n\nWhat is left on the agenda is left to another meeting."
    board.push_screen(ConfirmDialog("Adjourn the meeting?", body, "Adjourn"), adjourn)
