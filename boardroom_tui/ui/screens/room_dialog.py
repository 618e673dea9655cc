"""Who is in a private room: members to tick."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from boardroom_tui.protocol.limits import ROOM_MEMBERS
from boardroom_tui.state.model import Person
from boardroom_tui.ui.screens.dialog_box import (
    Dialog,
    DialogBox,
    DialogButtons,
    DialogReason,
)


class RoomDialog(Dialog[tuple[str, ...]]):
    """Gives the ids of those who are to be in the room, None for no room."""

    DEFAULT_CSS = """
    RoomDialog {
        & OptionList {
            height: auto; max-height: 40vh; border: none; padding: 0; margin-top: 1;
            background: $surface;
        }
        &.-short OptionList { max-height: 25vh; margin-top: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick", show=False),
        Binding("ctrl+o", "open", "Open", show=False),
        Binding("left", "app.focus_previous", "Previous", show=False),
        Binding("right", "app.focus_next", "Next", show=False),
    ]

    def __init__(
        self, people: Sequence[Person], ticked: frozenset[str], deviceless: frozenset[str]
    ) -> None:
        """`ticked` are the ids chosen from the start, `deviceless` those who could not read it."""
        super().__init__()
        self._people = people
        self._ticked = set(ticked)
        self._deviceless = deviceless
        self._list = OptionList(*(Option(self._row(one)) for one in people), compact=True)

    def compose(self) -> ComposeResult:
        with DialogBox("A private room"):
            yield Static(
                "Those with a ✓ can read what is written there, and nobody else. "
                "Enter changes one, ^O opens the room.",
                classes="dialog-quiet",
                markup=False,
            )
            yield self._list
            yield DialogButtons(
                "Cancel · Esc",
                Button("Open · ^O", id="open", variant="primary", compact=True),
            )
            yield DialogReason()

    def on_mount(self) -> None:
        self._list.focus()

    def _row(self, someone: Person) -> Content:
        """A member, with a tick or without."""
        tick = "✓" if someone.user_id in self._ticked else "·"
        remark = " (no device yet)" if someone.user_id in self._deviceless else ""
        return Content(f" {tick} {someone.shown_name}{remark}")

    @on(OptionList.OptionSelected)
    def action_tick(self) -> None:
        """Take the member under the cursor in, or out."""
        place = self._list.highlighted
        if place is None:
            return
        someone = self._people[place]
        self._ticked ^= {someone.user_id}
        self._list.replace_option_prompt_at_index(place, self._row(someone))

    @on(Button.Pressed, "#open")
    def action_open(self) -> None:
        """Open the room for those who are ticked."""
        chosen = tuple(one.user_id for one in self._people if one.user_id in self._ticked)
        if not chosen:
            self.query_one(DialogReason).say("Choose somebody first.")
        elif len(chosen) >= ROOM_MEMBERS:
            words = f"A room has at most {ROOM_MEMBERS} members, you included: take some out."
            self.query_one(DialogReason).say(words)
        else:
            self.dismiss(chosen)
