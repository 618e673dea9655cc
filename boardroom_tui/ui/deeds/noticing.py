"""Looking at what one was told, going to it, and being quiet: what each of those commands does."""

from typing import Literal

from boardroom_tui.protocol.identifiers import Kind, key_in
from boardroom_tui.ui.attention.notices import AtDecision, AtMessage, InConversation, Place
from boardroom_tui.ui.board import Board
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.screens.decisions import DecisionsScreen
from boardroom_tui.ui.screens.notices import NoticesScreen

Noticing = Literal[CommandId.NOTICES, CommandId.QUIET]


def notice(board: Board, command: Noticing) -> None:
    """Do what one of these commands says."""
    match command:
        case CommandId.NOTICES:
            show_notices(board)
        case CommandId.QUIET:
            quiet = board.attention.switch_quiet(board.clock())
            calls = "no bell and no desktop notification until you say so again"
            board.tell(f"Quiet: {calls}." if quiet else "Bell and notifications are on again.")


def show_notices(board: Board) -> None:
    """Show everything one was told, and go to what is chosen."""
    attention = board.attention

    def go(number: int | None) -> None:
        chosen = None if number is None else attention.history.find(number)
        if chosen is None:
            return
        place = chosen.news.place
        if place is None:
            attention.read(lambda one: one.number == chosen.number)
        else:
            attention.read(lambda one: one.news.place == place)
            go_there(board, place)

    quiet = attention.is_quiet(board.clock())
    board.push_screen(NoticesScreen(board.scene(), quiet=quiet, zone=board.zone), go)


def go_there(board: Board, place: Place) -> None:
    """Put what was told of on the screen."""
    screen = board.meeting_screen
    match place:
        case InConversation(conversation):
            board.go_to(conversation)
        case AtDecision(decision_id):
            go_to_decision(board, key_in(board.meeting.decisions, Kind.DECISION, decision_id))
        case AtMessage(message_id):
            board.go_to(None)
            screen.focus_pane("chat")
            # Everybody's conversation may have to come on the screen first.
            board.call_after_refresh(screen.chat.visit, message_id)


def go_to_decision(board: Board, decision_id: str) -> None:
    """Show a vote in its pane while it is open, else the decision among those of the meeting."""
    view = board.meeting.decisions.get(decision_id)
    if view is None or view.is_open:
        board.meeting_screen.vote.chosen_id = decision_id
        board.meeting_screen.focus_pane("vote")
        return
    board.push_screen(DecisionsScreen(board.scene(), zone=board.zone, chosen_id=decision_id))
