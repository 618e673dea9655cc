"""Every command, declared once: a file for each group of them.

Key bindings, the footer, the palette, the help screen and the slash commands all derive from
`Commands`: what is declared in `COMMANDS`, with the keys that the user's settings give. What a
command does is in deeds/performing.py.

The keys are those that neither a shell's line editing nor tmux nor a terminal's menu takes, and
each command has a letter beside it, for terminals that keep the function keys to themselves.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from types import MappingProxyType

from boardroom_tui.ui.command import LEADER, Command, CommandId, is_letter
from boardroom_tui.ui.commands.agenda import AGENDA
from boardroom_tui.ui.commands.conversation import CONVERSATION
from boardroom_tui.ui.commands.decisions import DECISIONS
from boardroom_tui.ui.commands.floor import FLOOR
from boardroom_tui.ui.commands.life import LIFE
from boardroom_tui.ui.commands.minutes import MINUTES
from boardroom_tui.ui.commands.motions import MOTIONS
from boardroom_tui.ui.commands.panes import PANES
from boardroom_tui.ui.commands.private import PRIVATE
from boardroom_tui.ui.commands.program import PROGRAM
from boardroom_tui.ui.commands.reading import READING
from boardroom_tui.ui.commands.voting import VOTING
from boardroom_tui.ui.commands.yourself import YOURSELF

COMMANDS: tuple[Command, ...] = (
    *VOTING,
    *MOTIONS,
    *CONVERSATION,
    *READING,
    *PRIVATE,
    *MINUTES,
    *PANES,
    *FLOOR,
    *LIFE,
    *AGENDA,
    *DECISIONS,
    *YOURSELF,
    *PROGRAM,
)

BY_ID: Mapping[CommandId, Command] = MappingProxyType({one.id: one for one in COMMANDS})

_ELSEWHERE = {
    CommandId.LEAVE: ("quit", "exit", "part"),
    CommandId.DM: ("query", "msg"),
    CommandId.PEOPLE: ("names", "who", "whois"),
    CommandId.AGENDA: ("topic",),
    CommandId.NEWEST: ("clear",),
    CommandId.CONVERSATION: ("window", "win", "buffer"),
    CommandId.SEARCH: ("lastlog", "grep"),
}
"""What the same is called in weechat and irssi, and people type here."""

BY_SLASH: Mapping[str, Command] = MappingProxyType(
    {one.slash: one for one in COMMANDS}
    | {name: BY_ID[one] for one, names in _ELSEWHERE.items() for name in names}
)
"""The slash commands."""

_MEETINGS = "In another terminal, boardroom lists the meetings you know and joins them."
_NOT_HERE = {
    "me": "What you say stands under your name.",
    "nick": "Your name is the one in the meeting’s file.",
    "join": _MEETINGS,
    "list": _MEETINGS,
    "set": "In another terminal, boardroom keys says where your settings are.",
}
"""What people type here and no command is like, and how that is."""

_NEAR = 0.75
"""So like must a name be to a command's, from 0 to 1, to be a slip of the keys."""


def no_command(name: str, help_key: str) -> str:
    """That there is no such slash command, and which one may be meant, or what tells them."""
    if name.lower() in _NOT_HERE:
        return f"There is no command /{name}. {_NOT_HERE[name.lower()]} // begins a text."
    known = sorted(one.slash for one in COMMANDS)
    begun = [slash for slash in known if name and slash.startswith(name.lower())]
    near = begun or get_close_matches(name.lower(), known, n=1, cutoff=_NEAR)
    other = f"Did you mean /{near[0]}?" if near else f"{help_key} tells them;"
    return f"There is no command /{name}. {other} // begins a text."


class Commands:
    """The commands in their order, with the keys that they have for this user."""

    def __init__(self, own: Mapping[CommandId, tuple[str, ...]] = MappingProxyType({})) -> None:
        """`own` are the user's keys, all of a command's; the other commands keep theirs."""
        self._by_id = {
            one.id: _with_keys(one, own[one.id]) if one.id in own else one for one in COMMANDS
        }

    def __iter__(self) -> Iterator[Command]:
        return iter(self._by_id.values())

    def __getitem__(self, command_id: CommandId) -> Command:
        return self._by_id[command_id]

    def by_letter(self, letter: str) -> Command | None:
        """The command that a letter gives while one is not writing."""
        wanted = LEADER if letter == " " else letter
        return next((one for one in self if one.letter == wanted), None)

    def key(self, command_id: CommandId) -> str:
        """A command's key as people write it, or what one types where it has none."""
        return self._by_id[command_id].shown_key


def _with_keys(command: Command, keys: tuple[str, ...]) -> Command:
    letter = next((key for key in keys if is_letter(key)), "")
    return replace(command, keys=tuple(key for key in keys if key != letter), letter=letter)


DECLARED = Commands()
"""The commands with the keys that are declared."""
