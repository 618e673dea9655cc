"""What is said in private."""

from boardroom_tui.ui import situation as when
from boardroom_tui.ui.command import Command, CommandId, Group, Who

_PRIVATE = "private.send"

PRIVATE: tuple[Command, ...] = (
    Command(
        CommandId.DM,
        "Write to a member in private",
        Group.PRIVATE,
        letter="a",
        help="Encrypted on this device, readable on theirs and nowhere else.",
        footer="Private",
        who=Who.WRITERS,
        applies=when.can_be_private,
        extension=_PRIVATE,
        takes="name text",
    ),
    Command(
        CommandId.PRIVATE,
        "Open a private room for several",
        Group.PRIVATE,
        letter="f",
        help="The same for all whom you name: the board in executive session, say.",
        footer="Room",
        who=Who.WRITERS,
        applies=when.can_be_private,
        extension=_PRIVATE,
        takes="names",
    ),
    Command(
        CommandId.CONVERSATION,
        "Go to the next conversation",
        Group.PRIVATE,
        keys=("ctrl+n",),
        letter="h",
        help="To the next with something new, else round all of them; each keeps its draft.",
        footer="Next talk",
        takes="place",
        applies=when.has_private_conversations,
    ),
    Command(
        CommandId.EVERYBODY,
        "Go back to everybody",
        Group.PRIVATE,
        letter="space j",
        help="What you write is read by the whole meeting again.",
        footer="Everybody",
        applies=when.is_in_private,
    ),
    Command(
        CommandId.DEVICES,
        "Look at somebody’s devices",
        Group.PRIVATE,
        letter="s",
        help=(
            "New ones to accept, and the code that two people compare; without a name, those of "
            "whom you write to in private, else your own."
        ),
        footer="Devices",
        applies=when.can_be_private,
        extension=_PRIVATE,
        takes="name",
    ),
    Command(
        CommandId.UNLOCK,
        "Unlock private messages",
        Group.PRIVATE,
        letter="U",
        help="Asks for the passphrase that protects your keys where there is no keyring.",
        footer="Unlock",
        applies=when.keys_can_be_unlocked,
    ),
)
