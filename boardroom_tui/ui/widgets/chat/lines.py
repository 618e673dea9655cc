"""How a message becomes lines: who, when, what it answers, what it says. Pure, without colours.

    14:02   Ana Silva
            The line for travel is a third higher than last year.
    14:03 ▌ You
          ▌ ╭ Ana Silva: The line for travel is a third higher…
          ▌ Because of the two audits.

    14:05 ◆ Recess, called by Ana Silva.

A message under one of the same person a little earlier has no name of its own; what the meeting
itself says never has one.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from rich.cells import cell_len

from boardroom_tui.protocol.identifiers import Kind, spellings
from boardroom_tui.protocol.marks import mark_of
from boardroom_tui.state.model import Entry, MeetingLine, SpokenLine
from boardroom_tui.ui.widgets.cell_wrap import cut, one_line, visible, wrap
from boardroom_tui.ui.widgets.chat.text import Look, Row, looks_of, row_count, rows, runs

_GUTTER = 6
"""Cells for the time and a blank."""
_MARK = 2
"""Cells for the mark and a blank."""
_NARROW = 50
"""Below so many cells the time stands behind the name instead of in a gutter."""
_SAME_BREATH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a line, and what it is; a name also says whose, for its colour."""

    text: str
    look: Look = Look.TEXT
    user_id: str | None = None
    is_mark: bool = False
    """Whether it is the mark in front of a message."""


Line = tuple[Piece, ...]


@lru_cache(maxsize=256)
def _local(moment: datetime, zone: tzinfo | None) -> datetime:
    """The moment in a zone: asked for a message and once more for the one below it."""
    return moment.astimezone(zone)


@dataclass(frozen=True, slots=True)
class Shape:
    """The room there is for the lines."""

    width: int
    spaced: bool = False
    """Whether a blank line parts the speakers."""
    zone: tzinfo | None = None
    """Where the reader's clock stands; None is the machine's own zone."""
    bare: bool = False
    """Whether nothing but words is wanted, from the first column to the last."""
    has_gutter: bool = field(init=False)
    """Whether times stand in a column of their own."""
    text_width: int = field(init=False)
    """Cells for what is said; the last column stays free where there is a frame."""

    def __post_init__(self) -> None:
        # Once: each message asks for them.
        has_gutter = self.width >= _NARROW and not self.bare
        frame = 0 if self.bare else _MARK + 1 + (_GUTTER if has_gutter else 0)
        object.__setattr__(self, "has_gutter", has_gutter)
        object.__setattr__(self, "text_width", max(2, self.width - frame))

    def local(self, moment: datetime) -> datetime:
        """The moment by the reader's clock."""
        return _local(moment, self.zone)


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose screen it is."""

    user_id: str = ""
    mention: re.Pattern[str] | None = None
    """What calls the reader."""
    word: str = ""
    """What stands in small letters in whatever calls the reader, if it is ASCII."""
    own_ids: frozenset[str] = field(init=False)
    """Under which the reader's own messages come."""

    def __post_init__(self) -> None:
        # Once: it is asked of each message.
        object.__setattr__(self, "own_ids", spellings(Kind.USER, self.user_id))

    @classmethod
    def named(cls, user_id: str, name: str) -> "Reader":
        """The reader of this name: called by it, or by `@` and its first word."""
        name = one_line(name).strip()
        if not name:
            return cls(user_id)
        word = name.split()[0]
        first = re.escape(word)
        mention = re.compile(rf"(?<!\w)(?:@?{re.escape(name)}|@{first})(?!\w)", re.IGNORECASE)
        return cls(user_id, mention, word.lower() if word.isascii() else "")

    def wrote(self, line: Entry) -> bool:
        """Whether the message is the reader's own."""
        return isinstance(line, SpokenLine) and line.user_id in self.own_ids

    def is_called(self, line: Entry) -> bool:
        """Whether the message speaks to the reader by name."""
        if self.mention is None or not isinstance(line, SpokenLine):
            return False
        said = line.message
        if said.isascii() and self.word not in said.lower():  # as most
            return False
        return self.mention.search(said) is not None and not self.wrote(line)


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands above a message: decided by the one before it."""

    gap: bool
    day: date | None
    heading: bool
    time: bool
    height: int = field(init=False)
    """Its lines."""

    def __post_init__(self) -> None:
        height = self.gap + (self.day is not None) + self.heading
        object.__setattr__(self, "height", height)


_GOING_ON = Opening(gap=False, day=None, heading=False, time=False)
_NEXT = {spaced: Opening(gap=spaced, day=None, heading=True, time=True) for spaced in (False, True)}


def opening(before: Entry | None, line: Entry, shape: Shape, *, headed: bool) -> Opening:
    """What stands above `line`; `headed` gives a message a name in any case."""
    said = isinstance(line, SpokenLine)
    if before is None:
        day = shape.local(line.timestamp).date()
        return Opening(gap=False, day=day, heading=said, time=True)
    new_day, same_minute = _apart(before.timestamp, line.timestamp, shape)
    if same_minute and said and isinstance(before, SpokenLine):  # as mostly
        goes_on = before.user_id == line.user_id and not headed
        return _GOING_ON if goes_on else _NEXT[shape.spaced]
    goes_on = (
        said
        and isinstance(before, SpokenLine)
        and before.user_id == line.user_id
        and not new_day
        and not headed
        and (line.timestamp - before.timestamp < _SAME_BREATH if shape.has_gutter else same_minute)
    )
    heading = said and not goes_on
    follows_its_like = isinstance(line, MeetingLine) and isinstance(before, MeetingLine)
    return Opening(
        gap=shape.spaced and not goes_on and not follows_its_like,
        day=shape.local(line.timestamp).date() if new_day else None,
        heading=heading,
        time=not (goes_on or follows_its_like) or not same_minute,
    )


def _apart(earlier: datetime, then: datetime, shape: Shape) -> tuple[bool, bool]:
    """Whether two moments are of two days, and whether they are of one minute."""
    between = then - earlier
    if not between.days and between.seconds < 60 and earlier.minute == then.minute:
        return False, True  # In whatever zone: those of today are whole minutes apart.
    earlier, then = shape.local(earlier), shape.local(then)
    new_day = earlier.date() != then.date()
    return new_day, not new_day and (earlier.hour, earlier.minute) == (then.hour, then.minute)


def height(
    before: Entry | None, line: Entry, shape: Shape, *, headed: bool = False, answers: int = 0
) -> int:
    """How many lines `lines` will give, without making them."""
    quotes = isinstance(line, SpokenLine) and line.reply_to is not None
    above = opening(before, line, shape, headed=headed).height + quotes
    text = _text(line, shape)
    if not answers and len(text) <= shape.text_width and text.isascii() and text.isprintable():
        return above + 1
    if not answers:
        return above + row_count(text, shape.text_width)
    wrapped = rows(text, shape.text_width)
    return above + len(wrapped) + (not _has_room(wrapped[-1], answers, shape))


def lines(
    before: Entry | None,
    line: Entry,
    shape: Shape,
    reader: Reader,
    *,
    name: str,
    answered: SpokenLine | None = None,
    headed: bool = False,
    answers: int = 0,
    match: re.Pattern[str] | None = None,
) -> list[Line]:
    """The lines of a message, or of what the meeting says.

    `name` is what a sender is called; so many `answers` were given; `match` is searched for.
    """
    above = opening(before, line, shape, headed=headed)
    time = f"{shape.local(line.timestamp):%H:%M}"
    mark = _mark(line, reader)
    said: list[Line] = []
    if isinstance(line, SpokenLine):
        if above.heading:
            said.append(_heading(line, name, time, shape, reader))
        if line.reply_to is not None:
            said.append((Piece(cut(quoted(answered), shape.text_width), Look.QUOTE),))
    said += _words(line, shape, reader.mention if mark.look is Look.CALL else None, match, answers)
    shown: list[Line] = [(Piece(""),)] if above.gap else []
    if above.day is not None:
        shown.append(day_line(above.day, shape.width))
    for place, pieces in enumerate(said):
        first = not place
        stamp = _gutter(time if above.time and first else "", shape)
        marked = () if shape.bare else (mark if first else _below(mark),)
        shown.append((*stamp, *marked, *pieces))
    return shown


def _words(
    line: Entry,
    shape: Shape,
    mention: re.Pattern[str] | None,
    match: re.Pattern[str] | None,
    answers: int,
) -> list[Line]:
    """What is said, and how many have answered."""
    text = _text(line, shape)
    wrapped = rows(text, shape.text_width)
    if isinstance(line, SpokenLine):
        label = len(_label(line.message) or "")
        looks = looks_of(text, label=label, mention=mention, match=match)
    else:
        looks = looks_of(text, match=match, plain=Look.MEETING)
    said = [tuple(Piece(run, look) for run, look in runs(row, looks)) for row in wrapped]
    if answers and _has_room(wrapped[-1], answers, shape):
        said[-1] = (*said[-1], Piece("  "), Piece(answers_in_words(answers), Look.ANSWERS))
    elif answers:
        said.append((Piece(cut(answers_in_words(answers), shape.text_width), Look.ANSWERS),))
    return said


def answers_in_words(answers: int) -> str:
    """How many have answered."""
    return f"↳ {answers} answer{'' if answers == 1 else 's'}"


def _has_room(row: Row, answers: int, shape: Shape) -> bool:
    """Whether that stands behind the last row of what was said."""
    used = cell_len(row.hang) + cell_len(row.text)
    return used + 2 + len(answers_in_words(answers)) <= shape.text_width


def _text(line: Entry, shape: Shape) -> str:
    """What is said, without what stands above it."""
    if isinstance(line, SpokenLine):
        return visible(shown_text(line.message), lines=True)
    time = "" if shape.has_gutter else f"{shape.local(line.timestamp):%H:%M} "
    return f"{time}{one_line(line.text)}"


def _heading(line: SpokenLine, name: str, time: str, shape: Shape, reader: Reader) -> Line:
    own = reader.wrote(line)
    called = cut(
        "You" if own else one_line(name), shape.text_width - (0 if shape.has_gutter else 7)
    )
    piece = Piece(called, Look.OWN if own else Look.NAME, None if own else line.user_id)
    return (piece,) if shape.has_gutter else (piece, Piece("  " + time, Look.TIME))


def quoted(answered: SpokenLine | None) -> str:
    """One line of what a message answers."""
    if answered is None:
        return "╭ an earlier message"
    return f"╭ {one_line(answered.user_name)}: {one_line(shown_text(answered.message))}"


def shown_text(message: str) -> str:
    """What was said; if it is marked for the minutes, behind a label that says as what."""
    label = _label(message)
    if label is None:
        return message
    said = message[len(label) + 1 :].lstrip(":").strip()
    return f"{label} {said or 'takes back the last mark'}"


def _label(message: str) -> str | None:
    """`ACTION`, where a message begins with that mark."""
    mark = mark_of(message) if message.startswith("/") else None
    return None if mark is None else mark.kind.upper()


def _mark(line: Entry, reader: Reader) -> Piece:
    if isinstance(line, MeetingLine):
        return Piece("◆ ", Look.MEETING, is_mark=True)
    if reader.wrote(line):
        return Piece("▌ ", Look.OWN, is_mark=True)
    if reader.is_called(line):
        return Piece("@ ", Look.CALL, is_mark=True)
    return Piece("  ", Look.BLANK, is_mark=True)


def _below(mark: Piece) -> Piece:
    """The mark on a message's further lines."""
    match mark.look:
        case Look.CALL:
            return replace(mark, text="┃ ")
        case Look.MEETING:
            return replace(mark, text="  ")
        case _:
            return mark


def _gutter(time: str, shape: Shape) -> Line:
    return (Piece(f"{time:<{_GUTTER}}", Look.TIME),) if shape.has_gutter else ()


def look_at(line: Line, x: int) -> Look | None:
    """What the piece is that stands in a column."""
    for piece in line:
        x -= cell_len(piece.text)
        if x < 0:
            return piece.look
    return None


def day_line(day: date, width: int) -> Line:
    """The line that begins a day."""
    return _ruled(f"{day:%A} {day.day} {day:%B %Y}", width, Look.DAY)


def unread_line(words: str, width: int) -> Line:
    """The line above what is new."""
    return _ruled(words, width, Look.UNREAD)


def _ruled(words: str, width: int, look: Look) -> Line:
    words = cut(words, max(1, width - 6))
    rule = Look.UNREAD if look is Look.UNREAD else Look.RULE
    right = max(0, width - cell_len(words) - 5)
    return (Piece("── ", rule), Piece(words, look), Piece(" " + "─" * right, rule))


def posted_lines(text: str, progress: Piece, shape: Shape, *, headed: bool) -> list[Line]:
    """The lines of one's own message on its way; `progress` stands behind it or below."""
    gutter, mark = _gutter("", shape), Piece("▌ ", Look.TIME, is_mark=True)
    said = [
        row.hang + row.text for row in rows(visible(shown_text(text), lines=True), shape.text_width)
    ]
    shown: list[Line] = [(*gutter, mark, Piece("You", Look.OWN))] if headed else []
    if headed and shape.spaced:
        shown.insert(0, (Piece(""),))
    shown += [(*gutter, mark, Piece(row, Look.WAITING)) for row in said]
    if cell_len(said[-1]) + 2 + cell_len(progress.text) <= shape.text_width:
        shown[-1] = (*shown[-1], Piece("  ", Look.WAITING), progress)
    else:
        shown += [
            (*gutter, mark, Piece(row, progress.look))
            for row in wrap(progress.text, shape.text_width)
        ]
    return shown
