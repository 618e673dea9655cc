"""A meeting's state, computed from its events one by one."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import reduce
from typing import TypeVar, assert_never

from boardroom_tui.meeting.charter import Charter
from boardroom_tui.meeting.events import (
    SERVER,
    AgendaMoved,
    ApologyRecorded,
    BallotSealed,
    Convened,
    DecisionClosed,
    DecisionOpened,
    Elector,
    Event,
    FloorYielded,
    HandLowered,
    HandRaised,
    Joined,
    Left,
    MotionAmended,
    MotionMade,
    MotionPostponed,
    MotionReferred,
    MotionSeconded,
    MotionWithdrawn,
    PhaseChanged,
    ProxyGiven,
    ProxyRevoked,
    Recused,
    RollCalled,
    Said,
    SpeakerCalled,
    VoteRecorded,
)
from boardroom_tui.meeting.motion_states import after_motion, with_question, with_result
from boardroom_tui.meeting.packed_ballots import PackedBallots
from boardroom_tui.meeting.standing import lower
from boardroom_tui.meeting.state import (
    Attendance,
    Ballot,
    ChatEntry,
    Decision,
    Item,
    MeetingState,
    Recusal,
    Speaking,
)
from boardroom_tui.protocol.fields import ItemStatus, MeetingPhase

_T = TypeVar("_T")


def fold(events: Iterable[Event], state: MeetingState | None = None) -> MeetingState:
    """The state after these events, from the beginning or from `state`."""
    return reduce(evolve, events, MeetingState() if state is None else state)


def evolve(state: MeetingState, event: Event) -> MeetingState:
    """The state after one more event; raises ValueError if it is not the next one."""
    expected = state.sequence + (0 if isinstance(event.what, BallotSealed) else 1)
    if event.sequence != expected:
        raise ValueError(f"event {event.sequence} cannot come where {expected} is due")
    seen = replace(state, sequence=event.sequence)
    if event.actor != SERVER:
        seen = replace(seen, last_seen={**state.last_seen, event.actor: event.at})
    return _after(seen, event)


def _after(  # noqa: PLR0912  (a branch for each kind of event is the point of it)
    state: MeetingState, event: Event
) -> MeetingState:
    what = event.what
    match what:
        case Convened(charter=charter):
            return _convened(state, charter)
        case Joined():
            return _joined(state, what, event)
        case Left():
            left = replace(state, present=_without(state.present, event.actor))
            return _off_the_floor(left, event.actor)
        case Said():
            entry = ChatEntry(
                what.message_id,
                event.actor,
                what.text,
                what.reply_to,
                event.at,
                executive=state.phase is MeetingPhase.EXECUTIVE,
            )
            return replace(state, chat=state.chat.adding(entry.message_id, entry))
        case AgendaMoved():
            return _moved(state, what, event.at)
        case PhaseChanged(phase=phase):
            return _in_phase(state, phase, event.at)
        case RollCalled():
            return state
        case ApologyRecorded(user_id=user_id, withdrawn=withdrawn):
            others = state.apologies - {user_id}
            return replace(state, apologies=others if withdrawn else others | {user_id})
        case HandRaised() | HandLowered() | SpeakerCalled() | FloorYielded():
            return _floor(state, what, event)
        case DecisionOpened(decision_id=decision_id):
            return _hiding(_opened(state, what, event.at), decision_id)
        case VoteRecorded():
            return _voted(state, what, event)
        case BallotSealed():
            return _sealed(state, what, event.voter)
        case DecisionClosed(decision_id=decision_id):
            return _hiding(_closed(state, what, event.at), decision_id)
        case ProxyGiven(to=holder):
            return replace(state, proxies={**state.proxies, event.actor: holder})
        case ProxyRevoked():
            return replace(state, proxies=_without(state.proxies, event.actor))
        case Recused():
            return _recused(state, what, event.actor)
        case (
            MotionMade()
            | MotionSeconded()
            | MotionAmended()
            | MotionWithdrawn()
            | MotionPostponed()
            | MotionReferred()
        ):
            moved = replace(state, motions=after_motion(state.motions, what, event))
            return _hiding(moved, what.motion_id)
        case _:
            assert_never(what)


def _without(mapping: Mapping[str, _T], key: str) -> dict[str, _T]:
    return {name: value for name, value in mapping.items() if name != key}


def _convened(state: MeetingState, charter: Charter) -> MeetingState:
    """The meeting under its new file: who is no member any more is gone, items keep their state."""
    known = {item.id: item for item in state.agenda}
    agenda = tuple(
        replace(known[entry.id], title=entry.title, minutes=entry.minutes)
        if entry.id in known
        else Item(entry.id, entry.title, entry.minutes)
        for entry in charter.agenda
    )
    roles = {member.id: member.role for member in charter.members}
    present = {
        user_id: replace(attendance, role=lower(attendance.role, roles[user_id]))
        for user_id, attendance in state.present.items()
        if user_id in roles
    }
    proxies = {
        giver: holder
        for giver, holder in state.proxies.items()
        if charter.proxies and giver in roles and holder in roles
    }
    speaks = state.speaking is not None and state.speaking.user_id in roles
    return replace(
        state,
        charter=charter,
        agenda=agenda,
        present=present,
        proxies=proxies,
        hands={user_id: since for user_id, since in state.hands.items() if user_id in roles},
        speaking=state.speaking if speaks else None,
    )


def _joined(state: MeetingState, joined: Joined, event: Event) -> MeetingState:
    """Another role of somebody who is present does not change since when they are."""
    before = state.present.get(event.actor)
    since = event.at if before is None else before.joined_at
    attendance = Attendance(joined.role, since)
    return replace(state, present={**state.present, event.actor: attendance})


def _moved(state: MeetingState, moved: AgendaMoved, at: datetime) -> MeetingState:
    agenda = tuple(
        _in_status(item, moved.status, at) if item.id == moved.item_id else item
        for item in state.agenda
    )
    starts = moved.status is ItemStatus.IN_PROGRESS and state.started_at is None
    return replace(state, agenda=agenda, started_at=at if starts else state.started_at)


def _in_status(item: Item, status: ItemStatus, at: datetime) -> Item:
    """The item in its new status; taken up again, it starts and will be completed anew."""
    if item.status is status:
        return item
    match status:
        case ItemStatus.PENDING:
            return replace(item, status=status, started_at=None, completed_at=None)
        case ItemStatus.IN_PROGRESS:
            return replace(item, status=status, started_at=at, completed_at=None)
        case ItemStatus.COMPLETED:
            return replace(item, status=status, completed_at=at)
        case ItemStatus.DEFERRED:
            return replace(item, status=status, completed_at=None)
        case _:
            assert_never(status)


def _in_phase(state: MeetingState, phase: MeetingPhase, at: datetime) -> MeetingState:
    """The meeting in its new phase; observers go on from here when an executive session is over."""
    executive = phase is MeetingPhase.EXECUTIVE
    pauses = phase in (MeetingPhase.RECESS, MeetingPhase.ADJOURNED)
    return replace(
        state,
        phase=phase,
        speaking=None if pauses else state.speaking,
        hands={} if phase is MeetingPhase.ADJOURNED else state.hands,
        phase_since=at,
        started_at=state.started_at or at,
        before_executive=replace(state, before_executive=None) if executive else None,
    )


def _floor(
    state: MeetingState,
    what: HandRaised | HandLowered | SpeakerCalled | FloorYielded,
    event: Event,
) -> MeetingState:
    """Who asks for the floor, and who has it."""
    match what:
        case HandRaised():
            return replace(state, hands={**state.hands, event.actor: event.at})
        case HandLowered(user_id=user_id):
            return replace(state, hands=_without(state.hands, user_id))
        case SpeakerCalled(user_id=user_id):
            hands = _without(state.hands, user_id)
            return replace(state, hands=hands, speaking=Speaking(user_id, event.at))
        case FloorYielded():
            return replace(state, speaking=None)


def _off_the_floor(state: MeetingState, user_id: str) -> MeetingState:
    """The meeting without somebody who spoke or was to speak."""
    speaks = state.speaking is not None and state.speaking.user_id == user_id
    hands = _without(state.hands, user_id) if user_id in state.hands else state.hands
    return replace(state, hands=hands, speaking=None if speaks else state.speaking)


def _hiding(state: MeetingState, about: str) -> MeetingState:
    """What is moved and decided in executive session stays there."""
    if state.phase is not MeetingPhase.EXECUTIVE:
        return state
    return replace(state, hidden=state.hidden | {about})


def _opened(state: MeetingState, opened: DecisionOpened, at: datetime) -> MeetingState:
    motions = with_question(state.motions, opened)
    opened = opened.model_copy(update={"electors": _known_electors(state, opened.electors)})
    decision = Decision(opened, at, recused=opened.recused)
    hidden = state.hidden
    if state.phase is not MeetingPhase.EXECUTIVE:
        # A motion that is put to the vote before observers is theirs to know.
        hidden = hidden.difference({opened.motion_id})
    return _with_decision(replace(state, motions=motions, hidden=hidden), decision)


def _recused(state: MeetingState, recused: Recused, actor: str) -> MeetingState:
    """The member is no elector of what is open now, nor of what will be."""
    recusal = Recusal(actor, recused.decision_id, recused.item_id)
    decisions = {
        decision_id: replace(decision, recused=(*decision.recused, actor))
        if decision.closed is None and recusal.concerns(decision_id, decision.opened.item_id)
        else decision
        for decision_id, decision in state.decisions.items()
    }
    return replace(state, decisions=decisions, recusals=(*state.recusals, recusal))


def _known_electors(state: MeetingState, electors: tuple[Elector, ...]) -> tuple[Elector, ...]:
    """The same, as the decision before has them: a hundred of them need not be there twice."""
    before = [decision.opened.electors for decision in state.decisions.values()][-1:]
    if electors in before:
        return before[0]
    known = {elector: elector for last in before for elector in last}
    return tuple(known.get(elector, elector) for elector in electors)


def _with_decision(state: MeetingState, decision: Decision) -> MeetingState:
    decisions = {**state.decisions, decision.opened.decision_id: decision}
    return replace(state, decisions=decisions)


def _with_ballot(
    state: MeetingState, decision: Decision, voter: str, ballot: Ballot
) -> MeetingState:
    ballots = {**decision.ballots, voter: ballot}
    return _with_decision(state, replace(decision, ballots=ballots))


def _voted(state: MeetingState, cast: VoteRecorded, event: Event) -> MeetingState:
    cast_by = None if cast.on_behalf_of is None else event.actor
    ballot = Ballot(cast.vote_id, cast.vote, cast.comment, event.at, cast_by=cast_by)
    return _with_ballot(state, state.decisions[cast.decision_id], event.voter, ballot)


def _sealed(state: MeetingState, sealed: BallotSealed, voter: str) -> MeetingState:
    """The vote that the `VoteRecorded` before it did not tell."""
    decision = state.decisions[sealed.decision_id]
    ballot = replace(
        decision.ballots[voter],
        vote=sealed.vote,
        sealed_comment=sealed.comment,
        words=sealed.words,
    )
    return _with_ballot(state, decision, voter, ballot)


def _closed(state: MeetingState, closed: DecisionClosed, at: datetime) -> MeetingState:
    """The decision at its end; from here on nobody can tell who voted how in a secret ballot."""
    decision = state.decisions.get(closed.decision_id)
    if decision is None:
        return replace(state, withdrawn=state.withdrawn | {closed.decision_id})
    ballots = decision.ballots
    if decision.opened.secret:
        ballots = {
            voter: replace(ballot, vote=None, sealed_comment=None, words=None)
            for voter, ballot in ballots.items()
        }
    motions = with_result(state.motions, decision.opened, closed.result)
    ended = replace(
        decision,
        ballots=PackedBallots(ballots, _voters(state, decision)),
        closed=closed,
        closed_at=at,
        after_adjournment=state.phase is MeetingPhase.ADJOURNED,
    )
    return _with_decision(replace(state, motions=motions), ended)


def _voters(state: MeetingState, decision: Decision) -> Iterable[str]:
    """Who might have voted on a decision, as ballots are packed for them."""
    packed = (each.ballots for each in reversed(tuple(state.decisions.values())))
    earlier = next((each for each in packed if isinstance(each, PackedBallots)), None)
    electors = (elector.user_id for elector in decision.opened.electors)
    return electors if earlier is None else earlier.places
