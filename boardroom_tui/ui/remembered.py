"""What the program itself remembers of the screen: the arrangement, and the theme that was chosen.

Nothing depends on it: what cannot be read is as it was designed, and is written anew.
"""

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from boardroom_tui.state_file import StateFile
from boardroom_tui.ui.look.arrangement import Arrangement
from boardroom_tui.ui.look.theme_names import ThemeName

_MOST_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class Remembered:
    """How the screen was when it was last changed."""

    arrangement: Arrangement = field(default_factory=Arrangement)
    theme: ThemeName | None = None
    """The theme that was chosen on the screen; None where none was."""


_REMEMBERED = TypeAdapter(Remembered)


class ScreenMemory:
    """What is remembered, in a file."""

    def __init__(self, path: Path | None = None) -> None:
        """`path` is where it is kept, None nowhere."""
        self._file = None if path is None else StateFile(path, _MOST_BYTES)

    def read(self) -> Remembered:
        """What was remembered, as far as it can be read."""
        if self._file is None:
            return Remembered()
        try:
            return _REMEMBERED.validate_json(self._file.read())
        except ValidationError:
            return Remembered()

    def keep(self, remembered: Remembered) -> None:
        """Remember this from now on."""
        if self._file is not None:
            self._file.write(_REMEMBERED.dump_json(remembered, indent=1))
