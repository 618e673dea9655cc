"""The two themes: ink and brass for the evening, paper and ink for the day."""

from types import MappingProxyType

from textual.theme import Theme

from boardroom_tui.ui.theme_names import ThemeName

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
    variables={
        "rule": "#333e4d",
        "dim": "#93a1b4",
        "bar": "#1a2029",
        "scrollbar": "#333e4d",
        "scrollbar-hover": "#4a5a70",
        "scrollbar-active": "#8ab4f0",
        "scrollbar-background": "#11151b",
        "scrollbar-background-hover": "#11151b",
        "scrollbar-background-active": "#11151b",
        "block-cursor-background": "#2b3a52",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "input-selection-background": "#8ab4f0 35%",
        "border": "#8ab4f0",
        "border-blurred": "#333e4d",
    },
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
    variables={
        "rule": "#c9c2b4",
        "dim": "#5d6571",
        "bar": "#eeeae1",
        "scrollbar": "#c9c2b4",
        "scrollbar-hover": "#a69d8b",
        "scrollbar-active": "#1f4f96",
        "scrollbar-background": "#f6f4ef",
        "scrollbar-background-hover": "#f6f4ef",
        "scrollbar-background-active": "#f6f4ef",
        "block-cursor-background": "#d5e0f2",
        "block-cursor-foreground": "#11161d",
        "block-cursor-text-style": "none",
        "input-selection-background": "#1f4f96 25%",
        "border": "#1f4f96",
        "border-blurred": "#c9c2b4",
    },
)

THEMES = (DARK, LIGHT)

OTHER = MappingProxyType({DARK.name: LIGHT.name, LIGHT.name: DARK.name})
"""The theme that a switch leads to."""

VARIABLES = MappingProxyType({name: DARK.variables[name] for name in ("rule", "dim", "bar")})
"""Our own variables, for a theme that is not ours: faint lines, hints, the header's background."""
