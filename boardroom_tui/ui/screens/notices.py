"""Everything one was told: the newest first, what is unread marked, each with the way there."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from boardroom_tui.ui.attention.history import History, Notice
from boardroom_tui.ui.screens.following import Following
from boardroom_tui.ui.screens.framed import FramedScreen
from boardroom_tui.ui.screens.scene import Scene
from boardroom_tui.ui.widgets.rows import Row, RowList
from boardroom_tui.ui.words.durations import time_of_day

UNREAD = "⚑"
"""Stands before what is not read yet."""

_NOTICE = "notice "
_NOTHING = "Nothing yet. Who calls you by name, private messages, votes and what else concerns you"
_KEPT = "will stand here, also what you have missed."


class NoticesScreen(FramedScreen[int | None], Following):
    """A list to choose from; it ends with the number of the notice to go to, or None."""

    DEFAULT_CSS = """
    NoticesScreen {
        & > RowList { width: 92; height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", show=False),
        Binding("r", "turn", show=False),
        Binding("a", "read_all", show=False),
    ]

    class Turned(Message):
        """The user has read this, or wants to read it later; None: has read everything."""

        def __init__(self, number: int | None) -> None:
            super().__init__()
            self.number = number

    def __init__(self, scene: Scene, *, quiet: bool, zone: tzinfo | None = None) -> None:
        """`quiet`: whether there is neither bell nor desktop notification now."""
        super().__init__()
        self._quiet = quiet
        self._zone = zone
        self._scene = scene
        self._list = RowList()

    def compose(self) -> ComposeResult:
        yield self._list

    def on_mount(self) -> None:
        self._list.border_subtitle = "Enter goes there · r (un)read · a all read · Esc"
        self.show(self._scene)
        self._list.focus()

    def show(self, scene: Scene) -> None:
        """Show what was told by now; the selected one stays so."""
        history = scene.history
        unread = f"{history.unread} unread" if history.unread else "all read"
        hush = " · quiet for now" if self._quiet else ""
        self._list.border_title = Content(f"Notices: {unread}{hush}")
        self._list.rows = tuple(notice_rows(history, scene.now, self._zone))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.dismiss(_number(event.key))

    def action_turn(self) -> None:
        """The selected one is read, or is not after all."""
        number = _number(self._list.selected)
        if number is not None:
            self.post_message(self.Turned(number))

    def action_read_all(self) -> None:
        """Everything is read."""
        self.post_message(self.Turned(None))


def notice_rows(history: History, now: datetime, zone: tzinfo | None) -> Iterator[Row]:
    """A row for each, the newest first."""
    for notice in reversed(history.notices):
        yield _row(notice, now, zone)
    if not history.notices:
        yield Row(left=((f"{_NOTHING} {_KEPT}", "$dim"),), hang=0)


def _row(notice: Notice, now: datetime, zone: tzinfo | None) -> Row:
    news = notice.news
    mark = ("  ", "$dim") if notice.is_read else (f"{UNREAD} ", "$accent bold")
    at = f"{time_of_day(notice.at, now, zone):>6} "
    left = (
        mark,
        (at, "$dim"),
        (news.title, "" if notice.is_read else "bold"),
        (f"  {news.message}", "$dim" if notice.is_read else ""),
    )
    return Row(left, key=f"{_NOTICE}{notice.number}", hang=len(mark[0]) + len(at))


def _number(key: str | None) -> int | None:
    return None if key is None else int(key.removeprefix(_NOTICE))
