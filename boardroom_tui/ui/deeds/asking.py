"""What is asked back before something is sent: the dialogs and what follows from their answers."""

from datetime import timedelta

from boardroom_tui.protocol.fields import Method, Vote
from boardroom_tui.protocol.marks import meant
from boardroom_tui.protocol.messages.decision import (
    DecisionClose,
    DecisionOpen,
    DecisionWithdraw,
    VoteCast,
)
from boardroom_tui.protocol.messages.electorate import DecisionRecuse
from boardroom_tui.protocol.messages.minutes import MinutesGet
from boardroom_tui.protocol.messages.proxy import ProxyGive, ProxyRevoke
from boardroom_tui.protocol.messages.receipt import ReceiptGet
from boardroom_tui.state.forecast import is_tied
from boardroom_tui.state.model import DecisionView
from boardroom_tui.state.private import CommentReaders, comment_readers
from boardroom_tui.state.receipts import looked_up, own_votes
from boardroom_tui.state.select import shown_name
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
from boardroom_tui.ui.words.leaving import undone, unsent

_ON_ITS_WAY = timedelta(seconds=1)
"""So long what was sent on a connection may go unanswered."""


def for_vote(board: Board, situation: Situation, vote: Vote, comment: str) -> None:
    """Ask for a comment and a confirmation, then vote."""
    decision = situation.decision
    if decision is None:
        return
    if decision.method is Method.CONSENT:
        _whether_to_object(board, decision, vote)
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
        zone=board.zone,
    )
    board.push_screen(dialog, cast)


def _whether_to_object(board: Board, decision: DecisionView, vote: Vote) -> None:
    """Where consent is asked for there is nothing to vote but an objection."""
    if vote is not Vote.REJECT:
        board.tell("Nobody needs to vote: silence adopts it, an objection sends it to a vote.")
        return

    def object_(confirmed: bool | None) -> None:
        if confirmed:
            data = VoteCast.Data(decision_id=decision.decision_id, vote=Vote.REJECT)
            board.post(VoteCast(data=data))

    body = f"{decision.title}\n\nIt is not adopted by consent then: it takes a vote."
    board.push_screen(ConfirmDialog("Object?", body, "Object"), object_)


def how_to_close(board: Board, decision: DecisionView) -> None:
    """Close a vote; where the chair may break a tie, ask whether and how."""

    def close(casting: Casting | None) -> None:
        if casting is not None:
            data = DecisionClose.Data(
                decision_id=decision.decision_id, confirms=(), casting_vote=casting.vote
            )
            board.post(DecisionClose(data=data))

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
    item = situation.item if situation.item_id is not None else None
    decision = None if item is not None else situation.decision
    if item is None and decision is None:
        return

    def recuse(confirmed: bool | None) -> None:
        if confirmed:
            data = DecisionRecuse.Data(
                meeting_id=board.meeting.meeting_id,
                decision_id=None if decision is None else decision.decision_id,
                item_id=None if item is None else item.id,
            )
            board.post(DecisionRecuse(data=data))

    what = "You take no part in it, and the record says so. It cannot be undone."
    title = item.title if item is not None else decision.title if decision is not None else ""
    board.push_screen(ConfirmDialog("Recuse yourself?", f"{title}\n\n{what}", "Recuse"), recuse)


def whether_to_give_proxy(board: Board, situation: Situation, name: str) -> None:
    """Ask, then let another vote for one, or vote for oneself again."""
    meeting = situation.meeting
    called = name.removeprefix("@")
    people = ((one.user_id, one.name) for one in meeting.people.values())
    to = meant(called, people) if called else situation.user_id
    if called and to is None:
        board.tell(f"No one member is meant by {called}.", severity="warning")
        return
    if to is None:
        board.post(ProxyRevoke(data=ProxyRevoke.Data(meeting_id=meeting.meeting_id)))
        return
    holder = to

    def give(confirmed: bool | None) -> None:
        if confirmed:
            data = ProxyGive.Data(meeting_id=meeting.meeting_id, to=holder)
            board.post(ProxyGive(data=data))

    who = shown_name(meeting, holder)
    body = f"{who} can cast your vote. When you vote yourself, that vote counts instead."
    board.push_screen(ConfirmDialog(f"Let {who} vote for you?", body, "Give proxy"), give)


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
        board.push_screen(MinutesScreen(board.scene(), zone=board.zone))


def for_receipts(board: Board) -> None:
    """Ask the record for each of one's votes, and show what it says."""
    for view in looked_up(board.meeting):
        for vote in own_votes(view):
            data = ReceiptGet.Data(decision_id=view.decision_id, vote_id=vote.vote_id)
            board.post(ReceiptGet(data=data))
    board.push_screen(ReceiptsScreen(board.scene(), zone=board.zone))


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
