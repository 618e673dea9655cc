"""Chat, agenda, votes, decisions: requests that become commands, and what comes of them."""

import secrets
from collections.abc import Iterator, Sequence
from functools import partial

from boardroom_tui.meeting.commands import (
    CallRoll,
    CallSpeaker,
    CastVote,
    CloseDecision,
    Command,
    LowerHand,
    MoveAgenda,
    OpenDecision,
    RaiseHand,
    RecordApology,
    Refusal,
    Say,
    SetPhase,
    WithdrawDecision,
    YieldFloor,
)
from boardroom_tui.meeting.comments import sealed_comments
from boardroom_tui.meeting.events import SERVER, AgendaMoved, DecisionClosed, DecisionOpened, Event
from boardroom_tui.meeting.evolve import fold
from boardroom_tui.meeting.reminding import to_be_reminded
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.identifiers import Kind, channel
from boardroom_tui.protocol.limits import COMMENTS_CHARACTERS
from boardroom_tui.protocol.messages.attendance import ApologyRecord, RollCall
from boardroom_tui.protocol.messages.decision import (
    DecisionClose,
    DecisionComments,
    DecisionCommentsGet,
    DecisionOpen,
    DecisionWithdraw,
    SealedCopy,
    VoteCast,
)
from boardroom_tui.protocol.messages.electorate import DecisionRemind, DecisionReminded
from boardroom_tui.protocol.messages.life import PhaseSet
from boardroom_tui.protocol.messages.meeting import AgendaSet, ChatSend
from boardroom_tui.protocol.messages.speaker import (
    SpeakerCall,
    SpeakerLower,
    SpeakerRaise,
    SpeakerYield,
)
from boardroom_tui.record.entry import RememberedRequest
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.problems import JournalError
from boardroom_tui.server.announcements import announcements
from boardroom_tui.server.channels import Cause, Channels, Together
from boardroom_tui.server.floor import FloorRequest, floor_command
from boardroom_tui.server.joining import tell_state
from boardroom_tui.server.notifications import Notifications
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.presence import PresenceBoard
from boardroom_tui.server.requests import Requests, digest
from boardroom_tui.server.room import NOT_READ, Order, Outcome, Recorded, Room
from boardroom_tui.server.rooms import Rooms, Seat
from boardroom_tui.server.step import Step

InMeeting = (
    ChatSend
    | AgendaSet
    | PhaseSet
    | RollCall
    | ApologyRecord
    | SpeakerRaise
    | SpeakerLower
    | SpeakerCall
    | SpeakerYield
    | DecisionOpen
    | FloorRequest
)
"""What names its meeting."""

Lasting = InMeeting | VoteCast | DecisionClose | DecisionWithdraw
"""What a member can ask of a meeting that is written down."""

MOST_EVENTS = 2
"""A request's answer is made of one of so many events, from the first that it caused."""


def _new(kind: str) -> str:
    return f"{kind}_{secrets.token_hex(10)}"


class Proceedings:
    """What is done in meetings and goes on record."""

    def __init__(
        self,
        rooms: Rooms,
        channels: Channels,
        notifications: Notifications,
        *,
        presence: PresenceBoard,
        requests: Requests,
        journal: Journal,
    ) -> None:
        self._rooms = rooms
        self._channels = channels
        self._presence = presence
        self._notifications = notifications
        self._requests = requests
        self._journal = journal
        for room in rooms:
            room.passed = partial(self._deadlines_passed, room)

    async def handle(self, peer: Peer, request: Lasting) -> Refusal | None:
        """Ask a meeting for something; the answer comes when it is on disk."""
        seat = self._seat(peer, request)
        if isinstance(seat, Refusal):
            return seat
        try:
            known = await self._requests.admit(peer.user, request)
            if isinstance(known, RememberedRequest):
                return await self._answer_again(peer, request, known)
        except JournalError:
            self._requests.finish(peer.user, request, accepted=False)
            return NOT_READ
        if known is not None:
            return known

        def settle(outcome: Outcome) -> None:
            self._requests.finish(peer.user, request, accepted=not isinstance(outcome, Refusal))
            self._settle(seat.room, Cause(peer, request), outcome)

        remembered = None if request.id is None else (request.id, digest(request))
        await seat.room.submit(Order(command_for(seat, request), settle, remembered))
        return None

    def tell_comments(self, peer: Peer, request: DecisionCommentsGet) -> Refusal | None:
        """Answer a facilitator with the sealed comments of a secret ballot that is over."""
        seat = self._rooms.seat_at_decision(peer, request.data.decision_id)
        if isinstance(seat, Refusal):
            return seat
        comments = sealed_comments(
            seat.room.state, seat.member.id, seat.role, request.data.decision_id
        )
        if isinstance(comments, Refusal):
            return comments
        data = DecisionComments.Data(
            decision_id=request.data.decision_id,
            comments=tuple(_in_one_message(comments[request.data.after :])),
            total=len(comments),
        )
        peer.answer(request, DecisionComments(data=data))
        return None

    def remind(self, peer: Peer, request: DecisionRemind) -> Refusal | None:
        """Remind those who are here and have not voted, for a facilitator."""
        seat = self._rooms.seat_at_decision(peer, request.data.decision_id)
        if isinstance(seat, Refusal):
            return seat
        reminded = to_be_reminded(
            seat.room.state, seat.member.id, seat.role, request.data.decision_id
        )
        if isinstance(reminded, Refusal):
            return reminded
        decision, user_ids = reminded
        if user_ids:
            refusal = self._notifications.remind(seat.room, decision, user_ids)
            if refusal is not None:
                return refusal
        data = DecisionReminded.Data(decision_id=request.data.decision_id, reminded=len(user_ids))
        peer.answer(request, DecisionReminded(data=data))
        return None

    def _announce(self, room: Room, step: Step, cause: Cause | None) -> None:
        """Tell everybody whom it concerns what happened."""
        actor = None if step.event.actor == SERVER else step.event.actor
        if isinstance(step.event.what, DecisionOpened):
            decision = channel(Kind.DECISION, step.event.what.decision_id)
            for peer in self._channels.listeners(Together(room.id)):
                self._channels.add(peer, [decision])
        tally = not step.tally_follows
        for said in announcements(step.event, room.id, step.after, tally=tally):
            self._channels.publish(
                said.message,
                said.to,
                cause=cause,
                user_id=actor,
                hears=room.hears if said.hidden else None,
                event=step.event,
            )
        if isinstance(step.event.what, DecisionClosed):
            self._channels.close(channel(Kind.DECISION, step.event.what.decision_id))
        if step.before.before_executive is not None and step.after.before_executive is None:
            self._let_in(room, step.after)
        self._notifications.follow(room, step)

    def _let_in(self, room: Room, state: MeetingState) -> None:
        """Tell observers how the meeting stands after an executive session."""
        for peer in self._channels.listeners(Together(room.id)):
            if not room.hears(peer):
                tell_state(peer, room, state, self._presence)

    def _seat(self, peer: Peer, request: Lasting) -> Seat | Refusal:
        if isinstance(request, InMeeting):
            return self._rooms.seat(peer, request.data.meeting_id)
        return self._rooms.seat_at_decision(peer, request.data.decision_id)

    def _settle(self, room: Room, cause: Cause, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            cause.peer.refuse(cause.request, outcome)
            return
        for step in outcome.steps:
            self._announce(room, step, cause)

    def _deadlines_passed(self, room: Room, outcome: Outcome) -> None:
        """Announce what nobody asked for."""
        if isinstance(outcome, Recorded):
            for step in outcome.steps:
                self._announce(room, step, None)

    async def _answer_again(
        self, peer: Peer, request: Lasting, known: RememberedRequest
    ) -> Refusal | None:
        """The first answer again: it is made of the event that the request caused."""
        meeting_id = known.meeting_id
        room = self._rooms.find(meeting_id)
        caused = await self._journal.events(meeting_id, known.sequence - 1, at_most=MOST_EVENTS)
        event = next((event for event in caused if _is_answer(event, request)), None)
        if room is None or event is None:
            return NOT_READ
        state = room.state
        if isinstance(request, AgendaSet | DecisionOpen | FloorRequest):
            # What these answer tells how the meeting stood then.
            state = fold(await self._journal.events(meeting_id, at_most=event.sequence))
        for said in announcements(event, room.id, state):
            if said.message.type in request.answers:
                peer.answer(request, said.message, event)
        return None


def _is_answer(event: Event, request: Lasting) -> bool:
    """Whether a request is answered by this event; taking up an item completes another first."""
    if isinstance(request, AgendaSet):
        return isinstance(event.what, AgendaMoved) and event.what.item_id == request.data.item_id
    return True


def _in_one_message(copies: Sequence[SealedCopy]) -> Iterator[SealedCopy]:
    """As many of the copies as a frame holds, from the first."""
    left = COMMENTS_CHARACTERS
    for copy in copies:
        left -= len(copy.model_dump_json())
        if left < 0:
            return
        yield copy


def command_for(  # noqa: PLR0912  (a branch for each request is the point of it)
    seat: Seat, request: Lasting
) -> Command:
    """What a request asks of the meeting, with the ids that its effects will have."""
    user_id, role = seat.member.id, seat.role
    match request:
        case ChatSend(data=data):
            return Say(user_id, role, _new("msg"), data.message, data.reply_to)
        case AgendaSet(data=data):
            return MoveAgenda(user_id, role, data.item_id, data.status, data.confirms)
        case PhaseSet(data=data):
            return SetPhase(user_id, role, data.phase, data.confirms)
        case RollCall():
            return CallRoll(user_id, role)
        case ApologyRecord(data=data):
            return RecordApology(user_id, role, data.member_id, data.withdrawn)
        case SpeakerRaise():
            return RaiseHand(user_id, role)
        case SpeakerLower(data=data):
            return LowerHand(user_id, role, data.member_id)
        case SpeakerCall(data=data):
            return CallSpeaker(user_id, role, data.member_id)
        case SpeakerYield():
            return YieldFloor(user_id, role)
        case VoteCast(data=data):
            return CastVote(
                user_id=user_id,
                role=role,
                decision_id=data.decision_id,
                vote_id=_new("vote"),
                vote=data.vote,
                comment=data.comment,
                sealed_comment=data.sealed_comment,
                on_behalf_of=data.on_behalf_of,
                words=data.words,
            )
        case DecisionOpen(data=data):
            return OpenDecision(
                user_id=user_id,
                role=role,
                new_id=_new("decision"),
                prepared=data.decision_id,
                title=data.title,
                text=data.text,
                item_id=data.item_id,
                threshold=data.threshold,
                base=data.base,
                quorum=data.quorum,
                secret=data.secret,
                auto_close=data.auto_close,
                deadline=data.deadline,
                duration_seconds=data.duration_seconds,
                confirms=data.confirms,
                method=data.method,
                motion=data.motion_id,
            )
        case DecisionClose(data=data):
            return CloseDecision(user_id, role, data.decision_id, data.confirms, data.casting_vote)
        case DecisionWithdraw(data=data):
            return WithdrawDecision(user_id, role, data.decision_id)
        case _:
            return floor_command(user_id, role, request, _new("motion"))
