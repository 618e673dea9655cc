"""What is offered while one writes: a small list above the field, over the conversation.

It lies over what is there, so nothing moves when it comes and goes.
"""

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from boardroom_tui.ui.widgets.cell_wrap import cut, one_line

_ROWS = 6
_WAYS = "Tab takes it, ↑ ↓ choose, Esc closes"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a word may become."""

    text: str
    """What is put in place of the word."""
    label: str
    """What the list calls it."""
    words: str = ""
    """What it is."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The choices for the word between two places of the text, the most likely first."""

    start: int
    end: int
    choices: tuple[Choice, ...]


class ChoiceList(Widget):
    """The choices and the one that Tab takes, which has a mark; a click takes another."""

    DEFAULT_CSS = """
    ChoiceList {
        display: none;
        overlay: screen;
        constrain: inside;
        width: 100%;
        background: $panel;
        color: $foreground;
        padding: 0 1;
        text-wrap: nowrap;
    }
    """
    ALLOW_SELECT: ClassVar[bool] = False

    class Taken(Message):
        """A choice was clicked."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    offered: reactive[Offer | None] = reactive[Offer | None](None)
    place: reactive[int] = reactive(0)
    """Which of the choices is the one to take."""

    def __init__(self) -> None:
        super().__init__()
        self._room = _ROWS

    @property
    def is_open(self) -> bool:
        """Whether there is anything to choose."""
        return self.offered is not None

    @property
    def was_moved(self) -> bool:
        """Whether one has gone to another choice than the first."""
        return self.is_open and self.place > 0

    def watch_offered(self, offered: Offer | None) -> None:
        self.place = 0
        self.display = offered is not None
        if offered is not None:
            self._fit()

    def move(self, step: int) -> None:
        """Go to the next choice or the one before, from the last to the first."""
        if self.offered is not None:
            self.place = (self.place + step) % len(self.offered.choices)

    def on_click(self, event: events.Click) -> None:
        row = event.get_content_offset_capture(self).y
        place = self._first + row
        if self.offered is not None and 0 <= row < self._rows and place < len(self._choices):
            event.stop()
            self.post_message(self.Taken(self._choices[place]))

    def render(self) -> RenderResult:
        """A row for each choice in sight, and how one takes it."""
        width = self.content_size.width
        labels = max((cell_len(one.label) for one in self._choices), default=0)
        label_width = min(labels, max(8, width // 2))
        rows = [
            self._row(place, label_width, width)
            for place in range(self._first, min(self._first + self._rows, len(self._choices)))
        ]
        return Content("\n").join([*rows, self._foot(width)])

    def _row(self, place: int, label_width: int, width: int) -> Content:
        choice = self._choices[place]
        is_chosen = place == self.place
        label = cut(one_line(choice.label), label_width)
        blanks = " " * (label_width - cell_len(label))
        line = f"{'▸' if is_chosen else ' '} {label}{blanks}  "
        words = cut(one_line(choice.words), max(0, width - cell_len(line)))
        if is_chosen:
            return Content.assemble((line, "$accent bold"), (words, "bold"))
        return Content.assemble(line, (words, "$dim"))

    def _foot(self, width: int) -> Content:
        count = f"{self.place + 1} of {len(self._choices)}"
        room = width - cell_len(count) - 2
        ways = _WAYS if cell_len(_WAYS) <= room else cut("Tab takes it", max(0, room))
        blanks = " " * max(0, width - cell_len(ways) - cell_len(count))
        return Content.styled(f"{ways}{blanks}{count}", "$dim")

    @property
    def _choices(self) -> tuple[Choice, ...]:
        return () if self.offered is None else self.offered.choices

    @property
    def _rows(self) -> int:
        """How many choices are in sight."""
        return min(self._room, len(self._choices))

    @property
    def _first(self) -> int:
        """The choice in the first row."""
        return max(0, self.place - self._rows + 1)

    def _fit(self) -> None:
        """Stand right above the frame of what one writes in."""
        field = self.parent
        if not isinstance(field, Widget):
            return
        self._room = max(1, min(_ROWS, field.region.y - 2))
        self.styles.height = self._rows + 1
        self.styles.offset = (0, -(self._rows + 1 + field.gutter.top))
