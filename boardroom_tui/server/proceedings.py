"""Chat, agenda, votes, decisions: requests that become commands, and what comes of them."""

import secrets
from typing import assert_never

from boardroom_tui.meeting.commands import (
    CastVote,
    CloseDecision,
    Command,
    MoveAgenda,
    OpenDecision,
    Refusal,
    Say,
    WithdrawDecision,
)
from boardroom_tui.meeting.events import SERVER, AgendaMoved, DecisionOpened, Event
from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.identifiers import Kind, channel
from boardroom_tui.protocol.messages.decision import (
    DecisionClose,
    DecisionOpen,
    DecisionWithdraw,
    VoteCast,
)
from boardroom_tui.protocol.messages.meeting import AgendaSet, ChatSend
from boardroom_tui.record.entry import RememberedRequest
from boardroom_tui.record.journal import Journal, JournalError
from boardroom_tui.server.announcements import agenda_update, announcements
from boardroom_tui.server.channels import Cause, Channels, Together
from boardroom_tui.server.notifications import Notifications
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.requests import Requests, digest
from boardroom_tui.server.room import NOT_READ, Order, Outcome, Recorded, Room, Step
from boardroom_tui.server.rooms import Rooms, Seat

Motion = ChatSend | AgendaSet | VoteCast | DecisionOpen | DecisionClose | DecisionWithdraw
"""What a member can ask of a meeting that is written down."""

MOST_STEPS = 2
"""A request's answer is not further than this from the first event that it caused."""


def _new(kind: str) -> str:
    return f"{kind}_{secrets.token_hex(10)}"


class Proceedings:
    """What is done in meetings and goes on record."""

    def __init__(
        self,
        rooms: Rooms,
        channels: Channels,
        notifications: Notifications,
        requests: Requests,
        journal: Journal,
    ) -> None:
        self._rooms = rooms
        self._channels = channels
        self._notifications = notifications
        self._requests = requests
        self._journal = journal
        for room in rooms:
            room.passed = _Follower(self, room)

    async def handle(self, peer: Peer, request: Motion) -> Refusal | None:
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
        command = command_for(seat, request)
        await seat.room.submit(Order(command, settle, remembered, peer.user))
        return None

    def announce(self, room: Room, step: Step, cause: Cause | None) -> None:
        """Tell everybody whom it concerns what happened."""
        actor = None if step.event.actor == SERVER else step.event.actor
        if isinstance(step.event.what, DecisionOpened):
            decision = channel(Kind.DECISION, step.event.what.decision_id)
            for peer in self._channels.listeners(Together(room.id)):
                self._channels.add(peer, [decision])
        for said in announcements(step.event, room.id, step.after):
            self._channels.publish(said.message, said.to, cause=cause, user_id=actor)
        self._notifications.follow(room, step)

    def _seat(self, peer: Peer, request: Motion) -> Seat | Refusal:
        match request:
            case ChatSend() | AgendaSet() | DecisionOpen():
                return self._rooms.seat(peer, request.data.meeting_id)
            case VoteCast() | DecisionClose() | DecisionWithdraw():
                return self._rooms.seat_at_decision(peer, request.data.decision_id)
            case _:
                assert_never(request)

    def _settle(self, room: Room, cause: Cause, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            cause.peer.refuse(cause.request, outcome)
            return
        for step in outcome.steps:
            self.announce(room, step, cause)
        if not outcome.steps and isinstance(cause.request, AgendaSet):
            item = outcome.state.item(cause.request.data.item_id)
            if item is not None:
                cause.peer.answer(cause.request, agenda_update(room.id, outcome.state, item))

    async def _answer_again(
        self, peer: Peer, request: Motion, known: RememberedRequest
    ) -> Refusal | None:
        """The first answer again: it is made of the event that the request caused."""
        room = self._rooms.find(known.meeting_id)
        if room is None:
            return NOT_READ
        async for event in self._journal.follow(known.meeting_id, known.sequence - 1):
            if event.sequence > known.sequence + MOST_STEPS:
                break
            for message in _answers(event, room, request):
                peer.answer(request, message)
                return None
        return NOT_READ


class _Follower:
    """Announces what nobody asked for: the ends that deadlines bring."""

    def __init__(self, proceedings: Proceedings, room: Room) -> None:
        self._proceedings = proceedings
        self._room = room

    def __call__(self, outcome: Outcome) -> None:
        if isinstance(outcome, Recorded):
            for step in outcome.steps:
                self._proceedings.announce(self._room, step, None)


def _answers(event: Event, room: Room, request: Motion) -> list[ServerMessage]:
    """What of an event answers the request; taking up an item completes another one first."""
    what = event.what
    asked_item = request.data.item_id if isinstance(request, AgendaSet) else None
    if isinstance(what, AgendaMoved) and what.item_id != asked_item:
        return []
    said = announcements(event, room.id, room.state)
    return [one.message for one in said if one.message.type in request.answers]


def command_for(seat: Seat, request: Motion) -> Command:
    """What a request asks of the meeting, with the ids that its effects will have."""
    user_id, role = seat.member.id, seat.role
    match request:
        case ChatSend(data=data):
            return Say(user_id, role, _new("msg"), data.message, data.reply_to)
        case AgendaSet(data=data):
            return MoveAgenda(user_id, role, data.item_id, data.status)
        case VoteCast(data=data):
            return CastVote(user_id, role, data.decision_id, _new("vote"), data.vote, data.comment)
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
            )
        case DecisionClose(data=data):
            return CloseDecision(user_id, role, data.decision_id)
        case DecisionWithdraw(data=data):
            return WithdrawDecision(user_id, role, data.decision_id)
        case _:
            assert_never(request)
