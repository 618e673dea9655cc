"""The colours of the themes: data alone, for whatever draws with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from boardroom_tui.ui.look.theme_names import ThemeName


@dataclass(frozen=True, slots=True)
class Palette:
    """What a theme's colours are, as `#rrggbb`."""

    dark: bool
    background: str
    surface: str
    panel: str
    bar: str
    """Behind the lines at the top and at the bottom."""
    foreground: str
    primary: str
    secondary: str
    accent: str
    dim: str
    """Hints."""
    rule: str
    """Faint lines."""
    rule_hover: str
    success: str
    warning: str
    error: str
    cursor: tuple[str, str]
    """The background and the foreground of what is selected in a list."""
    selection: str
    """Behind selected text; it may end in how much of it is seen: `#8ab4f0 35%`."""


PALETTES: Mapping[ThemeName, Palette] = MappingProxyType(
    {
        ThemeName.DARK: Palette(
            dark=True,
            background="#11151b",
            surface="#161b23",
            panel="#1e252f",
            bar="#1a2029",
            foreground="#e4e8ee",
            primary="#8ab4f0",
            secondary="#a3b1c6",
            accent="#dcb873",
            dim="#93a1b4",
            rule="#333e4d",
            rule_hover="#4a5a70",
            success="#84c99a",
            warning="#e5bb67",
            error="#ee8b88",
            cursor=("#263449", "#ffffff"),
            selection="#8ab4f0 35%",
        ),
        ThemeName.NIGHT: Palette(
            dark=True,
            background="#0a0c0b",
            surface="#111413",
            panel="#191d1b",
            bar="#131716",
            foreground="#dcdfdb",
            primary="#7fc8a9",
            secondary="#a8b5ac",
            accent="#d9b26f",
            dim="#8f9b94",
            rule="#2c3430",
            rule_hover="#445049",
            success="#8fcf8a",
            warning="#e2b45c",
            error="#f08c84",
            cursor=("#1d332a", "#ffffff"),
            selection="#7fc8a9 30%",
        ),
        ThemeName.LIGHT: Palette(
            dark=False,
            background="#f6f4ef",
            surface="#fdfcf9",
            panel="#eae6dd",
            bar="#eeeae1",
            foreground="#20252d",
            primary="#1f4f96",
            secondary="#556273",
            accent="#845510",
            dim="#575f6b",
            rule="#c9c2b4",
            rule_hover="#a69d8b",
            success="#1d6b39",
            warning="#855600",
            error="#a6262d",
            cursor=("#dde6f5", "#11161d"),
            selection="#1f4f96 25%",
        ),
        ThemeName.MIST: Palette(
            dark=False,
            background="#eef2f5",
            surface="#fafcfd",
            panel="#dfe6eb",
            bar="#e4eaef",
            foreground="#1b242b",
            primary="#0b5a6f",
            secondary="#4c5a66",
            accent="#7a3e6d",
            dim="#51606b",
            rule="#bcc8d1",
            rule_hover="#93a4b0",
            success="#1f6636",
            warning="#7b5000",
            error="#a3243b",
            cursor=("#c8e0e8", "#0e1a20"),
            selection="#0b5a6f 22%",
        ),
        ThemeName.CONTRAST: Palette(
            dark=True,
            background="#000000",
            surface="#000000",
            panel="#101010",
            bar="#101010",
            foreground="#ffffff",
            primary="#7fd4ff",
            secondary="#e0e0e0",
            accent="#ffe14d",
            dim="#d6d6d6",
            rule="#b0b0b0",
            rule_hover="#ffffff",
            success="#7dff9a",
            warning="#ffd24d",
            error="#ffb0b0",
            cursor=("#002850", "#ffffff"),
            selection="#0058a8",
        ),
    }
)
