"""What others see of oneself."""

from boardroom_tui.ui.command import Command, CommandId, Group, Who

YOURSELF: tuple[Command, ...] = (
    Command(
        CommandId.ONLINE,
        "Be here",
        Group.YOURSELF,
        letter="1",
        help="Tells the others that you follow the meeting.",
        footer="Here",
        sends=True,
    ),
    Command(
        CommandId.AWAY,
        "Be away",
        Group.YOURSELF,
        letter="2",
        help="Tells the others that you are away for a moment.",
        footer="Away",
        sends=True,
    ),
    Command(
        CommandId.BUSY,
        "Be busy",
        Group.YOURSELF,
        letter="3",
        help="Tells the others that you follow only with half an ear.",
        footer="Busy",
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
