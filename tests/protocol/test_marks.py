"""Marks in the conversation: what a line is meant for, whose an action is, when it is due."""

from datetime import date

import pytest

from boardroom_tui.protocol.due import day_meant
from boardroom_tui.protocol.marks import Mark, MarkKind, mark_of, meant

THURSDAY = date(2026, 11, 26)
ROSTER = (
    ("user_ana", "Ana Silva"),
    ("user_anna", "Anna Berg"),
    ("user_4", "Kurt Gödel"),
    ("user_5", "Kurt Weill"),
    ("user_6", "Bo"),
)


@pytest.mark.parametrize(
    ("written", "mark"),
    [
        ("/info The boiler was serviced.", Mark(MarkKind.INFO, "The boiler was serviced.")),
        ("/Agreed  we\nstay ", Mark(MarkKind.AGREED, "we\nstay")),
        ("/correction: page 2", Mark(MarkKind.CORRECTION, "page 2")),
        ("/undo ", Mark(MarkKind.UNDO)),
        ("/action Find a room", Mark(MarkKind.ACTION, "Find a room")),
        ("/action @ana Find a room", Mark(MarkKind.ACTION, "Find a room", ("ana",))),
        ("/action @ana: Find a room", Mark(MarkKind.ACTION, "Find a room", ("ana",))),
        (
            "/action @ana, @bo and @kurt by Friday: Write: soon",
            Mark(MarkKind.ACTION, "Write: soon", ("ana", "bo", "kurt"), "Friday"),
        ),
        (
            "/action by 12:30 tomorrow: Call",
            Mark(MarkKind.ACTION, "Call", (), "12:30 tomorrow"),
        ),
        ("/action by bike to the bank", Mark(MarkKind.ACTION, "by bike to the bank")),
        ("/action @ana @ana: x", Mark(MarkKind.ACTION, "x", ("ana",))),
    ],
)
def test_a_line_that_begins_with_a_mark_says_what_it_is_for(written: str, mark: Mark) -> None:
    assert mark_of(written) == mark


@pytest.mark.parametrize(
    "written",
    [
        "hello",
        "see /info",
        "/information x",
        "/info",
        "/action",
        "/action @ana by Friday:",
        "/undo x",
    ],
)
def test_other_lines_are_only_said(written: str) -> None:
    assert mark_of(written) is None


@pytest.mark.parametrize(
    ("called", "user_id"),
    [
        ("ana", "user_ana"),
        ("Anna", "user_anna"),
        ("user_4", "user_4"),
        ("b", "user_6"),
        ("kurt", None),
        ("an", None),
        ("zoe", None),
    ],
)
def test_a_name_is_somebodys_where_only_one_can_be_meant(called: str, user_id: str | None) -> None:
    assert meant(called, ROSTER) == user_id


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", date(2026, 11, 26)),
        ("Tomorrow", date(2026, 11, 27)),
        ("Friday", date(2026, 11, 27)),
        ("thu", date(2026, 12, 3)),
        ("2026-12-04", date(2026, 12, 4)),
        ("4 December", date(2026, 12, 4)),
        ("Dec 4", date(2026, 12, 4)),
        ("1 Sept.", date(2027, 9, 1)),
        ("4. January, 2029", date(2029, 1, 4)),
        ("31 June", None),
        ("2026-13-01", None),
        ("next week", None),
        ("th", None),
        ("", None),
    ],
)
def test_a_day_is_told_where_it_is_clear(words: str, day: date | None) -> None:
    assert day_meant(words, THURSDAY) == day
