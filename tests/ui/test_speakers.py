"""Asking for the floor, giving it, calling the roll and sending apologies."""

import pytest

from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.messages.attendance import ApologyRecord, RollCall
from boardroom_tui.protocol.messages.speaker import (
    SpeakerCall,
    SpeakerLower,
    SpeakerQueue,
    SpeakerRaise,
    SpeakerYield,
    Turn,
)
from boardroom_tui.state.reduce import reduce
from boardroom_tui.ui.command import CommandId
from tests.ui import board
from tests.ui.screen_text import at_the_meeting, until
from tests.ui.scripted_link import NOON, ScriptedLink
from tests.ui.test_life import meeting, why_not


def queue(speaking: str | None, *asking: str) -> SpeakerQueue:
    """Who has the floor, and who asks for it."""
    turn = None if speaking is None else Turn(user_id=speaking, since=NOON)
    turns = tuple(Turn(user_id=one, since=NOON) for one in asking)
    data = SpeakerQueue.Data(meeting_id=board.MEETING, speaking=turn, queue=turns)
    return SpeakerQueue(data=data)


@pytest.mark.parametrize(
    ("command", "role", "told", "reason"),
    [
        (CommandId.NEXT_SPEAKER, Role.FACILITATOR, queue(None, "user_2"), None),
        (
            CommandId.NEXT_SPEAKER,
            Role.FACILITATOR,
            queue("user_2"),
            "Nobody has raised a hand. /next-speaker NAME gives the floor to somebody.",
        ),
        (CommandId.YIELD, Role.FACILITATOR, queue("user_2"), None),
        (CommandId.YIELD, Role.PARTICIPANT, queue("user_1"), None),
        (
            CommandId.YIELD,
            Role.PARTICIPANT,
            queue("user_2"),
            "Only whoever has the floor can give it back, and the facilitator take it.",
        ),
        (CommandId.YIELD, Role.FACILITATOR, queue(None), "Nobody has the floor."),
        (CommandId.HAND, Role.OBSERVER, queue(None), None),
        (CommandId.ROLL, Role.PARTICIPANT, queue(None), "Only the facilitator can do that."),
    ],
)
def test_a_command_about_the_floor_says_why_it_cannot_be_done(
    command: CommandId, role: Role, told: SpeakerQueue, reason: str | None
) -> None:
    known = reduce(meeting(role=role), told, NOON)
    assert why_not(command, known) == reason


async def test_the_floor_is_asked_for_given_and_taken_back_with_single_letters() -> None:
    async with at_the_meeting() as (app, link, pilot):
        await pilot.press("escape", "H")
        link.hear(queue(None, "user_1", "user_2"))
        await until(pilot, lambda: bool(app.meeting.speakers.queue))
        await pilot.press("H", "N")
        link.hear(queue("user_1", "user_2"))
        await until(pilot, lambda: app.meeting.speakers.speaking is not None)
        await pilot.press("Y", "L")
        asked = [type(one) for one in link.sent]
        assert [one for one in asked if "Speaker" in one.__name__ or one is RollCall] == [
            SpeakerRaise,
            SpeakerLower,
            SpeakerCall,
            SpeakerYield,
            RollCall,
        ]


def recorded(link: ScriptedLink) -> list[tuple[str | None, bool]]:
    """The apologies that were sent: whose, and whether taken back."""
    sent = (one for one in link.sent if isinstance(one, ApologyRecord))
    return [(one.data.member_id, one.data.withdrawn) for one in sent]


async def test_apologies_are_those_of_whoever_is_named_and_taken_back_the_second_time() -> None:
    excused = board.ROSTER[10].model_copy(update={"apologies": True})
    whole = board.state(roster=(*board.ROSTER[:10], excused, board.ROSTER[11]))
    async with at_the_meeting(board.ready(), whole) as (app, link, pilot):
        app.command(CommandId.APOLOGIES, "Kenji")
        app.command(CommandId.APOLOGIES, "Olivia Marsh")
        app.command(CommandId.APOLOGIES, "Nobody Known")
        app.command(CommandId.APOLOGIES, "Daniel")
        app.command(CommandId.APOLOGIES)
        await pilot.pause()
        assert recorded(link) == [("user_12", False), ("user_11", True), (None, False)]
