"""The lock that keeps a folder to one program."""

import subprocess
import sys
from pathlib import Path

import pytest

from boardroom_tui.file_lock import FileLock, InUseError


def test_a_lock_is_held_once_and_again_after_its_release(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock")
    with pytest.raises(InUseError):
        FileLock(tmp_path / "lock")
    lock.release()
    FileLock(tmp_path / "lock").release()


def test_a_program_that_dies_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    code = (
        "import os, sys, pathlib\n"
        "from boardroom_tui.file_lock import FileLock\n"
        "lock = FileLock(pathlib.Path(sys.argv[1]))\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
        "os._exit(1)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(InUseError):
            FileLock(path)
        holder.communicate()
    FileLock(path).release()
