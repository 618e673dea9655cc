"""What each command does; that it can be done was found before (command.py)."""

from boardroom_tui.protocol.fields import Status, Vote
from boardroom_tui.state.model import Meeting, SpokenLine
from boardroom_tui.state.select import message, newest_first, refused_line
from boardroom_tui.ui import requests
from boardroom_tui.ui.board import Board
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.deeds import (
    arranging,
    asking,
    confiding,
    drafting,
    leading,
    marking,
    moving,
    noticing,
    reading,
    theming,
)
from boardroom_tui.ui.palette import Palette
from boardroom_tui.ui.screens.decisions import DecisionsScreen
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.writing.draft_keeping import fetch_draft


def perform(  # noqa: PLR0912, PLR0915  (a branch for each command is the point of it)
    board: Board, command: CommandId, situation: Situation, rest: str
) -> None:
    """Do it; `rest` is what followed the slash command."""
    match command:
        case CommandId.APPROVE | CommandId.REJECT | CommandId.ABSTAIN:
            asking.for_vote(board, situation, Vote(command.value), rest)
        case CommandId.RECEIPT:
            asking.for_receipts(board)
        case CommandId.PAST:
            screen = DecisionsScreen(board.scene(), zone=board.zone)
            board.push_screen(screen)
        case CommandId.REPLY:
            answer(board, situation.meeting)
        case CommandId.QUOTE:
            drafting.quote(board, to_answer(board, situation.meeting))
        case CommandId.EDITOR:
            drafting.edit(board)
        case CommandId.EDIT:
            take_back(board, situation.meeting)
        case CommandId.NEWEST:
            go_to_newest(board, situation)
        case (
            CommandId.SEARCH
            | CommandId.NEXT_MATCH
            | CommandId.PREVIOUS_MATCH
            | CommandId.THREAD
            | CommandId.ANSWERED
            | CommandId.UNREAD
            | CommandId.BACK
            | CommandId.COPY
            | CommandId.LINK
            | CommandId.BARE
        ):
            reading.read(board, command, rest)
        case CommandId.SWITCH:
            switch(board, situation)
        case (
            CommandId.DM
            | CommandId.PRIVATE
            | CommandId.CONVERSATION
            | CommandId.EVERYBODY
            | CommandId.DEVICES
            | CommandId.UNLOCK
        ):
            confiding.confide(board, command, situation, rest)
        case (
            CommandId.INFO
            | CommandId.AGREED
            | CommandId.ACTION
            | CommandId.CORRECTION
            | CommandId.UNDO
            | CommandId.MINUTES
        ):
            marking.take_down(board, command, rest)
        case CommandId.MOVE | CommandId.AMEND | CommandId.REFER:
            moving.word(board, command, situation, rest)
        case CommandId.TAKE_BACK:
            asking.whether_to_take_back(board, situation)
        case CommandId.PUT:
            asking.how_to_put(board, situation)
        case CommandId.RECUSE:
            asking.whether_to_recuse(board, situation)
        case CommandId.PROXY:
            asking.whether_to_give_proxy(board, situation, rest)
        case CommandId.AGENDA | CommandId.PEOPLE | CommandId.VOTE:
            arranging.show(board, command.value)
        case CommandId.CONTROL:
            leading.show_control(board)
        case (
            CommandId.MAXIMISE
            | CommandId.HIDE
            | CommandId.WIDER
            | CommandId.NARROWER
            | CommandId.ARRANGEMENT
        ):
            arranging.arrange(board, command)
        case CommandId.RECESS | CommandId.EXECUTIVE | CommandId.ADJOURN:
            asking.whether_to_interrupt(board, command)
        case CommandId.ROSTER:
            leading.show_roster(board)
        case CommandId.OPEN:
            asking.what_to_open(board, situation)
        case CommandId.CLOSE:
            asking.how_to_close(board, situation)
        case CommandId.WITHDRAW:
            asking.whether_to_withdraw(board, situation)
        case CommandId.ONLINE | CommandId.AWAY | CommandId.BUSY:
            status = Status(command.value)
            board.own_status.set_by_hand(status)
            board.tell_status(status)
        case CommandId.RECONNECT:
            board.link.retry_now()
        case CommandId.RENEW:
            asking.for_token(board)
        case CommandId.NOTICES | CommandId.QUIET:
            noticing.notice(board, command)
        case CommandId.THEME:
            theming.switch(board, rest)
        case CommandId.REDRAW:
            board.paint_anew()
        case CommandId.THEMES:
            theming.choose(board)
        case CommandId.PALETTE:
            board.push_screen(Palette())
        case CommandId.MORE:
            board.await_second_key()
        case CommandId.HELP:
            board.push_screen(board.help_screen(situation))
        case CommandId.LEAVE:
            asking.whether_to_leave(board)
        case _:
            asking.post_or_tell(board, requests.at_once(command, situation, rest))


def switch(board: Board, situation: Situation) -> None:
    """From the writing line to the conversation, or back."""
    if situation.typing:
        board.meeting_screen.focus_pane("chat")
    else:
        board.meeting_screen.write()


def go_to_newest(board: Board, situation: Situation) -> None:
    """Scroll to the end; who writes goes on writing. Its key draws anew in other programs."""
    screen = board.meeting_screen
    if situation.typing:
        screen.bring_forward("chat")
    else:
        screen.focus_pane("chat")
    screen.chat.jump_to_newest()
    board.paint_anew()


def answer(board: Board, meeting: Meeting) -> None:
    """Answer it in the writing line, or no longer."""
    line = to_answer(board, meeting)
    board.meeting_screen.write()
    board.meeting_screen.composer.answer(line)


def to_answer(board: Board, meeting: Meeting) -> SpokenLine:
    """What is selected in the conversation, else the newest message of somebody else."""
    others = (one for one in newest_first(meeting) if one.user_id != meeting.own_id)
    selected = board.meeting_screen.chat.selected
    return selected or next(others, None) or next(newest_first(meeting))


def take_back(board: Board, meeting: Meeting) -> None:
    """Put what was refused last back into the writing line, with what it answers.

    Where nothing was, what was not sent last time.
    """
    refused = refused_line(meeting)
    if refused is None:
        board.meeting_screen.write()
        fetch_draft(board)
        return
    request_id, request = refused
    composer = board.meeting_screen.composer
    board.meeting_screen.write()
    composer.take_back(request.data.message)
    if request.data.reply_to is not None:
        composer.reply_to = message(meeting, request.data.reply_to)
    board.dismiss(request_id)
