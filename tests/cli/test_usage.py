"""`boardroom` itself: what it says of its commands, and which it is."""

import io
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from boardroom_tui.cli import COMMANDS, GROUPS, main
from tests.command import COMMAND, boardroom, clean_environment


def test_the_help_names_every_command_once_under_its_heading(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    lines = capsys.readouterr().out.splitlines()
    for name, purpose in COMMANDS.items():
        assert [line.split(maxsplit=1) for line in lines].count([name, purpose]) == 1
    for heading, commands in GROUPS.items():
        first = lines[lines.index(heading) + 1]
        assert first.split()[0] == next(iter(commands))
    assert max(map(len, lines)) <= 79


def test_a_command_s_own_usage_names_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["join", "--help"])
    assert capsys.readouterr().out.startswith("usage: boardroom join ")


def test_the_version_is_the_installed_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"boardroom {version('boardroom-tui')}\n"


@pytest.mark.parametrize("end", [io.TextIOWrapper.readline, io.TextIOWrapper.close])
def test_a_program_that_has_read_or_closed_its_standard_input_may_run_a_command(
    end: Callable[[io.TextIOWrapper], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    used = io.TextIOWrapper(io.BytesIO(b"one\ntwo\n"))
    end(used)
    monkeypatch.setattr(sys, "__stdin__", used)
    assert main(["--version"]) == 0


def test_without_a_command_and_a_terminal_it_shows_the_usage(tmp_path: Path) -> None:
    end = boardroom(home=tmp_path)
    assert (end.returncode, end.stdout) == (2, "")
    assert end.stderr.startswith("usage: boardroom ")


@pytest.mark.parametrize("command", ["say", "vote"])
def test_the_words_of_an_invitation_are_told_where_their_url_goes(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    url = "wss://127.0.0.1:8765/ws"
    with pytest.raises(SystemExit) as end:
        main([command, url, "--meeting", "meeting_q3", "approve"])
    assert end.value.code == 2
    assert f": {url} goes behind --url here\n" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["join", "watch", "login", "logout"])
def test_a_url_may_stand_behind_its_option_everywhere(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = "ftp://board.example"
    plain = ["--plain"] if command == "join" else []
    told = [(main([command, *plain, *way, wrong]), capsys.readouterr()) for way in ([], ["--url"])]
    assert told[0] == told[1]
    assert "ws" in told[0][1].err


@pytest.mark.parametrize("piped", [False, True])
def test_bytes_that_are_no_text_are_told_as_such(piped: bool, tmp_path: Path) -> None:
    way = ["--url", "ws://127.0.0.1:9/ws?token=SECRET", "--meeting", "m"]
    end = subprocess.run(
        [sys.executable, "-m", "boardroom_tui", "say", "-" if piped else b"\x9b", *way],
        env=clean_environment(tmp_path) | {"PYTHONIOENCODING": "utf-8:strict"},
        input=b"\x9b",
        capture_output=True,
        check=False,
    )
    assert (end.returncode, end.stderr) == (1, b"boardroom say: the message is not text in UTF-8\n")


def test_a_command_that_there_is_not_is_told_with_the_one_that_may_be_meant(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["chek", "q3.toml"])
    assert end.value.code == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert said == 'boardroom: error: there is no command "chek"; did you mean "check"?'


@pytest.mark.skipif(sys.platform == "win32", reason="descriptors are inherited on POSIX alone")
@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_closed_standard_stream_is_one_that_leads_nowhere(closed: int, tmp_path: Path) -> None:
    join = ["join", "ws://127.0.0.1:9/ws?token=SECRET&meeting=m"]
    shell = ["/bin/sh", "-c", f'exec "$@" {closed}<&-', "sh"]
    ended = subprocess.run(
        [*shell, sys.executable, "-c", COMMAND, *join],
        env=clean_environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    said = "boardroom join: needs a terminal; --plain needs none\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", "" if closed == 2 else said)


def test_ctrl_c_while_the_command_is_loaded_ends_it_without_a_word(tmp_path: Path) -> None:
    interrupted = (
        "import signal, sys\n"
        "class Interrupted:\n"
        "    def find_spec(name, *_):\n"
        "        if name == sys.argv.pop():\n"
        "            signal.raise_signal(signal.SIGINT)\n"
        "from boardroom_tui.__main__ import main\n"
        "sys.meta_path.insert(0, Interrupted)\n"
        "main()\n"
    )
    end = subprocess.run(
        [sys.executable, "-c", interrupted, "boardroom_tui.cli"],
        env=clean_environment(tmp_path),
        capture_output=True,
        check=False,
    )
    assert (end.returncode, end.stdout, end.stderr) == (130, b"", b"")
