"""The themes: dark ones, light ones, and one of high contrast; their colours are in palettes.py."""

from types import MappingProxyType
from typing import Any

from textual.app import App
from textual.theme import Theme

from boardroom_tui.ui.look.palettes import PALETTES, Palette
from boardroom_tui.ui.look.theme_names import ThemeName


def _variables(colours: Palette) -> dict[str, str]:
    """Our own variables, and Textual's where its own would not go with them."""
    background, primary, rule = colours.background, colours.primary, colours.rule
    cursor_background, cursor_foreground = colours.cursor
    return {
        "rule": rule,
        "dim": colours.dim,
        "bar": colours.bar,
        # Textual's way from a colour to its shades changes the colour itself by a little.
        "accent": colours.accent,
        "warning": colours.warning,
        "error": colours.error,
        "scrollbar": rule,
        "scrollbar-hover": colours.rule_hover,
        "scrollbar-active": primary,
        "scrollbar-background": background,
        "scrollbar-background-hover": background,
        "scrollbar-background-active": background,
        "block-cursor-background": cursor_background,
        "block-cursor-foreground": cursor_foreground,
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": cursor_background,
        "block-cursor-blurred-foreground": cursor_foreground,
        "input-selection-background": colours.selection,
        "border": primary,
        "border-blurred": rule,
        "text-muted": colours.dim,
        "foreground-muted": colours.dim,
    }


def _theme(name: ThemeName, colours: Palette) -> Theme:
    return Theme(
        name=name,
        dark=colours.dark,
        primary=colours.primary,
        secondary=colours.secondary,
        accent=colours.accent,
        foreground=colours.foreground,
        background=colours.background,
        surface=colours.surface,
        panel=colours.panel,
        success=colours.success,
        warning=colours.warning,
        error=colours.error,
        variables=_variables(colours),
    )


THEMES = tuple(_theme(name, colours) for name, colours in PALETTES.items())
DARK, NIGHT, LIGHT, MIST, CONTRAST = THEMES

OTHER = MappingProxyType(
    {
        ThemeName.DARK: ThemeName.LIGHT,
        ThemeName.NIGHT: ThemeName.MIST,
        ThemeName.LIGHT: ThemeName.DARK,
        ThemeName.MIST: ThemeName.NIGHT,
        ThemeName.CONTRAST: ThemeName.LIGHT,
    }
)
"""The theme that a switch between dark and light leads to."""

VARIABLES = MappingProxyType({name: DARK.variables[name] for name in ("rule", "dim", "bar")})
"""Our own variables, for a theme that is not ours: faint lines, hints, the header's background."""


def begin_with(app: App[Any], name: ThemeName) -> None:
    """Have an app that has not begun know our themes, and drawn in this one from the first."""
    for theme in THEMES:
        app.register_theme(theme)
    # Its setter would have all styles read and all widgets styled once more after the start.
    app.set_reactive(App.theme, name)
    app.stylesheet.set_variables(app.get_css_variables())
