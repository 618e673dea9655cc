"""Who is here, who speaks, who may vote, and whether there is a quorum: one list for all of it."""

from collections.abc import Callable
from datetime import tzinfo
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from boardroom_tui.state.select import may_facilitate
from boardroom_tui.ui.command import Command, CommandId, display_of
from boardroom_tui.ui.commands import Commands
from boardroom_tui.ui.screens.following import Following
from boardroom_tui.ui.screens.framed import FramedScreen
from boardroom_tui.ui.screens.scene import Scene
from boardroom_tui.ui.widgets.presence import chosen_person
from boardroom_tui.ui.widgets.roster_rows import roster_rows
from boardroom_tui.ui.widgets.rows import RowList

_LEADING = (
    CommandId.NEXT_SPEAKER,
    CommandId.YIELD,
    CommandId.ROLL,
    CommandId.APOLOGIES,
    CommandId.HAND,
)
_OTHERS = (CommandId.HAND, CommandId.YIELD, CommandId.APOLOGIES, CommandId.PROXY)
"""The commands that work from here, about whoever is selected."""

_SHARE, _FRAME = 0.96, 6
"""How much of the screen the list may take, and what its frame needs of that."""


class RosterScreen(FramedScreen[None], Following):
    """A list that stays open while one leads the meeting from it."""

    DEFAULT_CSS = """
    RosterScreen {
        & > RowList { width: 92; height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", show=False),
    ]

    def __init__(
        self,
        scene: Scene,
        commands: Commands,
        give: Callable[[CommandId], object],
        *,
        zone: tzinfo | None = None,
    ) -> None:
        """`give` does what a command says."""
        super().__init__()
        self._scene = scene
        self._known = commands
        self._give = give
        self._zone = zone
        self._list = RowList()

    @property
    def selected(self) -> str | None:
        """The user whose row is selected."""
        return chosen_person(self._list.selected)

    def compose(self) -> ComposeResult:
        yield self._list

    def on_mount(self) -> None:
        self._list.border_title = "Roster"
        self.show(self._scene)
        self._list.focus()

    def show(self, scene: Scene) -> None:
        """Show the meeting as it is by now."""
        self._scene = scene
        self._list.border_subtitle = self._keys()
        now = scene.meeting_time
        self._list.rows = roster_rows(scene.meeting, now, dark=scene.dark, zone=self._zone)

    def on_key(self, event: events.Key) -> None:
        """The letters of the commands that work here."""
        for command in self._commands:
            if {event.key, event.character} & set(_keys_of(command)):
                event.stop()
                self._give(command.id)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """As among the people: one writes to whom one chooses."""
        event.stop()
        self._give(CommandId.DM)

    def _keys(self) -> str:
        """The keys with their words, or with the first of them where there is less room."""
        keyed = [(one, _keys_of(one)) for one in self._commands]
        words = [f"{display_of(keys[-1])} {one.footer.lower()}" for one, keys in keyed if keys]
        keys = " · ".join((*words, "Esc closes"))
        if len(keys) <= self.size.width * _SHARE - _FRAME:
            return keys
        return "  ".join((*(" ".join(one.split()[:2]) for one in words), "Esc"))

    def on_resize(self) -> None:
        self._list.border_subtitle = self._keys()

    @property
    def _commands(self) -> list[Command]:
        wanted = _LEADING if may_facilitate(self._scene.meeting) else _OTHERS
        return [self._known[one] for one in wanted]


def _keys_of(command: Command) -> list[str]:
    """The single keys that give it; a letter comes last."""
    return [key for key in command.all_keys if " " not in key]
