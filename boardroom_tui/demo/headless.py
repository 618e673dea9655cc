"""The demo without a person: played through, told line by line, checked in the end."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from boardroom_tui.demo.pace import Pace
from boardroom_tui.demo.script import EXPECTED
from boardroom_tui.demo.stage import stage
from boardroom_tui.demo.telling import result, told
from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.fields import ItemStatus, MeetingPhase
from boardroom_tui.state.model import DecisionView, Meeting

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
    for name, expected in EXPECTED.items():
        view = _view(meeting, name)
        ended_as = None if view is None or view.outcome is None else view.outcome.result
        if ended_as is not expected:
            title = name if view is None else view.title
            return f"“{title}” ended as {ended_as}, not as {expected}"
    if meeting.phase is not MeetingPhase.ADJOURNED:
        return "the meeting was not adjourned"
    return None


def results(meeting: Meeting) -> list[str]:
    """Every decision and its verdict, a line each."""
    return [result(view) for name in EXPECTED if (view := _view(meeting, name)) is not None]


def _view(meeting: Meeting, name: str) -> DecisionView | None:
    """The decision of this id, or the one that a motion of this title led to."""
    views = meeting.decisions.values()
    return next((view for view in views if name in (view.decision_id, view.title)), None)
