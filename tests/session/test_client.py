"""The client's end: when it connects, lives, fails and ends."""

import json

import pytest

from boardroom_tui.protocol.catalogue import EXTENSIONS
from boardroom_tui.protocol.errors import CloseCode
from boardroom_tui.protocol.messages.connection import AuthRefresh, Ping
from boardroom_tui.protocol.messages.meeting import MeetingJoin
from boardroom_tui.session.client import ClientSession
from boardroom_tui.session.client_output import (
    Ended,
    Hangup,
    Heard,
    NewTokenWanted,
    Retry,
    Settled,
    Unfamiliar,
    Write,
)
from boardroom_tui.session.connection import Connection, Phase
from boardroom_tui.session.heartbeat import Heartbeat
from tests.session.dialogue import chat, client, connect, pong, ready
from tests.session.script import NOON, at, frame, only, written


def failing(code: str, message: str) -> str:
    return frame("connection.error", {"code": code, "message": message, "retryable": True})


# Ready


def test_nothing_is_written_before_the_server_is_ready():
    session = client("meeting_123")
    session.connecting(at(0))
    session.opened(at(0))
    assert session.send(chat(), at(1)) == ("run-1", [])
    assert session.connection == Connection(Phase.CONNECTING, NOON, waiting=1)


def test_a_ready_server_is_joined_and_then_pinged():
    session = client("meeting_123")
    outputs = connect(session)
    assert isinstance(outputs[0], Heard)
    assert [type(message) for message in written(outputs)] == [MeetingJoin, Ping]
    assert session.connection == Connection(Phase.READY, NOON)
    assert session.user_id == "user_456"
    assert session.extensions == frozenset(EXTENSIONS)


def test_every_message_has_its_envelope():
    session = client("meeting_123")
    join = only(Write, connect(session, 1))[0]
    assert json.loads(join.frame) == {
        "id": "run-1",
        "type": "meeting.join",
        "data": {"meetingId": "meeting_123"},
        "metadata": {
            "timestamp": "2027-01-15T12:00:01Z",
            "userId": "user_456",
            "correlationId": "run-1",
            "version": "1.0",
        },
    }


def test_a_server_that_never_gets_ready_is_left():
    session = client()
    session.connecting(at(0))
    session.opened(at(3))
    assert session.tick(at(12.9)) == []
    assert session.next_tick(at(12.9)) == pytest.approx(0.1)
    (hangup,) = session.tick(at(13))
    assert isinstance(hangup, Hangup)
    assert session.next_tick(at(13)) is None
    (retry,) = session.lost(1006, "", 0.5, at(13))
    assert isinstance(retry, Retry)
    assert retry.reason == "the server did not say that it is ready"


def test_a_server_that_says_twice_that_it_is_ready_is_joined_once():
    session = client("meeting_123")
    connect(session)
    assert written(session.received(ready(), at(1))) == []


# Heartbeat


def test_a_heartbeat_is_sent_every_25_s_and_measured_by_ones_own_clock():
    session = client()
    connect(session)
    session.received(pong(), at(0.023))
    assert session.connection.latency_ms == pytest.approx(23.0)
    assert session.next_tick(at(0.023)) == pytest.approx(24.977)
    assert session.tick(at(24.9)) == []
    (ping,) = written(session.tick(at(25)))
    assert isinstance(ping, Ping)
    assert ping.data.timestamp == "2027-01-15T12:00:25Z"
    session.received(pong(), at(25.1))
    assert session.connection.latency_ms == pytest.approx(100.0)
    session.received(pong(), at(26))
    assert session.connection.latency_ms == pytest.approx(100.0), "nobody asked for that pong"


def test_a_server_that_does_not_answer_is_left_and_tried_again():
    session = client()
    connect(session)
    session.received(pong(), at(1))
    session.tick(at(25))
    assert session.tick(at(34.9)) == []
    assert session.tick(at(35)) == [
        Hangup(CloseCode.TOO_SLOW, "the server does not answer any more")
    ]
    assert session.connection.phase is Phase.WAITING
    assert session.connection.latency_ms is None
    assert session.lost(1006, "", 0.0, at(36)) == [
        Retry(at(37).monotonic, "the server does not answer any more", fresh_token=False)
    ]


def test_nothing_is_written_to_a_server_that_was_left():
    session = client()
    connect(session)
    assert only(Hangup, session.tick(at(10)))
    assert session.send(chat(), at(11))[1] == []
    assert session.tick(at(12)) == []


def test_a_server_that_was_left_once_does_not_explain_a_later_loss():
    session = client()
    connect(session)
    assert only(Hangup, session.tick(at(10)))
    session.lost(1006, "", 0.0, at(10))
    session.connecting(at(11))
    (retry,) = session.lost(None, "Connection refused", 0.0, at(11))
    assert isinstance(retry, Retry)
    assert retry.reason == "Connection refused"


def test_no_second_ping_goes_out_before_the_first_is_answered():
    heartbeat = Heartbeat(0.0)
    assert heartbeat.due(0.0)
    heartbeat.pinged(0.0)
    assert not heartbeat.due(60.0)
    assert heartbeat.answered(60.0) == 60_000.0
    assert heartbeat.due(60.0)


def test_a_slow_answer_behind_other_messages_is_no_death():
    session = client()
    connect(session)
    session.received(frame("something.new", {}), at(9))
    assert session.tick(at(18.9)) == []
    assert only(Hangup, session.tick(at(19)))


# Loss and backoff


def test_attempts_that_fail_wait_longer_and_longer():
    session = client()
    waits: list[float] = []
    for number in range(7):
        session.connecting(at(100 * number))
        (retry,) = session.lost(None, "Connection refused", 1.0, at(100 * number))
        assert isinstance(retry, Retry)
        assert retry.reason == "Connection refused"
        assert retry.at is not None
        waits.append(retry.at - at(100 * number).monotonic)
    assert waits == [2, 4, 8, 16, 30, 30, 30]
    assert session.connection.attempt == 7


def test_while_waiting_the_connection_says_why_and_until_when_and_why_until_it_is_there():
    session = client()
    session.connecting(at(0))
    session.lost(None, "Connection refused", 0.5, at(2))
    assert session.connection == Connection(
        Phase.WAITING,
        at(2).wall,
        attempt=1,
        next_attempt=at(3.5).wall,
        reason="Connection refused",
    )
    session.connecting(at(3))
    assert session.connection.next_attempt is None
    assert session.connection.reason == "Connection refused"
    connect(session, 3)
    assert session.connection.reason is None


def test_since_when_there_is_no_connection_is_the_same_through_all_attempts():
    session = client()
    connect(session, 0)
    assert session.connection.lost_at is None
    session.lost(1006, "", 0.0, at(5))
    session.connecting(at(6))
    session.lost(None, "Connection refused", 0.0, at(7))
    assert session.connection.lost_at == at(5).wall
    connect(session, 8)
    assert session.connection.lost_at is None


def test_a_connection_that_was_ready_for_a_while_starts_the_backoff_anew():
    session = client()
    for seconds in (0, 10, 20):
        connect(session, seconds)
        session.lost(1006, "", 0.0, at(seconds + 9.9))
    assert session.connection.attempt == 3
    connect(session, 30)
    session.lost(1006, "", 0.0, at(40))
    assert session.connection.attempt == 1


def test_so_does_one_that_lasted_and_was_then_left_by_the_client():
    session = client()
    for seconds in (0, 10):
        connect(session, seconds)
        session.lost(1006, "", 0.0, at(seconds))
    connect(session, 20)
    assert only(Hangup, session.tick(at(60)))
    session.lost(1006, "", 0.0, at(60))
    assert session.connection.attempt == 1


@pytest.mark.parametrize("code", [1001, 1006, 1009, 1011, 1012, 3000, 4000, 4400, 4408, 4499])
def test_the_client_comes_back_after_these_codes(code: int):
    session = client()
    connect(session)
    (retry,) = session.lost(code, "", 0.0, at(5))
    assert isinstance(retry, Retry)
    assert not retry.fresh_token
    assert session.connection.code == code


@pytest.mark.parametrize("code", [1000, 4500, 4501, 4509, 4999])
def test_the_client_does_not_come_back_after_these(code: int):
    session = client()
    connect(session)
    (ended,) = session.lost(code, "that was it", 0.0, at(5))
    assert isinstance(ended, Ended)
    assert ended.code == code
    assert session.connection.phase is Phase.ENDED
    assert session.next_tick(at(5)) is None
    assert session.tick(at(500)) == []
    assert session.lost(1006, "", 0.0, at(6)) == []


def test_the_servers_own_words_say_why_it_closed():
    session = client()
    connect(session)
    session.received(failing("CONNECTION_ERROR", "You are connected elsewhere."), at(5))
    assert session.lost(4509, "displaced", 0.0, at(5)) == [
        Ended(4509, "You are connected elsewhere")
    ]
    assert session.connection.reason == "You are connected elsewhere"


def test_without_them_the_close_codes_meaning_does():
    session = client()
    connect(session)
    assert session.lost(4501, "", 0.0, at(5)) == [
        Ended(4501, "no token, a bad one, or a revoked one")
    ]


def test_an_error_of_an_earlier_connection_does_not_explain_a_later_loss():
    session = client()
    connect(session)
    session.received(failing("AUTH_EXPIRED", "Token expired"), at(5))
    session.lost(4401, "", 0.0, at(5))
    connect(session, 10)
    assert session.lost(1006, "", 0.0, at(15)) == [
        Retry(at(16).monotonic, "the connection was lost", fresh_token=False)
    ]


def test_after_an_expired_token_a_fresh_one_is_asked_for():
    session = client()
    connect(session)
    (retry,) = session.lost(4401, "", 0.0, at(5))
    assert isinstance(retry, Retry)
    assert retry.fresh_token


def test_a_server_that_closes_otherwise_after_auth_expired_means_the_same():
    session = client()
    connect(session)
    session.received(failing("AUTH_EXPIRED", "Token expired"), at(5))
    (retry,) = session.lost(1008, "", 0.0, at(5))
    assert isinstance(retry, Retry)
    assert retry.fresh_token


def test_the_user_who_goes_does_not_come_back():
    session = client()
    connect(session)
    hangup, ended = session.close(at(5))
    assert isinstance(hangup, Hangup)
    assert hangup.code is CloseCode.NORMAL
    assert ended == Ended(1000, "closed normally")
    assert session.lost(1000, "", 0.0, at(6)) == []
    assert session.close(at(7)) == []


def test_a_shell_that_knows_no_way_on_can_give_up():
    session = client()
    session.connecting(at(0))
    assert session.give_up("The server's certificate has changed", at(1)) == [
        Ended(None, "The server's certificate has changed")
    ]
    assert session.connection.reason == "The server's certificate has changed"
    assert session.give_up("again", at(2)) == []


def test_what_is_sent_after_the_end_is_refused_at_once():
    session = client()
    session.close(at(0))
    request_id, (settled,) = session.send(chat(), at(1))
    assert isinstance(settled, Settled)
    assert settled.request.id == request_id
    assert settled.answer.type == "error"
    assert settled.answer.data.message == "The connection has ended."


# Tokens


def test_after_the_end_no_attempt_begins():
    session = client()
    session.close(at(1))
    session.connecting(at(2))
    session.opened(at(2))
    assert session.connection.phase is Phase.ENDED
    assert session.lost(1006, "", 0.0, at(3)) == []
    assert session.tick(at(60)) == []


def test_a_token_is_renewed_over_the_connection():
    session = client()
    connect(session)
    outputs = session.received(
        frame("connection.auth.expiring", {"expiresAt": "2027-01-15T13:00:00Z"}), at(5)
    )
    assert only(NewTokenWanted, outputs) == [NewTokenWanted(at(3600).wall)]
    (output,) = session.new_token("secret", at(6))
    assert "secret" not in repr(output)
    (refresh,) = written([output])
    assert isinstance(refresh, AuthRefresh)
    assert refresh.data.token == "secret"


def test_a_new_token_is_not_kept_for_the_next_connection_which_has_it_anyway():
    session = client()
    session.connecting(at(0))
    assert session.new_token("secret", at(1)) == []
    assert [type(message) for message in written(connect(session, 2))] == [Ping]


def test_a_token_of_another_user_ends_the_session_before_anything_is_sent():
    session = client("meeting_123")
    connect(session)
    session.lost(1006, "", 0.0, at(5))
    session.send(chat(), at(6))
    outputs = connect(session, 7, ready(user="user_457"))
    assert written(outputs) == []
    assert only(Ended, outputs) == [
        Ended(None, "the new token belongs to user_457, not to user_456")
    ]


# Anything at all


def test_what_the_client_does_not_know_is_ignored_and_counted():
    session = client()
    connect(session)
    for received in ("{", b"\x00", frame("error", {})):
        assert session.received(received, at(1)) == []
    unknown = session.received(frame("something.new", {"a": 1}), at(1))
    assert unknown == [Unfamiliar("something.new", {"a": 1})]
    assert session.connection.ignored == 4
    assert session.connection.phase is Phase.READY


def test_a_client_that_is_not_to_reconnect_ends_with_its_first_connection():
    session = ClientSession(None, None, "run", at(0), reconnect=False)
    connect(session)
    assert session.lost(1001, "", 0.5, at(1)) == [Ended(1001, "the server goes away")]


def test_a_client_that_is_not_to_reconnect_ends_with_its_first_attempt():
    session = ClientSession(None, None, "run", at(0), reconnect=False)
    session.connecting(at(0))
    assert session.lost(None, "no server answers", 0.5, at(1)) == [Ended(None, "no server answers")]
