"""A member's colour: another one for each, the same every time."""

import re

from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.server.colours import colours

users = st.lists(st.text("abcdef0123456789", min_size=1, max_size=8), unique=True)


@given(users)
def test_all_colours_differ_and_are_colours(user_ids: list[str]) -> None:
    given_out = colours(user_ids)
    assert len(set(given_out.values())) == len(user_ids)
    assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in given_out.values())


@given(users, st.text("ghij", min_size=1))
def test_a_new_member_at_the_end_changes_nobody_s_colour(user_ids: list[str], new: str) -> None:
    before = colours(user_ids)
    after = colours([*user_ids, new])
    assert {user: after[user] for user in user_ids} == dict(before)


def test_there_are_colours_for_a_thousand_members() -> None:
    assert len(set(colours(f"user_{number}" for number in range(1000)).values())) == 1000


def test_both_ways_to_write_a_user_are_one_user() -> None:
    assert colours(["user_7", "7"]) == colours(["7"])
