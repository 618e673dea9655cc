"""What goes on in any case is done before anybody goes on."""

import asyncio
import threading

import pytest

from boardroom_tui.to_its_end import to_its_end


async def test_whoever_is_cancelled_also_twice_ends_behind_what_the_thread_does() -> None:
    goes_on, written = threading.Event(), list[str]()

    def write() -> None:
        assert goes_on.wait(30)
        written.append("key")

    work = asyncio.get_running_loop().run_in_executor(None, write)
    writing = asyncio.create_task(to_its_end(work))
    await asyncio.sleep(0)
    for _ in range(2):
        writing.cancel()
        for _ in range(5):
            await asyncio.sleep(0)
        assert not writing.done()
    goes_on.set()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert written == ["key"]
