"""What the themes are called; how they look is in themes.py."""

from enum import StrEnum


class ThemeName(StrEnum):
    """A theme as settings and /theme name it."""

    DARK = "boardroom-dark"
    LIGHT = "boardroom-light"

    @classmethod
    def expected(cls) -> str:
        """The names, as a mistake lists them."""
        *others, last = (f'"{name}"' for name in cls)
        return f"{', '.join(others)} or {last}"


DEFAULT = ThemeName.DARK
