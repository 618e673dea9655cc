"""A command's loop: a SIGINT while it is made or ended leaves nothing to tell of itself, and a name
server that does not answer holds nobody up who leaves.
"""

import asyncio
import gc
import selectors
import signal
import socket
import sys
import threading

import pytest

from boardroom_tui.cli.loop import in_loop


def test_a_sigint_while_a_loop_is_made_ends_it_without_a_word_and_begins_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make, told, begun = selectors.DefaultSelector, list[object](), list[str]()

    def interrupted() -> selectors.BaseSelector:
        # As where the door's thread goes on while the system makes it.
        signal.raise_signal(signal.SIGINT)
        return make()

    async def deed() -> None:
        begun.append("deed")

    monkeypatch.setattr(selectors, "DefaultSelector", interrupted)
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        in_loop(deed)
    gc.collect()
    assert signal.getsignal(signal.SIGINT) is before
    assert (told, begun) == ([], [])


def test_what_comes_of_it_is_given() -> None:
    async def deed() -> int:
        return 7

    assert in_loop(deed) == 7


def test_a_sigint_while_a_loop_is_ended_comes_behind_that_without_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    close, told = socket.socket.close, list[object]()

    def interrupted(one: socket.socket) -> None:
        close(one)
        signal.raise_signal(signal.SIGINT)

    async def deed() -> None:
        monkeypatch.setattr(socket.socket, "close", interrupted)

    monkeypatch.setattr(sys, "unraisablehook", told.append)
    with pytest.raises(KeyboardInterrupt):
        in_loop(deed)
    gc.collect()
    assert told == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_signal_wakes_a_loop_that_had_begun_to_wait() -> None:
    async def deed() -> int:
        wakes = signal.set_wakeup_fd(-1)
        signal.set_wakeup_fd(wakes)
        return wakes

    assert in_loop(deed) != -1
    assert signal.set_wakeup_fd(-1) == -1


def test_who_leaves_does_not_wait_for_a_name_server_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, left = threading.Event(), threading.Event()

    def no_answer(*_: object, **__: object) -> list[object]:
        asked.set()
        left.wait(10)
        return []

    async def deed() -> bool:
        loop = asyncio.get_running_loop()
        looking = asyncio.create_task(loop.getaddrinfo("boardroom.example", 443))
        while not asked.is_set():
            await asyncio.sleep(0)
        looking.cancel()
        await asyncio.wait({looking})
        return looking.cancelled()

    monkeypatch.setattr(socket, "getaddrinfo", no_answer)
    assert in_loop(deed)
    [waiting] = [one for one in threading.enumerate() if one.name == "getaddrinfo"]
    left.set()
    waiting.join()


def test_a_name_is_found_and_one_that_is_none_is_told() -> None:
    async def deed() -> tuple[object, ...]:
        loop = asyncio.get_running_loop()
        with pytest.raises(socket.gaierror):
            await loop.getaddrinfo("no address", 443, flags=socket.AI_NUMERICHOST)
        found = await loop.getaddrinfo("127.0.0.1", 443, type=socket.SOCK_STREAM)
        return found[0][4]

    assert in_loop(deed) == ("127.0.0.1", 443)


def test_a_loop_runs_in_a_thread_too() -> None:
    came: list[int] = []

    async def deed() -> None:
        came.append(7)

    thread = threading.Thread(target=in_loop, args=[deed])
    thread.start()
    thread.join()
    assert came == [7]
