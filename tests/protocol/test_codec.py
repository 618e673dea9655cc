"""What the codec takes, what it refuses, and in which words (CONTRACT.md, Envelope)."""

import gc
import json
import sys
from datetime import UTC, datetime
from typing import Any

import pytest

from boardroom_tui.protocol.codec import (
    Undecodable,
    UnknownType,
    decode_client,
    decode_server,
    encode,
)
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.limits import CHAT_CHARACTERS
from boardroom_tui.protocol.messages.meeting import ChatMessage, ChatSend, MeetingJoin, MeetingLeave

LEAVE: dict[str, Any] = {"type": "meeting.leave", "data": {"meetingId": "meeting_123"}}


def leave(**members: Any) -> str:
    return json.dumps({**LEAVE, **members})


def chat(text: str) -> str:
    return json.dumps({"type": "meeting.chat.message", "data": {"meetingId": "m", "message": text}})


def refused(frame: str | bytes) -> str:
    """Why a frame is no message of a client."""
    outcome = decode_client(frame)
    assert isinstance(outcome, Undecodable), outcome
    return outcome.reason


def accepted(frame: str) -> MeetingLeave:
    outcome = decode_client(frame)
    assert isinstance(outcome, MeetingLeave), outcome
    return outcome


# What is accepted


def test_type_and_data_are_enough() -> None:
    assert accepted(leave()).correlation is None


@pytest.mark.parametrize("metadata", [None, {}, {"timestamp": None}])
def test_metadata_that_is_null_or_empty_counts_as_missing(metadata: object) -> None:
    assert accepted(leave(metadata=metadata)).correlation is None


def test_unknown_fields_are_ignored_at_every_level() -> None:
    frame = json.dumps(
        {
            "type": "presence.update",
            "data": {
                "status": "online",
                "activity": {"type": "viewing", "target": "m", "mood": {"deep": [1]}},
                "extra": 1,
            },
            "metadata": {"version": "1.0", "trace": "abc"},
            "sent": True,
        }
    )
    outcome = decode_client(frame)
    assert not isinstance(outcome, Undecodable | UnknownType)
    assert json.loads(encode(outcome)) == {
        "type": "presence.update",
        "data": {"status": "online", "activity": {"type": "viewing", "target": "m"}},
        "metadata": {"version": "1.0"},
    }


def test_an_id_is_whatever_its_sender_chose() -> None:
    for chosen in ("two wörds", "消息 1", "x" * 256):
        assert accepted(leave(id=chosen)).correlation == chosen


@pytest.mark.parametrize("text", ["\u200b", " \u2060\t", "\u202e\n"])
def test_a_chat_message_of_nothing_to_see_is_blank(text: str) -> None:
    frame = json.dumps(
        {"type": "meeting.chat.message", "data": {"meetingId": "m", "message": text}}
    )
    assert isinstance(decode_client(frame), Undecodable)


def test_an_answer_repeats_the_correlation_id_else_the_id() -> None:
    assert accepted(leave(id="one")).correlation == "one"
    assert accepted(leave(id="one", metadata={"correlationId": "two"})).correlation == "two"


def test_a_missing_role_is_left_out_and_a_missing_reply_is_null_as_in_the_reference() -> None:
    join = MeetingJoin(data=MeetingJoin.Data(meeting_id="m"))
    assert json.loads(encode(join))["data"] == {"meetingId": "m"}
    say = ChatSend(data=ChatSend.Data(meeting_id="m", message="Hello"))
    assert json.loads(encode(say))["data"] == {
        "meetingId": "m",
        "message": "Hello",
        "replyTo": None,
    }


@pytest.mark.parametrize("written", ["12:30:00+02:00", "10:30:00Z", "10:30:00+00:00"])
def test_a_time_is_kept_and_sent_on_in_utc(written: str) -> None:
    message = accepted(leave(metadata={"timestamp": f"2024-01-15T{written}"}))
    kept = None if message.metadata is None else message.metadata.timestamp
    assert kept is not None
    assert kept == datetime(2024, 1, 15, 10, 30, tzinfo=UTC)
    assert kept.tzinfo is UTC
    assert '"2024-01-15T10:30:00Z"' in encode(message)


def test_a_chat_message_has_up_to_4000_code_points_whatever_their_bytes() -> None:
    assert isinstance(decode_client(chat("𝄞" * CHAT_CHARACTERS)), ChatSend)
    assert refused(chat("𝄞" * (CHAT_CHARACTERS + 1))).startswith("data.message: ")


def test_an_error_code_of_another_server_is_kept_as_text() -> None:
    frame = '{"type":"error","data":{"code":"TEAPOT","message":"short and stout"}}'
    outcome = decode_server(frame)
    assert not isinstance(outcome, Undecodable | UnknownType)
    assert json.loads(encode(outcome)) == json.loads(frame)


# What is refused


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (b'{"type":"meeting.leave"}', "a binary frame; the protocol uses text frames"),
        ("", "not JSON"),
        ("{", "not JSON"),
        ("\ufeff" + leave(), "not JSON"),
        ("[]", "not a JSON object"),
        ("null", "not a JSON object"),
        ('"meeting.leave"', "not a JSON object"),
        ("{}", "type: must be a string"),
        ('{"type": 5, "data": {}}', "type: must be a string"),
        ('{"type": "nobody.knows"}', "data: must be an object"),
        ('{"type": "nobody.knows", "data": []}', "data: must be an object"),
        ('{"type": "meeting.leave"}', "data: Field required"),
        (leave(data=None), "data: Input should be an object"),
        (leave(data={}), "data.meetingId: Field required"),
        (leave(data={"meeting_id": "meeting_123"}), "data.meetingId: Field required"),
        ('{"type":"a","type":"b","data":{}}', "a key stands twice in one object"),
        ('{"type":"a","data":{"x":{"y":1,"y":1}}}', "a key stands twice in one object"),
        ('{"type":"meeting.leave","data":{"x":NaN}}', "NaN is not JSON"),
        ('{"type":"meeting.leave","data":{"x":-Infinity}}', "-Infinity is not JSON"),
    ],
)
def test_a_frame_that_is_no_message_is_refused_with_the_reason(
    frame: str | bytes, reason: str
) -> None:
    assert refused(frame) == reason


@pytest.mark.parametrize(
    "frame",
    [
        leave(id=5),
        leave(id=""),
        leave(id=""),
        leave(id="x" * 257),
        leave(metadata=[]),
        leave(metadata={"userId": 7}),
        leave(metadata={"timestamp": 1_700_000_000}),
        leave(metadata={"timestamp": "2024-01-15T10:30:00"}),
        leave(metadata={"timestamp": "0001-01-01T00:00:00+12:00"}),
        leave(data={"meetingId": 123}),
        leave(data={"meetingId": None}),
        leave(data={"meetingId": "a\u0007b"}),
        chat(""),
        chat(" \n\t\u2003 "),
        '{"type":"collaboration.typing","data":{"roomId":"m","isTyping":1}}',
        '{"type":"collaboration.typing","data":{"roomId":"m","isTyping":"true"}}',
        '{"type":"decision.open","data":{"meetingId":"m","quorum":true}}',
        '{"type":"decision.open","data":{"meetingId":"m","quorum":0}}',
        '{"type":"decision.vote.cast","data":{"decisionId":"d","vote":"maybe"}}',
        '{"type":"decision.vote.cast","data":{"decisionId":"d","vote":"APPROVE"}}',
        '{"type":"collaboration.cursor","data":{"documentId":"d","position":{"line":-1,"column":0}}}',
        '{"type":"subscribe","data":{"channels":"meeting:1"}}',
        json.dumps({"type": "subscribe", "data": {"channels": ["meeting:1"] * 101}}),
        json.dumps({"type": "subscribe", "data": {"channels": [""]}}),
    ],
)
def test_a_field_of_the_wrong_kind_is_refused(frame: str) -> None:
    assert refused(frame)


def test_a_number_that_no_reader_holds_exactly_is_refused() -> None:
    position = '"position":{"line":%d,"column":0}'
    frame = '{"type":"collaboration.cursor","data":{"documentId":"d",' + position + "}}"
    assert not isinstance(decode_client(frame % (2**53 - 1)), Undecodable)
    assert refused(frame % 2**53).startswith("data.position.line: ")
    assert refused(frame % 10**4000)
    assert refused(frame.replace("%d", "9" * 100_000)) == "not JSON"


SAID = (
    '{"id":"evt_1","type":"meeting.chat.message",'
    '"metadata":{"timestamp":"2026-11-27T09:00:00Z","userId":"user_1","sequence":7},'
    '"data":{"meetingId":"m","messageId":"msg_1","userId":"user_1","userName":"Ada",'
    '"message":"Hello","replyTo":null,"timestamp":"2026-11-27T09:00:00Z"}}'
)


@pytest.mark.parametrize("place", ["{", '"metadata":{', '"data":{'])
@pytest.mark.parametrize("twice", ['"x":1,"x":null,', '"x":"","x":"",', '"x":[],"x":{"x":"x"},'])
def test_of_what_was_said_no_key_stands_twice_either(place: str, twice: str) -> None:
    for plain in (
        SAID,
        SAID.replace('"id":"evt_1"', '"id":null'),
        SAID.replace(',"sequence":7', ""),
    ):
        once = plain.replace(place, place + twice.split(",", maxsplit=1)[0] + ",", 1)
        assert isinstance(decode_server(once), ChatMessage)
        refused = decode_server(plain.replace(place, place + twice, 1))
        assert isinstance(refused, Undecodable)
        assert refused.reason == "a key stands twice in one object"


@pytest.mark.parametrize(
    ("place", "again"),
    [
        ('"metadata":{', '"userId":"user_1"'),
        ('"metadata":{', '"timestamp":null'),
        ('"metadata":{', '"sequence":7'),
        ('"data":{', '"userId":"user_1"'),
        ('"data":{', '"replyTo":null'),
        ('"data":{', '"replyTo":"msg_0"'),
        ("{", '"id":null'),
        ("{", '"id":"evt_1"'),
        ("{", '"metadata":null'),
        ("{", '"metadata":{}'),
    ],
)
def test_of_what_was_said_no_known_key_stands_twice(place: str, again: str) -> None:
    for plain in (
        SAID,
        SAID.replace('"id":"evt_1"', '"id":null'),
        SAID.replace('"replyTo":null', '"replyTo":"msg_0"'),
    ):
        refused = decode_server(plain.replace(place, f"{place}{again},", 1))
        assert isinstance(refused, Undecodable)
        assert refused.reason == "a key stands twice in one object"


@pytest.mark.parametrize("place", ['"metadata":{', '"data":{'])
def test_of_what_was_said_the_type_stands_nowhere_else(place: str) -> None:
    kind = '"type":"meeting.chat.message",'
    refused = decode_server(SAID.replace(kind, "").replace(place, place + kind))
    assert isinstance(refused, Undecodable)
    assert refused.reason == "type: must be a string"


@pytest.mark.parametrize(
    ("plain", "otherwise"),
    [
        ('"evt_1"', "null"),
        ('"replyTo":null,', ""),
        ('"replyTo":null', '"replyTo":"msg_0"'),
        (',"sequence":7', ',"sequence":null,"version":"1.0"'),
        ('"Hello"', '"\\"Hello\\""'),
        ('"Hello"', '"\\u0048ello: {}"'),
        ('"Hello"', '"type:meeting.chat.message"'),
        (':"', ' : "'),
    ],
)
def test_what_was_said_is_read_the_same_however_it_is_written(plain: str, otherwise: str) -> None:
    frame = SAID.replace(plain, otherwise)
    message = decode_server(frame)
    assert isinstance(message, ChatMessage)
    assert message == decode_server(json.dumps(json.loads(frame)))


def test_deep_nesting_is_refused_and_does_not_break_the_codec() -> None:
    frame = '{"type":"meeting.leave","data":{"meetingId":"m","x":%s}}'
    assert refused(frame % ("[" * 100_000 + "]" * 100_000)) == "not JSON"
    assert refused(frame % ("[" * 500 + "]" * 500))


def test_half_a_surrogate_pair_is_refused() -> None:
    assert refused(chat("a\ud800b"))
    assert refused('{"type":"meeting.leave","data":{"meetingId":"\ud800"}}')


def test_a_reason_does_not_repeat_what_was_sent() -> None:
    secret = "eyJhbGciOiJFUzI1NiJ9"
    frame = json.dumps({"type": "connection.auth.refresh", "data": {"token": [secret]}})
    assert secret not in refused(frame)


def test_a_reason_is_short_whatever_was_sent() -> None:
    frame = json.dumps({"type": "subscribe", "data": {"channels": ["x" * 200] * 100}})
    assert len(refused(frame)) < 400


# What is unknown


def test_a_type_that_is_in_no_catalogue_is_named() -> None:
    assert decode_client('{"id":"r1","type":"meeting.dance","data":{}}') == UnknownType(
        "meeting.dance", "r1"
    )


def test_a_type_of_the_other_direction_is_unknown() -> None:
    assert isinstance(decode_client('{"type":"error","data":{}}'), UnknownType)
    assert isinstance(decode_server('{"type":"meeting.leave","data":{}}'), UnknownType)


def test_an_unknown_type_is_named_so_that_an_answer_can_hold_the_name() -> None:
    outcome = decode_client('{"type":"\\ud800%s","data":{}}' % ("x" * 500))
    assert isinstance(outcome, UnknownType)
    assert len(outcome.type) == 128
    assert outcome.type.encode("utf-8")


# What an error about an undecodable frame repeats


@pytest.mark.parametrize(
    ("members", "correlation"),
    [
        ({"id": "r1"}, "r1"),
        ({"id": "r1", "metadata": {"correlationId": "c1"}}, "c1"),
        ({"id": "r1", "metadata": {"correlationId": 5}}, "r1"),
        ({"id": "two wörds"}, "two wörds"),
        ({"id": "\ud800"}, None),
        ({"id": ""}, None),
        ({"id": "x" * 257}, None),
        ({"id": 5}, None),
        ({}, None),
    ],
)
def test_an_undecodable_frame_still_says_what_an_error_about_it_repeats(
    members: dict[str, object], correlation: str | None
) -> None:
    outcome = decode_client(json.dumps({"type": "meeting.leave", "data": {}, **members}))
    assert isinstance(outcome, Undecodable)
    assert outcome.correlation == correlation


def test_roles_are_ordered_by_what_they_may_do() -> None:
    assert sorted(Role, key=lambda role: role.power) == [
        Role.OBSERVER,
        Role.PARTICIPANT,
        Role.FACILITATOR,
    ]


def test_nothing_is_kept_of_messages_that_are_gone() -> None:
    def frame(number: int) -> str:
        data = ChatMessage.Data(
            meeting_id="meeting_1",
            message_id=f"message_{number}",
            user_id="user_ada",
            user_name="Ada",
            message=f"This is remark {number}.",
            timestamp=datetime.now(UTC),
        )
        return encode(ChatMessage(id=f"event_{number}", data=data))

    def decoded(frames: list[str]) -> int:
        for one in frames:
            assert isinstance(decode_server(one), ChatMessage)
        gc.collect()
        return sys.getallocatedblocks()

    frames = [frame(number) for number in range(1_000)]
    before = decoded(frames[:10])
    assert decoded(frames) - before < 200
