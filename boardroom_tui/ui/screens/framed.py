"""The frame of a list or a page that stands over the meeting."""

from textual.screen import ModalScreen, ScreenResultType

from boardroom_tui.ui.widgets.vote.open_vote_line import OpenVoteLine


class FramedScreen(ModalScreen[ScreenResultType]):
    """One widget in a frame in the middle of the screen, as wide and as high as it says.

    It asks nothing: an open vote stands above it, and the keys that vote do so.
    """

    DEFAULT_CSS = """
    FramedScreen {
        align: center middle;
        background: $background 70%;
        & > OpenVoteLine { dock: top; }
        & > RowList, & > Vertical, & > VerticalScroll {
            max-width: 100%;
            max-height: 92%;
            padding: 0 1;
            background: $surface;
            border: round $primary;
            border-title-color: $primary;
            border-title-style: bold;
            border-subtitle-color: $dim;
        }
    }
    """

    def on_mount(self) -> None:
        self.mount(OpenVoteLine())
