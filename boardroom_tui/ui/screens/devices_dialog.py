"""Somebody's devices: which are new, and the code that two people read to each other."""

from enum import Enum
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Static

from boardroom_tui.protocol.correspondents import Correspondent, DeviceView, Obstacle, Readiness
from boardroom_tui.state.private import Privacy
from boardroom_tui.ui.screens.dialog_box import Dialog, DialogBox, DialogButtons
from boardroom_tui.ui.screens.following import Following
from boardroom_tui.ui.screens.scene import Scene
from boardroom_tui.ui.widgets.cell_wrap import one_line


class Deed(Enum):
    """What the user decided about somebody's devices."""

    ACCEPT = "accept"
    """They are written to as they are."""
    COMPARED = "compared"
    """The code was the same."""
    REMOVE = "remove"
    """A device of one's own is no longer used."""


_OF_OTHERS = {
    Obstacle.NEW_DEVICE: "A device is new. Ask them whether it is theirs before you accept it.",
    Obstacle.CHANGED_DEVICE: (
        "A device has other keys than before. Somebody may be reading along: ask them, by voice."
    ),
    Obstacle.NO_DEVICE: "There is no device yet that can read private messages.",
    Obstacle.UNKNOWN: "The server has not told of any device yet.",
}
_OF_ONE_S_OWN = {
    Obstacle.NEW_DEVICE: "A device of yours is new. If it is not yours, remove it.",
    Obstacle.CHANGED_DEVICE: (
        "A device of yours has other keys than before. If it is not yours, remove it."
    ),
    Obstacle.NO_DEVICE: "You have no device yet that can read private messages.",
    Obstacle.UNKNOWN: "The server has not told of any device of yours yet.",
}
_WIDTHS = [(0, "-slim"), (64, "-wide")]
"""Below so many columns what Escape does goes unsaid, so that the other keys can be."""

_LOCKED = (Readiness.LOCKED, Readiness.UNPROTECTED)


class DevicesDialog(Dialog[None], Following):
    """Shows each device with its code, and how it stands after each decision."""

    DEFAULT_CSS = """
    DevicesDialog {
        & #devices { height: auto; }
        & .code { text-style: bold; color: $text-accent; }
        & .device { margin-top: 1; }
        & .warning { color: $text-warning; text-style: bold; margin-bottom: 1; }
        &.-short .device { margin-top: 0; }
        & DialogButtons Button { min-width: 0; }
        &.-slim DialogButtons Button { margin-left: 1; }
        &.-slim #leave { display: none; }
    }
    """
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept", "Accept", show=False),
        Binding("c", "compared", "The codes match", show=False),
        Binding("r", "remove", "Remove", show=False),
        Binding("up", "choose(-1)", "Previous device", show=False),
        Binding("down", "choose(1)", "Next device", show=False),
        Binding("left", "app.focus_previous", "Previous", show=False),
        Binding("right", "app.focus_next", "Next", show=False),
    ]

    class Decided(Message):
        """The user decided something about these devices of somebody."""

        def __init__(self, deed: Deed, user_id: str, devices: tuple[DeviceView, ...]) -> None:
            super().__init__()
            self.deed = deed
            self.user_id = user_id
            self.devices = devices

    def __init__(self, user_id: str, name: str, privacy: Privacy, *, own: bool) -> None:
        """`user_id` is the bare one; `own` says whether these are one's own devices."""
        super().__init__()
        self._user_id = user_id
        self._name = one_line(name)
        self._own = own
        self._readiness = privacy.readiness
        self._correspondent = self._in(privacy)
        self._chosen_keys: str | None = None

    def compose(self) -> ComposeResult:
        with DialogBox("Your devices" if self._own else f"Devices of {self._name}"):
            yield Static(id="obstacle", classes="warning", markup=False)
            yield Static(id="advice", classes="dialog-quiet", markup=False)
            yield Vertical(id="devices")
            yield DialogButtons(
                "Close · Esc",
                Button("Accept · a", id="accept", variant="warning", compact=True),
                Button("The codes match · c", id="compared", compact=True),
                Button("Remove · r", id="remove", compact=True),
            )

    def on_mount(self) -> None:
        self._draw()
        self.query_one("#leave", Button).focus()

    def show(self, scene: Scene) -> None:
        """What is known of the devices may have changed."""
        privacy = scene.privacy
        before = self._readiness, self._correspondent
        self._readiness, self._correspondent = privacy.readiness, self._in(privacy)
        if before != (self._readiness, self._correspondent):
            self._draw()

    def _in(self, privacy: Privacy) -> Correspondent:
        return privacy.correspondents.get(self._user_id, Correspondent(self._user_id))

    def _draw(self) -> None:
        # Whatever becomes of the others, the one that the user looks at stays the same.
        self._chosen_keys = None if self._chosen is None else self._chosen.fingerprint
        warning = self.query_one("#obstacle", Static)
        warning.display = self._warning is not None
        warning.update(Content(f"! {self._warning}"))
        advice = self.query_one("#advice", Static)
        advice.display = bool(self._in_order)
        advice.update(Content(self._advice))
        devices = self.query_one("#devices", Vertical)
        devices.remove_children()
        devices.mount_all(
            Static(self._described(device), classes="device") for device in self._in_order
        )
        self.query_one("#accept", Button).display = any(not one.accepted for one in self._in_order)
        compared = self.query_one("#compared", Button)
        compared.display = self._comparable is not None
        if self._comparable is not None:
            compared.label = f"{self._comparable.short_id} matches · c"
        self.query_one("#remove", Button).display = self._removable is not None

    @property
    def _warning(self) -> str | None:
        """What stands in the way of writing."""
        if self._readiness in _LOCKED:
            return "/unlock opens your keys; then devices are shown."
        obstacle = self._correspondent.obstacle
        if obstacle is None:
            return None
        return (_OF_ONE_S_OWN if self._own else _OF_OTHERS)[obstacle]

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
        """What is to be looked at first, then the others; none while they are locked away."""
        if self._readiness in _LOCKED:
            return ()
        return tuple(sorted(self._correspondent.devices, key=lambda one: one.accepted))

    @property
    def _chosen(self) -> DeviceView | None:
        """The device that the user has chosen, else the first with something to decide."""
        devices = self._in_order
        chosen = (one for one in devices if one.fingerprint == self._chosen_keys)
        undecided = (one for one in devices if not one.own and (self._own or not one.compared))
        return next(chosen, None) or next(undecided, None) or next(iter(devices), None)

    @property
    def _comparable(self) -> DeviceView | None:
        """The chosen device, where its code is there and was not compared."""
        device = self._chosen
        can = device is not None and device.accepted and device.code and not device.compared
        return device if can else None

    @property
    def _removable(self) -> DeviceView | None:
        """The chosen device, where it is one's own and not the one in use."""
        device = self._chosen
        return device if self._own and device is not None and not device.own else None

    def _described(self, device: DeviceView) -> Content:
        if device.own:
            standing = "○ this device"
        elif not device.accepted:
            standing = "! not accepted yet"
        elif device.compared:
            standing = "✓ compared"
        else:
            standing = "● accepted at first use, not compared"
        mark = "▸" if device == self._chosen else " "
        lines = Content(f"{mark} Device {device.short_id}  {standing}")
        if device.own:
            return lines
        code = device.code or "the code is being worked out…"
        return Content.assemble(lines, "\n    ", (code, "bold $text-accent"))

    def action_choose(self, direction: int) -> None:
        """Choose the device before, -1, or after, 1."""
        devices = self._in_order
        if self._chosen is not None:
            place = devices.index(self._chosen) + direction
            self._chosen_keys = devices[max(0, min(place, len(devices) - 1))].fingerprint
            self._draw()

    @on(Button.Pressed, "#accept")
    def action_accept(self) -> None:
        """Write to these devices from now on."""
        waiting = tuple(one for one in self._in_order if not one.accepted)
        if waiting:
            self._decide(Deed.ACCEPT, *waiting)

    @on(Button.Pressed, "#compared")
    def action_compared(self) -> None:
        """The code of the chosen device was compared."""
        if self._comparable is not None:
            self._decide(Deed.COMPARED, self._comparable)

    @on(Button.Pressed, "#remove")
    def action_remove(self) -> None:
        """A device of one's own is no longer used: nothing more is written to it."""
        if self._removable is not None:
            self._decide(Deed.REMOVE, self._removable)

    def _decide(self, deed: Deed, *devices: DeviceView) -> None:
        self.post_message(self.Decided(deed, self._user_id, devices))
