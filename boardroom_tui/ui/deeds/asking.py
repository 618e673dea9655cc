"""What is asked back before something is sent: the dialogs and what follows from their answers."""

from datetime import timedelta

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.fields import Method, Vote
from boardroom_tui.protocol.messages.decision import DecisionOpen, VoteCast
from boardroom_tui.protocol.messages.proxy import ProxyGive
from boardroom_tui.state.forecast import is_tied
from boardroom_tui.state.model import DecisionView
from boardroom_tui.state.private import CommentReaders, comment_readers
from boardroom_tui.state.select import prepared_for, shown_name
from boardroom_tui.ui import requests
from boardroom_tui.ui.board import Board
from boardroom_tui.ui.deeds.suggestion import suggested_words
from boardroom_tui.ui.link import Phase
from boardroom_tui.ui.screens.casting_dialog import Casting, CastingDialog
from boardroom_tui.ui.screens.confirm_dialog import ConfirmDialog
from boardroom_tui.ui.screens.minutes import MinutesScreen
from boardroom_tui.ui.screens.open_decision_dialog import OpenDecisionDialog
from boardroom_tui.ui.screens.receipts import ReceiptsScreen
from boardroom_tui.ui.screens.token_dialog import TokenDialog
from boardroom_tui.ui.screens.vote_dialog import Unsent, VoteDialog, VoteIntent
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.whose_vote import whose_vote
from boardroom_tui.ui.words.calling import INTERRUPTIONS, Interrupting
from boardroom_tui.ui.words.leaving import undone, unsent

_ON_ITS_WAY = timedelta(seconds=1)
"""So long what was sent on a connection may go unanswered."""


def for_vote(board: Board, situation: Situation, vote: Vote, comment: str) -> None:
    """Ask for a comment and a confirmation, then vote."""
    decision = situation.decision
    if decision is None:
        return
    if decision.method is Method.CONSENT:
        _whether_to_object(board, decision)
        return
    whose, comment = whose_vote(situation.meeting, decision, comment)

    readers = comment_readers(situation.meeting, situation.privacy)

    def cast(intent: VoteIntent | Unsent | None) -> None:
        if isinstance(intent, Unsent):
            board.keep_comment(intent.comment)
            return
        data = None if intent is None else _vote(board, intent, readers)
        if data is not None:
            data = data.model_copy(update={"on_behalf_of": whose})
            board.post(VoteCast(data=data))

    dialog = VoteDialog(
        situation.meeting,
        decision.decision_id,
        vote,
        comment,
        readers=readers,
        suggestion=suggested_words(),
        whose=whose,
        commands=board.commands,
        zone=board.zone,
    )
    board.push_screen(dialog, cast)


def _whether_to_object(board: Board, decision: DecisionView) -> None:
    """Where consent is asked for there is nothing to vote but an objection."""
    body = f"{decision.title}\n\nIt is not adopted by consent then: it takes a vote."
    _whether(board, ConfirmDialog("Object?", body, "Object"), requests.objection(decision))


def _whether(board: Board, dialog: ConfirmDialog, request: ClientMessage) -> None:
    """Post a request once it is confirmed."""

    def go_on(confirmed: bool | None) -> None:
        if confirmed:
            board.post(request)

    board.push_screen(dialog, go_on)


def how_to_close(board: Board, situation: Situation) -> None:
    """Close a vote; where the chair may break a tie, ask whether and how."""
    decision = situation.decision
    if decision is None:
        return

    def close(casting: Casting | None) -> None:
        if casting is not None:
            board.post(requests.closing(decision, casting.vote))

    if is_tied(board.meeting, decision):
        board.push_screen(CastingDialog(decision), close)
    else:
        close(Casting(None))


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


def whether_to_recuse(board: Board, situation: Situation) -> None:
    """Ask, then take no part in what is selected, or in the open decision."""
    selected = None if situation.item_id is None else situation.item
    about = selected or situation.decision
    if about is None:
        return
    what = "You take no part in it, and the record says so. It cannot be undone."
    dialog = ConfirmDialog("Recuse yourself?", f"{about.title}\n\n{what}", "Recuse")
    _whether(board, dialog, requests.recusal(board.meeting, about))


def whether_to_give_proxy(board: Board, situation: Situation, name: str) -> None:
    """Ask, then let another vote for one, or vote for oneself again."""
    request = requests.proxy(situation, name)
    if not isinstance(request, ProxyGive):
        post_or_tell(board, request)
        return
    who = shown_name(situation.meeting, request.data.to)
    body = f"{who} can cast your vote. When you vote yourself, that vote counts instead."
    _whether(board, ConfirmDialog(f"Let {who} vote for you?", body, "Give proxy"), request)


def post_or_tell(board: Board, request: requests.Asked) -> None:
    """Post a request, or tell why there can be none."""
    if isinstance(request, str):
        board.tell(request, severity="warning")
    elif request is not None:
        board.post(request)


def for_token(board: Board) -> None:
    """Ask for a new token, where one is wanted; the dialog goes by itself once it is taken."""
    wanted = board.link.connection.token_wanted
    if wanted is not None:
        board.push_screen(TokenDialog(wanted, zone=board.zone))


def for_minutes(board: Board) -> None:
    """Ask for the minutes as they stand, and show them where they are read."""
    board.post(requests.minutes(board.meeting))
    if not isinstance(board.screen, MinutesScreen):
        board.push_screen(MinutesScreen(board.scene(), zone=board.zone))


def for_receipts(board: Board) -> None:
    """Ask the record for each of one's votes, and show what it says."""
    for request in requests.receipts(board.meeting):
        board.post(request)
    board.push_screen(ReceiptsScreen(board.scene(), zone=board.zone))


def what_to_open(board: Board, situation: Situation) -> None:
    """Ask which prepared decision, or for the wording and the rule of a new one, then open it."""
    now = prepared_for(situation.meeting, situation.item)
    begin_with = situation.decision_id or next((view.decision_id for view in now), None)
    _open(board, OpenDecisionDialog(situation.meeting, begin_with))


def how_to_put(board: Board, situation: Situation) -> None:
    """Ask for the rule by which the motion is voted on, then open the vote."""
    if situation.motion is not None:
        _open(board, OpenDecisionDialog(situation.meeting, motion=situation.motion))


def _open(board: Board, dialog: OpenDecisionDialog) -> None:
    def open_it(request: DecisionOpen | None) -> None:
        if request is not None:
            board.post(request)

    board.push_screen(dialog, open_it)


def whether_to_withdraw(board: Board, situation: Situation) -> None:
    """Ask, then withdraw the decision."""
    decision = situation.decision
    if decision is None:
        return
    what = "Its votes are not counted." if decision.is_open else "It cannot be opened any more."
    body = f"{decision.title}\n\n{what}"
    dialog = ConfirmDialog("Withdraw the decision?", body, "Withdraw")
    _whether(board, dialog, requests.withdrawal(decision))


def whether_to_take_back(board: Board, situation: Situation) -> None:
    """Ask, then take one's motion back."""
    motion = situation.motion_to_take_back
    if motion is None:
        return
    dialog = ConfirmDialog("Take your motion back?", motion.text, "Take back")
    _whether(board, dialog, requests.taking_back(board.meeting, motion))


def whether_to_interrupt(board: Board, command: Interrupting) -> None:
    """Ask, then interrupt or end the meeting."""
    phase, question, consequence, deed = INTERRUPTIONS[command]
    request = requests.calling_to(board.meeting, phase)
    if requests.is_asked_by_server(board.meeting, phase):
        board.post(request)
        return
    title = board.meeting.title or board.meeting.meeting_id
    dialog = ConfirmDialog(question, f"{title}\n\n{consequence}", deed.capitalize())
    _whether(board, dialog, request)


def whether_to_leave(board: Board) -> None:
    """Leave; ask first where something of one's own would be lost, or a meeting left unled."""
    phase, now = board.link.connection.phase, board.clock()
    # What was sent this moment is on its way; what waits longer is held back or not answered.
    waiting = [
        one.request
        for one in board.unanswered
        if phase is not Phase.READY or now - one.posted_at >= _ON_ITS_WAY
    ]
    reasons = [*undone(board.meeting)]
    if waiting:
        reasons.append(unsent(waiting))
    if phase in (Phase.ENDED, Phase.REPLAY) or not reasons:
        board.leave()
        return

    def leave(confirmed: bool | None) -> None:
        if confirmed:
            board.leave()

    board.push_screen(ConfirmDialog("Leave the meeting?", "\n".join(reasons), "Leave"), leave)
