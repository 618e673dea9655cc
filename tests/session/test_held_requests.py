"""Requests over a rate limit: sent again when there is room, one by one."""

from typing import Any

import pytest

from tests.session.asking import (
    asked,
    ids,
    limited,
    online,
    reconnect,
    said,
    settled,
    vote,
)
from tests.session.dialogue import chat, client, connect, pong
from tests.session.script import at


def test_a_message_over_a_limit_is_sent_again_when_there_is_room():
    session = online()
    request_id, _ = session.send(chat(), at(1))
    outputs = session.received(limited(request_id, retryAfter=2000), at(1))
    assert settled(outputs) == []
    assert session.connection.held[0].until == at(3).wall
    assert session.connection.waiting == 1
    assert session.next_tick(at(1)) == pytest.approx(2.0)
    assert asked(session.tick(at(2.9))) == []
    assert ids(session.tick(at(3.001))) == [request_id]
    assert settled(session.received(said(answering=request_id), at(4)))
    assert session.connection.held == ()


@pytest.mark.parametrize(
    ("retry", "seconds"),
    [
        ({"retryAfter": 2500, "details": {"retryAfter": 60}}, 2.5),
        ({"details": {"limit": 100, "window": 60, "retryAfter": 45}}, 45.0),
        ({}, 1.0),
        ({"details": {"retryAfter": "soon"}}, 1.0),
        ({"details": {"retryAfter": False}}, 1.0),
        ({"retryAfter": 0}, 0.1),
        ({"details": {"retryAfter": -5}}, 0.1),
        ({"retryAfter": 10**12}, 300.0),
    ],
)
def test_the_wait_is_what_the_server_says_within_reason(retry: dict[str, Any], seconds: float):
    session = online()
    request_id, _ = session.send(chat(), at(1))
    session.received(limited(request_id, **retry), at(1))
    assert session.next_tick(at(1)) == pytest.approx(min(seconds, 24.0))
    assert session.connection.held[0].until == at(1 + seconds).wall


def test_what_comes_after_a_held_message_waits_its_turn_and_goes_one_by_one():
    session = online()
    one, _ = session.send(chat("one"), at(1))
    two, _ = session.send(chat("two"), at(1))
    session.received(limited(one, retryAfter=2000), at(1))
    session.received(limited(two, retryAfter=2000), at(1))
    three, outputs = session.send(chat("three"), at(2))
    assert outputs == []
    assert ids(session.tick(at(3.001))) == [one]
    assert session.tick(at(3.5)) == []
    assert session.next_tick(at(3.5)) == pytest.approx(21.5), "only the heartbeat is due"
    assert ids(session.received(said("one", answering=one), at(4))) == [two]
    assert ids(session.received(said("two", answering=two), at(5))) == [three]


def test_a_vote_does_not_wait_behind_held_chat():
    session = online()
    spoken, _ = session.send(chat(), at(1))
    session.received(limited(spoken, retryAfter=20_000), at(1))
    request_id, outputs = session.send(vote(), at(2))
    assert ids(outputs) == [request_id]


def test_a_join_over_its_limit_is_tried_again_under_its_id():
    session = client("meeting_123")
    (join,) = asked(connect(session))
    session.received(pong(), at(0))
    session.received(limited(join.id, retryAfter=12_000), at(0))
    assert asked(session.tick(at(12.001))) == [join]


def test_a_held_message_goes_out_at_once_on_a_new_connection():
    session = online()
    request_id, _ = session.send(chat(), at(1))
    session.received(limited(request_id, retryAfter=20_000), at(1))
    assert ids(reconnect(session, 2)) == [request_id]
