"""Every command, declared once: a file for each group of them.

Key bindings, the footer, the palette, the help screen and the slash commands all derive from
`COMMANDS`; what a command does is in performing.py.

The keys are those that neither a shell's line editing nor tmux nor a terminal's menu takes, and
each command has a letter beside it, for terminals that keep the function keys to themselves.
"""

from collections.abc import Mapping
from types import MappingProxyType

from boardroom_tui.ui.command import Command, CommandId
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
from boardroom_tui.ui.commands.voting import VOTING
from boardroom_tui.ui.commands.yourself import YOURSELF

COMMANDS: tuple[Command, ...] = (
    *VOTING,
    *MOTIONS,
    *CONVERSATION,
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

BY_SLASH: Mapping[str, Command] = MappingProxyType(
    {one.slash: one for one in COMMANDS} | {"quit": BY_ID[CommandId.LEAVE]}
)
"""The slash commands; `/quit` is what people type."""
