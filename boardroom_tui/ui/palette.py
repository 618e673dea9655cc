"""The command palette's entries: every command that is for this user."""

from functools import partial
from typing import cast

from textual.app import ComposeResult
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from boardroom_tui.ui.board import Board
from boardroom_tui.ui.command import Command, CommandId, is_for, reason_against
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.widgets.vote.open_vote_line import OpenVoteLine


class Palette(CommandPalette):
    """Textual's, with an open vote above it."""

    DEFAULT_CSS = """
    Palette > OpenVoteLine { dock: top; }
    """

    def compose(self) -> ComposeResult:
        yield OpenVoteLine()
        yield from super().compose()


class MeetingCommands(Provider):
    """The commands; one that cannot be done now says why beside its name."""

    async def discover(self) -> Hits:
        """All of them, first those that can be done now."""
        situation = self._board.situation
        for command in sorted(self._commands(), key=lambda one: _is_idle(one, situation)):
            yield DiscoveryHit(command.title, partial(self._run, command), help=self._help(command))

    async def search(self, query: str) -> Hits:
        """Those whose title or slash form the query is like."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = max(matcher.match(command.title), matcher.match(f"/{command.slash}"))
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(command.title),
                    partial(self._run, command),
                    text=command.title,
                    help=self._help(command),
                )

    @property
    def _board(self) -> Board:
        return cast("Board", self.app)

    def _commands(self) -> list[Command]:
        situation = self._board.situation
        return [
            command
            for command in self._board.commands
            if command.id is not CommandId.PALETTE and is_for(command, situation)
        ]

    def _help(self, command: Command) -> str:
        reason = reason_against(command, self._board.situation)
        keys = f"{command.shown_key}  /{command.slash}"
        return f"{keys}  {command.help}" if reason is None else f"{keys}  Not now: {reason}"

    def _run(self, command: Command) -> None:
        self._board.meeting_screen.action_command(command.id)


def _is_idle(command: Command, situation: Situation) -> bool:
    return reason_against(command, situation) is not None
