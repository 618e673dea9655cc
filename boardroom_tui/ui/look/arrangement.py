"""How the panes share the screen: as it was designed for its size, or as the user has it. Pure."""

from dataclasses import dataclass, replace
from typing import Literal

Pane = Literal["chat", "agenda", "people", "vote"]

LEAST_WIDTH, LEAST_HEIGHT = 40, 10
SIDE_BY_SIDE = 110
"""From so many columns on all panes stand side by side; below, one at a time."""
WIDE = 150
"""From so many on the columns beside the conversation take more, and its lines stay readable."""
FRAMED = 16
"""From so many lines on panes have frames; where they stand side by side, from `ROOMY`."""
ROOMY = 20
"""From so many lines on the strip of an open vote has room for the rule."""
HIGH = 24
"""From so many lines on toasts have room above the conversation's end."""
STEP = 4
"""By so many cells a column grows or shrinks."""

_LEAST_SIDE, _LEAST_MIDDLE, _LEAST_LINES = 26, 40, 5


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What the user has changed: so many cells more or less than designed, and what is hidden."""

    left: int = 0
    right: int = 0
    agenda: int | None = None
    """The agenda's lines, with its frame, above the people; None as many as it needs."""
    hidden: frozenset[Pane] = frozenset()
    maximised: bool = False

    def showing(self, pane: Pane) -> "Arrangement":
        """With this pane in sight again."""
        return replace(self, hidden=self.hidden - {pane})

    def hiding(self, pane: Pane) -> "Arrangement":
        """Without this pane."""
        return replace(self, hidden=self.hidden | {pane})


@dataclass(frozen=True, slots=True)
class Fit:
    """Where the panes stand: the screen's classes, and the widths of the columns at the sides."""

    classes: frozenset[str]
    left: int | None = None
    right: int | None = None
    """None where no columns stand side by side, or this one is not there."""
    agenda: int | None = None
    """The agenda's lines; None as it was designed."""


CLASSES = frozenset(
    {
        *("-narrow", "-wide", "-short", "-low", "-roomy", "-too-small"),
        *("-no-agenda", "-no-people", "-no-vote", "-strip"),
    }
)
"""The classes that a fit may have."""


def is_side_by_side(arrangement: Arrangement, width: int) -> bool:
    """Whether there are columns, and not one pane at a time."""
    return width >= SIDE_BY_SIDE and not arrangement.maximised


def fitted(arrangement: Arrangement, width: int, height: int) -> Fit:
    """The panes on a screen of this size."""
    classes = {
        "-short": height < (ROOMY if is_side_by_side(arrangement, width) else FRAMED),
        "-low": height < HIGH,
        "-roomy": height >= ROOMY,
        "-too-small": is_too_small(width, height),
    }
    if not is_side_by_side(arrangement, width):
        classes |= {"-narrow": True, "-strip": True}
        return Fit(_set(classes))
    hidden = arrangement.hidden
    classes |= {
        "-wide": width >= WIDE,
        "-no-agenda": "agenda" in hidden,
        "-no-people": "people" in hidden,
        "-no-vote": "vote" in hidden,
        "-strip": "agenda" in hidden,
    }
    left, right = _columns(arrangement, width)
    has_both = not hidden & {"agenda", "people"} and not classes["-short"]
    lines = arrangement.agenda if has_both else None
    agenda = None if lines is None else _lines(lines, height)
    return Fit(_set(classes), left or None, right or None, agenda)


def is_too_small(width: int, height: int) -> bool:
    """Whether there is no room for a meeting."""
    return width < LEAST_WIDTH or height < LEAST_HEIGHT


def too_small(width: int, height: int) -> str:
    """What is said where there is no room for anything else."""
    return (
        f"This terminal is too small: {width} × {height}. "
        f"The meeting needs {LEAST_WIDTH} × {LEAST_HEIGHT}."
    )


def resized(arrangement: Arrangement, pane: Pane, cells: int, width: int) -> Arrangement:
    """With the column of this pane so many cells wider; the conversation gives them, or gets them.

    What there is no room for is not kept: the way back would seem to do nothing.
    """
    left, right = _columns(arrangement, width)
    if pane == "chat":
        left, right = (
            _side(left, -cells // 2, width - right),
            _side(right, -cells // 2, width - left),
        )
    elif pane == "vote":
        right = _side(right, cells, width - left)
    else:
        left = _side(left, cells, width - right)
    designed_left, designed_right = _designed(width)
    return replace(
        arrangement,
        left=left - designed_left if left else arrangement.left,
        right=right - designed_right if right else arrangement.right,
    )


def border_at(arrangement: Arrangement, x: int, width: int) -> Pane | None:
    """A pane of the column whose border with the conversation is at this cell.

    Both frames are the border: the last cell of one column, and the first of the next.
    """
    if not is_side_by_side(arrangement, width):
        return None
    left, right = _columns(arrangement, width)
    if left and x in (left - 1, left):
        return "agenda"
    return "vote" if right and x in (width - right - 1, width - right) else None


def dragged(arrangement: Arrangement, pane: Pane, x: int, width: int) -> Arrangement:
    """With the border of this pane's column as near to this cell as steps of the keys take it."""
    left, right = _columns(arrangement, width)
    cells = width - right - x if pane == "vote" else x - left
    return resized(arrangement, pane, round(cells / STEP) * STEP, width)


def divided(arrangement: Arrangement, lines: int, height: int) -> Arrangement:
    """With so many lines for the agenda, as far as both panes can still be read."""
    return replace(arrangement, agenda=_lines(lines, height))


def _lines(agenda: int, height: int) -> int:
    """The agenda's lines on a screen of this height, which the header and the keys share."""
    return _within(agenda, _LEAST_LINES, max(_LEAST_LINES, height - 2 - _LEAST_LINES))


def _side(cells: int, more: int, room: int) -> int:
    """A column at a side, changed as far as the room for it and the conversation goes."""
    return _within(cells + more, _LEAST_SIDE, max(cells, room - _LEAST_MIDDLE)) if cells else 0


def _columns(arrangement: Arrangement, width: int) -> tuple[int, int]:
    """The widths of the columns at the left and at the right, 0 where one is hidden."""
    left, right = _designed(width)
    has_left = not {"agenda", "people"} <= arrangement.hidden
    has_right = "vote" not in arrangement.hidden
    left = max(_LEAST_SIDE, left + arrangement.left) if has_left else 0
    right = max(_LEAST_SIDE, right + arrangement.right) if has_right else 0
    left = min(left, max(_LEAST_SIDE, width - _LEAST_MIDDLE - right)) if left else 0
    right = min(right, max(_LEAST_SIDE, width - _LEAST_MIDDLE - left)) if right else 0
    return left, right


def _designed(width: int) -> tuple[int, int]:
    if width >= WIDE:
        return _within(width * 26 // 100, 44, 56), _within(width * 30 // 100, 46, 64)
    return _within(width * 30 // 100, 33, 46), _within(width * 28 // 100, 34, 48)


def _within(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))


def _set(classes: dict[str, bool]) -> frozenset[str]:
    return frozenset(name for name, is_set in classes.items() if is_set)
