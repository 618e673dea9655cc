"""Choosing a theme; the choice is remembered."""

from dataclasses import replace

from boardroom_tui.ui.board import Board
from boardroom_tui.ui.look.theme_names import ThemeName
from boardroom_tui.ui.look.themes import OTHER
from boardroom_tui.ui.screens.theme_dialog import ThemeDialog


def switch(board: Board, name: str) -> None:
    """To the theme that is named; without a name from dark to light, or back."""
    theme = ThemeName.named(name) if name else OTHER[ThemeName(board.theme)]
    if theme is None:
        board.tell(
            f"There is no theme “{name}”: expected {ThemeName.expected()}.", severity="warning"
        )
    else:
        _take(board, theme)


def choose(board: Board) -> None:
    """Show the list of themes; the selected one is on the screen until it is taken or left."""
    before = ThemeName(board.theme)

    def decided(theme: ThemeName | None) -> None:
        if theme is None:
            board.show_theme(before)
        else:
            _take(board, theme)

    board.push_screen(ThemeDialog(before, board.show_theme), decided)


def _take(board: Board, theme: ThemeName) -> None:
    board.show_theme(theme)
    board.remember(replace(board.remembered, theme=theme))
