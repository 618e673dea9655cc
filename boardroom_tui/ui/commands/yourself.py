"""What others see of oneself."""

from boardroom_tui.ui.command import Command, CommandId, Group

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
)
