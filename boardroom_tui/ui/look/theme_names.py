"""What the themes are called; how they look is in themes.py."""

from enum import StrEnum


class ThemeName(StrEnum):
    """A theme as settings and /theme name it."""

    DARK = "boardroom-dark"
    NIGHT = "boardroom-night"
    LIGHT = "boardroom-light"
    MIST = "boardroom-mist"
    CONTRAST = "boardroom-contrast"

    @property
    def short(self) -> str:
        """Its name without ours before it."""
        return self.removeprefix("boardroom-")

    @classmethod
    def named(cls, name: str) -> "ThemeName | None":
        """The theme of this name, in full or short."""
        wanted = name.strip().lower()
        return next((one for one in cls if wanted in (one.value, one.short)), None)

    @classmethod
    def expected(cls) -> str:
        """The names, as a mistake lists them."""
        *others, last = (f'"{name.short}"' for name in cls)
        return f"{', '.join(others)} or {last}"


DEFAULT = ThemeName.DARK

DESCRIPTIONS = {
    ThemeName.DARK: "ink and brass, for the evening",
    ThemeName.NIGHT: "near black, for a dark room",
    ThemeName.LIGHT: "paper and ink, for the day",
    ThemeName.MIST: "cool grey, for a bright room",
    ThemeName.CONTRAST: "white on black, at least 7 to 1",
}
