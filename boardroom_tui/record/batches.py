"""Group commit: what comes while one batch is being written goes into the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

_Item = TypeVar("_Item")
_Outcome = TypeVar("_Outcome")


class Batches(Generic[_Item, _Outcome]):
    """Many who wait for one disk write, for one event loop."""

    def __init__(self, write: Callable[[Sequence[_Item]], Awaitable[Sequence[_Outcome]]]) -> None:
        """`write` says what became of each item; what it raises, all of the batch are told."""
        self._write = write
        self._waiting: list[tuple[_Item, asyncio.Future[_Outcome]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def add(self, item: _Item) -> _Outcome:
        """What became of an item once it was written. Cancelling the wait does not undo it."""
        outcome: asyncio.Future[_Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, outcome))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all())
        return await outcome

    async def written(self) -> None:
        """Wait until nothing waits."""
        if self._writing is not None:
            await self._writing

    async def _write_all(self) -> None:
        """Write what waits, and what comes to wait meanwhile."""
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                await self._write_batch(batch)
        finally:
            self._writing = None

    async def _write_batch(self, batch: list[tuple[_Item, asyncio.Future[_Outcome]]]) -> None:
        try:
            outcomes = await self._write([item for item, _ in batch])
        except BaseException as error:
            for _, waiting in batch:
                if not waiting.done():
                    waiting.set_exception(error)
            raise
        for (_, waiting), outcome in zip(batch, outcomes, strict=True):
            if not waiting.done():
                waiting.set_result(outcome)
