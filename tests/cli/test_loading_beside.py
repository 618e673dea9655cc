"""What is imported beside the loop: there in the end, and no longer imported if nobody waits."""

import asyncio
import sys
import threading
from pathlib import Path

import pytest

from boardroom_tui.cli.loading_beside import load


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


async def test_what_is_no_longer_wanted_is_imported_up_to_the_next_module_and_may_be_again(
    folder: Path,
) -> None:
    waiting = f"while not pathlib.Path({str(folder / 'goes_on')!r}).exists(): time.sleep(0.001)"
    (folder / "first_module.py").write_text(
        f"import pathlib, time\n{waiting}\nimport second_module\n"
    )
    (folder / "second_module.py").touch()
    loading = asyncio.create_task(load("first_module"))
    await asyncio.sleep(0)
    [thread] = [one for one in threading.enumerate() if one.name == "loading"]
    loading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loading
    (folder / "goes_on").touch()
    await asyncio.to_thread(thread.join, 10)
    assert not thread.is_alive()
    assert not {"first_module", "second_module"} & {*sys.modules}
    before = [*sys.meta_path]
    assert (await load("first_module")).second_module is sys.modules["second_module"]
    assert sys.meta_path == before
