"""What is asked before everybody is sent out of the meeting, or some are."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.ui.command import CommandId

Interrupting = Literal[CommandId.RECESS, CommandId.EXECUTIVE, CommandId.ADJOURN]
"""The commands that interrupt or end it."""


class Interruption(NamedTuple):
    """What a command calls the meeting to, and what is asked first."""

    phase: Literal[MeetingPhase.RECESS, MeetingPhase.EXECUTIVE, MeetingPhase.ADJOURNED]
    question: str
    consequence: str
    deed: str
    """As in `to adjourn`."""


INTERRUPTIONS: Mapping[Interrupting, Interruption] = MappingProxyType(
    {
        CommandId.RECESS: Interruption(
            MeetingPhase.RECESS,
            "Call a recess?",
            "It lasts until the meeting is called to order again; clocks and open votes go on.",
            "recess",
        ),
        CommandId.EXECUTIVE: Interruption(
            MeetingPhase.EXECUTIVE,
            "Go into executive session?",
            "Observers are kept out until the meeting is called to order again; they hear nothing "
            "of it later, either.",
            "go in",
        ),
        CommandId.ADJOURN: Interruption(
            MeetingPhase.ADJOURNED,
            "Adjourn the meeting?",
            "What is left on the agenda is left to another meeting.",
            "adjourn",
        ),
    }
)
