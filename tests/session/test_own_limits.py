"""A client keeps to the rate limits and paces by itself, before the server refuses anything."""

import json

import pytest

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.fields import Status
from boardroom_tui.protocol.limits import Limit, Rate
from boardroom_tui.protocol.messages.collaboration import CursorMove, Position, Typing
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.protocol.messages.notification import NotificationAcknowledge
from boardroom_tui.protocol.messages.presence import PresenceUpdate
from boardroom_tui.session.client import ClientSession
from boardroom_tui.session.client_output import ClientOutput
from boardroom_tui.session.connection import Held
from tests.session.asking import (
    asked,
    correlated,
    ids,
    online,
    presence,
    reconnect,
    said,
    settled,
    vote,
)
from tests.session.dialogue import chat, client, connect, pong, ready
from tests.session.script import at, frame, written


def say(session: ClientSession, count: int, seconds: float) -> list[str]:
    """Say so much at once; the ids of what was sent."""
    outputs = [output for _ in range(count) for output in session.send(chat(), at(seconds))[1]]
    return [str(message.id) for message in asked(outputs)]


def hear(session: ClientSession, sent: list[str], seconds: float) -> list[ClientOutput]:
    """The server answers all of it."""
    answers = [session.received(said(answering=one), at(seconds)) for one in sent]
    return [output for outputs in answers for output in outputs]


def typing(is_typing: bool) -> Typing:
    return Typing(data=Typing.Data(room_id="meeting_123", is_typing=is_typing))


def cursor(line: int, document: str = "doc_1") -> CursorMove:
    position = Position(line=line, column=1)
    return CursorMove(data=CursorMove.Data(document_id=document, position=position))


def test_what_would_be_over_the_limit_waits_here_and_says_for_what():
    session = online()
    sent = say(session, 33, 1)
    assert len(sent) == 30
    hear(session, sent, 1.5)
    assert session.connection.held == (Held(Rate.CHAT, 3, at(3.5).wall, Limit(30, 60)),)
    assert session.next_tick(at(1.5)) == pytest.approx(2.0)
    assert session.tick(at(3.4)) == []
    (one,) = ids(session.tick(at(3.501)))
    assert one is not None
    assert session.connection.held[0].count == 2
    hear(session, [one], 3.6)
    assert session.connection.held[0].until == at(5.5).wall


def test_without_an_answer_a_request_is_taken_to_have_come_after_a_while():
    session = online()
    assert len(say(session, 31, 1)) == 30
    session.received(pong(), at(9))
    assert asked(session.tick(at(10))) == []
    assert asked(session.tick(at(11))) == [], "counted only now"
    assert len(asked(session.tick(at(13.001)))) == 1


def test_a_vote_does_not_wait_behind_words_that_are_held_back():
    session = online()
    say(session, 40, 1)
    request_id, outputs = session.send(vote(), at(1))
    assert ids(outputs) == [request_id]


def test_the_connections_limit_leaves_room_for_votes():
    session = online()
    for number in range(200):
        seen = NotificationAcknowledge.Data(notification_id=f"n_{number}")
        session.send(NotificationAcknowledge(data=seen), at(1))
    assert say(session, 1, 1) == []
    assert session.connection.held[0].limit == Limit(100, 60)
    request_id, outputs = session.send(vote(), at(1))
    assert ids(outputs) == [request_id]


def test_the_users_limits_last_longer_than_a_connection_and_the_connections_do_not():
    session = online()
    hear(session, say(session, 30, 1), 1)
    assert [type(message) for message in asked(reconnect(session, 2))] == []
    assert say(session, 1, 2) == []
    assert len(asked(session.tick(at(3.001)))) == 1


def test_what_was_on_its_way_when_the_connection_broke_counts():
    session = online()
    say(session, 30, 1)
    outputs = reconnect(session, 2)
    assert asked(outputs) == [], "they may have come, and would be refused now"
    assert session.connection.held[0].count == 30


def test_a_server_that_tells_its_own_limits_is_believed():
    limits = {"chat": {"limit": 50, "window": 30}, "kitchen": {"limit": 1, "window": 60}}
    first = json.loads(ready())
    first["data"]["rateLimits"] = limits
    session = client()
    connect(session, 0, json.dumps(first))
    session.received(pong(), at(0))
    assert len(say(session, 60, 1)) == 50
    assert session.connection.held[0].limit == Limit(50, 30)


@pytest.mark.parametrize(
    ("first", "second", "third", "pace"),
    [
        (cursor(1), cursor(2), cursor(3), 0.05),
        (typing(True), typing(True), typing(False), 1.0),
        (presence(Status.AWAY), presence(Status.BUSY), presence(Status.ONLINE), 0.5),
    ],
    ids=["cursor", "typing", "presence"],
)
def test_of_updates_that_follow_each_other_fast_the_newest_goes_out_and_always_the_last(
    first: ClientMessage, second: ClientMessage, third: ClientMessage, pace: float
):
    session = online()
    assert [message.data for message in written(session.send(first, at(1))[1])] == [first.data]
    assert session.send(second, at(1.01))[1] == []
    assert session.send(third, at(1.02))[1] == []
    assert session.next_tick(at(1.02)) == pytest.approx(pace - 0.02)
    assert session.connection.held == (), "that is no limit of the server's"
    sent = written(session.tick(at(1.001 + pace)))
    assert [message.data for message in sent] == [third.data]
    assert session.tick(at(1.002 + 2 * pace)) == []


def test_two_documents_cursors_do_not_supersede_each_other():
    session = online()
    session.send(cursor(1), at(1))
    assert len(written(session.send(cursor(2, "doc_2"), at(1.01))[1])) == 1


def test_an_update_that_was_superseded_is_settled_with_the_newer_one():
    session = online()
    session.send(presence(Status.AWAY), at(1))
    early, _ = session.send(presence(Status.BUSY), at(1.1))
    late, _ = session.send(presence(Status.ONLINE), at(1.2))
    (sent,) = asked(session.tick(at(1.6)))
    assert (type(sent), sent.id) == (PresenceUpdate, late)
    changed = {"userId": "user_456", "status": "online", "lastSeen": "2027-01-15T12:00:00Z"}
    answer = frame("presence.changed", changed, **correlated(late))
    assert settled(session.received(answer, at(2))) == [
        (early, "presence.changed"),
        (late, "presence.changed"),
    ]


def test_what_was_not_sent_in_time_is_forgotten_with_the_connection():
    session = online()
    session.send(typing(True), at(1))
    session.send(typing(False), at(1.1))
    assert asked(reconnect(session, 1.2)) == []
    assert not any(isinstance(one, ChatSend | Typing) for one in asked(session.tick(at(3))))
