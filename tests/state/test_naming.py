"""Whom one addresses by what one types."""

import pytest

from boardroom_tui.state.model import Meeting, Person
from boardroom_tui.state.naming import addressed, all_addressed

MEETING = Meeting(
    "meeting_1",
    people={
        one.user_id: one
        for one in (
            Person("user_ana", "Ana Duarte"),
            Person("user_ben", "Ben Okafor"),
            Person("user_2", "Ana Duarte Lopes"),
            Person("user_x", "Cleo"),
            Person("user_y", "Cleo"),
        )
    },
)


@pytest.mark.parametrize(
    ("words", "user_id", "rest"),
    [
        ("ben hello there", "user_ben", "hello there"),
        ("@Ben  hello", "user_ben", "hello"),
        ("BEN OKAFOR: hello", "user_ben", "hello"),
        ("Ana Duarte hello", "user_ana", "hello"),
        ("Ana Duarte Lopes hello", "user_2", "hello"),
        ("user_ben hello", "user_ben", "hello"),
        ("2 hello", "user_2", "hello"),
        ("ben, hello", "user_ben", "hello"),
        ("ben :-)", "user_ben", ":-)"),
        ("ben", "user_ben", ""),
        ("ana hello", "user_ana", "hello"),
    ],
)
def test_a_name_an_id_or_a_first_name_addresses_somebody(
    words: str, user_id: str, rest: str
) -> None:
    found = addressed(MEETING, words)
    assert not isinstance(found, str)
    assert (found[0].user_id, found[1]) == (user_id, rest)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("benjamin hello", "There is nobody here called benjamin."),
        ("cleo hello", "There are several of this name: write x or y."),
        ("  ", "Name somebody."),
        ("@", "Name somebody."),
    ],
)
def test_who_is_not_found_or_not_clear_is_said(words: str, reason: str) -> None:
    assert addressed(MEETING, words) == reason


@pytest.mark.parametrize("words", ["ben ana", "Ben, Ana", "@ben @ana", "ben,user_ana , ben"])
def test_several_are_named_one_after_the_other(words: str) -> None:
    found = all_addressed(MEETING, words)
    assert not isinstance(found, str)
    assert [one.user_id for one in found] == ["user_ben", "user_ana"]


def test_one_of_several_who_is_not_here_is_named() -> None:
    assert all_addressed(MEETING, "ben dora") == "There is nobody here called dora."
