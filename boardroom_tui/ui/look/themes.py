"""The themes: dark ones, light ones, and one of high contrast."""

from types import MappingProxyType
from typing import Any

from textual.app import App
from textual.theme import Theme

from boardroom_tui.ui.look.theme_names import ThemeName


def _variables(
    *,
    background: str,
    primary: str,
    rule: str,
    rule_hover: str,
    dim: str,
    bar: str,
    cursor: tuple[str, str],
    selection: str,
) -> dict[str, str]:
    """Our own variables, and Textual's where its own would not go with them.

    `cursor` is the background and the foreground of what is selected.
    """
    return {
        "rule": rule,
        "dim": dim,
        "bar": bar,
        "scrollbar": rule,
        "scrollbar-hover": rule_hover,
        "scrollbar-active": primary,
        "scrollbar-background": background,
        "scrollbar-background-hover": background,
        "scrollbar-background-active": background,
        "block-cursor-background": cursor[0],
        "block-cursor-foreground": cursor[1],
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": cursor[0],
        "block-cursor-blurred-foreground": cursor[1],
        "input-selection-background": selection,
        "border": primary,
        "border-blurred": rule,
        "text-muted": dim,
        "foreground-muted": dim,
    }


DARK = Theme(
    name=ThemeName.DARK,
    dark=True,
    primary="#8ab4f0",
    secondary="#a3b1c6",
    accent="#dcb873",
    foreground="#e4e8ee",
    background="#11151b",
    surface="#161b23",
    panel="#1e252f",
    success="#84c99a",
    warning="#e5bb67",
    error="#ee8b88",
    variables=_variables(
        background="#11151b",
        primary="#8ab4f0",
        rule="#333e4d",
        rule_hover="#4a5a70",
        dim="#93a1b4",
        bar="#1a2029",
        cursor=("#263449", "#ffffff"),
        selection="#8ab4f0 35%",
    ),
)

NIGHT = Theme(
    name=ThemeName.NIGHT,
    dark=True,
    primary="#7fc8a9",
    secondary="#a8b5ac",
    accent="#d9b26f",
    foreground="#dcdfdb",
    background="#0a0c0b",
    surface="#111413",
    panel="#191d1b",
    success="#8fcf8a",
    warning="#e2b45c",
    error="#f08c84",
    variables=_variables(
        background="#0a0c0b",
        primary="#7fc8a9",
        rule="#2c3430",
        rule_hover="#445049",
        dim="#8f9b94",
        bar="#131716",
        cursor=("#1d332a", "#ffffff"),
        selection="#7fc8a9 30%",
    ),
)

LIGHT = Theme(
    name=ThemeName.LIGHT,
    dark=False,
    primary="#1f4f96",
    secondary="#556273",
    accent="#845510",
    foreground="#20252d",
    background="#f6f4ef",
    surface="#fdfcf9",
    panel="#eae6dd",
    success="#1d6b39",
    warning="#855600",
    error="#a6262d",
    variables=_variables(
        background="#f6f4ef",
        primary="#1f4f96",
        rule="#c9c2b4",
        rule_hover="#a69d8b",
        dim="#575f6b",
        bar="#eeeae1",
        cursor=("#dde6f5", "#11161d"),
        selection="#1f4f96 25%",
    ),
)

MIST = Theme(
    name=ThemeName.MIST,
    dark=False,
    primary="#0b5a6f",
    secondary="#4c5a66",
    accent="#7a3e6d",
    foreground="#1b242b",
    background="#eef2f5",
    surface="#fafcfd",
    panel="#dfe6eb",
    success="#1f6636",
    warning="#7b5000",
    error="#a3243b",
    variables=_variables(
        background="#eef2f5",
        primary="#0b5a6f",
        rule="#bcc8d1",
        rule_hover="#93a4b0",
        dim="#51606b",
        bar="#e4eaef",
        cursor=("#c8e0e8", "#0e1a20"),
        selection="#0b5a6f 22%",
    ),
)

CONTRAST = Theme(
    name=ThemeName.CONTRAST,
    dark=True,
    primary="#7fd4ff",
    secondary="#e0e0e0",
    accent="#ffe14d",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#101010",
    success="#7dff9a",
    warning="#ffd24d",
    error="#ffb0b0",
    variables=_variables(
        background="#000000",
        primary="#7fd4ff",
        rule="#b0b0b0",
        rule_hover="#ffffff",
        dim="#d6d6d6",
        bar="#101010",
        cursor=("#002850", "#ffffff"),
        selection="#0058a8",
    ),
)

THEMES = (DARK, NIGHT, LIGHT, MIST, CONTRAST)

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
