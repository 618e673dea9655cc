"""The facilitator's view: the whole meeting at a glance, and the next step suggested."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import ClassVar, cast

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingsMap, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from boardroom_tui.state.select import current_item
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.commands import Commands
from boardroom_tui.ui.keys.bindings import key_bindings
from boardroom_tui.ui.next_step import Step, next_step
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.widgets.agenda import item_key
from boardroom_tui.ui.widgets.control_rows import ControlScene, joined, proceedings, schedule
from boardroom_tui.ui.widgets.header import HeaderSlice, MeetingHeader
from boardroom_tui.ui.widgets.key_line import KeyHint, KeyLine
from boardroom_tui.ui.widgets.rows import RowList
from boardroom_tui.ui.widgets.vote.open_vote_line import OpenVoteLine

_WIDE = 96
"""From so many columns on there are two lists side by side."""
_TALL = 16
"""From so many lines on there are frames."""


@dataclass(frozen=True, slots=True)
class ControlView:
    """What the screen shows."""

    situation: Situation
    header: HeaderSlice
    hints: tuple[KeyHint, ...]
    now: datetime


class ControlList(RowList):
    """Rows that commands are about once the arrows have selected one, not before."""

    def _select_first(self) -> None:
        """Nothing: with nothing selected a command is about the open vote, the current item."""


class ControlScreen(Screen[None]):
    """Every command works here as in the meeting; Enter does the step that is suggested."""

    DEFAULT_CSS = """
    ControlScreen {
        background: $background;
        color: $foreground;

        & #step {
            height: auto;
            margin: 0 1;
            padding: 0 1;
            border: round $accent;
            border-title-color: $accent;
            border-title-style: bold;
            border-subtitle-color: $accent;
        }
        & Horizontal { width: 100%; height: 1fr; padding: 0 1; }
        & ControlList {
            width: 1fr;
            height: 1fr;
            padding: 0 1;
            background: $background;
            border: round $rule;
        }
        & #schedule { margin-left: 1; }
        & ControlList:focus { border: round $primary; }
        &.-narrow #schedule { display: none; }
        &.-short #step, &.-short ControlList, &.-short ControlList:focus {
            border: none; margin: 0; padding: 0 1;
        }
        &.-short Horizontal { padding: 0; }
        &.-short #step { border-left: outer $accent; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        # Enter and Escape are the view's own, whatever has the keys in it.
        Binding("enter", "step", show=False, priority=True),
        Binding("escape,q", "app.pop_screen", show=False, priority=True),
    ]

    def __init__(
        self,
        view: Callable[[], ControlView],
        give: Callable[[CommandId], object],
        commands: Commands,
        *,
        zone: tzinfo | None = None,
    ) -> None:
        """`view` is asked for what to show, `give` does what a command says.

        `zone` is where times are shown.
        """
        super().__init__()
        keys = BindingsMap(key_bindings(commands)).key_to_bindings
        self._bindings = BindingsMap.from_keys(keys | self._bindings.key_to_bindings)
        self._commands = commands
        self._view = view
        self._give = give
        self._zone = zone
        self._step = Step("")
        self._about: str | None = None
        self._header = MeetingHeader(id="header")
        self._suggestion = Static(id="step", markup=False)
        self._proceedings = ControlList(id="proceedings")
        self._schedule = ControlList(id="schedule")
        self._keys = KeyLine(id="keys")

    def compose(self) -> ComposeResult:
        """The step above all, then the lists."""
        # Now already, lest they stand elsewhere for a moment.
        self._fit(cast("App[object]", self.app).size)  # pyright: ignore[reportUnknownMemberType]
        yield self._header
        yield OpenVoteLine()
        yield self._suggestion
        with Horizontal():
            yield self._proceedings
            yield self._schedule
        yield self._keys

    def on_mount(self) -> None:
        self._suggestion.border_title = "Next step"
        self._proceedings.focus()
        self.show()

    def show(self) -> None:
        """Show the meeting as it stands."""
        view = self._view()
        meeting = view.situation.meeting
        scene = ControlScene(meeting, view.now, self._zone, self._commands.key)
        happening, agenda = proceedings(scene), schedule(scene)
        narrow = self.has_class("-narrow")
        self._proceedings.rows = joined(happening, agenda) if narrow else happening
        self._schedule.rows = agenda
        item = current_item(meeting)
        self._schedule.preferred = None if item is None else item_key(item.id)
        self._header.slice = view.header
        self._keys.hints = view.hints
        self._suggest(view)

    @property
    def acting_on(self) -> str | None:
        """The key of the row that a command is about: the suggested step's, or the selected."""
        focused = self.focused
        return self._about or (focused.selected if isinstance(focused, ControlList) else None)

    def action_command(self, command: str) -> None:
        """Ask for a command."""
        self._give(CommandId(command))

    def action_step(self) -> None:
        """Do the step that is suggested, as its own key would."""
        if self._step.command is not None:
            self._about = self._step.about
            self._give(self._step.command)
            self._about = None

    def on_key_line_pressed(self, event: KeyLine.Pressed) -> None:
        event.stop()
        self.action_command(event.command)

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size)
        if self.has_class("-narrow") and self._schedule.has_focus:
            self._proceedings.focus()
        self.show()

    def _fit(self, room: Size) -> None:
        self.update_classes({"-narrow": room.width < _WIDE, "-short": room.height < _TALL})

    def _suggest(self, view: ControlView) -> None:
        self._step = next_step(view.situation, view.now)
        words, command = self._step.words, self._step.command
        keys = "" if command is None else f"Enter or {self._commands.key(command)}"
        self._suggestion.border_subtitle = keys
        sign = () if command is None else ("▸ ", "$accent bold")
        # Without a frame the keys stand behind the words.
        behind = f"  {keys}" if self.has_class("-short") else ""
        self._suggestion.update(
            Content.assemble(sign or "", (words, "bold" if sign else ""), (behind, "$accent"))
        )
