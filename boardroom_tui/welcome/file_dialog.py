"""The file of a meeting that is to be hosted: typed, completed, or chosen among those here."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Button, Input, Static

from boardroom_tui.ui.screens.dialog_box import Dialog, DialogBox, DialogButtons, DialogReason
from boardroom_tui.ui.widgets.cell_wrap import one_line
from boardroom_tui.ui.widgets.keys_in_turn import LineField
from boardroom_tui.ui.widgets.rows import Row, RowList
from boardroom_tui.welcome.meeting_files import Entry, completed, entries

WhyNot = Callable[[str], str | None]
"""Why the meeting in the file at a path cannot be hosted; None where it can."""

_HEIGHTS = [(0, "-short"), (24, "-tall")]


class FileDialog(Dialog[str]):
    """Gives the path of a file; Escape gives None."""

    DEFAULT_CSS = """
    FileDialog {
        & Input { margin: 1 0; }
        & RowList { height: 8; background: $panel; }
        & .dialog-reason { margin-top: 1; }
        &.-short {
            & Input { margin: 0; }
            & RowList { height: 4; }
            & .dialog-reason { margin: 0; }
        }
    }
    """
    VERTICAL_BREAKPOINTS = _HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", priority=True, show=False),
        Binding("down", "move(1)", "Down", priority=True, show=False),
        Binding("up", "move(-1)", "Up", priority=True, show=False),
    ]

    def __init__(self, why_not: WhyNot) -> None:
        super().__init__()
        self._why_not = why_not
        self._list = RowList(id="files")
        self._reason = DialogReason(has_room=True)
        self._entries: tuple[Entry, ...] = ()

    def compose(self) -> ComposeResult:
        with DialogBox("Host a meeting"):
            yield Static(
                "The meeting’s file. Tab completes the path, ↓ goes to the list.", markup=False
            )
            yield LineField(placeholder="The path of the file", id="path", compact=True)
            yield self._list
            yield self._reason
            yield DialogButtons(
                "Cancel · Esc",
                Button("Host it · Enter", id="host", variant="primary", compact=True),
            )

    def on_mount(self) -> None:
        self.set_focus(self.query_one(Input))
        self._look()

    @on(Input.Changed)
    def _look(self) -> None:
        self._entries = entries(self.query_one(Input).value)
        rows = [_row(entry) for entry in self._entries] or [_quiet("No file begins like this.")]
        if not any(entry.title is not None for entry in self._entries):
            rows.append(_quiet("boardroom new --output FILE makes one to begin with."))
        self._list.rows = tuple(rows)
        self._reason.say("")

    @on(Input.Submitted)
    @on(Button.Pressed, "#host")
    def _take(self) -> None:
        typed = self.query_one(Input).value.strip()
        if typed:
            self._choose(typed)
        else:
            self._reason.say("Type a path, or choose a file from the list.")

    @on(RowList.Chosen)
    def _take_from_list(self, event: RowList.Chosen) -> None:
        entry = next(one for one in self._entries if one.path == event.key)
        if entry.is_folder:
            self._type(completed(entry.path, [entry]))
        else:
            self._choose(entry.path)

    def _choose(self, path: str) -> None:
        reason = self._why_not(path)
        if reason is None:
            self.dismiss(path)
            return
        with self.prevent(Input.Changed):
            self._type(path)
        self._reason.say(f"{reason[0].upper()}{reason[1:]}")

    def action_complete(self) -> None:
        """Type what all that it can become have in common."""
        self._type(completed(self.query_one(Input).value, self._entries))

    def action_move(self, step: int) -> None:
        """Go from the line to the list and along it, and back above its first row."""
        if not self._list.has_focus:
            self._list.focus()
        elif step < 0 and self._list.selected == self._list.rows[0].key:
            self.query_one(Input).focus()
        else:
            self._list.action_move(step)

    def _type(self, text: str) -> None:
        field = self.query_one(Input)
        field.value = text
        field.action_end()
        field.focus()


def _quiet(words: str) -> Row:
    return Row(left=((f" {words}", "$dim"),))


def _row(entry: Entry) -> Row:
    if entry.is_folder:
        style, right = "$primary", ""
    elif entry.title is None:
        style, right = "$dim", "no meeting in it "
    else:
        style, right = "bold", f"{one_line(entry.title)} "
    return Row(left=((f" {entry.name}", style),), right=((right, "$dim"),), key=entry.path)
