"""What commands print, where it cannot go: one line on standard error, never a traceback."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from boardroom_tui.cli import main
from tests.command import boardroom, started

DEMO = ("demo", "--headless", "--speed", "200")


def failure(*arguments: str, home: Path, output: int) -> str:
    """Run a command that prints into `output`; the line with which it fails."""
    outcome = boardroom(*arguments, home=home, output=output)
    assert outcome.returncode == 1, outcome.stderr
    return outcome.stderr


@pytest.mark.parametrize("arguments", [("protocol",), ("protocol", "--asyncapi"), DEMO])
def test_a_reader_that_has_gone_ends_a_command_with_one_line(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        said = failure(*arguments, home=tmp_path, output=write)
    finally:
        os.close(write)
    assert said == f"boardroom {arguments[0]}: cannot write what it prints: Broken pipe\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_ends_a_command_with_one_line(tmp_path: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        token = ("token", "--data", str(tmp_path), "--user", "u", "--name", "n")
        said = failure(*token, home=tmp_path, output=full)
    finally:
        os.close(full)
    assert said == "boardroom token: cannot write what it prints: No space left on device\n"


async def test_what_an_encoding_cannot_write_is_escaped(tmp_path: Path) -> None:
    process = await started(
        *DEMO, home=tmp_path, environment={"PYTHONIOENCODING": "ascii", "TMPDIR": str(tmp_path)}
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(30):
            assert b"In\\xeas Duarte joins" in await process.stdout.readline()
    finally:
        process.kill()
        await process.communicate()


def test_an_interruption_while_a_command_is_loaded_is_no_traceback() -> None:
    interrupting = (
        "import importlib, signal\n"
        "from boardroom_tui.cli import main\n"
        "importlib.import_module = lambda name: signal.raise_signal(signal.SIGINT)\n"
        "raise SystemExit(main(['protocol']))\n"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", interrupting], capture_output=True, text=True, check=False
    )
    assert (outcome.returncode, outcome.stderr) == (128 + signal.SIGINT, "")


def test_a_name_moves_no_terminal_wherever_it_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "board.toml"
    file.write_text(
        '[meeting]\nid = "meeting_1"\ntitle = "Board"\n'
        '[[member]]\nid = "user_1"\nname = "Ada\\u202E"\nrole = "facilitator"\n'
    )
    given = ("--meeting", str(file), "--data", str(tmp_path / "data"))
    assert main(["invite", *given]) == 0
    assert main(["invite", *given, "--user", "\u202e"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("# Ada (user_1), facilitator\n")
    assert "\u202e" not in out + err
