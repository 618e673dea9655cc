"""Leading the meeting through its life."""

from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.ui import situation as when
from boardroom_tui.ui.command import Command, CommandId, Group, Who

_PHASE_SET = "meeting.phase.set"

LIFE: tuple[Command, ...] = (
    Command(
        CommandId.CONTROL,
        "Show all that leads the meeting",
        Group.LIFE,
        letter="space o",
        help="Agenda and times, votes, quorum, the floor, motions; Enter does the next step.",
        footer="Lead",
        who=Who.FACILITATOR,
    ),
    Command(
        CommandId.ORDER,
        "Call the meeting to order",
        Group.LIFE,
        letter="C",
        help="It begins, or goes on after a recess, an executive session or an adjournment.",
        footer="To order",
        who=Who.FACILITATOR,
        applies=when.can_be_called_to(MeetingPhase.IN_SESSION),
        sends=True,
        extension=_PHASE_SET,
    ),
    Command(
        CommandId.RECESS,
        "Recess",
        Group.LIFE,
        letter="R",
        help="A pause until it is called to order again; clocks and open votes go on.",
        footer="Recess",
        who=Who.FACILITATOR,
        applies=when.can_be_called_to(MeetingPhase.RECESS),
        until_adjourned=True,
        sends=True,
        extension=_PHASE_SET,
    ),
    Command(
        CommandId.EXECUTIVE,
        "Go into executive session",
        Group.LIFE,
        letter="X",
        help="Observers hear nothing of what is said and decided in it, then or later.",
        footer="Executive",
        who=Who.FACILITATOR,
        applies=when.can_be_called_to(MeetingPhase.EXECUTIVE),
        until_adjourned=True,
        sends=True,
        extension=_PHASE_SET,
    ),
    Command(
        CommandId.ADJOURN,
        "Adjourn the meeting",
        Group.LIFE,
        letter="A",
        help="Ends it, after a confirmation.",
        footer="Adjourn",
        who=Who.FACILITATOR,
        applies=when.can_be_called_to(MeetingPhase.ADJOURNED),
        sends=True,
        extension=_PHASE_SET,
    ),
    Command(
        CommandId.ROLL,
        "Call the roll",
        Group.LIFE,
        letter="L",
        help="Says and records who is present, absent and excused, and the quorum by it.",
        footer="Roll call",
        who=Who.FACILITATOR,
        until_adjourned=True,
        sends=True,
        extension="meeting.roll.call",
    ),
)
