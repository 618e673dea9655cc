"""Waiting for what goes on in any case: nobody comes back before it is done."""

import asyncio
from contextlib import suppress
from typing import TypeVar

_T = TypeVar("_T")


async def to_its_end(work: asyncio.Future[_T]) -> _T:
    """What comes of it. Whoever is cancelled meanwhile, however often, ends behind it.

    A thread that has begun goes on: it would write into what may be gone by then.
    """
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        while not work.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait({work})
        raise
