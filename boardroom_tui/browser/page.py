"""The page in the browser, as the process behind it sees it.

textual-serve passes on what is typed and drawn, in packets over the standard streams, to one app
that ends with its page. Here several follow each other: first one asks for the token.
"""

import os
import threading
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers._byte_stream import ByteStream
from textual.drivers._input_reader import InputReader
from textual.drivers.web_driver import WebDriver
from textual.geometry import Size
from textual.message import Message

_BEGINNING = b"__GANGLION__\n"
"""What textual-serve waits for before the packets."""


class Page:
    """The one page of this process, open until the browser goes or `close` is called."""

    def __init__(self, when_gone: Callable[[], None]) -> None:
        """`when_gone` is called, in a thread, once nobody looks at it any more."""
        self.is_gone = False
        self.size = Size(*_size(os.environ.get("COLUMNS"), os.environ.get("ROWS")))
        self.driver: PageDriver | None = None
        self._when_gone = when_gone

    def open(self) -> None:
        """Begin to draw and to listen."""
        PageDriver.page = self
        os.write(1, _BEGINNING)
        threading.Thread(target=self._listen, name="page", daemon=True).start()

    def close(self) -> None:
        """Tell the browser that it is over."""
        end = b'{"type": "exit"}'
        os.write(1, b"M" + len(end).to_bytes(4, "big") + end)

    def _listen(self) -> None:
        parser, stream = XTermParser(), ByteStream()
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        try:
            for data in InputReader():
                if data:
                    for kind, payload in stream.feed(data):
                        if kind == "D":
                            self._tell(parser.feed(decode(payload)))
                        elif self.driver is not None:
                            self.driver.take(payload)
                # A key like Escape is one only if nothing follows.
                self._tell(parser.tick())
        finally:
            self._go()

    def _tell(self, typed: Iterable[Message]) -> None:
        for message in typed:
            if self.driver is not None:
                self.driver.process_message(message)

    def _go(self) -> None:
        self.is_gone = True
        if self.driver is not None:
            self.driver.on_meta("quit", {})
        self._when_gone()


class PageDriver(WebDriver):
    """Draws one of the apps on the page."""

    page: ClassVar[Page]

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size or self.page.size)

    def start_application_mode(self) -> None:
        """Take the page over."""
        self.write("\x1b[?1049h\x1b[?25l")
        self._enable_mouse_support()
        self._request_terminal_sync_mode_support()
        self._enable_bracketed_paste()
        self._app.post_message(events.Resize(self.page.size, self.page.size))
        self.page.driver = self

    def stop_application_mode(self) -> None:
        """Leave the page to the next one."""
        self.page.driver = None
        self.write("\x1b[2J")

    def take(self, payload: bytes) -> None:
        """What the server says of the page."""
        self._on_meta("M", payload)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Another size; the rest as Textual does."""
        if packet_type == "resize":
            self.page.size = Size(*_size(payload.get("width"), payload.get("height")))
            self._app.post_message(events.Resize(self.page.size, self.page.size))
        elif packet_type == "quit":
            self.page.is_gone = True
            super().on_meta(packet_type, payload)
        elif packet_type in ("focus", "blur"):
            super().on_meta(packet_type, payload)


def _size(width: object, height: object) -> tuple[int, int]:
    """Columns and lines; the usual ones where they are none."""
    try:
        return int(str(width)), int(str(height))
    except ValueError:
        return 80, 24
