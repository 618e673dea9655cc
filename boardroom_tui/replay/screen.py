"""The screen of a live meeting, with a bar for what one can do with a replay."""

from collections.abc import Callable, Mapping
from datetime import tzinfo
from types import MappingProxyType
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from boardroom_tui.replay.bar import Position, ReplayBar
from boardroom_tui.replay.player import Control
from boardroom_tui.replay.track import Track
from boardroom_tui.ui.command import LEADER, CommandId, display_of
from boardroom_tui.ui.commands import DECLARED, Commands
from boardroom_tui.ui.screens.meeting import MeetingScreen
from boardroom_tui.ui.screens.scene import Scene
from boardroom_tui.ui.widgets.key_line import KeyHint, KeyLine

KEYS: Mapping[Control, str] = MappingProxyType(
    {
        Control.PLAY: "space",
        Control.FASTER: "plus,equals_sign",
        Control.SLOWER: "minus",
        Control.PREVIOUS_EVENT: "left",
        Control.NEXT_EVENT: "right",
        Control.PREVIOUS_ITEM: "left_square_bracket",
        Control.NEXT_ITEM: "right_square_bracket",
        Control.PREVIOUS_DECISION: "left_curly_bracket",
        Control.NEXT_DECISION: "right_curly_bracket",
        Control.BEGINNING: "home",
        Control.END: "end",
    }
)

PLAYING = (
    ("Space", "Plays or pauses; at the end, plays again."),
    ("- +", "Slower or faster, from a quarter to 64 times; above that, without pauses."),
    ("← →", "One event back or on, and pauses there."),
    ("[ ]", "To the agenda item before, or the next."),
    ("{ }", "To the decision before, or the next: where it was opened."),
    ("Home End", "To the beginning, or the end."),
    ("↑ ↓ Page", "Reads back in the conversation, and on."),
    ("^P", "Finds a command by its name, those behind Space too: Space plays here."),
    ("Click", "On the line below, goes to that moment."),
)
"""What the keys do, as the help tells it."""

HINTS = (
    KeyHint("Space", "Play", Control.PLAY),
    KeyHint("- +", "Speed", Control.FASTER),
    KeyHint("← →", "Event", Control.NEXT_EVENT),
    KeyHint("[ ]", "Item", Control.NEXT_ITEM),
    KeyHint("{ }", "◆ Decision", Control.NEXT_DECISION),
)


class ReplayScreen(MeetingScreen):
    """A meeting in which nothing can be written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys, f"control('{control}')", show=False, priority=True)
        for control, keys in KEYS.items()
    ]

    def __init__(
        self,
        scene: Scene,
        track: Track,
        commands: Commands = DECLARED,
        *,
        zone: tzinfo | None = None,
    ) -> None:
        super().__init__(scene, commands, zone=zone)
        self.bar = ReplayBar(track, zone=zone, id="replay")
        self.control: Callable[[Control], object] = lambda _: None
        """Does what a key of the replay asks for."""
        self.composer.disabled = True

    def compose(self) -> ComposeResult:
        """The panes, and the bar above the line of keys."""
        for widget in super().compose():
            if widget is self.keys:
                yield self.bar
            yield widget

    def on_mount(self) -> None:
        self.chat.focus_list()

    def show_position(self, position: Position) -> None:
        """Where the replay is."""
        self.bar.position = position

    def show_hints(self, hints: tuple[KeyHint, ...]) -> None:
        """The keys of the replay, then those of any meeting that do something in this one."""
        others = (
            hint
            for hint in hints
            if hint.command != CommandId.SWITCH and not hint.key.startswith(display_of(LEADER))
        )
        super().show_hints((*HINTS, *others))

    def action_control(self, control: str) -> None:
        """Do something with the replay."""
        self.control(Control(control))

    def on_key_line_pressed(self, event: KeyLine.Pressed) -> None:
        if event.command in tuple(Control):
            event.prevent_default()
            event.stop()
            self.action_control(event.command)
