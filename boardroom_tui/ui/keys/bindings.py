"""The keys of the meeting's screen, as its commands declare them."""

from textual.binding import Binding, BindingType

from boardroom_tui.ui.command import LEADER
from boardroom_tui.ui.commands import Commands
from boardroom_tui.ui.keys.sequence import second_key


def key_bindings(commands: Commands) -> list[BindingType]:
    """A key of a command works everywhere but in the writing line's own way; a letter outside it.

    Escape belongs to the focused pane first. Space is taken before any pane sees it, so that the
    key behind it finds that it was pressed, however fast they come.
    """
    bindings: list[BindingType] = [
        Binding(LEADER, "begin_sequence", show=False, priority=True),
    ]
    for command in commands:
        action = f"command('{command.id}')"
        for key in command.keys:
            bindings.append(Binding(key, action, show=False, priority=key != "escape"))
        if command.letter not in ("", LEADER) and second_key(command) is None:
            # In a binding a comma stands between two keys.
            letter = "comma" if command.letter == "," else command.letter
            bindings.append(Binding(letter, action, show=False))
    return bindings
