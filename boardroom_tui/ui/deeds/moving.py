"""Motions from the floor: what each of their commands does."""

from typing import Literal

from boardroom_tui.protocol.limits import TEXT_CHARACTERS
from boardroom_tui.protocol.messages.decision import DecisionOpen
from boardroom_tui.protocol.messages.motion import (
    Motion,
    MotionAmend,
    MotionMake,
    MotionPostpone,
    MotionRefer,
    MotionSecond,
    MotionWithdraw,
)
from boardroom_tui.state.select import current_item
from boardroom_tui.ui.board import Board
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.screens.confirm_dialog import ConfirmDialog
from boardroom_tui.ui.screens.open_decision_dialog import OpenDecisionDialog
from boardroom_tui.ui.situation import Situation

Moving = Literal[
    CommandId.MOVE,
    CommandId.SECOND,
    CommandId.AMEND,
    CommandId.TAKE_BACK,
    CommandId.PUT,
    CommandId.POSTPONE,
    CommandId.REFER,
]


def move(board: Board, command: Moving, situation: Situation, rest: str) -> None:
    """Do what one of these commands says; `rest` is what followed the slash command."""
    meeting_id = board.meeting.meeting_id
    match command:
        case CommandId.MOVE:
            _make(board, rest)
        case CommandId.SECOND if (motion := situation.motion_to_second) is not None:
            data = MotionSecond.Data(meeting_id=meeting_id, motion_id=motion.motion_id)
            board.post(MotionSecond(data=data))
        case CommandId.AMEND if (motion := situation.motion_to_amend) is not None:
            _amend(board, motion, rest)
        case CommandId.TAKE_BACK if (motion := situation.motion_to_take_back) is not None:
            _whether_to_take_back(board, motion)
        case CommandId.PUT if (motion := situation.motion) is not None:
            _put(board, motion)
        case CommandId.POSTPONE if (motion := situation.motion) is not None:
            data = MotionPostpone.Data(meeting_id=meeting_id, motion_id=motion.motion_id)
            board.post(MotionPostpone(data=data))
        case CommandId.REFER if (motion := situation.motion) is not None:
            _refer(board, motion, rest)
        case _:
            pass  # There is none; the command has said so.


def _begin(board: Board, text: str) -> None:
    board.meeting_screen.write()
    board.meeting_screen.composer.begin_with(text)


def _make(board: Board, text: str) -> None:
    if not text:
        _begin(board, "/move ")
        return
    if len(text) > TEXT_CHARACTERS:
        reason = f"A motion has at most {TEXT_CHARACTERS:,} characters."
        board.meeting_screen.composer.refuse(f"/move {text}", reason)
        return
    item = current_item(board.meeting)
    data = MotionMake.Data(
        meeting_id=board.meeting.meeting_id,
        text=text,
        item_id=None if item is None else item.id,
    )
    board.post(MotionMake(data=data))


def _amend(board: Board, motion: Motion, text: str) -> None:
    if not text:
        _begin(board, f"/amend {motion.text}")
        return
    data = MotionAmend.Data(
        meeting_id=board.meeting.meeting_id, motion_id=motion.motion_id, text=text
    )
    board.post(MotionAmend(data=data))


def _refer(board: Board, motion: Motion, to: str) -> None:
    if not to:
        _begin(board, "/refer ")
        return
    data = MotionRefer.Data(meeting_id=board.meeting.meeting_id, motion_id=motion.motion_id, to=to)
    board.post(MotionRefer(data=data))


def _whether_to_take_back(board: Board, motion: Motion) -> None:
    def take_back(confirmed: bool | None) -> None:
        if confirmed:
            data = MotionWithdraw.Data(
                meeting_id=board.meeting.meeting_id, motion_id=motion.motion_id
            )
            board.post(MotionWithdraw(data=data))

    board.push_screen(ConfirmDialog("Take your motion back?", motion.text, "Take back"), take_back)


def _put(board: Board, motion: Motion) -> None:
    def put(request: DecisionOpen | None) -> None:
        if request is not None:
            board.post(request)

    board.push_screen(OpenDecisionDialog(board.meeting, motion=motion), put)
