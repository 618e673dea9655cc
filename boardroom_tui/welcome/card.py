"""A small app: one card in the middle of the screen, in our themes."""

from typing import TypeVar

from textual import events
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from boardroom_tui.ui.look.theme_names import DEFAULT, ThemeName
from boardroom_tui.ui.look.themes import VARIABLES, begin_with
from boardroom_tui.ui.terminal.still_app import StillApp

SHORT = 22
"""Below so many lines blank ones give way."""

_T = TypeVar("_T")


class Card(Vertical):
    """The card."""

    def __init__(self) -> None:
        super().__init__(id="card")
        self.border_title = "Boardroom"


class CardApp(StillApp[_T]):
    """Gives what came of it, or None for nothing; a notice says why one is here again."""

    TITLE = "Boardroom"
    ENABLE_COMMAND_PALETTE = False
    DEFAULT_CSS = """
    Screen { align: center middle; }
    #card {
        width: 76; max-width: 100%; height: auto;
        padding: 0 1;
        border: round $primary; border-title-color: $primary; border-title-style: bold;
        background: $surface;
        & Static { height: auto; padding: 0 1; }
        & .quiet { color: $dim; }
        & #notice { color: $text-error; text-style: bold; margin-top: 1; }
    }
    .-short #card #notice { margin-top: 0; }
    """

    def __init__(self, notice: str, theme: ThemeName = DEFAULT) -> None:
        super().__init__()
        begin_with(self, theme)
        self.notice = Static(id="notice", markup=False)
        self.tell(notice)

    def tell(self, reason: str) -> None:
        """Say why something came to nothing, or nothing any more."""
        self.notice.display = bool(reason)
        end = "" if reason.endswith((".", "?")) else "."
        self.notice.update(Content(f"✗ {reason[:1].upper()}{reason[1:]}{end}" if reason else ""))

    def on_resize(self, event: events.Resize) -> None:
        # The app itself has the size of before.
        self.screen.set_class(event.size.height < SHORT, "-short")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our variables, for a theme that lacks them."""
        return dict(VARIABLES)
