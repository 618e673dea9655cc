"""The list of themes: the selected one is on the screen at once, and stays if it is taken."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from boardroom_tui.ui.look.theme_names import DESCRIPTIONS, ThemeName
from boardroom_tui.ui.screens.dialog_box import Dialog, DialogBox


class ThemeDialog(Dialog[ThemeName]):
    """Gives the theme that was taken, None where one went back to the one before."""

    DEFAULT_CSS = """
    ThemeDialog {
        align: right bottom;
        background: transparent;
        & DialogBox { width: 56; }
        & OptionList { height: auto; border: none; padding: 0; background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "leave", show=False)]

    def __init__(self, before: ThemeName, show: Callable[[ThemeName], object]) -> None:
        """`before` is the theme so far; `show` puts one on the screen."""
        super().__init__()
        self._before = before
        self._preview = show
        self._themes = tuple(ThemeName)
        self._list = OptionList(*(Option(self._row(one)) for one in self._themes), compact=True)

    def compose(self) -> ComposeResult:
        with DialogBox("Theme"):
            yield self._list
            yield Static(
                "↑ ↓ show one · Enter takes it · Esc goes back",
                classes="dialog-quiet",
                markup=False,
            )

    def on_mount(self) -> None:
        self._list.highlighted = self._themes.index(self._before)
        self._list.focus()

    def _row(self, theme: ThemeName) -> Content:
        sign = "●" if theme is self._before else " "
        return Content(f" {sign} {theme.short:<9} {DESCRIPTIONS[theme]}")

    @on(OptionList.OptionHighlighted)
    def _show_selected(self, event: OptionList.OptionHighlighted) -> None:
        self._preview(self._themes[event.option_index])

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._themes[event.option_index])
