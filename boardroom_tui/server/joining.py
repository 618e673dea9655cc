"""Coming and going: one user is one participant, whatever the number of connections."""

import asyncio
from collections.abc import Callable
from functools import partial

from boardroom_tui.meeting.charter import Member
from boardroom_tui.meeting.commands import Command, Leave, Refusal
from boardroom_tui.meeting.standing import lower
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.identifiers import Channel, Kind, bare
from boardroom_tui.protocol.messages.meeting import (
    LastHeard,
    MeetingJoin,
    MeetingLeave,
    ParticipantJoined,
    ParticipantLeft,
)
from boardroom_tui.server.attendance import attendance_changed
from boardroom_tui.server.channels import Cause, Channels, Together, Topic, Watch
from boardroom_tui.server.notifications import Notifications
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.presence import PresenceBoard
from boardroom_tui.server.room import Order, Outcome, Recorded, Room
from boardroom_tui.server.rooms import Rooms, Seat


class Joining:
    """Who has joined which meeting, on which connections."""

    def __init__(
        self,
        rooms: Rooms,
        channels: Channels,
        presence: PresenceBoard,
        notifications: Notifications,
        grace_seconds: float,
    ) -> None:
        self._rooms = rooms
        self._channels = channels
        self._presence = presence
        self._notifications = notifications
        self._grace = grace_seconds
        self._awaited: dict[tuple[str, str], asyncio.TimerHandle] = {}

    def resume(self, room: Room) -> None:
        """After a restart, those who were present get the grace to come back."""
        for user_id in room.state.present:
            member = room.state.member(user_id)
            if member is not None:
                self._await_return(room, member)

    def stop(self) -> None:
        """Wait for nobody any more: who is present now may come back after a restart."""
        for timer in self._awaited.values():
            timer.cancel()
        self._awaited.clear()

    async def join(self, peer: Peer, request: MeetingJoin) -> Refusal | None:
        """Let a connection join; its next message is taken up when that is done."""
        found = self._rooms.seat(peer, request.data.meeting_id)
        if isinstance(found, Refusal):
            return found
        room, member = found.room, found.member
        role = peer.capped(lower(member.role, request.data.role or member.role))
        seat = Seat(room, member, role)
        # Counted as here from now on, so that no grace runs out while the disk is busy.
        before = room.joined_as(peer)
        room.place(peer, role)

        def joined(recorded: Recorded) -> None:
            self._joined(seat, Cause(peer, request), recorded)

        outcome = await _carried_out(room, room.join_for(member), joined)
        if isinstance(outcome, Refusal):
            room.place(peer, before)
            return outcome
        return None

    async def leave(self, peer: Peer, request: MeetingLeave) -> Refusal | None:
        """Let a connection leave; its user is gone with the last one."""
        found = self._rooms.seat(peer, request.data.meeting_id)
        if isinstance(found, Refusal):
            return found
        room, member = found.room, found.member
        before = room.joined_as(peer)
        room.place(peer, None)

        def left(recorded: Recorded) -> None:
            self._channels.remove(peer, self._topics(room))
            self._drop_subscriptions(peer, room)
            self._left(room, member, recorded, Cause(peer, request))

        command = room.join_for(member) if room.is_here(member.id) else Leave(member.id)
        outcome = await _carried_out(room, command, left)
        if isinstance(outcome, Refusal):
            room.place(peer, before)
            return outcome
        return None

    def gone(self, peer: Peer, *, for_good: bool) -> None:
        """A connection is gone; unless it was closed in good order, it may come back."""
        for room in self._rooms:
            if room.joined_as(peer) is None:
                continue
            room.place(peer, None)
            member = room.member(peer)
            if member is None:
                continue
            if room.is_here(member.id):
                room.put(Order(room.join_for(member), partial(self._attendance_changed, room)))
            elif for_good:
                self._depart(room, member)
            else:
                self._await_return(room, member)

    def renewed(self, peer: Peer) -> None:
        """A new token may give a connection another role where it has joined."""
        for room, member in self._rooms.of_user(peer.user):
            if room.joined_as(peer) is not None:
                room.place(peer, room.role(peer, member))
                room.put(Order(room.join_for(member), partial(self._attendance_changed, room)))

    def _joined(self, seat: Seat, cause: Cause, recorded: Recorded) -> None:
        """Tell the meeting of a new participant, or a further connection alone of itself."""
        room, member, peer = seat.room, seat.member, cause.peer
        timer = self._awaited.pop((room.id, peer.user), None)
        if timer is not None:
            timer.cancel()
        self._channels.add(peer, self._topics(room))
        message = ParticipantJoined(
            data=ParticipantJoined.Data(
                meeting_id=room.id,
                participant=ParticipantJoined.Participant(
                    user_id=member.id,
                    name=member.name,
                    role=seat.role,
                    joined_at=recorded.state.present[member.id].joined_at,
                ),
                total_participants=len(recorded.state.present),
            )
        )
        is_new = any(member.id not in step.before.present for step in recorded.steps)
        if is_new:
            topics: list[Topic] = [room.channel]
            self._channels.publish(message, topics, cause=cause, user_id=member.id)
        else:
            peer.answer(cause.request, message)
        # After a restart somebody may be present of whom nobody knows yet how.
        arrives = is_new or not self._presence.is_known(member.id)
        if arrives:
            self._presence.arrived(seat)
        heard = cause.request.data.last_heard if isinstance(cause.request, MeetingJoin) else None
        tell_state(peer, room, recorded.state, self._presence, heard)
        if arrives:
            self._presence.tell(member.id)
        self._attendance_changed(room, recorded)
        self._notifications.catch_up(peer, room)

    def _left(
        self, room: Room, member: Member, recorded: Recorded, cause: Cause | None = None
    ) -> None:
        """Tell the meeting that a participant has left, or one connection that it has."""
        departed = any(member.id not in step.after.present for step in recorded.steps)
        message = ParticipantLeft(
            data=ParticipantLeft.Data(
                meeting_id=room.id,
                participant=ParticipantLeft.Participant(
                    user_id=member.id, name=member.name, left_at=room.now()
                ),
                total_participants=len(recorded.state.present),
            )
        )
        if departed:
            self._channels.publish(message, [room.channel], cause=cause, user_id=member.id)
            self._presence.departed(member.id)
        elif cause is not None:
            cause.peer.answer(cause.request, message)
        self._attendance_changed(room, recorded)

    def _attendance_changed(self, room: Room, outcome: Outcome) -> None:
        """Tell what coming, going or another role has done to the quorum and to the speakers."""
        for step in outcome.steps if isinstance(outcome, Recorded) else ():
            for turned in attendance_changed(room.id, step):
                hears = room.hears if turned.hidden else None
                self._channels.publish(
                    turned.message, [room.channel], hears=hears, event=step.event
                )

    def _await_return(self, room: Room, member: Member) -> None:
        key = (room.id, bare(Kind.USER, member.id))
        self._awaited[key] = asyncio.get_running_loop().call_later(
            self._grace, self._grace_over, room, member
        )

    def _grace_over(self, room: Room, member: Member) -> None:
        self._awaited.pop((room.id, bare(Kind.USER, member.id)), None)
        if not room.is_here(member.id):
            self._depart(room, member)

    def _depart(self, room: Room, member: Member) -> None:
        def left(outcome: Outcome) -> None:
            if isinstance(outcome, Recorded):
                self._left(room, member, outcome)
            elif not room.is_here(member.id):
                # The disk refused: they are still on record as present, so try once more later.
                self._await_return(room, member)

        room.put(Order(Leave(member.id), left))

    def _topics(self, room: Room) -> list[Topic]:
        """What a connection hears of by joining."""
        return [room.channel, Together(room.id), *room.decision_channels()]

    def _drop_subscriptions(self, peer: Peer, room: Room) -> None:
        """Leaving unsubscribes, also from what the client had subscribed to by itself."""
        own = [channel for channel in peer.subscriptions if _is_of(room, channel)]
        for channel in own:
            del peer.subscriptions[channel]
        self._channels.remove(peer, [Watch(room.id), *own])


def _is_of(room: Room, channel: Channel) -> bool:
    """Whether a channel is the meeting's own, or one of its decisions'."""
    if channel.kind is Kind.DECISION:
        return room.has_decision(channel.identifier)
    return channel == room.channel


def tell_state(
    peer: Peer,
    room: Room,
    state: MeetingState,
    presence: PresenceBoard,
    heard: LastHeard | None = None,
) -> None:
    """Tell a connection of a member how things stand, as far as that may be told in their role.

    What it has `heard` is left out where that can be.
    """
    member = room.member(peer)
    if member is not None:
        role = room.role(peer, member)
        presence_of = partial(presence.of, room)
        told = room.whole.told(state, member, role, presence_of, head=room.head, heard=heard)
        peer.tell(*told)


async def _carried_out(room: Room, command: Command, told: Callable[[Recorded], None]) -> Outcome:
    """Have a command carried out; `told` is called in the order of the meeting's events."""
    done: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

    def settle(outcome: Outcome) -> None:
        if isinstance(outcome, Recorded):
            told(outcome)
        if not done.done():
            done.set_result(outcome)

    await room.submit(Order(command, settle))
    return await done
