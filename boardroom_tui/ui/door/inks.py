"""The pens of the door: the theme's colours as this terminal takes them."""

from collections.abc import Mapping
from functools import cache

from boardroom_tui.ui.look.palettes import Palette

_TRUE_COLOURS = ("truecolor", "24bit")
_MANY_COLOURS = ("256color", "kitty")


class Inks:
    """Gives pens as `ui/terminal/pens.py` has them; without colours where none are wanted."""

    def __init__(self, colours: Palette, environment: Mapping[str, str]) -> None:
        self._colours = colours
        self.are_colours = "NO_COLOR" not in environment
        self._depth = _depth(environment)

    def pen(self, ink: str, ground: str = "background", *, bold: bool = False) -> str:
        """Writes in this colour of the palette on that one."""
        numbers = ["1"] if bold else []
        if self.are_colours:
            colours = self._colours
            numbers.append(_numbers(getattr(colours, ink), "38", self._depth))
            numbers.append(_numbers(getattr(colours, ground), "48", self._depth))
        return ";".join(numbers)

    @property
    def cursor(self) -> str:
        """Where the next letter will stand."""
        return self.pen("background", "foreground") if self.are_colours else "7"

    @property
    def thumb(self) -> str:
        """The part of a scrollbar that stands for what is in sight."""
        return f"7;{self.pen('rule')}" if self.are_colours else "7"


def _depth(environment: Mapping[str, str]) -> int:
    """How many bits of a colour the terminal takes, by the names that rich goes by."""
    if environment.get("COLORTERM", "").strip().lower() in _TRUE_COLOURS:
        return 24
    colours = environment.get("TERM", "").strip().lower().rpartition("-")[2]
    return 8 if colours in _MANY_COLOURS else 4


@cache
def _numbers(colour: str, place: str, depth: int) -> str:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    if depth == 24:
        return f"{place};2;{red};{green};{blue}"
    # Where colours are few, it takes a while to choose the nearest.
    from rich.color import Color, ColorSystem  # noqa: PLC0415

    system = ColorSystem.EIGHT_BIT if depth == 8 else ColorSystem.STANDARD
    nearest = Color.from_rgb(red, green, blue).downgrade(system)
    return ";".join(nearest.get_ansi_codes(foreground=place == "38"))
