"""What the program itself remembers of the screen: the arrangement, and the theme that was chosen.

Nothing depends on it: what cannot be read is as it was designed, and is written anew.
"""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, get_args

from boardroom_tui.state_file import StateFile
from boardroom_tui.ui.look.arrangement import Arrangement, Pane
from boardroom_tui.ui.look.theme_names import ThemeName

_MOST_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class Remembered:
    """How the screen was when it was last changed."""

    arrangement: Arrangement = field(default_factory=Arrangement)
    theme: ThemeName | None = None
    """The theme that was chosen on the screen; None where none was."""
    told: frozenset[str] = frozenset()
    """What was told once and is not told again."""


class ScreenMemory:
    """What is remembered, in a file."""

    def __init__(self, path: Path | None = None) -> None:
        """`path` is where it is kept, None nowhere."""
        self._file = None if path is None else StateFile(path, _MOST_BYTES)

    def read(self) -> Remembered:
        """What was remembered, as far as it can be read."""
        written = b"" if self._file is None else self._file.read()
        if not written:
            return Remembered()
        import json  # noqa: PLC0415 - the first start of all does not wait for it

        try:
            return _remembered(json.loads(written))
        except (ValueError, KeyError, TypeError, RecursionError):
            return Remembered()

    def keep(self, remembered: Remembered) -> None:
        """Remember this from now on."""
        if self._file is not None:
            import json  # noqa: PLC0415

            written = asdict(remembered)
            written["arrangement"]["hidden"] = sorted(remembered.arrangement.hidden)
            written["told"] = sorted(remembered.told)
            self._file.write(json.dumps(written, indent=1).encode())


def _remembered(written: Any) -> Remembered:
    """What stands in the file. Raises ValueError, KeyError, TypeError."""
    fields, theme = written["arrangement"], written["theme"]
    hidden = frozenset[Pane](fields["hidden"])
    # What an earlier version did not know is as it was designed.
    agenda, told = fields.get("agenda"), frozenset(map(str, written.get("told", ())))
    arrangement = Arrangement(fields["left"], fields["right"], agenda, hidden, fields["maximised"])
    cells = (arrangement.left, arrangement.right, agenda or 0)
    if {type(one) for one in cells} != {int}:
        raise ValueError("expected whole numbers of cells")
    if type(arrangement.maximised) is not bool or not hidden <= {*get_args(Pane)}:
        raise ValueError("expected panes, and whether one is maximised")
    return Remembered(arrangement, None if theme is None else ThemeName(theme), told)
