"""Requests of a client, and what a server says to them, for tests of what is asked and answered."""

from typing import Any

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.fields import Status, Vote
from boardroom_tui.protocol.messages.connection import Ping
from boardroom_tui.protocol.messages.decision import DecisionClose, VoteCast
from boardroom_tui.protocol.messages.presence import PresenceUpdate
from boardroom_tui.protocol.messages.subscription import Subscribe, Unsubscribe
from boardroom_tui.session.client import ClientSession
from boardroom_tui.session.client_output import ClientOutput, Settled
from tests.session.dialogue import client, connect, pong, ready
from tests.session.script import at, frame, only, written


def vote(decision_id: str = "decision_123") -> VoteCast:
    return VoteCast(data=VoteCast.Data(decision_id=decision_id, vote=Vote.APPROVE))


def subscribe(*channels: str) -> Subscribe:
    return Subscribe(data=Subscribe.Data(channels=channels))


def unsubscribe(*channels: str) -> Unsubscribe:
    return Unsubscribe(data=Unsubscribe.Data(channels=channels))


def presence(status: Status) -> PresenceUpdate:
    return PresenceUpdate(data=PresenceUpdate.Data(status=status))


def close_decision() -> DecisionClose:
    return DecisionClose(data=DecisionClose.Data(decision_id="decision_123"))


def correlated(correlation: str | None) -> dict[str, Any]:
    return {} if correlation is None else {"metadata": {"correlationId": correlation}}


def said(
    text: str = "Hello", *, by: str = "user_456", answering: str | None = None, number: int = 1
) -> str:
    data = {
        "meetingId": "meeting_123",
        "messageId": f"msg_{number}",
        "userId": by,
        "userName": "Somebody",
        "message": text,
        "timestamp": "2027-01-15T12:00:00Z",
    }
    return frame("meeting.chat.message", data, **correlated(answering))


def recorded(decision_id: str = "decision_123", *, answering: str | None = None) -> str:
    data = {
        "decisionId": decision_id,
        "voteId": "vote_1",
        "status": "recorded",
        "timestamp": "2027-01-15T12:00:00Z",
    }
    return frame("decision.vote.received", data, **correlated(answering))


def joined(user: str = "user_456", *, answering: str | None = None) -> str:
    participant = {
        "userId": user,
        "name": "Somebody",
        "role": "participant",
        "joinedAt": "2027-01-15T12:00:00Z",
    }
    data = {"meetingId": "meeting_123", "participant": participant, "totalParticipants": 1}
    return frame("meeting.participant.joined", data, **correlated(answering))


def subscribed(*channels: str, answering: str | None = None) -> str:
    data: dict[str, Any] = {"subscribed": list(channels), "failed": {}}
    return frame("subscription.update", data, **correlated(answering))


def limited(correlation: str | None, **retry: Any) -> str:
    return error("RATE_LIMITED", correlation, **retry)


def error(code: str, correlation: str | None, **more: Any) -> str:
    about = {} if correlation is None else {"correlationId": correlation}
    return frame("error", {"code": code, "message": "No", **about, **more})


def asked(outputs: list[ClientOutput]) -> list[ClientMessage]:
    """What was written, but for heartbeats."""
    return [message for message in written(outputs) if not isinstance(message, Ping)]


def ids(outputs: list[ClientOutput]) -> list[str | None]:
    return [message.id for message in asked(outputs)]


def settled(outputs: list[ClientOutput]) -> list[tuple[str | None, str]]:
    return [(out.request.id, out.answer.type) for out in only(Settled, outputs)]


def online(meeting_id: str | None = None, *, extended: bool = True) -> ClientSession:
    session = client(meeting_id)
    connect(session, 0, ready() if extended else ready(extensions=None))
    session.received(pong(), at(0))
    return session


def reconnect(session: ClientSession, seconds: float) -> list[ClientOutput]:
    session.lost(1006, "", 0.0, at(seconds))
    return connect(session, seconds)
