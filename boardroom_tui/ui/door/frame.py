"""What the door shows: the meeting's screen before anything of the meeting is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from boardroom_tui.ui.door.inks import Inks
from boardroom_tui.ui.door.wrapping import Written, written
from boardroom_tui.ui.look.arrangement import Arrangement, Fit, fitted, too_small
from boardroom_tui.ui.terminal.pens import ground_of
from boardroom_tui.ui.terminal.rows import Row, blank_row, row_of, with_part
from boardroom_tui.ui.words.beginning import CONNECTING, LEAVE, PLACEHOLDER, TO_EVERYBODY

_LEAST_AGENDA, _LEAST_AGENDA_UNFRAMED = 5, 3
_GAP = 3
_LEAST_TITLE = 12
_ROUND = "╭─╮│╰╯"
_HEAVY = "┏━┓┃┗┛"


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of the meeting, how the user has the screen, and what is written."""

    title: str
    where: str
    arrangement: Arrangement
    text: str = ""
    note: str = ""
    """Below what is written."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The lines of the terminal, and the place of the cursor in them."""

    rows: list[Row]
    cursor: tuple[int, int]


def frame(shown: Shown, inks: Inks, width: int, height: int) -> Frame:
    """The screen in so many columns and lines."""
    fit = fitted(shown.arrangement, width, height)
    drawing = _Drawing(inks, width, height)
    if "-too-small" in fit.classes:
        drawing.say_in_the_middle(too_small(width, height))
        return Frame(drawing.rows, (0, 0))
    top = 2 if "-strip" in fit.classes else 1
    drawing.header(shown)
    left, right = fit.left or 0, fit.right or 0
    lines = height - 1 - top
    if "-narrow" not in fit.classes:
        _sides(drawing, fit, top, lines)
    middle = _Box(left, top, width - left - right, lines)
    cursor = _middle(drawing, fit, middle, shown)
    drawing.keys()
    return Frame(drawing.rows, cursor)


@dataclass(frozen=True, slots=True)
class _Box:
    """A part of the screen, in cells."""

    x: int
    y: int
    width: int
    height: int


def _sides(drawing: "_Drawing", fit: Fit, top: int, lines: int) -> None:
    """The columns beside the conversation."""
    if "-short" in fit.classes:
        return
    shows = [one for one in ("agenda", "people") if f"-no-{one}" not in fit.classes]
    if fit.left and len(shows) == 1:
        drawing.box(_Box(0, top, fit.left, lines), shows[0].capitalize())
    elif fit.left:
        agenda = fit.agenda or _LEAST_AGENDA
        drawing.box(_Box(0, top, fit.left, agenda), "Agenda")
        drawing.box(_Box(0, top + agenda, fit.left, lines - agenda), "People")
    if fit.right:
        drawing.box(_Box(drawing.width - fit.right, top, fit.right, lines), "Vote")


def _middle(drawing: "_Drawing", fit: Fit, box: _Box, shown: Shown) -> tuple[int, int]:
    """The conversation, and below it where one writes; the place of the cursor."""
    is_framed = "-short" not in fit.classes
    edge = 2 + ("-wide" in fit.classes) if is_framed else 1
    room = box.width - 2 * edge
    field = written(shown.text, room)
    height = len(field.lines) + bool(shown.note) + 2 * is_framed
    above = max(1, box.height - height)
    composer = _Box(box.x, box.y + above, box.width, height)
    if is_framed:
        drawing.box(_Box(box.x, box.y, box.width, above), "Conversation")
        drawing.box(composer, TO_EVERYBODY, has_keys=True)
    else:
        drawing.bar(composer)
    inner = _Box(box.x + edge, composer.y + is_framed, room, len(field.lines))
    return drawing.field(inner, field, shown.note)


class _Drawing:
    """Lines that are drawn on."""

    def __init__(self, inks: Inks, width: int, height: int) -> None:
        self._inks = inks
        self.width = width
        self.rows = [_blank(width, inks.pen("foreground"))] * height

    def header(self, shown: Shown) -> None:
        """The line at the top, in the longest form that leaves the title readable."""
        pen = self._inks.pen
        title = row_of([(f"{shown.title}", pen("foreground", "bar", bold=True))])
        title = _row([("◆", pen("accent", "bar")), (" ", pen("foreground", "bar"))], title)
        room = self.width - 2
        wanted = min(len(title.characters), _LEAST_TITLE) + _GAP
        sign, long, short = CONNECTING
        words = long.format(shown.where) if shown.where else short
        if wanted + len(sign) + 1 + len(words) > room:
            words = short
        self.rows[0] = _blank(self.width, pen("foreground", "bar"))
        end = len(sign) + 1 + len(words)
        if wanted + end > room:
            self._put(0, 1, _cut(title, room))
            return
        self._put(0, 1, _cut(title, room - end - 1))
        self._put(0, self.width - 1 - end, _plain(f"{sign} {words}", pen("warning", "bar")))

    def keys(self) -> None:
        """The line at the bottom."""
        pen = self._inks.pen
        key, word = LEAVE
        self.rows[-1] = _blank(self.width, pen("dim", "bar"))
        place = self.width - 2 - len(key) - len(word)
        self._put(len(self.rows) - 1, place, _plain(key, pen("accent", "bar", bold=True)))
        self._put(len(self.rows) - 1, place + len(key) + 1, _plain(word, pen("dim", "bar")))

    def box(self, box: _Box, title: str, *, has_keys: bool = False) -> None:
        """A frame with a title in its upper edge."""
        edge = self._inks.pen("primary" if has_keys else "rule")
        is_heavy = has_keys and not self._inks.are_colours
        corners = _HEAVY if is_heavy else _ROUND
        left_top, line, right_top, side, left_bottom, right_bottom = corners
        bottom = box.y + box.height - 1
        self._put(box.y, box.x, _plain(left_top + line * (box.width - 2) + right_top, edge))
        self._put(bottom, box.x, _plain(left_bottom + line * (box.width - 2) + right_bottom, edge))
        for y in range(box.y + 1, bottom):
            self._put(y, box.x, _plain(side, edge))
            self._put(y, box.x + box.width - 1, _plain(side, edge))
        words = self._inks.pen("primary" if has_keys else "dim", bold=has_keys)
        self._put(box.y, box.x + 2, _plain(f" {title} ", words))

    def bar(self, box: _Box) -> None:
        """The left side of what has the keys, where it has no frame."""
        for y in range(box.y, box.y + box.height):
            self._put(y, box.x, _plain("▌", self._inks.pen("primary")))

    def field(self, box: _Box, field: Written, note: str) -> tuple[int, int]:
        """What is written, and a note below it; the place of the cursor."""
        pen, (x, y) = self._inks.pen, (box.x, box.y)
        if field.lines == [""]:
            self._put(y, x, _cut(_plain(PLACEHOLDER, pen("dim")), box.width))
            self._put(y, x, _plain(PLACEHOLDER[0], self._inks.cursor))
            return x, y
        rows = [row_of([(line, pen("foreground"))]) for line in field.lines]
        for line, row in enumerate(rows):
            self._put(y + line, x, row)
        if field.count > len(rows):
            self._scrollbar(x + box.width - 1, y, field)
        if note:
            self._put(y + len(rows), x, _plain(note, pen("dim")))
        x, y = x + len(rows[-1].characters), y + len(rows) - 1
        self._put(y, x, _plain(" ", self._inks.cursor))
        return x, y

    def _scrollbar(self, x: int, y: int, field: Written) -> None:
        """At the end of its way, as Textual draws it."""
        lines = len(field.lines)
        whole, eighths = divmod(int((lines - max(1, lines * lines / field.count)) * 8), 8)
        for line in range(lines):
            if line < whole:
                part = _plain(" ", self._inks.pen("foreground"))
            elif line == whole and eighths:
                part = _plain("▇▆▅▄▃▂▁"[eighths - 1], self._inks.pen("rule"))
            else:
                part = _plain(" ", self._inks.thumb)
            self._put(y + line, x, part)

    def say_in_the_middle(self, words: str) -> None:
        """Words and nothing else."""
        lines = wrap(words, self.width)
        top = max(0, (len(self.rows) - len(lines)) // 2)
        for y, line in enumerate(lines[: len(self.rows)], top):
            pen = self._inks.pen("foreground")
            self._put(y, (self.width - len(line)) // 2, _plain(line, pen))

    def _put(self, y: int, x: int, part: Row) -> None:
        self.rows[y] = with_part(self.rows[y], x, part, len(part.characters))


def _plain(text: str, pen: str) -> Row:
    """Characters of one cell each."""
    ground = ground_of(pen)
    blank = pen if ground is None else ground
    return Row([*text], [blank if character == " " else pen for character in text])


def _row(pieces: Sequence[tuple[str, str]], behind: Row) -> Row:
    before = row_of(pieces)
    return Row(before.characters + behind.characters, before.pens + behind.pens)


def _blank(width: int, pen: str) -> Row:
    return with_part(blank_row(width), 0, row_of([(" " * width, pen)]), width)


def _cut(row: Row, room: int) -> Row:
    """The line, or as much of it as there is room for, with an ellipsis."""
    if len(row.characters) <= room:
        return row
    characters, pens = row.characters[: room - 1], row.pens[: room - 1]
    if not row.characters[room - 1] and characters:
        characters[-1] = " "  # half of a wide character
    return Row([*characters, "…"], [*pens, row.pens[room - 1]])
