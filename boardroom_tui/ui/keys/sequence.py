"""Commands of two keys: Space, while one is not writing, and the key that says which."""

from boardroom_tui.ui.command import LEADER, Command, CommandId, display_of, reason_against
from boardroom_tui.ui.commands import DECLARED, Commands
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.widgets.key_line import KeyHint


def second_key(command: Command) -> str | None:
    """The key that gives the command after Space; None where it has none such."""
    leader, _, second = command.letter.partition(" ")
    return second if leader == LEADER and second else None


def command_after_leader(
    key: str, character: str | None, commands: Commands = DECLARED
) -> CommandId | None:
    """The command that a key after Space gives, by Textual's name of it or what it writes."""
    for command in commands:
        if second_key(command) in (key, character or key):
            return command.id
    return None


def follow_ups(situation: Situation, commands: Commands = DECLARED) -> tuple[KeyHint, ...]:
    """What may follow Space: the commands that can be given now, in the order of the help."""
    return tuple(
        KeyHint(display_of(second), command.footer, command.id)
        for command in commands
        if (second := second_key(command)) is not None
        and reason_against(command, situation) is None
    )
