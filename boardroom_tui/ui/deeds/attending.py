"""Asking for the floor, giving it, and sending apologies: what each of those commands does."""

from typing import Literal

from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.protocol.messages.attendance import ApologyRecord
from boardroom_tui.protocol.messages.speaker import (
    SpeakerCall,
    SpeakerLower,
    SpeakerRaise,
    SpeakerYield,
)
from boardroom_tui.state.naming import addressed
from boardroom_tui.state.select import may_facilitate, person, place_in_queue
from boardroom_tui.ui.board import Board
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.screens.roster import RosterScreen
from boardroom_tui.ui.situation import Situation

Attending = Literal[CommandId.HAND, CommandId.NEXT_SPEAKER, CommandId.YIELD, CommandId.APOLOGIES]


def attend(board: Board, command: Attending, situation: Situation, rest: str) -> None:
    """Do what one of these commands says; `rest` may name somebody."""
    match command:
        case CommandId.HAND:
            raise_or_lower(board)
        case CommandId.NEXT_SPEAKER:
            call_speaker(board, situation, rest)
        case CommandId.YIELD:
            data = SpeakerYield.Data(meeting_id=board.meeting.meeting_id)
            board.post(SpeakerYield(data=data))
        case CommandId.APOLOGIES:
            send_apologies(board, situation, rest)


def show_roster(board: Board) -> None:
    """Show everybody in one list, from which the floor is given and the roll is called."""
    give = board.meeting_screen.give
    board.push_screen(RosterScreen(board.scene(), board.commands, give, zone=board.zone))


def raise_or_lower(board: Board) -> None:
    """Raise one's hand, or lower it where it is raised."""
    meeting = board.meeting
    if place_in_queue(meeting, meeting.own_id) is None:
        board.post(SpeakerRaise(data=SpeakerRaise.Data(meeting_id=meeting.meeting_id)))
    else:
        board.post(SpeakerLower(data=SpeakerLower.Data(meeting_id=meeting.meeting_id)))


def call_speaker(board: Board, situation: Situation, rest: str) -> None:
    """Give the floor to whoever is named or selected, else to the first in the queue."""
    called = _meant(board, situation, rest)
    if called is not None:
        data = SpeakerCall.Data(meeting_id=board.meeting.meeting_id, member_id=called or None)
        board.post(SpeakerCall(data=data))


def send_apologies(board: Board, situation: Situation, rest: str) -> None:
    """Send one's own apologies, or a facilitator somebody's; take back what was sent."""
    leads = may_facilitate(board.meeting)
    whose = _meant(board, situation, rest) if leads or rest else ""
    if whose is None:
        return
    known = person(board.meeting, whose or board.meeting.own_id)
    sent = known is not None and known.apologies
    own = known is not None and same(Kind.USER, known.user_id, board.meeting.own_id)
    if known is not None and known.present and not own and not sent:
        board.tell(f"{known.shown_name} is here.", severity="warning")
        return
    data = ApologyRecord.Data(
        meeting_id=board.meeting.meeting_id, member_id=whose or None, withdrawn=sent
    )
    board.post(ApologyRecord(data=data))


def _meant(board: Board, situation: Situation, rest: str) -> str | None:
    """The user who is named, else selected; empty for nobody, None where the name is no one's."""
    if not rest:
        return situation.user_id or ""
    found = addressed(board.meeting, rest)
    if isinstance(found, str):
        board.tell(found, severity="warning")
        return None
    return found[0].user_id
