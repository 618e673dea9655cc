"""The bar of a replay: where it is in words, and on a line that one can click."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from boardroom_tui.replay.player import AT_ONCE, Player
from boardroom_tui.replay.track import Track

_GAP = "   "


@dataclass(frozen=True, slots=True)
class Position:
    """What the bar shows: a replay, and its clock."""

    player: Player
    moment: datetime


class ReplayBar(Widget):
    """Two lines: the words, and the track below them."""

    DEFAULT_CSS = """
    ReplayBar {
        height: 2;
        padding: 0 1;
        background: $bar;
        color: $foreground;
        text-wrap: nowrap;
    }
    """
    ALLOW_SELECT: ClassVar[bool] = False

    position: reactive[Position | None] = reactive[Position | None](None)

    class Clicked(Message):
        """A place on the track was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(
        self,
        track: Track,
        *,
        zone: tzinfo | None = None,
        id: str | None = None,  # noqa: A002 (Textual's own name for it)
    ) -> None:
        """`zone` is where times are shown, None this machine's."""
        super().__init__(id=id)
        self._track = track
        self._zone = zone

    def render(self) -> RenderResult:
        """The words as far as there is room, and the track."""
        position, width = self.position, self.content_size.width
        if position is None or width <= 0:
            return Content()
        line = Content.assemble((self._state(position.player), "$accent bold"))
        for words in self._words(position):
            if line.cell_length + len(_GAP) + cell_len(words) <= width:
                line += Content(_GAP + words)
        player = position.player
        waited = position.moment - player.timeline.time(player.place)
        return line + "\n" + Content(self._track.drawn(player.place, waited, width))

    def on_click(self, event: events.Click) -> None:
        where = event.get_content_offset_capture(self)
        if where.y == 1:
            width = self.content_size.width
            self.post_message(self.Clicked(self._track.place(where.x, width)))

    @staticmethod
    def _state(player: Player) -> str:
        if player.place >= player.timeline.last:
            return "■ The end"
        return "▶ Playing" if player.playing else "‖ Paused "

    def _words(self, position: Position) -> list[str]:
        """The most wanted first."""
        player = position.player
        words = [
            f"{position.moment.astimezone(self._zone):%H:%M:%S}",
            f"event {player.place} of {player.timeline.last}",
            speed_in_words(player.speed),
        ]
        skipped = player.timeline.skipped(player.place)
        return [*words, f"skipped {length_in_words(skipped)}"] if skipped else words


def speed_in_words(speed: float) -> str:
    """`4×`, or that no pause is played."""
    return "without pauses" if speed == AT_ONCE else f"{speed:g}×"


def length_in_words(length: timedelta) -> str:
    """`12 minutes`: in the largest unit that there is one of."""
    seconds = round(length.total_seconds())
    for unit, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= unit:
            return _counted(round(seconds / unit), name)
    return _counted(seconds, "second")


def _counted(number: int, name: str) -> str:
    return f"1 {name}" if number == 1 else f"{number} {name}s"
