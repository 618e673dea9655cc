"""The driver of an app that begins where a door stands, and goes on with what was typed there."""

import signal
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import App
from textual.message import Message

from boardroom_tui.ui.door.door import Door, Left
from boardroom_tui.ui.door.typed import Piece
from boardroom_tui.ui.terminal.listening import ListeningDriver, decoder, listen
from boardroom_tui.ui.terminal.pasting import PasteParser

_ANOTHER_SCREEN = "\x1b[?1049h"
_FEW = 2
"""So many keys are done before anybody misses their echo."""


class Behind(ListeningDriver):
    """Begins while a door stands in the terminal; what it writes waits until it comes forward."""

    its_door: ClassVar[Door]
    behind_keys: Callable[[Callable[[], None]], None]

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)  # pyright: ignore[reportUnknownMemberType]
        self._at_stops = {one: signal.getsignal(one) for one in (signal.SIGTSTP, signal.SIGCONT)}
        self.its_door.watch()  # in its place, as long as it stands
        # One for both: what the door read may be cut where the board goes on.
        self._parser, self._decode = PasteParser(debug), decoder()
        self._held: list[str] | None = []
        self._turn, self._done = threading.Event(), threading.Event()
        self._is_over = False
        self._left: Left | None = None
        self._then: Callable[[Left], None] = lambda _: None

    def take_turn(self, then: Callable[[Left], None]) -> None:
        """Have the door give way; the app does this once it was told what was typed there."""
        self._then = then
        self._turn.set()

    def come_forward(self) -> bool:
        """Write from now on; whether it waited until now."""
        held, self._held = self._held, None
        if held is None or self._left is None:
            return False
        self.attrs_before = self._left.terminal
        for number, own in self._at_stops.items():
            signal.signal(number, own)
        for one in held:
            if one != _ANOTHER_SCREEN:  # some terminals would clear it
                self.write(one)
        return True

    def write(self, data: str) -> None:
        """Write, or keep it until then."""
        if self._held is None:
            super().write(data)
        else:
            self._held.append(data)

    def run_input_thread(self) -> None:
        """Tell the app what is typed, first what the door leaves."""
        if self._held is None:
            super().run_input_thread()
        elif self._do_again():
            listen(
                *(self.fileno, self.exit_event, self._parser, self.process_message),
                decode=self._decode,
            )

    def _do_again(self) -> bool:
        """Do what was typed at the door, which goes on showing it until there is nearly none left.

        Whether it has given way.
        """
        self._turn.wait()
        done, typed = 0, self.its_door.typed
        while (new := len(typed) - done) > _FEW and not self._is_over:
            self._do(typed[done : done + new])
            self._wait_for_keys()
            done += new
        left = None if self._is_over else self.its_door.give_way()
        if left is None:
            return False
        self._left = left
        self._do(left.typed[done:])
        if left.is_over:
            self._tell(self._parser.settle())
        self.send_message(events.Callback(partial(self.behind_keys, partial(self._then, left))))
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
            self.send_message(events.Callback(partial(self.behind_keys, self._done.set)))
            self._done.wait()

    def disable_input(self) -> None:
        """No longer wait for the keys, either."""
        self._is_over = True
        self._turn.set()
        self._done.set()
        super().disable_input()

    def stop_application_mode(self) -> None:
        """Give the terminal back, unless that is still for the door to do."""
        self.disable_input()
        if self._left is not None:
            self.come_forward()
            super().stop_application_mode()


def behind(door: Door, behind_keys: Callable[[Callable[[], None]], None]) -> type[Behind]:
    """The driver of an app that begins behind this door.

    `behind_keys` has the app do something once all is done that was typed before.
    """

    class BehindThis(Behind):
        its_door = door

    BehindThis.behind_keys = staticmethod(behind_keys)
    return BehindThis
