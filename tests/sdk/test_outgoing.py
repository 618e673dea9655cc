"""A wrong payload is refused before anything is sent, and the refusal names the field."""

from datetime import UTC, datetime
from typing import Any

import pytest

from boardroom_tui.protocol.messages.collaboration import CursorMove
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.sdk.outgoing import message_of


@pytest.mark.parametrize(
    ("kind", "data", "complaint"),
    [
        ("meeting.dance", {}, "meeting.dance: no client's message; there are"),
        ("error", {"code": "x", "message": "x"}, "error: no client's message"),
        ("meeting.chat.message", {"meetingId": "123"}, "data.message: Field required"),
        ("meeting.chat.message", {"meetingId": "123", "message": " "}, "data.message: must hold"),
        ("meeting.chat.message", {"meetingId": 123, "message": "Hi"}, "data.meetingId: Input"),
        ("decision.vote.cast", {"decisionId": "1", "vote": "yes"}, "data.vote: Input should be"),
        (
            "meeting.chat.message",
            {"meetingId": "123", "message": "Hi", "replyto": "msg_1"},
            "data.replyto: no such field",
        ),
        (
            "collaboration.cursor",
            {"documentId": "d", "position": {"line": 1, "column": 2, "row": 3}},
            "data.position.row: no such field",
        ),
        ("subscribe", {"channels": "meeting:123"}, "data.channels: Input should be"),
        ("subscribe", {"channels": {"meeting:123"}}, "data: Object of type set"),
        ("decision.open", {"deadline": datetime.now(UTC)}, "data: Object of type datetime"),
        ("collaboration.cursor", {"documentId": "d", "position": float("nan")}, "NaN is not JSON"),
    ],
)
def test_what_is_wrong_is_named(kind: str, data: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        message_of(kind, data)


def test_what_is_right_is_the_message_of_the_protocol() -> None:
    message = message_of("meeting.chat.message", {"meetingId": "123", "message": "Hi"})
    assert message == ChatSend(data=ChatSend.Data(meeting_id="123", message="Hi"))


def test_a_field_that_is_none_counts_as_left_out() -> None:
    position = {"line": 1, "column": 2}
    given = {"documentId": "d", "position": position, "selection": None, "colour": None}
    assert isinstance(message_of("collaboration.cursor", given), CursorMove)
