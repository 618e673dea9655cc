"""The demo without a person: played through, told line by line, checked in the end."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from boardroom_tui.demo.pace import Pace
from boardroom_tui.demo.script import EXPECTED
from boardroom_tui.demo.stage import stage
from boardroom_tui.demo.telling import result, told
from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.fields import ItemStatus
from boardroom_tui.state.decisions import known
from boardroom_tui.state.model import Meeting

SECONDS_AT_SPEED_1 = 1_200.0
SPARE_SECONDS = 60.0
"""A meeting that takes longer than these two say has got stuck."""


class UnfinishedError(Exception):
    """The meeting did not run to its end, or not as the script has it."""


async def play(data: Path, speed: float, tell: Callable[[str], None]) -> Meeting:
    """Play the whole meeting and tell each event; the meeting as it was in the end.

    Raises:
        UnfinishedError: It got stuck or ended otherwise than in the script.
    """
    pace = Pace(speed)
    limit = pace.real(SECONDS_AT_SPEED_1) + SPARE_SECONDS

    def hear(message: ServerMessage, before: Meeting, meeting: Meeting) -> None:
        line = told(message, before, meeting)
        if line is not None:
            tell(line)

    async with stage(data, pace) as set_up:
        set_up.floor.listen(hear)
        try:
            async with asyncio.timeout(limit):
                await set_up.over()
        except TimeoutError:
            raise UnfinishedError(f"the meeting was not over after {limit:.0f} s") from None
        meeting = set_up.floor.meeting
    problem = mistake(meeting)
    if problem is not None:
        raise UnfinishedError(problem)
    return meeting


def mistake(meeting: Meeting) -> str | None:
    """What is otherwise than in the script: an item that is not done, another result."""
    for item in meeting.agenda:
        if item.status is not ItemStatus.COMPLETED:
            return f"“{item.title}” was not completed"
    for decision_id, expected in EXPECTED.items():
        view = known(meeting, decision_id)
        ended_as = None if view.outcome is None else view.outcome.result
        if ended_as is not expected:
            return f"“{view.title}” ended as {ended_as}, not as {expected}"
    return None


def results(meeting: Meeting) -> list[str]:
    """Every decision and its verdict, a line each."""
    return [result(meeting, each) for each in EXPECTED]
