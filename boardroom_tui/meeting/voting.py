"""Casting a vote."""

from dataclasses import replace
from datetime import datetime

from boardroom_tui.meeting.charter import Member, PreparedDecision
from boardroom_tui.meeting.closing import ending
from boardroom_tui.meeting.commands import CastVote, Refusal
from boardroom_tui.meeting.comments import as_kept
from boardroom_tui.meeting.deadlines import is_over
from boardroom_tui.meeting.deed import Deed, Deeds
from boardroom_tui.meeting.events import SERVER, BallotSealed, Elector, VoteRecorded
from boardroom_tui.meeting.finding import closed, find, not_open
from boardroom_tui.meeting.printing import as_printed
from boardroom_tui.meeting.proxies import giver_of
from boardroom_tui.meeting.standing import lower, member
from boardroom_tui.meeting.state import Ballot, Decision, MeetingState
from boardroom_tui.protocol.authorisation import may
from boardroom_tui.protocol.envelope import Permission
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.identifiers import Kind, same

_NO_VOTE = Refusal(ErrorCode.PERMISSION_DENIED, "You have no vote on this decision.")
_RECUSED = Refusal(
    ErrorCode.PERMISSION_DENIED, "Who is recused from this decision has no vote on it.", "recused"
)
_IN_PERSON = Refusal(
    ErrorCode.INVALID_MESSAGE, "They have voted themselves, and that vote stands.", "in_person"
)


def cast(state: MeetingState, command: CastVote, now: datetime) -> Deeds | Refusal:
    """Vote or vote anew: it takes a vote, not presence; the last vote missing completes it."""
    caster = member(state, command.user_id)
    if isinstance(caster, Refusal):
        return caster
    if not may(lower(caster.role, command.role), Permission.VOTE):
        return _NO_VOTE
    voter = _voter(state, caster, command.on_behalf_of)
    if isinstance(voter, Refusal):
        return voter
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
        return _RECUSED if voter.id in decision.recused else _NO_VOTE
    if is_over(decision, now):
        return closed(decision.opened.decision_id)
    by_proxy = voter.id != caster.id
    if by_proxy and _voted_in_person(decision, elector):
        return _IN_PERSON
    kept = _as_kept(state, decision, command)
    if isinstance(kept, Refusal):
        return kept
    on_behalf_of = elector.user_id if by_proxy else None
    command = replace(kept, user_id=caster.id, on_behalf_of=on_behalf_of)
    return _recorded(state, decision, elector, command, now)


def _as_kept(state: MeetingState, decision: Decision, command: CastVote) -> CastVote | Refusal:
    """The vote with what goes with a secret ballot as it is kept."""
    comment = as_kept(state, decision.opened, command.sealed_comment)
    words = as_printed(decision.opened, command.words)
    if isinstance(comment, Refusal):
        return comment
    if isinstance(words, Refusal):
        return words
    return replace(command, sealed_comment=comment, words=words)


def _voter(state: MeetingState, caster: Member, on_behalf_of: str | None) -> Member | Refusal:
    """Whose vote it is."""
    if on_behalf_of is None or same(Kind.USER, on_behalf_of, caster.id):
        return caster
    return giver_of(state, caster, on_behalf_of)


def _voted_in_person(decision: Decision, elector: Elector) -> bool:
    ballot = decision.ballots.get(elector.user_id)
    return ballot is not None and ballot.cast_by is None


def _elector(decision: Decision, voter: Member) -> Elector | None:
    """Who may vote was fixed when the decision opened, whatever the file has said since."""
    electors = decision.electors
    return next((e for e in electors if same(Kind.USER, e.user_id, voter.id)), None)


def _recorded(
    state: MeetingState, decision: Decision, elector: Elector, command: CastVote, now: datetime
) -> Deeds:
    opened = decision.opened
    actor = elector.user_id if command.on_behalf_of is None else command.user_id
    deeds = [
        Deed(
            actor,
            VoteRecorded(
                decision_id=opened.decision_id,
                vote_id=command.vote_id,
                vote=None if opened.secret else command.vote,
                comment=None if opened.secret else command.comment,
                on_behalf_of=command.on_behalf_of,
            ),
        )
    ]
    if opened.secret:
        sealed = BallotSealed(
            decision_id=opened.decision_id,
            vote=command.vote,
            comment=command.sealed_comment,
            on_behalf_of=command.on_behalf_of,
            words=command.words,
        )
        deeds.append(Deed(actor, sealed))
    ballot = Ballot(
        command.vote_id, command.vote, None, now, command.sealed_comment, words=command.words
    )
    with_it = replace(decision, ballots={**decision.ballots, elector.user_id: ballot})
    ended = ending(state, with_it)
    if ended is not None:
        deeds.append(Deed(SERVER, ended))
    return tuple(deeds)
