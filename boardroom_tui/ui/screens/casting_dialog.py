"""A tie: the chair may break it, or let it be lost."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Button, Static

from boardroom_tui.protocol.fields import Vote
from boardroom_tui.protocol.words import votes_in_words
from boardroom_tui.state.model import DecisionView
from boardroom_tui.ui.screens.dialog_box import Dialog, DialogBox, DialogButtons
from boardroom_tui.ui.widgets.cell_wrap import one_line

_CHOICES = {"for": Vote.APPROVE, "against": Vote.REJECT, "none": None}


@dataclass(frozen=True, slots=True)
class Casting:
    """The chair's casting vote; None lets the tie be lost."""

    vote: Vote | None


class CastingDialog(Dialog[Casting]):
    """Gives how the chair breaks a tie; None where the vote is not to be closed yet."""

    DEFAULT_CSS = """
    CastingDialog {
        & > DialogBox { width: 64; border: round $warning; }
        & Button { min-width: 7; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "choose('for')", "For", show=False),
        Binding("n", "choose('against')", "Against", show=False),
        Binding("t", "choose('none')", "No casting vote", show=False),
        Binding("left,up", "app.focus_previous", "Previous", show=False),
        Binding("right,down", "app.focus_next", "Next", show=False),
    ]

    def __init__(self, decision: DecisionView) -> None:
        super().__init__()
        self._decision = decision

    def compose(self) -> ComposeResult:
        tally = self._decision.tally
        votes = "" if tally is None else f": {votes_in_words(tally)}"
        with DialogBox("Break the tie?"):
            yield Static(Content(one_line(self._decision.title)), classes="dialog-strong")
            yield Static(
                Content(f"It is a tie{votes}. The record will say that the chair broke it.")
            )
            yield DialogButtons(
                "Cancel · Esc",
                Button("For · y", id="for", compact=True),
                Button("Against · n", id="against", compact=True),
                Button("Leave it · t", id="none", compact=True),
            )

    def on_mount(self) -> None:
        self.query_one("#leave", Button).focus()

    @on(Button.Pressed, "#for, #against, #none")
    def _press(self, event: Button.Pressed) -> None:
        self.action_choose(event.button.id or "")

    def action_choose(self, choice: str) -> None:
        """Break it, or let it be lost."""
        self.dismiss(Casting(_CHOICES[choice]))
