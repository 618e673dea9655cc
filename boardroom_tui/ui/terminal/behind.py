"""The driver of an app that begins where a door stands, and goes on with what was typed there."""

import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message

from boardroom_tui.ui.door.door import Door, Left
from boardroom_tui.ui.door.typed import Piece
from boardroom_tui.ui.terminal.listening import ListeningDriver, decoder, listen
from boardroom_tui.ui.terminal.pasting import PasteParser
from boardroom_tui.ui.terminal.rows import Row

_ANOTHER_SCREEN = "\x1b[?1049h"
_FEW = 2
"""So many keys are done before anybody misses their echo."""


class Behind(ListeningDriver):
    """Begins while a door stands in the terminal; what it writes waits until that gives way."""

    def __init__(
        self,
        app: App[object],
        *,
        door: Door,
        behind_keys: Callable[[Callable[[], None]], None],
        then: Callable[[list[Row]], None],
        **given: Any,
    ) -> None:
        """`behind_keys` does something once the app has done what was typed before.

        `then` is done in the app once the door has given way, with what the terminal shows.
        """
        # First of all: from its constructor on, Textual's driver is told of stops.
        self._door, self._behind_keys, self._then = door, behind_keys, then
        self._held: list[str] | None = []
        super().__init__(app, **given)
        # One for both: what the door read may be cut where the board goes on.
        self._parser, self._decode = PasteParser(self._debug), decoder()
        self._turn, self._done = threading.Event(), threading.Event()
        self._is_over = False
        self._left: Left | None = None

    def take_turn(self) -> None:
        """Have the door give way, once the app has done what was typed there."""
        self._turn.set()

    def write(self, data: str) -> None:
        """Write, or keep it until then."""
        if self._held is None:
            super().write(data)
        else:
            self._held.append(data)

    def _sigtstp_application(self, *given: object) -> None:
        if self._held is None:
            super()._sigtstp_application(*given)  # pyright: ignore[reportUnknownMemberType]
        else:
            self._door.stop()

    def _sigcont_application(self, *given: object) -> None:
        if self._held is None:
            super()._sigcont_application(*given)
        else:
            self._door.go_on()

    def run_input_thread(self) -> None:
        """Tell the app what is typed, first what the door leaves."""
        if self._held is None:
            super().run_input_thread()
        elif self._do_again():
            hear, decode = self.process_message, self._decode
            listen(self.fileno, self.exit_event, self._parser, hear, decode)

    def _do_again(self) -> bool:
        """Do what was typed at the door, which goes on showing it until there is nearly none left.

        Whether it has given way.
        """
        self._turn.wait()
        done, typed = 0, self._door.typed
        while (new := len(typed) - done) > _FEW and not self._is_over:
            self._do(typed[done : done + new])
            self._wait_for_keys()
            done += new
        left = None if self._is_over else self._door.give_way()
        if left is None:
            return False
        self._left = left
        self._do(left.typed[done:])
        if left.is_over:
            self._tell(self._parser.settle())
        self._once_done(partial(self._come_forward, left))
        return True

    def _do(self, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            if piece.is_apart:
                # As it was: what was typed before was done by then.
                self._tell(self._parser.settle())
                self._wait_for_keys()
            if text := self._decode(piece.data):
                self._tell(self._parser.feed(text))

    def _tell(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)

    def _wait_for_keys(self) -> None:
        """Wait until what was typed before is done, or it is over."""
        self._done.clear()
        if not self._is_over:
            self._once_done(self._done.set)
            self._done.wait()

    def _once_done(self, deed: Callable[[], None]) -> None:
        """Have the app do something once all is done that was typed before."""
        self.send_message(events.Callback(partial(self._behind_keys, deed)))

    def disable_input(self) -> None:
        """No longer wait for the keys, either."""
        self._is_over = True
        self._turn.set()
        self._done.set()
        super().disable_input()

    def stop_application_mode(self) -> None:
        """Give the terminal back, unless that is still for the door to do."""
        self.disable_input()
        if self._left is None:
            return
        if self._held is not None:
            self._write_held(self._left)
        super().stop_application_mode()

    def _come_forward(self, left: Left) -> None:
        if self._held is not None:
            self._write_held(left)
            self._then(left.rows)
            if self._door.has_missed_a_stop():
                self._sigtstp_application()

    def _write_held(self, left: Left) -> None:
        """Write what waited for that, and from now on at once."""
        held, self._held = self._held, None
        self.attrs_before = left.terminal
        for one in held or ():
            if one != _ANOTHER_SCREEN:  # some terminals would clear it
                self.write(one)
