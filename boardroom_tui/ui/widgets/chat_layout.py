"""Where each message stands: the whole chat as lines, of which only those asked for are made."""

from dataclasses import dataclass
from enum import Enum

from boardroom_tui.protocol.keyed_log import KeyedLog
from boardroom_tui.state.model import Entry, SpokenLine
from boardroom_tui.ui.widgets.chat_index import LineIndex
from boardroom_tui.ui.widgets.chat_lines import Line, Reader, Shape, height, lines
from boardroom_tui.ui.widgets.chat_unread import Unread


class Part(Enum):
    """What a line of the chat belongs to."""

    MESSAGE = "message"
    MARKER = "marker"
    POSTED = "posted"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Spot:
    """One line of the chat: what it belongs to, which message, which of its lines."""

    part: Part
    index: int = -1
    row: int = 0


class ChatLayout:
    """Messages, one's own on their way below them, and the marker above what is new.

    Heights are wrapped once for a shape and added up; another shape wraps them all again.
    """

    def __init__(self) -> None:
        self.shape = Shape(width=80)
        self.log: KeyedLog[Entry] = KeyedLog()
        self.unread = Unread()
        self.posted: tuple[Line, ...] = ()
        self._index = LineIndex()
        self._headed: set[int] = set()

    @property
    def marker(self) -> int | None:
        """The line that the marker stands on."""
        first = self.unread.first
        return None if first is None else self._index.start(first)

    @property
    def height(self) -> int:
        """How many lines there are."""
        return self._index.lines + (self.unread.first is not None) + len(self.posted)

    def spot(self, y: int) -> Spot:
        """What stands on a line, counted from the top."""
        marker = self.marker
        if marker is not None and y >= marker:
            if y == marker:
                return Spot(Part.MARKER)
            y -= 1
        if 0 <= y < self._index.lines:
            return Spot(Part.MESSAGE, *self._index.at(y))
        y -= self._index.lines
        return Spot(Part.POSTED, row=y) if 0 <= y < len(self.posted) else Spot(Part.NOTHING)

    def span(self, index: int) -> tuple[int, int]:
        """A message's first line and the line below its last."""
        marker = self.unread.first
        return (
            self._index.start(index) + (marker is not None and index >= marker),
            self._index.start(index + 1) + (marker is not None and index >= marker),
        )

    def lines(self, index: int, reader: Reader, name: str) -> list[Line]:
        """A message's lines, made now."""
        line = self.log[index]
        answers = line.reply_to if isinstance(line, SpokenLine) else None
        answered = None if answers is None else self.log.find(answers)
        return lines(
            self._before(index),
            line,
            self.shape,
            reader,
            name=name,
            answered=answered if isinstance(answered, SpokenLine) else None,
            headed=index in self._headed,
        )

    def reshape(self, shape: Shape) -> bool:
        """Fit the lines into other room; says whether that changed them."""
        if shape == self.shape:
            return False
        self.shape = shape
        self._index.clear()
        self._measure()
        return True

    def replace(self, log: KeyedLog[Entry], unseen: int = 0) -> None:
        """Take another conversation in place of this one; its last `unseen` messages are new."""
        self.log = log
        self.unread = Unread()
        self._headed.clear()
        for index in range(max(0, len(log) - unseen), len(log)):
            self.unread = self.unread.arrived(index)
        if self.unread.first is not None:
            self._headed.add(self.unread.first)
        self._index.clear()
        self._measure()

    def continues(self, log: KeyedLog[Entry]) -> bool:
        """Whether `log` is this conversation, with or without more at its end."""
        length = len(self.log)
        if len(log) < length:
            return False
        return not length or (
            log[0].message_id == self.log[0].message_id
            and log[length - 1].message_id == self.log[length - 1].message_id
        )

    def extend(self, log: KeyedLog[Entry], reader: Reader, *, watched: bool) -> None:
        """Take what was said since; what others said unwatched goes below the marker."""
        arrived = range(len(self.log), len(log))
        self.log = log
        for index in arrived:
            if not watched and not reader.wrote(log[index]):
                before = self.unread.first
                self.unread = self.unread.arrived(index)
                if self.unread.first != before:
                    self._headed.add(index)
            self._append(index)

    def _measure(self) -> None:
        for index in range(len(self._index), len(self.log)):
            self._append(index)

    def _append(self, index: int) -> None:
        headed = index in self._headed
        self._index.append(height(self._before(index), self.log[index], self.shape, headed=headed))

    def _before(self, index: int) -> Entry | None:
        return self.log[index - 1] if index else None
