"""What members should know now: a vote opens, it is about to close, the meeting starts."""

import asyncio
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from weakref import WeakSet

from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.meeting.events import DecisionClosed, DecisionOpened
from boardroom_tui.meeting.finding import missing
from boardroom_tui.meeting.state import Decision
from boardroom_tui.protocol.authorisation import Resource
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import MeetingPhase, Method
from boardroom_tui.protocol.identifiers import Kind, bare, channel
from boardroom_tui.protocol.messages.notification import (
    Action,
    NotificationAcknowledge,
    NotificationSend,
)
from boardroom_tui.protocol.moment import rfc_3339
from boardroom_tui.server.channels import Channels
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.room import Room
from boardroom_tui.server.step import Step

START_IS_NEWS = timedelta(minutes=10)
"""How long it is worth telling that a meeting has started."""


BETWEEN_REMINDERS = timedelta(seconds=30)
"""So long nobody is reminded of the same vote again."""


_CALLED = {
    Method.VOTE: "{} is put to the vote.",
    Method.ROLL_CALL: "{} is put to a roll call.",
    Method.CONSENT: "Any objection? {}",
    Method.STRAW: "Straw poll: {}",
}


@dataclass(frozen=True, slots=True)
class _Notice:
    """A notification to the members of a meeting, and who has seen it."""

    room_id: str
    message: NotificationSend
    decision_id: str | None = None
    hidden: bool = False
    """Whether observers hear nothing of it."""
    to: frozenset[str] | None = None
    """Whom it is for, as users are compared; None: all members."""
    seen_by: set[str] = field(default_factory=set[str])
    sent_to: WeakSet[Peer] = field(default_factory=WeakSet[Peer])


class Notifications:
    """Notices that may still matter, until they are acknowledged or out of date."""

    def __init__(self, channels: Channels, warning_seconds: float) -> None:
        self._channels = channels
        self._warning = timedelta(seconds=warning_seconds)
        self._notices: dict[str, _Notice] = {}
        self._timers: dict[tuple[str, str], asyncio.TimerHandle] = {}
        self._reminded: dict[tuple[str, str], datetime] = {}

    def resume(self, room: Room) -> None:
        """Take up the votes that are open when the server starts."""
        for decision in room.state.decisions.values():
            if decision.closed is None:
                self._opened(room, decision)

    def follow(self, room: Room, step: Step) -> None:
        """Tell the members what a step in a meeting means for them."""
        match step.event.what:
            case DecisionOpened(decision_id=decision_id):
                self._opened(room, step.after.decisions[decision_id])
            case DecisionClosed(decision_id=decision_id):
                self._over(room, decision_id)
            case _ if step.before.started_at is None and step.after.started_at is not None:
                self._started(room, step.after.started_at)
            case _:
                pass

    def remind(self, room: Room, decision: Decision, user_ids: Sequence[str]) -> Refusal | None:
        """Tell these members that their vote is missing; refused if that was just done."""
        key, now = (room.id, decision.opened.decision_id), room.now()
        last = self._reminded.get(key)
        if last is not None and now - last < BETWEEN_REMINDERS:
            wait = max(1, -(-(last + BETWEEN_REMINDERS - now) // timedelta(seconds=1)))
            seconds = "a second" if wait == 1 else f"{wait} seconds"
            words = f"They were reminded a moment ago; wait {seconds}."
            return Refusal(ErrorCode.INVALID_MESSAGE, words, "reminded")
        self._reminded[key] = now
        self._send(
            room,
            "Your vote is missing",
            f"{decision.opened.title} is still open, and you have not voted.",
            "reminder",
            expires_at=decision.opened.deadline or now + BETWEEN_REMINDERS,
            decision_id=decision.opened.decision_id,
            to=user_ids,
        )
        return None

    def acknowledge(self, peer: Peer, request: NotificationAcknowledge) -> Refusal | None:
        """Take note that a user has seen a notification; it is not sent to them again."""
        notice_id = request.data.notification_id
        notice = self._notices.get(notice_id)
        if notice is None or peer not in notice.sent_to:
            return missing(Resource.NOTIFICATION, notice_id)
        notice.seen_by.add(peer.user)
        return None

    def catch_up(self, peer: Peer, room: Room) -> None:
        """Send somebody who has joined what they have missed and still should know."""
        now = room.now()
        for notice_id, notice in list(self._notices.items()):
            expires_at = notice.message.data.expires_at
            if expires_at is not None and expires_at <= now:
                del self._notices[notice_id]
            elif (
                notice.room_id == room.id
                and (notice.to is None or peer.user in notice.to)
                and peer.user not in notice.seen_by
                and peer not in notice.sent_to
                and (not notice.hidden or room.hears(peer))
            ):
                notice.sent_to.add(peer)
                peer.tell(notice.message)

    def stop(self) -> None:
        """Forget the time."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    def _opened(self, room: Room, decision: Decision) -> None:
        opened = decision.opened
        self._send(
            room,
            "Vote open",
            _CALLED[opened.method].format(opened.title),
            "decision",
            expires_at=opened.deadline,
            decision_id=opened.decision_id,
            # The same after a restart: whoever was told is not told again.
            of=f"{room.id} {opened.decision_id} {rfc_3339(decision.opened_at)}",
        )
        if opened.deadline is not None:
            ahead = min(self._warning, (opened.deadline - decision.opened_at) / 2)
            left = (opened.deadline - ahead - room.now()).total_seconds()
            self._timers[room.id, opened.decision_id] = asyncio.get_running_loop().call_later(
                max(left, 0.0), self._closing, room, decision, opened.deadline
            )

    def _closing(self, room: Room, decision: Decision, deadline: datetime) -> None:
        self._timers.pop((room.id, decision.opened.decision_id), None)
        left = max(1, round((deadline - room.now()).total_seconds()))
        self._send(
            room,
            "Vote closes soon",
            f"{decision.opened.title}: {left} {'second' if left == 1 else 'seconds'} left to vote.",
            "decision",
            expires_at=deadline,
            decision_id=decision.opened.decision_id,
        )

    def _over(self, room: Room, decision_id: str) -> None:
        self._reminded.pop((room.id, decision_id), None)
        timer = self._timers.pop((room.id, decision_id), None)
        if timer is not None:
            timer.cancel()
        self._notices = {
            notice_id: notice
            for notice_id, notice in self._notices.items()
            if (notice.room_id, notice.decision_id) != (room.id, decision_id)
        }

    def _started(self, room: Room, at: datetime) -> None:
        self._send(
            room,
            "Meeting starting",
            f"{room.charter.title} has begun.",
            "meeting",
            expires_at=at + START_IS_NEWS,
        )

    def _send(
        self,
        room: Room,
        title: str,
        text: str,
        category: str,
        *,
        expires_at: datetime | None,
        decision_id: str | None = None,
        to: Sequence[str] | None = None,
        of: str | None = None,
    ) -> None:
        """Notify these members, or all; what is `of` the same has the same id."""
        notice_id = f"notif_{secrets.token_hex(8) if of is None else _digest(of)}"
        meeting = bare(Kind.MEETING, room.id)
        if decision_id is None:
            action = Action(id="join", label="Join Meeting", url=f"/meetings/{meeting}")
        else:
            url = f"/decisions/{bare(Kind.DECISION, decision_id)}"
            action = Action(id="vote", label="Vote", url=url)
        message = NotificationSend(
            data=NotificationSend.Data(
                notification_id=notice_id,
                priority="high",
                title=title,
                message=text,
                category=category,
                actions=(action,),
                expires_at=expires_at,
            )
        )
        executive = room.state.phase is MeetingPhase.EXECUTIVE
        hidden = decision_id is not None and (executive or decision_id in room.state.hidden)
        hears = room.hears if hidden else None
        user_ids = [member.id for member in room.charter.members] if to is None else to
        receivers = None if to is None else frozenset(bare(Kind.USER, who) for who in to)
        notice = _Notice(room.id, message, decision_id, hidden, receivers)
        self._notices[notice_id] = notice
        topics = [channel(Kind.USER, user_id) for user_id in user_ids]
        notice.sent_to.update(self._channels.publish(message, topics, hears=hears))


def _digest(of: str) -> str:
    return hashlib.sha256(of.encode()).hexdigest()[:16]
