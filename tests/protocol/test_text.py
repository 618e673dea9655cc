"""What others wrote cannot move the terminal, and keeps what it means."""

import json
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from boardroom_tui.protocol.cleaning import cleaned, cleaned_data
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Base, DecisionStatus, Threshold
from boardroom_tui.protocol.messages.connection import Pong, Refused
from boardroom_tui.protocol.messages.decision import DecisionOpened
from boardroom_tui.protocol.messages.meeting import ChatMessage
from boardroom_tui.protocol.messages.subscription import SubscriptionUpdate
from boardroom_tui.protocol.text import clean, is_harmless

HOSTILE = "\x1b[31m\x9b2J\x07\u202eevil\u2066\u200b"


def chat(text: str) -> ChatMessage:
    return ChatMessage(
        data=ChatMessage.Data(
            meeting_id="meeting_1",
            message_id="m1",
            user_id="user_1",
            user_name=f"Eve{HOSTILE}\nMallory",
            message=text,
            timestamp=datetime(2027, 1, 15, 12, tzinfo=UTC),
        )
    )


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("plain words", "plain words"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;title\x07", "]0;title"),
        ("\x9b31mred", "31mred"),
        ("a\x00b\x7fc", "abc"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("\u2066left\u2069 \u200fright\u061c", "left right"),
        ("pay\u200bpal\u2060\ufeff\u00ad", "paypal"),
        ("a\u200db", "ab"),
        ("A\ufe0f", "A"),
        ("secret\U000e0041\U000e0042", "secret"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("one\ttwo", "one two"),
    ],
)
def test_what_moves_the_terminal_or_hides_is_removed(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d👩\u200d👧 family",
        "❤\ufe0f",
        "❤\ufe0f\u200d🔥",
        "1\ufe0f\u20e3",
        "👍🏽",
        "🇩🇪",
        "日本語",
        "añö",
    ],
)
def test_emoji_and_scripts_stay_as_they_are(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_line_end_is_one_newline_or_one_blank(end: str) -> None:
    assert clean(f"one{end}two", lines=True) == "one\ntwo"
    assert clean(f"one{end}two") == "one two"


@given(st.text(), st.booleans())
def test_cleaning_leaves_no_control_and_changes_nothing_the_second_time(
    text: str, lines: bool
) -> None:
    once = clean(text, lines=lines)
    assert clean(once, lines=lines) == once
    assert unicodedata.is_normalized("NFC", once)
    allowed = "\n" if lines else ""
    assert all(unicodedata.category(c) not in ("Cc", "Cs") or c in allowed for c in once)


@example("\ufe0f\u200d→")
@given(st.text(alphabet="a0#*\u20e3\u200d\ufe0f❤👩⟨\u2329\u0301\u0338→\u200b\n\x1b"))
def test_cleaning_is_final_where_joiners_meet_pictures(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


def test_a_chat_message_keeps_its_lines_and_a_name_does_not() -> None:
    message = cleaned(chat(f"one\r\ntwo{HOSTILE}"))
    assert isinstance(message, ChatMessage)
    assert message.data.message == "one\ntwo[31m2Jevil"
    assert message.data.user_name == "Eve[31m2Jevil Mallory"


def test_a_decisions_text_keeps_its_lines_and_its_title_does_not() -> None:
    message = cleaned(
        DecisionOpened(
            data=DecisionOpened.Data(
                meeting_id="meeting_1",
                decision_id="decision_1",
                title="A\nB",
                text="First.\nSecond.\x1b",
                threshold=Threshold.MAJORITY,
                base=Base.CAST,
                quorum=1,
                secret=False,
                auto_close=True,
                status=DecisionStatus.VOTING,
            )
        )
    )
    assert isinstance(message, DecisionOpened)
    assert message.data.title == "A B"
    assert message.data.text == "First.\nSecond."
    assert message.data.threshold is Threshold.MAJORITY


def test_strings_deep_in_details_and_in_keys_are_cleaned() -> None:
    refused = cleaned(
        Refused(
            data=Refused.Data(
                code=ErrorCode.INVALID_MESSAGE,
                message="no\x1b",
                details={"a\x1b": ["\u202eb", {"c": "\x07d", "limit": 3}]},
            )
        )
    )
    assert isinstance(refused, Refused)
    assert refused.data.message == "no"
    assert refused.data.details == {"a": ["b", {"c": "d", "limit": 3}]}
    update = cleaned(
        SubscriptionUpdate(
            data=SubscriptionUpdate.Data(subscribed=("meeting:1\x1b",), failed={"x\n": "y\n"})
        )
    )
    assert isinstance(update, SubscriptionUpdate)
    assert update.data == SubscriptionUpdate.Data(subscribed=("meeting:1",), failed={"x ": "y "})


def test_a_message_with_nothing_to_clean_is_the_same_object() -> None:
    pong = Pong(data=Pong.Data(timestamp="2027-01-15T12:00:00Z", latency=3))
    assert cleaned(pong) is pong


@given(st.dictionaries(st.text(), st.text() | st.lists(st.text())), st.booleans())
@example({"message": "plain words"}, True)
@example({"message": "a\x1b[2Jb"}, True)
def test_in_a_frame_that_is_harmless_at_first_sight_nothing_is_to_be_cleaned(
    data: dict[str, str | list[str]], ascii_alone: bool
) -> None:
    frame = json.dumps(data, ensure_ascii=ascii_alone)
    if is_harmless(frame):
        assert cleaned_data(data) == data
    assert not is_harmless(frame.encode())


def test_most_frames_are_harmless_at_first_sight() -> None:
    assert is_harmless('{"type":"pong","data":{"timestamp":"noon"}}')
