"""The links of a message, each whole, to open or to copy one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from boardroom_tui.ui.screens.dialog_box import Dialog, DialogBox
from boardroom_tui.ui.widgets.cell_wrap import visible


@dataclass(frozen=True, slots=True)
class Chosen:
    """A link, and whether to copy it instead of opening it."""

    address: str
    copies: bool


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and the machine that it leads to."""

    address: str
    host: str


class LinksDialog(Dialog[Chosen]):
    """Shows where each link leads; Enter opens the one that is marked, c copies it."""

    DEFAULT_CSS = """
    LinksDialog {
        & OptionList {
            height: auto; max-height: 60vh; padding: 0; background: $surface;
            border: none; &:focus { border: none; }
        }
        & .dialog-quiet { margin-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "leave", "Close", show=False),
        Binding("c", "copy", "Copy", show=False),
    ]

    def __init__(self, links: Sequence[Link], *, opens: bool) -> None:
        """Without a browser that `opens` them here they are only copied."""
        super().__init__()
        self._links = links
        self._opens = opens
        self._list = OptionList(*(Option(_shown(link)) for link in links), markup=False)

    def compose(self) -> ComposeResult:
        one = len(self._links) == 1
        with DialogBox("A link" if one else f"{len(self._links)} links"):
            yield self._list
            words = "Enter opens it in your browser · c copies it · Esc closes"
            if not self._opens:
                words = "There is no browser here: Enter copies it · Esc closes"
            yield Static(Content(words), classes="dialog-quiet")

    def on_mount(self) -> None:
        self._list.highlighted = 0
        self._list.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(Chosen(self._links[event.option_index].address, not self._opens))

    def action_copy(self) -> None:
        """Copy the link that is marked."""
        place = self._list.highlighted
        if place is not None:
            self.dismiss(Chosen(self._links[place].address, copies=True))


def _shown(link: Link) -> Content:
    """The whole address as it stands, and below it where it leads."""
    return Content.assemble(
        visible(link.address), "\n", (f"→ {visible(link.host) or 'nowhere'}", "$text-muted")
    )
