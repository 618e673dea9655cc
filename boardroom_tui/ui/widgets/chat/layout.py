"""Where each message stands: the whole chat as lines, of which only those asked for are made."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from boardroom_tui.protocol.keyed_log import KeyedLog
from boardroom_tui.state.model import Entry, SpokenLine
from boardroom_tui.ui.widgets.chat.index import LineIndex
from boardroom_tui.ui.widgets.chat.lines import Line, Reader, Shape, height, lines
from boardroom_tui.ui.widgets.chat.unread import Unread


class Part(Enum):
    """What a line of the chat belongs to."""

    HEAD = "head"
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

    Heights are wrapped once for a shape and added up; another shape wraps them all again. Where
    only the `needed` newest may be looked at, those of the others are guessed until `measure`.
    """

    def __init__(self) -> None:
        self.shape = Shape(width=80)
        self.log: KeyedLog[Entry] = KeyedLog()
        self.unread = Unread()
        self.head: Line | None = None
        """What stands above the first message, of what was said before."""
        self.posted: tuple[Line, ...] = ()
        self._index = LineIndex()
        self._guessed = range(0)
        """The messages whose heights are only guessed."""
        self._headed: set[str] = set()
        self._answers = Counter[str]()
        """How many messages answer one, by its id."""

    @property
    def marker(self) -> int | None:
        """The line that the marker stands on."""
        first = self._first_new
        return None if first is None else self._above + self._index.start(first)

    @property
    def height(self) -> int:
        """How many lines there are."""
        return self._above + self._index.lines + (self._first_new is not None) + len(self.posted)

    @property
    def _above(self) -> int:
        return self.head is not None

    @property
    def _first_new(self) -> int | None:
        first = self.unread.first
        return None if first is None else self.log.place(first)

    def spot(self, y: int) -> Spot:
        """What stands on a line, counted from the top."""
        marker = self.marker
        if marker is not None and y >= marker:
            if y == marker:
                return Spot(Part.MARKER)
            y -= 1
        if self.head is not None:
            if y == 0:
                return Spot(Part.HEAD)
            y -= 1
        if 0 <= y < self._index.lines:
            return Spot(Part.MESSAGE, *self._index.at(y))
        y -= self._index.lines
        return Spot(Part.POSTED, row=y) if 0 <= y < len(self.posted) else Spot(Part.NOTHING)

    def span(self, index: int) -> tuple[int, int]:
        """A message's first line and the line below its last."""
        first = self._first_new
        above = self._above + (first is not None and index >= first)
        return self._index.start(index) + above, self._index.start(index + 1) + above

    def lines(
        self, index: int, reader: Reader, name: str, match: re.Pattern[str] | None = None
    ) -> list[Line]:
        """A message's lines, made now, with what is searched for set apart."""
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
            headed=line.message_id in self._headed,
            answers=self._answers[line.message_id],
            match=match,
        )

    def answers(self, message_id: str) -> int:
        """How many messages answer this one."""
        return self._answers[message_id]

    @property
    def is_guessed(self) -> bool:
        """Whether lines far above may stand elsewhere once all is measured."""
        return bool(self._guessed)

    def reshape(self, shape: Shape, needed: int | None = None) -> bool:
        """Fit the lines into other room; says whether that changed them."""
        if shape == self.shape:
            return False
        self.shape = shape
        self._begin(needed)
        return True

    def replace(self, log: KeyedLog[Entry], unseen: int = 0) -> None:
        """Take another conversation in place of this one; its last `unseen` messages are new."""
        self.log = log
        self.unread.forget()
        self._headed.clear()
        self._answers = Counter(
            line.reply_to for line in log if isinstance(line, SpokenLine) and line.reply_to
        )
        new = range(max(0, len(log) - unseen), len(log))
        if new and self.unread.arrived(new, log[new.start].message_id):
            self._headed.add(log[new.start].message_id)
        self._begin()

    def continues(self, log: KeyedLog[Entry]) -> bool:
        """Whether `log` is this conversation, with or without more at its end."""
        return self.begins_later(log) == 0

    def begins_later(self, log: KeyedLog[Entry]) -> int | None:
        """How much of `log` was said before this conversation begins; None where it is another."""
        length = len(self.log)
        if not length:
            return 0
        place = log.place(self.log[0].message_id)
        if place is None or len(log) < place + length:
            return None
        return place if log[place + length - 1].message_id == self.log[-1].message_id else None

    def precede(self, log: KeyedLog[Entry], count: int) -> None:
        """Take the same conversation, with `count` messages more before its beginning."""
        self.log = log
        self.unread.precede(count)
        self._guessed = range(self._guessed.start + count, self._guessed.stop + count)
        answered = [line.reply_to for line in log[:count] if isinstance(line, SpokenLine)]
        self._answers.update(answers for answers in answered if answers)
        # The first that was known may go on from the last of these.
        self._index.put(0, 1, [self._height(index) for index in range(count + 1)])

    def extend(
        self,
        log: KeyedLog[Entry],
        reader: Reader,
        *,
        in_sight: int = 0,
        needed: int | None = None,
    ) -> list[int]:
        """Take what was said since, while the last `in_sight` lines are looked at.

        What others said out of sight goes below the marker. Gives the messages that look otherwise
        now, since somebody has answered them.
        """
        known, self.log = len(self.log), log
        arrived = log[known:]
        self._append(arrived, needed)
        answers = [line.reply_to for line in arrived if isinstance(line, SpokenLine)]
        changed = [place for one in answers if one and (place := self._count(one)) is not None]
        seen_from = self._index.lines + len(self.posted) - in_sight
        seen = self._index.at(seen_from)[0] if in_sight else len(log)
        self._arrive(known, arrived[: max(0, seen - known)], reader)
        return changed

    def _count(self, message_id: str) -> int | None:
        """Count an answer to this; where it stands."""
        self._answers[message_id] += 1
        place = self.log.place(message_id)
        if place is not None:
            self._measure_one(place)
        return place

    def _arrive(self, first: int, lines: Sequence[Entry], reader: Reader) -> None:
        """Put those of others below the marker."""
        others = [place for place, line in enumerate(lines, first) if not reader.wrote(line)]
        if not others:
            return
        message_id = self.log[others[0]].message_id
        if self.unread.arrived(others, message_id):
            self._headed.add(message_id)
            self._measure_one(others[0])

    def _begin(self, needed: int | None = None) -> None:
        """Measure all there is."""
        self._index.clear()
        self._guessed = range(0)
        self._append(self.log, needed)

    def _append(self, lines: Sequence[Entry], needed: int | None) -> None:
        """Measure messages below the last that is measured, or guess of those far above."""
        known = len(self._index)
        far = 0 if needed is None else max(0, len(lines) - needed)
        if far:
            first = self._guessed.start if self._guessed else known
            self._guessed = range(first, known + far)
            self._index.append([self._index.guess] * far)
        self._index.append(self._heights(range(known + far, known + len(lines))))

    def measure(self, count: int | None = None) -> None:
        """Measure what was only guessed: all of it, or so many messages from below."""
        measured = self._guessed if count is None else self._guessed[-count:]
        self._guessed = range(self._guessed.start, measured.start)
        self._index.put(measured.start, len(measured), self._heights(measured))

    def _heights(self, places: range) -> list[int]:
        before = self._before(places.start)
        heights: list[int] = []
        for line in self.log[places.start : places.stop]:
            heights.append(self._height_below(before, line))
            before = line
        return heights

    def _measure_one(self, index: int) -> None:
        """Measure a message again."""
        self._index.put(index, 1, [self._height(index)])

    def _height(self, index: int) -> int:
        return self._height_below(self._before(index), self.log[index])

    def _height_below(self, before: Entry | None, line: Entry) -> int:
        headed = line.message_id in self._headed
        answers = self._answers.get(line.message_id, 0)
        return height(before, line, self.shape, headed=headed, answers=answers)

    def _before(self, index: int) -> Entry | None:
        return self.log[index - 1] if index else None
