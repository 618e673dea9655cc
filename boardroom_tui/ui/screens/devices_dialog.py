"""Somebody's devices: which are new, and the code that two people read to each other."""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from boardroom_tui.protocol.correspondents import Correspondent, DeviceView, Obstacle
from boardroom_tui.ui.screens.dialog_box import HEIGHTS, DialogBox, DialogButtons
from boardroom_tui.ui.widgets.cell_wrap import one_line


class Deed(Enum):
    """What the user decided about somebody's devices."""

    ACCEPT = "accept"
    """They are written to as they are."""
    COMPARED = "compared"
    """The code was the same."""
    REMOVE = "remove"
    """A device of one's own is no longer used."""


@dataclass(frozen=True, slots=True)
class DevicesDecision:
    """A decision, and the devices it is about."""

    deed: Deed
    devices: tuple[DeviceView, ...]


_EXPLAINED = {
    Obstacle.NEW_DEVICE: "A device is new. Ask them whether it is theirs before you accept it.",
    Obstacle.CHANGED_DEVICE: (
        "A device has other keys than before. Somebody may be reading along: ask them, by voice."
    ),
    Obstacle.NO_DEVICE: "There is no device yet that can read private messages.",
    Obstacle.UNKNOWN: "The server has not told of any device yet.",
}


class DevicesDialog(ModalScreen[DevicesDecision | None]):
    """Shows each device with its code; gives what the user decided, None for nothing."""

    DEFAULT_CSS = """
    DevicesDialog {
        align: center middle;
        background: $background 60%;
        & #devices { height: auto; }
        & .code { text-style: bold; color: $text-accent; }
        & .device { margin-top: 1; }
        & .warning { color: $text-warning; text-style: bold; margin-bottom: 1; }
        &.-short .device { margin-top: 0; }
    }
    """
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close", show=False),
        Binding("a", "accept", "Accept", show=False),
        Binding("c", "compared", "The codes match", show=False),
        Binding("r", "remove", "Remove", show=False),
        Binding("left,up", "app.focus_previous", "Previous", show=False),
        Binding("right,down", "app.focus_next", "Next", show=False),
    ]

    def __init__(self, user_id: str, name: str, correspondent: Correspondent, *, own: bool) -> None:
        """`user_id` is the bare one; `own` says whether these are one's own devices."""
        super().__init__()
        self.user_id = user_id
        self._name = one_line(name)
        self._own = own
        self._correspondent = correspondent

    def compose(self) -> ComposeResult:
        with DialogBox("Your devices" if self._own else f"Devices of {self._name}"):
            yield Static(id="obstacle", classes="warning", markup=False)
            yield Static(id="advice", classes="dialog-quiet", markup=False)
            yield Vertical(id="devices")
            with DialogButtons():
                yield Button("Close · Esc", id="close", compact=True)
                yield Button("Accept · a", id="accept", variant="warning", compact=True)
                yield Button("The codes match · c", id="compared", compact=True)
                yield Button("Remove · r", id="remove", compact=True)

    def on_mount(self) -> None:
        self._draw()
        self.query_one("#close", Button).focus()

    def show(self, correspondent: Correspondent) -> None:
        """What is known of the devices has changed."""
        if correspondent != self._correspondent:
            self._correspondent = correspondent
            self._draw()

    def _draw(self) -> None:
        obstacle = self._correspondent.obstacle
        warning = self.query_one("#obstacle", Static)
        warning.display = obstacle is not None
        warning.update(Content("" if obstacle is None else f"! {_EXPLAINED[obstacle]}"))
        advice = self.query_one("#advice", Static)
        advice.update(Content(self._advice))
        devices = self.query_one("#devices", Vertical)
        devices.remove_children()
        devices.mount_all(
            Static(self._described(device), classes="device") for device in self._in_order
        )
        self.query_one("#accept", Button).display = any(not one.accepted for one in self._in_order)
        self.query_one("#compared", Button).display = self._comparable is not None
        remove = self.query_one("#remove", Button)
        remove.display = self._removable is not None
        if self._removable is not None:
            remove.label = f"Remove {self._removable.short_id} · r"

    @property
    def _advice(self) -> str:
        if self._own:
            return (
                "What you write goes to all of them. Each was found at a server; yours are these."
            )
        return (
            f"Read the code to {self._name} by voice. If both screens show the same, "
            "nobody stands between you."
        )

    @property
    def _in_order(self) -> tuple[DeviceView, ...]:
        """What is to be looked at first, then the others."""
        return tuple(sorted(self._correspondent.devices, key=lambda one: one.accepted))

    @property
    def _comparable(self) -> DeviceView | None:
        """The first device whose code is there and was not compared."""
        return next(
            (one for one in self._in_order if one.accepted and one.code and not one.compared), None
        )

    @property
    def _removable(self) -> DeviceView | None:
        """A device of one's own that is not in use here; one that is new to this one first."""
        return next((one for one in self._in_order if self._own and not one.own), None)

    def _described(self, device: DeviceView) -> Content:
        if device.own:
            standing = "○ this device"
        elif not device.accepted:
            standing = "! not accepted yet"
        elif device.compared:
            standing = "✓ compared"
        else:
            standing = "● accepted at first use, not compared"
        lines = Content(f"Device {device.short_id}  {standing}")
        if device.own:
            return lines
        code = device.code or "the code is being worked out…"
        return Content.assemble(lines, "\n  ", (code, "bold $text-accent"))

    @on(Button.Pressed, "#close")
    def action_leave(self) -> None:
        """Decide nothing."""
        self.dismiss(None)

    @on(Button.Pressed, "#accept")
    def action_accept(self) -> None:
        """Write to these devices from now on."""
        waiting = tuple(one for one in self._in_order if not one.accepted)
        if waiting:
            self.dismiss(DevicesDecision(Deed.ACCEPT, waiting))

    @on(Button.Pressed, "#compared")
    def action_compared(self) -> None:
        """The code of the first device was compared."""
        device = self._comparable
        if device is not None:
            self.dismiss(DevicesDecision(Deed.COMPARED, (device,)))

    @on(Button.Pressed, "#remove")
    def action_remove(self) -> None:
        """A device of one's own is no longer used: nothing more is written to it."""
        device = self._removable
        if device is not None:
            self.dismiss(DevicesDecision(Deed.REMOVE, (device,)))
