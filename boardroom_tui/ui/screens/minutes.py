"""The minutes so far, to read."""

from datetime import tzinfo
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from boardroom_tui.ui.screens.following import Following
from boardroom_tui.ui.screens.framed import FramedScreen
from boardroom_tui.ui.screens.scene import Scene


class MinutesScreen(FramedScreen[None], Following):
    """A draft to read, ask for anew, and close."""

    DEFAULT_CSS = """
    MinutesScreen {
        & > VerticalScroll { width: 104; height: 92%; scrollbar-size-vertical: 1; }
        & #minutes-standing { height: auto; color: $dim; padding: 0 1; }
        & Markdown { background: $surface; padding: 0 1; margin: 0; }
        /* Underlined they would look like links. */
        & MarkdownH1, & MarkdownH2, & MarkdownH3 { text-style: bold; margin: 0 0 1 0; }
        & MarkdownH1 { content-align: left middle; margin: 1 0; }
        & MarkdownH2 { color: $primary; }
        & MarkdownH3 { color: $foreground; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,F", "app.pop_screen", show=False),
        Binding("r", "ask_anew", show=False),
    ]

    class RefreshWanted(Message):
        """The reader wants to see what has happened since."""

    def __init__(self, scene: Scene, *, zone: tzinfo | None = None) -> None:
        """`zone`: the reader's clock; a draft of before stands until the new one comes."""
        # The parser of Markdown takes its time, and nobody has to wait for it who reads no minutes.
        from textual.widgets import Markdown  # noqa: PLC0415

        super().__init__()
        self._draft = scene.meeting.draft
        self._zone = zone
        self._standing = Static(id="minutes-standing", markup=False)
        # Links are others' words: nothing may open by a click.
        self._text = Markdown(open_links=False)

    def compose(self) -> ComposeResult:
        with VerticalScroll() as page:
            page.border_title = "Minutes so far"
            page.border_subtitle = "↑ ↓ read on · r asks anew · Esc closes"
            yield self._standing
            yield self._text

    def on_mount(self) -> None:
        self._draw()

    def show(self, scene: Scene) -> None:
        """Show a newer draft; the reader's place stays."""
        if scene.meeting.draft is not self._draft:
            self._draft = scene.meeting.draft
            self._draw()

    def action_ask_anew(self) -> None:
        """Ask for what has happened since."""
        self.post_message(self.RefreshWanted())

    def _draw(self) -> None:
        draft = self._draft
        if draft is None:
            self._standing.update(Content("Waiting for the draft…"))
            return
        at = draft.at.astimezone(self._zone)
        words = f"As of {at:%H:%M}, event {draft.sequence}; times below are UTC."
        if draft.cut:
            words += " It is cut: boardroom minutes writes all of it."
        self._standing.update(Content(words))
        self._text.update(draft.text)
