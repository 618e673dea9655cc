"""The roster: everybody in one list, and the meeting led from it."""

from dataclasses import replace
from datetime import UTC

import pytest

from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.messages.attendance import ApologyRecord, RollCall
from boardroom_tui.protocol.messages.speaker import SpeakerCall
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.reduce import reduce
from boardroom_tui.ui.screens.roster import RosterScreen
from boardroom_tui.ui.widgets.roster_rows import roster_rows
from tests.ui import board
from tests.ui.screen_text import at_the_meeting, screen_text, until
from tests.ui.scripted_link import NOON
from tests.ui.test_life import meeting
from tests.ui.test_speakers import queue

EXCUSED = board.ROSTER[10].model_copy(update={"apologies": True})
WITH_EXCUSES = (*board.ROSTER[:10], EXCUSED, board.ROSTER[11])


def page(known: Meeting) -> list[str]:
    """Each row's words, what stands right behind a bar."""
    rows = roster_rows(known, NOON, dark=True, zone=UTC)
    texts = ["".join(text for text, _ in row.left) for row in rows]
    rights = ["".join(text for text, _ in row.right) for row in rows]
    return [
        " | ".join(part for part in (left.rstrip(), " ".join(right.split())) if part)
        for left, right in zip(texts, rights, strict=True)
    ]


def test_the_quorum_is_told_with_its_arithmetic() -> None:
    assert page(meeting())[:3] == [
        "Quorum",
        "✓ 9 of 11 with a vote are here, 6 needed: 3 to spare",
        "  Their votes count 10 of 12.",
    ]
    assert page(meeting(quorum=9))[1:3] == [
        "✓ 9 of 11 with a vote are here, 9 needed: none to spare",
        "! Quorum hangs on 9: one leaves and it is lost.",
    ]
    lacking = page(meeting(quorum=11))
    assert lacking[1] == "! 9 of 11 with a vote are here, 11 needed: 2 missing"
    assert page(Meeting("m"))[1] == "  This meeting’s server tells of none."


@pytest.mark.parametrize(
    ("speaking", "asking", "lines"),
    [
        (None, (), ["  Nobody has it or asks for it."]),
        ("user_2", (), ["  speaks  Daniel Brandt | 00:00", "  Nobody asks for it."]),
        (
            "user_2",
            ("user_9", "user_3"),
            [
                "  speaks  Daniel Brandt | 00:00",
                "  ✋1     Lucía Fernández | since 12:00",
                "  ✋2     Priya Natarajan | since 12:00",
            ],
        ),
    ],
)
def test_the_floor_is_told_in_the_order_of_raised_hands(
    speaking: str | None, asking: tuple[str, ...], lines: list[str]
) -> None:
    shown = page(reduce(meeting(), queue(speaking, *asking), NOON))
    begin = shown.index("The floor") + 1
    assert shown[begin : begin + len(lines)] == lines


def test_each_member_stands_with_presence_vote_hand_and_proxies() -> None:
    known = reduce(meeting(roster=WITH_EXCUSES), queue("user_2", "user_9"), NOON)
    shown = page(replace(known, proxies={"user_11": "user_2"}))
    assert "The roll  10 present, 1 of them away, 1 absent, 1 excused" in shown
    for line in (
        "● Margaret Oyelaran  you, facilitator | present vote",
        "● Daniel Brandt | speaks present vote",
        "    votes for Olivia Marsh too",
        "◉ Tomás Herrera | busy vote",
        "● Henrik Vos | present vote ×2",
        "● Lucía Fernández | ✋1 present vote",
        "● Samuel Adeyemi | present observer",
        "◐ Amara Diallo | away vote",
        "○ Olivia Marsh | excused vote",
        "    Daniel Brandt votes for them",
        "○ Kenji Watanabe | absent vote",
    ):
        assert line in shown, line
    assert (
        shown.index("    votes for Olivia Marsh too")
        == shown.index("● Daniel Brandt | speaks present vote") + 1
    )


async def test_the_meeting_is_led_from_the_roster() -> None:
    async with at_the_meeting(board.ready(), board.state(roster=WITH_EXCUSES), size=(60, 20)) as (
        app,
        link,
        pilot,
    ):
        link.hear(queue(None, "user_9", "user_3"))
        await pilot.press("escape", "space", "r")
        await until(pilot, lambda: "3 to spare" in screen_text(app))
        await pilot.press("N", "L", "end", "J")
        link.hear(queue("user_9", "user_3"))
        await until(pilot, lambda: app.meeting.speakers.speaking is not None)
        called, roll, excuse = (link.sent_of(one) for one in (SpeakerCall, RollCall, ApologyRecord))
        assert isinstance(called[0], SpeakerCall)
        assert called[0].data.member_id == "user_9"
        assert len(roll) == 1
        assert isinstance(excuse[0], ApologyRecord)
        assert excuse[0].data.member_id == "user_11"
        assert excuse[0].data.withdrawn
        assert isinstance(app.screen, RosterScreen)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.meeting_screen)


async def test_who_does_not_lead_is_offered_what_everybody_may() -> None:
    roster = (board.person(1, "Margaret Oyelaran"), *board.ROSTER[1:])
    entered = (board.ready(role=Role.PARTICIPANT), board.state(roster=roster))
    async with at_the_meeting(*entered, size=(80, 24)) as (app, link, pilot):
        await pilot.press("escape", "space", "r")
        await until(pilot, lambda: "H hand" in screen_text(app))
        assert "N next speaker" not in screen_text(app)
        await pilot.press("N")
        assert link.sent_of(SpeakerCall) == []
