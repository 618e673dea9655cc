"""The terminal's keys, waited for: Textual 8.2 looks for them ten times a second.

What is private to it is used as in painting.py.
"""

import inspect
import os
import select
import threading
import weakref
from codecs import getincrementaldecoder
from collections.abc import Callable
from queue import Queue
from time import monotonic
from typing import Any

from textual._parser import Parser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from boardroom_tui.ui.terminal import alt_keys
from boardroom_tui.ui.terminal.pasting import PasteParser

_AS_IN_8_2: tuple[tuple[Callable[..., object], str], ...] = (
    (LinuxDriver.run_input_thread, "self"),
    (LinuxDriver.disable_input, "self"),
    (LinuxDriver.send_message, "self message"),
    (vars(LinuxDriver)["_sigcont_application"], "self _"),
    (Parser[Message].tick, "self"),
    *alt_keys.AS_IN_8_2,
)
_ONE_READ = 4096

Decode = Callable[[bytes], str]


def is_as_expected() -> bool:
    """Whether Textual's private parts are those that this is written for."""
    return all(
        list(inspect.signature(one).parameters) == names.split() for one, names in _AS_IN_8_2
    )


class Ending(threading.Event):
    """That a thread shall end, also where it waits for a descriptor: `told` can be read then."""

    def __init__(self) -> None:
        super().__init__()
        self.told, self._tell = os.pipe()
        for descriptor in (self.told, self._tell):
            weakref.finalize(self, os.close, descriptor)

    def set(self) -> None:
        if not self.is_set():
            super().set()
            os.write(self._tell, b"\0")

    def clear(self) -> None:
        if self.is_set():
            os.read(self.told, 1)
            super().clear()


def decoder() -> Decode:
    """Makes text of bytes, in whatever pieces they come."""
    return getincrementaldecoder("utf-8")("replace").decode


def listen(
    terminal: int,
    ending: Ending,
    parser: Parser[Message],
    hear: Callable[[Message], None],
    decode: Decode | None = None,
) -> None:
    """Tell what is typed, until this shall end or the terminal does.

    Nothing else wakes it but that an Escape, after a while, is known to be a key. `decode` is what
    has begun to read the terminal before.
    """
    decode = decode or decoder()
    while not ending.is_set():
        until = parser._timeout_time  # pyright: ignore[reportPrivateUsage]
        wait = None if until is None else max(0.0, until - monotonic())
        ready, _, _ = select.select([terminal, ending.told], [], [], wait)
        if terminal in ready:
            read = os.read(terminal, _ONE_READ)
            if not read:
                return
            if text := decode(read):
                for message in parser.feed(text):
                    hear(message)
        for message in parser.tick():
            hear(message)


def takes_more(terminal: int) -> bool:
    """Whether what is written to it now goes on, and does not wait."""
    return bool(select.select([], [terminal], [], 0)[1])


class ListeningDriver(LinuxDriver):
    """Textual's, but for how it waits for keys."""

    exit_event: Ending

    def __init__(self, app: App[object], **given: Any) -> None:
        super().__init__(app, **given)  # pyright: ignore[reportUnknownMemberType]
        self.exit_event = Ending()

    @property
    def is_behind(self) -> bool:
        """Whether the terminal has not taken yet what was written before.

        What is written then would wait behind it, and before long the app for both.
        """
        queue: Queue[str | None] | None = getattr(self._writer_thread, "_queue", None)
        terminal = self._file
        if queue is None or terminal is None:
            return False
        return not queue.empty() or not takes_more(terminal.fileno())

    def run_input_thread(self) -> None:
        """Tell the app what is typed."""
        listen(self.fileno, self.exit_event, PasteParser(self._debug), self.process_message)

    def send_message(self, message: Message) -> None:
        """Tell the app something, which any thread may; Textual's has a task of its own do it."""
        self._app.post_message(message)

    def _sigcont_application(self, *_: object) -> None:
        """End the thread that reads the keys before another one begins.

        Of two the older may miss that the program ends, and then the process never does. A SIGTSTP
        ends it in time, and gives the terminal back; a SIGSTOP, as of a debugger or a container,
        cannot: how the terminal was is known only from before.
        """
        was_given_back, before = self._must_signal_resume, self.attrs_before
        self.disable_input()
        super()._sigcont_application()  # pyright: ignore[reportUnknownMemberType]
        if not was_given_back:
            self.attrs_before = before
