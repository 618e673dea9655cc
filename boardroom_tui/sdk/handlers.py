"""A program's handlers: which there are, and how they are called."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

Handler = Callable[[dict[str, Any]], object]
"""Gets a message's `data`, as the reference's samples do. What it returns does not matter."""

Perform = Callable[[Handler, dict[str, Any]], Awaitable[None]]
"""Calls a handler, wherever and however handlers are to run."""

_LOG = logging.getLogger("boardroom_ws")


class Handlers:
    """The handlers of each type of message, called one at a time, in the order of `add`."""

    def __init__(self, perform: Perform) -> None:
        self._perform = perform
        self._of: dict[str, list[Handler]] = {}

    def add(self, kind: str, handler: Handler) -> None:
        """Call this handler too for messages of this type."""
        self._of.setdefault(kind, []).append(handler)

    def remove(self, kind: str, handler: Handler) -> None:
        """Call this handler no more; nothing happens if it was not there."""
        if handler in self._of.get(kind, ()):
            self._of[kind].remove(handler)

    def has(self, kind: str) -> bool:
        """Whether anybody hears of this type."""
        return bool(self._of.get(kind))

    async def call(self, kind: str, data: dict[str, Any]) -> None:
        """Let all that are there hear of a message; what one raises is logged."""
        for handler in tuple(self._of.get(kind, ())):
            try:
                await self._perform(handler, data)
            except Exception:  # noqa: BLE001 - the program's own mistake does not end its connection
                _LOG.exception("A handler of %s failed", kind)
