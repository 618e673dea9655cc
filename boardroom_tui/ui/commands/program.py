"""The program itself."""

from boardroom_tui.ui import situation as when
from boardroom_tui.ui.command import Command, CommandId, Group

PROGRAM: tuple[Command, ...] = (
    Command(
        CommandId.RECONNECT,
        "Try to connect now",
        Group.PROGRAM,
        letter="z",
        help="Does not wait for the next attempt after a lost connection.",
        footer="Reconnect",
        applies=when.waits_for_the_next_attempt,
    ),
    Command(
        CommandId.RENEW,
        "Give a new token",
        Group.PROGRAM,
        letter="k",
        help="Asks for one where yours runs out; what you have written is kept.",
        footer="New token",
        applies=when.a_token_is_wanted,
    ),
    Command(
        CommandId.THEME,
        "Switch between dark and light",
        Group.PROGRAM,
        keys=("ctrl+t",),
        letter="m",
        help="Two themes of our own; NO_COLOR is respected too.",
        footer="Theme",
    ),
    Command(
        CommandId.PALETTE,
        "Find a command",
        Group.PROGRAM,
        keys=("ctrl+p",),
        letter=":",
        help="Every command by its name.",
        footer="Commands",
    ),
    Command(
        CommandId.MORE,
        "Show the commands behind Space",
        Group.PROGRAM,
        letter="space",
        help="While you are not writing; the key that follows gives the command, Esc none.",
        footer="More",
    ),
    Command(
        CommandId.HELP,
        "Help",
        Group.PROGRAM,
        keys=("f1",),
        letter="?",
        help="This page.",
        footer="Help",
    ),
    Command(
        CommandId.LEAVE,
        "Leave the meeting",
        Group.PROGRAM,
        keys=("ctrl+q",),
        letter="q",
        help="Closes the connection and ends the program.",
        footer="Leave",
    ),
)
