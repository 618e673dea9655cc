"""What is asked back before something is sent: the dialogs and what follows from their answers."""

from datetime import timedelta

from boardroom_tui.protocol.fields import Vote
from boardroom_tui.protocol.messages.decision import (
    DecisionOpen,
    DecisionWithdraw,
    VoteCast,
)
from boardroom_tui.protocol.messages.minutes import MinutesGet
from boardroom_tui.state.private import CommentReaders, comment_readers
from boardroom_tui.ui.board import Board
from boardroom_tui.ui.link import Phase
from boardroom_tui.ui.screens.confirm_dialog import ConfirmDialog
from boardroom_tui.ui.screens.minutes import MinutesScreen
from boardroom_tui.ui.screens.open_decision_dialog import OpenDecisionDialog
from boardroom_tui.ui.screens.token_dialog import TokenDialog
from boardroom_tui.ui.screens.vote_dialog import VoteDialog, VoteIntent
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.suggestion import suggested_words

_ON_ITS_WAY = timedelta(seconds=1)
"""So long what was sent on a connection may go unanswered."""


def for_vote(board: Board, situation: Situation, vote: Vote, comment: str) -> None:
    """Ask for a comment and a confirmation, then vote."""
    decision = situation.decision
    if decision is None:
        return

    readers = comment_readers(situation.meeting, situation.privacy)

    def cast(intent: VoteIntent | None) -> None:
        data = None if intent is None else _vote(board, intent, readers)
        if data is not None:
            board.post(VoteCast(data=data))

    dialog = VoteDialog(
        situation.meeting,
        decision.decision_id,
        vote,
        comment,
        readers=readers,
        suggestion=suggested_words(),
    )
    board.push_screen(dialog, cast)


def _vote(board: Board, intent: VoteIntent, readers: CommentReaders) -> VoteCast.Data | None:
    """The vote; in a secret ballot its comment leaves this device sealed or not at all."""
    view = board.meeting.decisions.get(intent.decision_id)
    secret = view is not None and view.question is not None and view.question.secret
    if secret is not intent.secret:
        board.tell("Not sent: whether the ballot is secret has changed.", severity="error")
        return None
    if not secret:
        return VoteCast.Data(
            decision_id=intent.decision_id, vote=intent.vote, comment=intent.comment
        )
    sealed = None
    if intent.comment is not None:
        sealed = board.link.seal_comment(intent.decision_id, intent.comment, readers.user_ids)
        if sealed is None:
            board.tell("Not sent: your comment could not be sealed.", severity="error")
            return None
    return VoteCast.Data(
        decision_id=intent.decision_id, vote=intent.vote, sealed_comment=sealed, words=intent.words
    )


def for_token(board: Board) -> None:
    """Ask for a new token, where one is wanted; the dialog goes by itself once it is taken."""
    wanted = board.link.connection.token_wanted
    if wanted is not None:
        board.push_screen(TokenDialog(wanted, zone=board.zone))


def for_minutes(board: Board) -> None:
    """Ask for the minutes as they stand, and show them where they are read."""
    data = MinutesGet.Data(meeting_id=board.meeting.meeting_id)
    board.post(MinutesGet(data=data))
    if not isinstance(board.screen, MinutesScreen):
        board.push_screen(MinutesScreen(board.meeting.draft, zone=board.zone))


def what_to_open(board: Board, situation: Situation) -> None:
    """Ask which prepared decision, or for the wording and the rule of a new one, then open it."""

    def open_it(request: DecisionOpen | None) -> None:
        if request is not None:
            board.post(request)

    board.push_screen(OpenDecisionDialog(situation.meeting, situation.decision_id), open_it)


def whether_to_withdraw(board: Board, situation: Situation) -> None:
    """Ask, then withdraw the decision."""
    decision = situation.decision
    if decision is None:
        return

    def withdraw(confirmed: bool | None) -> None:
        if confirmed:
            data = DecisionWithdraw.Data(decision_id=decision.decision_id)
            board.post(DecisionWithdraw(data=data))

    what = "Its votes are not counted." if decision.is_open else "It cannot be opened any more."
    body = f"{decision.title}\n\n{what}"
    board.push_screen(ConfirmDialog("Withdraw the decision?", body, "Withdraw"), withdraw)


def whether_to_leave(board: Board) -> None:
    """Leave; ask first where something of one's own would be lost."""
    phase, now = board.link.connection.phase, board.clock()
    # What was sent this moment is on its way; what waits longer is held back or not answered.
    unsent = sum(
        phase is not Phase.READY or now - one.posted_at >= _ON_ITS_WAY for one in board.unanswered
    )
    if phase is Phase.ENDED or not unsent:
        board.leave()
        return

    def leave(confirmed: bool | None) -> None:
        if confirmed:
            board.leave()

    what = "One message has" if unsent == 1 else f"{unsent} messages have"
    body = f"{what} not reached the server yet and may be lost."
    board.push_screen(ConfirmDialog("Leave the meeting?", body, "Leave"), leave)
