"""What is imported beside the loop: there in the end, and no longer imported if nobody waits."""

import asyncio
import sys
import threading
from pathlib import Path

import pytest

from boardroom_tui.cli.loading_beside import load

ENDLESS = "import time\nwhile True:\n    time.sleep(0.001)\n"
CALLED_BACK = """
import threading, weakref

class Lock: ...

def call_back(_):
    for _ in iter(lambda: threading.main_thread().name, "over"): pass

lock = Lock()
kept = weakref.ref(lock, call_back)
del lock
"""
"""As where Python calls back for the lock of a module, which nothing that is raised leaves."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where modules are found."""
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    return tmp_path


async def test_the_loop_goes_on_while_a_module_is_imported(folder: Path) -> None:
    (folder / "slow_module.py").write_text("import time\ntime.sleep(0.1)\nANSWER = 42\n")
    passed: list[int] = []

    async def go_on() -> None:
        while True:
            passed.append(1)
            await asyncio.sleep(0.001)

    going = asyncio.create_task(go_on())
    assert (await load("slow_module")).ANSWER == 42
    going.cancel()
    assert len(passed) > 2


async def test_what_goes_wrong_in_a_module_is_told_where_it_is_wanted(folder: Path) -> None:
    (folder / "wrong_module.py").write_text("raise ValueError('wrong')\n")
    with pytest.raises(ValueError, match="wrong"):
        await load("wrong_module")


async def test_a_module_that_is_no_longer_wanted_is_imported_no_further(folder: Path) -> None:
    (folder / "endless_module.py").write_text(ENDLESS)
    loading = asyncio.create_task(load("endless_module"))
    await asyncio.sleep(0)
    [thread] = [one for one in threading.enumerate() if one.name == "loading"]
    loading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loading
    await asyncio.to_thread(thread.join, 10)
    assert not thread.is_alive()


async def test_that_it_is_no_longer_wanted_is_not_told_where_nothing_that_is_raised_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    (folder / "called_back_module.py").write_text(CALLED_BACK)
    loading = asyncio.create_task(load("called_back_module"))
    await asyncio.sleep(0.05)
    [thread] = [one for one in threading.enumerate() if one.name == "loading"]
    loading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loading
    await asyncio.to_thread(thread.join, 10)
    assert not thread.is_alive()
    assert told == []
