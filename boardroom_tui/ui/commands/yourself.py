"""What others see of oneself."""

from boardroom_tui.protocol.fields import Status
from boardroom_tui.ui import situation as when
from boardroom_tui.ui.command import Command, CommandId, Group, Who

YOURSELF: tuple[Command, ...] = (
    Command(
        CommandId.ONLINE,
        "Be here",
        Group.YOURSELF,
        letter="1",
        help="Tells the others that you follow the meeting.",
        footer="Here",
        applies=when.status_can_become(Status.ONLINE),
        sends=True,
    ),
    Command(
        CommandId.AWAY,
        "Be away",
        Group.YOURSELF,
        letter="2",
        help="Tells the others that you are away for a moment.",
        footer="Away",
        applies=when.status_can_become(Status.AWAY),
        sends=True,
    ),
    Command(
        CommandId.BUSY,
        "Be busy",
        Group.YOURSELF,
        letter="3",
        help="Tells the others that you follow only with half an ear.",
        footer="Busy",
        applies=when.status_can_become(Status.BUSY),
        sends=True,
    ),
    Command(
        CommandId.APOLOGIES,
        "Send apologies",
        Group.YOURSELF,
        letter="J",
        help="Yours, or by the facilitator those of the member selected or named; once more takes "
        "them back.",
        footer="Apologies",
        who=Who.WRITERS,
        sends=True,
        extension="meeting.apology.record",
        takes="name",
    ),
)
