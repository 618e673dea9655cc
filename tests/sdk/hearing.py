"""What a client's handlers heard, in order, and waiting for it from wherever a test stands."""

import threading
from collections.abc import Callable
from typing import Any, Protocol

SECONDS = 30.0

Data = dict[str, Any]


class Listening(Protocol):
    """A client of either form."""

    def on(self, event: str, handler: Callable[[Data], None]) -> object:
        """Register a handler."""
        ...


class Heard:
    """Everything that came of some types."""

    def __init__(self, client: Listening, *events: str) -> None:
        self.all: list[tuple[str, Data]] = []
        self._more = threading.Condition()
        for event in events:
            client.on(event, self._noting(event))

    def of(self, event: str) -> list[Data]:
        """The data of each of these."""
        return [data for kind, data in tuple(self.all) if kind == event]

    @property
    def events(self) -> list[str]:
        """What came, in order."""
        return [kind for kind, _ in tuple(self.all)]

    def wait(self, event: str, count: int = 1) -> Data:
        """Block until so many of these have come; the last of them."""
        with self._more:
            assert self._more.wait_for(lambda: len(self.of(event)) >= count, SECONDS), self.all
        return self.of(event)[count - 1]

    def _noting(self, event: str) -> Callable[[Data], None]:
        def note(data: Data) -> None:
            with self._more:
                self.all.append((event, data))
                self._more.notify_all()

        return note
