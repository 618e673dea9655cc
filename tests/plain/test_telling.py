"""What the client without a screen tells: a sentence for each change, and one line each."""

from datetime import UTC

import pytest

from boardroom_tui.plain.telling import told
from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.fields import Role, Status
from tests.state.said import START, after, changed, chat, joined, left, ready, tally

HERE = after(ready(), joined("user_1", "John Doe"), joined("user_2", "Ana Duarte"))


def sentences(*messages: ServerMessage) -> list[str]:
    """What is told of these, where John and Ana are in the meeting already."""
    return list(told(HERE, after(*messages, meeting=HERE), START, UTC))


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (chat(3, "user_2", "We should wait.", "Ana Duarte"), "10:03 Ana Duarte: We should wait."),
        (chat(3, "user_1", "I agree."), "10:03 You: I agree."),
        (chat(3, "user_2", "@john, and you?", "Ana"), "10:03 Ana Duarte, to you: @john, and you?"),
        (joined("user_3", "Ben", Role.OBSERVER), "10:00 Ben has joined as observer."),
        (left("user_2", "Ana Duarte"), "10:00 Ana Duarte has left."),
        (changed("user_2", Status.BUSY), "10:00 Ana Duarte is busy."),
        (
            tally(0, 0),
            "10:00 A vote is open: decision_123. This server does not tell the rule. "
            "It closes at 10:30. Type /approve, /reject or /abstain.",
        ),
    ],
)
def test_a_change_is_one_sentence(message: ServerMessage, words: str) -> None:
    assert sentences(message) == [words]


def test_a_tally_is_told_when_a_vote_comes_in_and_not_again() -> None:
    one = after(tally(0, 0), meeting=HERE)
    two = after(tally(1, 0), meeting=one)
    count = "10:00 decision_123: 1 of 15 votes are in: 1 for, 0 against, 0 abstained."
    assert list(told(one, two, START, UTC)) == [count]
    assert list(told(two, after(tally(1, 0), meeting=two), START, UTC)) == []


def test_whoever_comes_in_hears_where_they_are_and_what_was_said() -> None:
    alone = after(ready())
    words = list(told(alone, after(joined("user_1", "John Doe"), meeting=alone), START, UTC))
    assert words[:2] == [
        "You are in meeting_123 as John Doe, participant.",
        "The meeting is not called to order.",
    ]
    assert "/help" in words[-1]


def test_what_others_write_ends_no_line_and_moves_no_terminal() -> None:
    hostile = "one\r\n10:04 Ana Duarte: forged\x1b[2J\x9b31m\u202egnp\u2028two\x07"
    (words,) = sentences(chat(3, "user_2", hostile, "Ana\nDuarte"))
    assert words.isprintable()
    assert words.startswith("10:03 Ana Duarte: one 10:04 Ana Duarte: forged")
