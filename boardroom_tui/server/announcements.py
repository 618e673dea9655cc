"""What a meeting's events say on the wire, and who hears of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar, assert_never

from boardroom_tui.meeting.counting import not_voted, summary
from boardroom_tui.meeting.events import (
    AgendaMoved,
    ApologyRecorded,
    BallotSealed,
    Convened,
    DecisionClosed,
    DecisionOpened,
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
from boardroom_tui.meeting.executive import hides, is_hidden
from boardroom_tui.meeting.state import ChatEntry, Decision, Item, MeetingState, Motion
from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.fields import Guards, MeetingPhase, Method
from boardroom_tui.protocol.identifiers import Channel, Kind, channel
from boardroom_tui.protocol.limits import NOT_VOTED_TOLD
from boardroom_tui.protocol.messages import decision as wire
from boardroom_tui.protocol.messages.electorate import DecisionRecused
from boardroom_tui.protocol.messages.life import PhaseUpdate
from boardroom_tui.protocol.messages.meeting import AgendaUpdate, ChatMessage, ItemDetails
from boardroom_tui.protocol.messages.motion import Motion as WireMotion
from boardroom_tui.protocol.messages.motion import MotionUpdate
from boardroom_tui.protocol.messages.proxy import ProxyUpdate
from boardroom_tui.server.attendance import apology_update, roll_called, speaker_queue

_Question = TypeVar("_Question", bound=wire.Question)
_Motion = TypeVar("_Motion", bound=WireMotion)


@dataclass(frozen=True, slots=True)
class Announcement:
    """A message and where it goes; nowhere means to whoever caused it, alone."""

    message: ServerMessage
    to: tuple[Channel, ...]
    hidden: bool = False
    """Whether observers hear nothing of it."""


def announcements(
    event: Event, meeting_id: str, state: MeetingState, *, tally: bool = True
) -> Iterator[Announcement]:
    """What is said of an event that led to `state`, in this order; the `tally` with a vote.

    Coming and going is not here: who hears of it depends on the connections.
    """
    hidden = is_hidden(event, state)
    for said in _said(event, meeting_id, state, tally=tally):
        # A motion that is known may have been put to a vote that is not.
        if isinstance(said.message, MotionUpdate):
            yield replace(said, hidden=hides(state, said.message.data.motion_id))
        else:
            yield replace(said, hidden=hidden)


def _said(  # noqa: PLR0912  (a branch for each kind of event is the point of it)
    event: Event, meeting_id: str, state: MeetingState, *, tally: bool
) -> Iterator[Announcement]:
    what = event.what
    to_all = (channel(Kind.MEETING, meeting_id),)
    match what:
        case Said():
            entry = ChatEntry(what.message_id, event.actor, what.text, what.reply_to, event.at)
            yield Announcement(chat_message(meeting_id, state, entry), to_all)
        case AgendaMoved():
            item = state.item(what.item_id)
            if item is not None:
                overrides = what.overrides or None
                yield Announcement(agenda_update(meeting_id, state, item, overrides), to_all)
        case PhaseChanged():
            yield Announcement(phase_update(meeting_id, event, what), to_all)
            if what.phase in (MeetingPhase.RECESS, MeetingPhase.ADJOURNED):
                yield Announcement(speaker_queue(meeting_id, state), to_all)
        case RollCalled():
            yield Announcement(roll_called(meeting_id, event, what), to_all)
        case ApologyRecorded():
            yield Announcement(apology_update(meeting_id, event, what), to_all)
        case HandRaised() | HandLowered() | SpeakerCalled() | FloorYielded():
            yield Announcement(speaker_queue(meeting_id, state), to_all)
        case DecisionOpened():
            decision = state.decisions[what.decision_id]
            yield Announcement(decision_opened(meeting_id, decision), to_all)
            yield _to_voters(what.decision_id, vote_update(state, decision))
            yield from _motion_put(meeting_id, state, decision)
        case VoteRecorded():
            decision = state.decisions[what.decision_id]
            yield Announcement(vote_received(event, what), ())
            yield from _own_votes(meeting_id, event, what)
            if decision.opened.method is Method.ROLL_CALL:
                yield _to_voters(what.decision_id, vote_named(event, what))
            if tally:
                yield _to_voters(what.decision_id, vote_update(state, decision))
        case DecisionClosed():
            yield _to_voters(what.decision_id, wire.DecisionResult(data=outcome(what, event.at)))
            yield from _motion_put(meeting_id, state, state.decisions.get(what.decision_id))
        case ProxyGiven() | ProxyRevoked():
            holder = state.proxies.get(event.actor)
            data = ProxyUpdate.Data(meeting_id=meeting_id, giver=event.actor, to=holder)
            yield Announcement(ProxyUpdate(data=data), to_all)
        case Recused():
            yield Announcement(_recused(meeting_id, what, event.actor), to_all)
            for decision in _concerned(state, event.actor):
                yield _to_voters(decision.opened.decision_id, vote_update(state, decision))
        case (
            MotionMade()
            | MotionSeconded()
            | MotionAmended()
            | MotionWithdrawn()
            | MotionPostponed()
            | MotionReferred()
        ):
            stands = motion(MotionUpdate.Data, meeting_id, state.motions[what.motion_id])
            yield Announcement(MotionUpdate(data=stands), to_all)
        case Convened() | Joined() | Left() | BallotSealed():
            return
        case _:
            assert_never(what)


def _to_voters(decision_id: str, message: ServerMessage) -> Announcement:
    return Announcement(message, (channel(Kind.DECISION, decision_id),))


def _motion_put(
    meeting_id: str, state: MeetingState, decision: Decision | None
) -> Iterator[Announcement]:
    """How the motion stands that a decision puts to the vote, if it puts one."""
    motion_id = None if decision is None else decision.opened.motion_id
    put = state.motions.get(motion_id or "")
    if put is not None:
        update = MotionUpdate(data=motion(MotionUpdate.Data, meeting_id, put))
        yield Announcement(update, (channel(Kind.MEETING, meeting_id),))


def _concerned(state: MeetingState, user_id: str) -> Iterator[Decision]:
    """The open decisions in which somebody takes no part."""
    for decision in state.decisions.values():
        if decision.closed is None and user_id in decision.recused:
            yield decision


def _recused(meeting_id: str, recused: Recused, user_id: str) -> DecisionRecused:
    return DecisionRecused(
        data=DecisionRecused.Data(
            meeting_id=meeting_id,
            user_id=user_id,
            decision_id=recused.decision_id,
            item_id=recused.item_id,
        )
    )


def motion(kind: type[_Motion], meeting_id: str, stands: Motion) -> _Motion:
    """A motion from the floor as it stands."""
    return kind(
        meeting_id=meeting_id,
        motion_id=stands.id,
        item_id=stands.item_id,
        title=stands.wording.title,
        text=stands.wording.text,
        mover=stands.mover,
        seconder=stands.seconder,
        status=stands.status,
        moved_at=stands.wordings[0].at,
        amendments=len(stands.wordings) - 1,
        referred_to=stands.referred_to,
        decision_id=stands.decision_id,
    )


def chat_message(meeting_id: str, state: MeetingState, entry: ChatEntry) -> ChatMessage:
    """Something that was said, under its author's name as the file has it now."""
    author = state.member(entry.user_id)
    return ChatMessage(
        data=ChatMessage.Data(
            meeting_id=meeting_id,
            message_id=entry.message_id,
            user_id=entry.user_id,
            user_name=entry.user_id if author is None else author.name,
            message=entry.text,
            reply_to=entry.reply_to,
            timestamp=entry.at,
        )
    )


def agenda_update(
    meeting_id: str, state: MeetingState, item: Item, overrides: Guards | None
) -> AgendaUpdate:
    """An agenda item as it stands, and which one is in progress."""
    return AgendaUpdate(
        data=AgendaUpdate.Data(
            meeting_id=meeting_id,
            current_item=state.current_item,
            total_items=len(state.agenda),
            item_details=ItemDetails(
                id=item.id, title=item.title, status=item.status, started_at=item.started_at
            ),
            overrides=overrides,
        )
    )


def phase_update(meeting_id: str, event: Event, changed: PhaseChanged) -> PhaseUpdate:
    """What the meeting was called to, when and by whom."""
    return PhaseUpdate(
        data=PhaseUpdate.Data(
            meeting_id=meeting_id,
            phase=changed.phase,
            since=event.at,
            by=event.actor,
            overrides=changed.overrides,
        )
    )


def decision_opened(meeting_id: str, decision: Decision) -> wire.DecisionOpened:
    """The whole of a decision that is open now."""
    return wire.DecisionOpened(data=question(wire.DecisionOpened.Data, meeting_id, decision))


def question(kind: type[_Question], meeting_id: str, decision: Decision) -> _Question:
    """A decision as it was put."""
    opened = decision.opened
    return kind(
        meeting_id=meeting_id,
        decision_id=opened.decision_id,
        item_id=opened.item_id,
        title=opened.title,
        text=opened.text,
        threshold=opened.threshold,
        base=opened.base,
        quorum=opened.quorum,
        secret=opened.secret,
        auto_close=opened.auto_close,
        status=decision.status,
        deadline=opened.deadline,
        opened_at=decision.opened_at,
        method=opened.method,
        motion_id=opened.motion_id,
        mover=opened.mover,
        seconder=opened.seconder,
        recused=decision.recused,
        overrides=opened.overrides,
    )


def vote_update(state: MeetingState, decision: Decision) -> wire.VoteUpdate:
    """The tally as it may be shown now."""
    return wire.VoteUpdate(
        data=wire.VoteUpdate.Data(
            decision_id=decision.opened.decision_id,
            vote_summary=summary(decision),
            status=decision.status,
            deadline=decision.opened.deadline,
            voters=len(decision.ballots),
            not_voted=missing_voters(state, decision),
        )
    )


def missing_voters(state: MeetingState, decision: Decision) -> tuple[str, ...] | None:
    """Who has not voted yet, of whom a vote is wanted; nobody has to consent."""
    if decision.closed is not None or decision.opened.method is Method.CONSENT:
        return None
    present, absent = not_voted(state, decision, NOT_VOTED_TOLD)
    return (*present, *absent)[:NOT_VOTED_TOLD]


def vote_named(event: Event, cast: VoteRecorded) -> wire.VoteNamed:
    """How somebody voted in a roll call."""
    if cast.vote is None:
        raise ValueError("a roll call is never secret")
    return wire.VoteNamed(
        data=wire.VoteNamed.Data(
            decision_id=cast.decision_id,
            user_id=event.voter,
            vote=cast.vote,
            cast_by=None if cast.on_behalf_of is None else event.actor,
        )
    )


def _own_votes(meeting_id: str, event: Event, cast: VoteRecorded) -> Iterator[Announcement]:
    """To all devices of whoever voted, and of the other where it was done by proxy."""
    told = wire.OwnVoteUpdate.Data(
        meeting_id=meeting_id,
        decision_id=cast.decision_id,
        vote_id=cast.vote_id,
        vote=cast.vote,
        timestamp=event.at,
    )
    if cast.on_behalf_of is None:
        yield _to_user(event.actor, told)
        return
    yield _to_user(event.actor, told.model_copy(update={"on_behalf_of": cast.on_behalf_of}))
    yield _to_user(cast.on_behalf_of, told.model_copy(update={"cast_by": event.actor}))


def _to_user(user_id: str, own: wire.OwnVoteUpdate.Data) -> Announcement:
    return Announcement(wire.OwnVoteUpdate(data=own), (channel(Kind.USER, user_id),))


def vote_received(event: Event, vote: VoteRecorded) -> wire.VoteReceived:
    """That a vote is on disk; not what it was."""
    return wire.VoteReceived(
        data=wire.VoteReceived.Data(
            decision_id=vote.decision_id,
            vote_id=vote.vote_id,
            status="recorded",
            timestamp=event.at,
            on_behalf_of=vote.on_behalf_of,
        )
    )


def outcome(closed: DecisionClosed, at: datetime) -> wire.DecisionResult.Data:
    """How a decision ended, with the numbers that explain it."""
    return wire.DecisionResult.Data(
        decision_id=closed.decision_id,
        result=closed.result,
        final_votes=closed.final_votes,
        completed_at=at,
        arithmetic=closed.arithmetic,
        cause=closed.cause,
        casting_vote=closed.casting_vote,
        overrides=closed.overrides or None,
        printed=closed.printed or None,
    )
