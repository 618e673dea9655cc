"""The server's end: event and time in, exact outcome out."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from boardroom_tui.protocol.catalogue import EXTENSIONS
from boardroom_tui.protocol.codec import encode
from boardroom_tui.protocol.errors import CloseCode, ErrorCode
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.limits import LIMITS, Limit, Rate
from boardroom_tui.protocol.messages.connection import (
    AuthRefresh,
    AuthRefreshed,
    ConnectionFailed,
    Pong,
    RateLimit,
    Refused,
)
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.session.ending import ending
from boardroom_tui.session.identity import Identity
from boardroom_tui.session.rates import Buckets
from boardroom_tui.session.server import ServerSession
from boardroom_tui.session.server_output import Close, Deliver, Send, ServerOutput
from tests.session.script import NOON, at, frame, only, sent_by_server

CHAT = frame("meeting.chat.message", {"meetingId": "meeting_123", "message": "Hello"}, id="req_1")
VOTE = frame("decision.vote.cast", {"decisionId": "decision_123", "vote": "approve"}, id="req_2")
JOIN = frame("meeting.join", {"meetingId": "meeting_123"}, id="req_3")
CURSOR = frame(
    "collaboration.cursor",
    {"documentId": "doc_1", "position": {"line": 1, "column": 2}},
    id="req_4",
)
PING = frame("connection.heartbeat.ping", {"timestamp": "2027-01-15T12:00:00Z"}, id="req_5")
SUBSCRIBE = frame("subscribe", {"channels": ["meeting:123"]}, id="req_6")


def someone(role: Role = Role.PARTICIPANT, *, life: float = 3600) -> Identity:
    return Identity("user_456", "John Doe", role, NOON + timedelta(seconds=life))


def session(
    role: Role = Role.PARTICIPANT, *, life: float = 3600, user_buckets: Buckets | None = None
) -> ServerSession:
    return ServerSession(
        "session_1", someone(role, life=life), Buckets(), user_buckets or Buckets(), at(0)
    )


def test_limits_that_are_not_the_reference_s_are_told():
    raised = Buckets({**LIMITS, Rate.CHAT: Limit(300, 60)})
    of_a_server = ServerSession("session_1", someone(), raised, raised, at(0))
    (ready,) = sent_by_server(of_a_server.start(at(0)))
    assert ready.data.rate_limits == {"chat": RateLimit(limit=300, window=60)}
    (ready,) = sent_by_server(session().start(at(0)))
    assert ready.data.rate_limits is None


def the_error(outputs: Sequence[ServerOutput]) -> Refused:
    (message,) = sent_by_server(outputs)
    assert isinstance(message, Refused)
    assert len(outputs) == 1
    return message


def delivered(outputs: Sequence[ServerOutput]) -> bool:
    return len(only(Deliver, outputs)) == 1


# Ready


def test_the_first_message_says_who_the_user_is_and_what_the_server_knows():
    (output,) = session(Role.FACILITATOR).start(at(0))
    assert isinstance(output, Send)
    assert json.loads(encode(output.message)) == {
        "id": "session_1.1",
        "type": "connection.ready",
        "data": {
            "sessionId": "session_1",
            "userId": "user_456",
            "permissions": ["read", "write", "vote", "facilitate"],
            "serverTime": "2027-01-15T12:00:00Z",
            "extensions": list(EXTENSIONS),
            "expiresAt": "2027-01-15T13:00:00Z",
        },
        "metadata": {
            "timestamp": "2027-01-15T12:00:00Z",
            "userId": "user_456",
            "version": "1.0",
        },
    }


# One way in for every frame


def test_a_message_within_its_limits_is_delivered():
    (output,) = session().receive(CHAT, at(1))
    assert isinstance(output, Deliver)
    assert isinstance(output.message, ChatSend)
    assert output.message.data.message == "Hello"


def test_every_message_of_the_server_has_an_id_of_its_own():
    server = session()
    messages = [
        *sent_by_server(server.start(at(0))),
        *sent_by_server(server.receive(PING, at(1))),
        *sent_by_server(server.receive("{", at(2))),
        *sent_by_server(server.end(CloseCode.DISPLACED, at(3))),
    ]
    assert [message.id for message in messages] == [f"session_1.{n}" for n in (1, 2, 3, 4)]


@pytest.mark.parametrize("bad", ["{", "[]", "NaN", '{"type":"subscribe","type":"x","data":{}}'])
def test_what_is_no_message_is_refused_and_the_connection_stays_open(bad: str):
    server = session()
    error = the_error(server.receive(bad, at(1)))
    assert error.data.code is ErrorCode.INVALID_MESSAGE
    assert error.data.retryable is False
    assert error.data.correlation_id is None
    assert delivered(server.receive(CHAT, at(2)))


def test_a_binary_frame_is_refused():
    assert the_error(session().receive(CHAT.encode(), at(1))).data.code == "INVALID_MESSAGE"


def test_an_unknown_type_is_named():
    error = the_error(session().receive(frame("meeting.dance", {}, id="req_9"), at(1)))
    assert error.data.code is ErrorCode.INVALID_MESSAGE
    assert error.data.message == "The message type meeting.dance is unknown."
    assert error.data.correlation_id == "req_9"


def test_a_refusal_repeats_what_it_answers_in_both_places():
    asked = frame(
        "meeting.chat.message",
        {"meetingId": "meeting_123", "message": "  "},
        id="req_1",
        metadata={"correlationId": "mine"},
    )
    error = the_error(session().receive(asked, at(1)))
    assert error.data.correlation_id == "mine"
    assert error.metadata is not None
    assert error.metadata.correlation_id == "mine"


@pytest.mark.parametrize("own", ["user_456", "456"])
def test_ones_own_user_id_may_be_written_either_way(own: str):
    said = frame(
        "meeting.chat.message",
        {"meetingId": "meeting_123", "message": "Hello", "userId": own},
        metadata={"userId": own},
    )
    assert delivered(session().receive(said, at(1)))


@pytest.mark.parametrize("foreign", ["user_457", "user_user_456", "", 456, ["user_456"], {}])
def test_somebody_elses_user_id_in_the_data_is_refused(foreign: Any):
    said = frame(
        "meeting.chat.message",
        {"meetingId": "meeting_123", "message": "Hello", "userId": foreign},
        id="req_1",
    )
    error = the_error(session().receive(said, at(1)))
    assert error.data.code is ErrorCode.PERMISSION_DENIED
    assert error.data.correlation_id == "req_1"


def test_somebody_elses_user_id_in_the_metadata_is_refused_even_in_a_heartbeat():
    ping = frame("connection.heartbeat.ping", {"timestamp": "now"}, metadata={"userId": "user_457"})
    assert the_error(session().receive(ping, at(1))).data.code == "PERMISSION_DENIED"


@pytest.mark.parametrize(
    ("role", "kind", "data", "may"),
    [
        (Role.OBSERVER, "meeting.chat.message", {"meetingId": "1", "message": "Hi"}, True),
        (Role.OBSERVER, "meeting.join", {"meetingId": "1"}, True),
        (Role.OBSERVER, "decision.vote.cast", {"decisionId": "1", "vote": "approve"}, False),
        (Role.PARTICIPANT, "decision.vote.cast", {"decisionId": "1", "vote": "approve"}, True),
        (Role.PARTICIPANT, "decision.close", {"decisionId": "1"}, False),
        (Role.FACILITATOR, "decision.vote.cast", {"decisionId": "1", "vote": "approve"}, True),
        (Role.FACILITATOR, "decision.close", {"decisionId": "1"}, True),
    ],
)
def test_a_message_needs_the_permission_that_its_type_declares(
    role: Role, kind: str, data: dict[str, Any], may: bool
):
    outputs = session(role).receive(frame(kind, data), at(1))
    if may:
        assert delivered(outputs)
    else:
        assert the_error(outputs).data.code is ErrorCode.PERMISSION_DENIED


# Heartbeat


def test_a_pong_repeats_the_pings_timestamp_letter_for_letter():
    ping = frame("connection.heartbeat.ping", {"timestamp": "yesterday-ish"}, id="req_5")
    (pong,) = sent_by_server(session().receive(ping, at(1)))
    assert isinstance(pong, Pong)
    assert pong.data.timestamp == "yesterday-ish"
    assert pong.metadata is not None
    assert pong.metadata.correlation_id == "req_5"


def test_the_latency_is_what_the_shell_has_measured_once_it_has():
    server = session()
    ping = frame("connection.heartbeat.ping", {"timestamp": "2027-01-15T12:00:01.900Z"})
    (before,) = sent_by_server(server.receive(ping, at(2)))
    server.heard(at(3), round_trip=0.046)
    (after,) = sent_by_server(server.receive(ping, at(60)))
    assert (before.data.latency, after.data.latency) == (100.0, 23.0)


# Rates


def test_the_error_for_too_many_messages_is_the_references():
    server = session()
    for _ in range(30):
        assert delivered(server.receive(CHAT, at(1)))
    error = the_error(server.receive(CHAT, at(1)))
    assert json.loads(encode(error))["data"] == {
        "code": "RATE_LIMITED",
        "message": "Rate limit exceeded",
        "details": {"limit": 30, "window": 60, "retryAfter": 2},
        "correlationId": "req_1",
        "retryable": True,
        "retryAfter": 2000,
    }
    assert delivered(server.receive(CHAT, at(3)))


@pytest.mark.parametrize(("message", "limit"), [(JOIN, 5), (VOTE, 10), (CHAT, 30)])
def test_joins_votes_and_chat_are_counted_over_all_of_a_users_connections(message: str, limit: int):
    shared = Buckets()
    one, other = session(user_buckets=shared), session(user_buckets=shared)
    for number in range(limit):
        assert delivered((one, other)[number % 2].receive(message, at(1)))
    for server in (one, other):
        assert the_error(server.receive(message, at(1))).data.code is ErrorCode.RATE_LIMITED


def test_all_other_messages_count_in_the_connections_bucket_alone():
    shared = Buckets()
    one, other = session(user_buckets=shared), session(user_buckets=shared)
    for server in (one, other):
        assert sum(delivered(server.receive(SUBSCRIBE, at(1))) for _ in range(150)) == 100


def test_chat_counts_in_the_connections_bucket_too():
    server = session()
    for _ in range(99):
        server.receive(SUBSCRIBE, at(1))
    assert delivered(server.receive(CHAT, at(1)))
    error = the_error(server.receive(CHAT, at(1)))
    assert error.data.details is not None
    assert error.data.details["limit"] == 100


def test_cursors_have_only_their_own_bucket():
    server = session()
    assert sum(delivered(server.receive(CURSOR, at(1))) for _ in range(70)) == 60
    assert sum(delivered(server.receive(SUBSCRIBE, at(1))) for _ in range(150)) == 100
    assert delivered(server.receive(CURSOR, at(1.1))), "a full connection bucket holds no cursor"


def test_heartbeats_and_renewals_are_counted_in_no_bucket():
    server = session()
    renewal = frame("connection.auth.refresh", {"token": "t"})
    for _ in range(200):
        assert isinstance(sent_by_server(server.receive(PING, at(1)))[0], Pong)
        assert delivered(server.receive(renewal, at(1)))
    assert sum(delivered(server.receive(SUBSCRIBE, at(1))) for _ in range(150)) == 100
    assert isinstance(sent_by_server(server.receive(PING, at(1)))[0], Pong)


def test_undecodable_frames_count_in_the_connections_bucket():
    server = session()
    for _ in range(100):
        server.receive(SUBSCRIBE, at(1))
    assert the_error(server.receive("{", at(1))).data.code is ErrorCode.RATE_LIMITED


def test_thirty_undecodable_frames_in_a_minute_end_the_connection():
    server = session()
    for number in range(29):
        assert the_error(server.receive("{", at(number * 2))).data.code == "INVALID_MESSAGE"
    error, close = server.receive("{", at(59.9))
    assert isinstance(error, Send)
    assert isinstance(error.message, ConnectionFailed)
    assert error.message.data.code is ErrorCode.INVALID_MESSAGE
    assert close == Close(CloseCode.UNDECODABLE, "thirty undecodable frames in a minute")
    assert server.receive(CHAT, at(60)) == []


def test_undecodable_frames_spread_over_more_than_a_minute_do_not():
    server = session()
    for number in range(100):
        assert the_error(server.receive("{", at(number * 2.1))).data.code == "INVALID_MESSAGE"


def test_unknown_types_are_refused_but_never_end_the_connection():
    server = session()
    codes = [the_error(server.receive(frame("new", {}), at(1))).data.code for _ in range(150)]
    assert codes == ["INVALID_MESSAGE"] * 100 + ["RATE_LIMITED"] * 50


# Life and end


def test_the_warning_comes_60_s_before_the_tokens_end_and_once():
    server = session(life=600)
    for seconds in range(0, 540, 30):
        server.heard(at(seconds))
        assert server.tick(at(seconds)) == []
    assert server.next_tick(at(539)) == 1.0
    (expiring,) = sent_by_server(server.tick(at(540)))
    assert expiring.type == "connection.auth.expiring"
    assert expiring.data.expires_at == NOON + timedelta(seconds=600)
    assert server.tick(at(541)) == []


@pytest.mark.parametrize(("life", "warning"), [(40, 20), (60, 30), (61, 1), (90, 30)])
def test_a_shorter_life_is_warned_of_at_its_half(life: float, warning: float):
    server = session(life=life)
    assert server.tick(at(warning - 0.1)) == []
    assert len(server.tick(at(warning))) == 1


def test_at_the_tokens_end_the_connection_is_closed():
    server = session(life=30)
    server.tick(at(15))
    assert server.next_tick(at(15)) == 15.0
    error, close = server.tick(at(30))
    assert isinstance(error, Send)
    assert isinstance(error.message, ConnectionFailed)
    assert error.message.data.code is ErrorCode.AUTH_EXPIRED
    assert error.message.data.retryable is True
    assert isinstance(close, Close)
    assert close.code is CloseCode.TOKEN_EXPIRED
    assert server.tick(at(31)) == []


def test_a_message_after_the_tokens_end_has_no_effect_even_if_no_tick_came_between():
    outputs = session(life=30).receive(VOTE, at(30))
    assert not delivered(outputs)
    assert only(Close, outputs)[0].code is CloseCode.TOKEN_EXPIRED


def renewal(server: ServerSession, seconds: float) -> AuthRefresh:
    asked = frame("connection.auth.refresh", {"token": "new"}, id="req_7")
    (output,) = only(Deliver, server.receive(asked, at(seconds)))
    assert isinstance(output.message, AuthRefresh)
    return output.message


def test_a_renewed_connection_lives_to_the_new_end_with_the_new_permissions():
    server = session(life=30)
    server.tick(at(15))
    request = renewal(server, 20)
    (answer,) = sent_by_server(server.renewed(someone(Role.OBSERVER, life=3600), request, at(20)))
    assert isinstance(answer, AuthRefreshed)
    assert answer.data.expires_at == NOON + timedelta(seconds=3600)
    assert answer.data.permissions == ("read", "write")
    assert answer.correlation == "req_7"
    assert server.tick(at(31)) == []
    assert the_error(server.receive(VOTE, at(32))).data.code == "PERMISSION_DENIED"
    assert server.next_tick(at(32)) == 60.0


def test_another_users_token_changes_nothing():
    server = session(life=30)
    request = renewal(server, 10)
    other = Identity("user_457", "Jane", Role.FACILITATOR, NOON + timedelta(hours=1))
    error = the_error(server.renewed(other, request, at(10)))
    assert error.data.code is ErrorCode.AUTH_FAILED
    assert error.data.correlation_id == "req_7"
    assert server.identity == someone(life=30)
    assert only(Close, server.tick(at(30)))[0].code is CloseCode.TOKEN_EXPIRED


def test_a_renewal_that_comes_after_the_end_changes_nothing():
    server = session(life=30)
    request = renewal(server, 20)
    server.end(CloseCode.DISPLACED, at(21))
    assert server.renewed(someone(life=3600), request, at(22)) == []
    assert server.identity == someone(life=30)


def test_a_connection_from_which_nothing_comes_for_60_s_is_closed():
    server = session()
    assert server.next_tick(at(0)) == 60.0
    assert server.tick(at(59.9)) == []
    error, close = server.tick(at(60))
    assert isinstance(error, Send)
    assert isinstance(close, Close)
    assert close.code is CloseCode.TOO_SLOW
    assert error.message.data == ConnectionFailed.Data(
        code=ErrorCode.CONNECTION_ERROR, message="Nothing was received for 60 s.", retryable=True
    )


def test_frames_and_websocket_pongs_both_break_the_silence():
    server = session()
    server.receive("garbage", at(50))
    server.heard(at(100))
    assert server.tick(at(159)) == []
    assert only(Close, server.tick(at(160)))[0].code is CloseCode.TOO_SLOW


@pytest.mark.parametrize(
    ("close", "code"),
    [
        (CloseCode.AUTH_FAILED, "AUTH_FAILED"),
        (CloseCode.TOKEN_EXPIRED, "AUTH_EXPIRED"),
        (CloseCode.DISPLACED, "CONNECTION_ERROR"),
        (CloseCode.TOO_SLOW, "CONNECTION_ERROR"),
        (CloseCode.UNDECODABLE, "INVALID_MESSAGE"),
    ],
)
def test_the_server_says_why_before_it_closes(close: CloseCode, code: str):
    error, closing = ending(close, "m_1", at(0), reason="because")
    assert isinstance(error, Send)
    assert isinstance(error.message, ConnectionFailed)
    assert (error.message.data.code, error.message.data.message) == (code, "because")
    assert error.message.id == "m_1"
    assert closing == Close(close, close.meaning)


@pytest.mark.parametrize("close", [CloseCode.NORMAL, CloseCode.GOING_AWAY, CloseCode.RESTARTING])
def test_an_ordinary_end_needs_no_error(close: CloseCode):
    assert ending(close, "m_1", at(0)) == [Close(close, close.meaning)]


def test_a_close_reason_fits_into_a_close_frame():
    assert all(len(close.meaning.encode()) <= 123 for close in CloseCode)
