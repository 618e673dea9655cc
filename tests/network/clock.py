"""Time that runs faster while nobody works: heartbeats, backoff and grace as they are, without
the wait.

Only what the loop spends asleep is shortened, so a slow machine makes nobody late.
"""

import asyncio
import selectors
import time
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta, tzinfo
from types import SimpleNamespace
from typing import Any, TypeVar
from unittest.mock import patch

from boardroom_tui import clock

SPEED = 50.0
"""So many seconds pass in one that is slept."""

_T = TypeVar("_T")


class _Sleep(selectors.DefaultSelector):
    """Sleeps a fraction of what the loop wants, and says that it was all of it."""

    def __init__(self) -> None:
        super().__init__()
        self.skipped = 0.0

    def time(self) -> float:
        return time.monotonic() + self.skipped

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        began = time.monotonic()
        ready = super().select(None if timeout is None else timeout / SPEED)
        slept = time.monotonic() - began
        if timeout is None:
            self.skipped += slept * (SPEED - 1)
        elif timeout > slept:
            self.skipped += min(slept * SPEED, timeout) - slept
        return ready


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self, sleep: _Sleep) -> None:
        super().__init__(sleep)
        self._sleep = sleep

    def time(self) -> float:
        return self._sleep.time()


def in_fast_time(coroutine: Coroutine[Any, Any, _T]) -> _T:
    """Run to the end in a loop of its own; all of the program's clocks run as fast."""
    sleep = _Sleep()
    began, wall = sleep.time(), datetime.now(UTC)

    def now(zone: tzinfo | None = None) -> datetime:
        return (wall + timedelta(seconds=sleep.time() - began)).astimezone(zone)

    with (
        patch.object(clock, "time", SimpleNamespace(monotonic=sleep.time)),
        patch.object(clock, "datetime", SimpleNamespace(now=now)),
        asyncio.Runner(loop_factory=lambda: _Loop(sleep)) as runner,
    ):
        return runner.run(coroutine)
