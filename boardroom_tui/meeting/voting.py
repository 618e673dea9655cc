"""Casting a vote."""

from dataclasses import replace
from datetime import datetime

from boardroom_tui.meeting.charter import Member, PreparedDecision
from boardroom_tui.meeting.closing import counted
from boardroom_tui.meeting.commands import CastVote, Refusal
from boardroom_tui.meeting.comments import as_kept
from boardroom_tui.meeting.counting import is_complete
from boardroom_tui.meeting.deadlines import is_over
from boardroom_tui.meeting.deed import Deed, Deeds
from boardroom_tui.meeting.events import SERVER, BallotSealed, Elector, VoteRecorded
from boardroom_tui.meeting.finding import closed, find, not_open
from boardroom_tui.meeting.standing import lower, member
from boardroom_tui.meeting.state import Ballot, Decision, MeetingState
from boardroom_tui.protocol.authorisation import may
from boardroom_tui.protocol.envelope import Permission
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.identifiers import Kind, same

_NO_VOTE = Refusal(ErrorCode.PERMISSION_DENIED, "You have no vote on this decision.")


def cast(state: MeetingState, command: CastVote, now: datetime) -> Deeds | Refusal:
    """Vote or vote anew: it takes a vote, not presence; the last vote missing completes it."""
    voter = member(state, command.user_id)
    if isinstance(voter, Refusal):
        return voter
    if not may(lower(voter.role, command.role), Permission.VOTE):
        return _NO_VOTE
    match find(state, command.decision_id):
        case Refusal(code=ErrorCode.RESOURCE_NOT_FOUND) as unknown:
            return unknown
        case Refusal() | PreparedDecision() if not voter.has_vote:
            return _NO_VOTE
        case Refusal() as withdrawn:
            return withdrawn
        case PreparedDecision(id=decision_id):
            return not_open(decision_id)
        case Decision() as decision:
            elector = _elector(decision, voter)
    if elector is None:
        return _NO_VOTE
    if is_over(decision, now):
        return closed(decision.opened.decision_id)
    comment = as_kept(state, decision.opened, command.sealed_comment)
    if isinstance(comment, Refusal):
        return comment
    command = replace(command, sealed_comment=comment)
    return _recorded(state, decision, elector, command, now)


def _elector(decision: Decision, voter: Member) -> Elector | None:
    """Who may vote was fixed when the decision opened, whatever the file has said since."""
    electors = decision.opened.electors
    return next((e for e in electors if same(Kind.USER, e.user_id, voter.id)), None)


def _recorded(
    state: MeetingState, decision: Decision, elector: Elector, command: CastVote, now: datetime
) -> Deeds:
    opened = decision.opened
    deeds = [
        Deed(
            elector.user_id,
            VoteRecorded(
                decision_id=opened.decision_id,
                vote_id=command.vote_id,
                vote=None if opened.secret else command.vote,
                comment=None if opened.secret else command.comment,
            ),
        )
    ]
    if opened.secret:
        sealed = BallotSealed(
            decision_id=opened.decision_id, vote=command.vote, comment=command.sealed_comment
        )
        deeds.append(Deed(elector.user_id, sealed))
    ballot = Ballot(command.vote_id, command.vote, None, now, command.sealed_comment)
    with_it = replace(decision, ballots={**decision.ballots, elector.user_id: ballot})
    if opened.auto_close and is_complete(with_it):
        deeds.append(Deed(SERVER, counted(state, with_it, "complete")))
    return tuple(deeds)
