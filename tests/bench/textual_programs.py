"""What a terminal program costs that Textual draws: one that says hello, and a bare chat.

    python -m tests.bench.textual_programs hello
    python -m tests.bench.textual_programs chat PORT

The chat writes what a socket on the loopback sends, a line a message, into a RichLog above an
Input; it keeps, checks and cleans nothing.
"""

import asyncio
import sys

from textual.app import App, ComposeResult
from textual.widgets import Input, RichLog, Static


class Hello(App[None]):
    """The least there is."""

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static("Hello, board!")


class Chat(App[None]):
    """A log and a line to write in."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port
        self._remarks = RichLog(wrap=True, auto_scroll=True)

    def compose(self) -> ComposeResult:
        """The log above the line."""
        yield self._remarks
        yield Input(placeholder="Write here")

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        self.run_worker(self._follow())

    async def _follow(self) -> None:
        reader, _ = await asyncio.open_connection("127.0.0.1", self._port)
        while line := await reader.readline():
            self._remarks.write(line.decode().rstrip())


if __name__ == "__main__":
    if sys.argv[1] == "hello":
        Hello().run()
    else:
        Chat(int(sys.argv[2])).run()
