"""What commands print, where it cannot go: one line on standard error, never a traceback."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = "from boardroom_tui.cli import main; raise SystemExit(main())"
DEMO = ("demo", "--headless", "--speed", "200")


def failure(*arguments: str, output: int) -> str:
    """Run a command that prints into `output`; the line with which it fails."""
    outcome = subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=120,
    )
    assert outcome.returncode == 1, outcome.stderr
    return outcome.stderr


@pytest.mark.parametrize("arguments", [("protocol",), ("protocol", "--asyncapi"), DEMO])
def test_a_reader_that_has_gone_ends_a_command_with_one_line(arguments: tuple[str, ...]) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        said = failure(*arguments, output=write)
    finally:
        os.close(write)
    assert said == f"boardroom {arguments[0]}: cannot write what it prints: Broken pipe\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_ends_a_command_with_one_line(tmp_path: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        said = failure("token", "--data", str(tmp_path), "--user", "u", "--name", "n", output=full)
    finally:
        os.close(full)
    assert said == "boardroom token: cannot write what it prints: No space left on device\n"


def test_what_an_encoding_cannot_write_is_escaped() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *DEMO],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert process.stdout is not None
    try:
        assert b"In\\xeas Duarte joins" in process.stdout.readline()
    finally:
        process.kill()
        process.communicate()


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
