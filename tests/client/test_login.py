"""`boardroom login` and `logout`."""

import getpass
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from boardroom_tui.cli import main
from tests.client.keyrings import MemoryKeyring, no_keyring, using

URL = "wss://board.example/ws"
ACCOUNT = ("boardroom", "board.example:443")
Kept = dict[tuple[str, str], str]


@pytest.fixture
def kept() -> Iterator[Kept]:
    backend = MemoryKeyring()
    with using(backend):
        yield backend.kept


def test_a_typed_token_is_kept_and_not_shown(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def typed(_prompt: str) -> str:
        return "SECRET"

    monkeypatch.setattr(getpass, "getpass", typed)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)

    assert main(["login", URL]) == 0

    assert kept == {ACCOUNT: "SECRET"}
    shown = capsys.readouterr()
    assert "board.example:443" in shown.out
    assert "SECRET" not in shown.out + shown.err


def test_a_token_comes_from_a_file_from_standard_input_or_from_the_url(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "token"
    path.write_text("from_file\n")
    path.chmod(0o600)
    monkeypatch.setattr(sys, "stdin", io.StringIO("from_input\n"))

    for arguments, token in (
        ([URL, "--token-file", str(path)], "from_file"),
        ([URL, "--token-file", "-"], "from_input"),
        ([f"{URL}?token=from_url"], "from_url"),
    ):
        assert main(["login", *arguments]) == 0
        assert kept == {ACCOUNT: token}


def test_logout_takes_the_token_out(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    kept[ACCOUNT] = "SECRET"

    assert main(["logout", URL]) == 0
    assert kept == {}
    capsys.readouterr()

    assert main(["logout", URL]) == 1
    assert capsys.readouterr().err == (
        "boardroom logout: the keyring has no token for board.example:443\n"
    )


@pytest.mark.parametrize("command", [["login", f"{URL}?token=SECRET"], ["logout", URL]])
def test_without_a_keyring_one_line_says_so_and_what_to_do(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with using(no_keyring()):
        assert main(command) == 1

    errors = capsys.readouterr().err
    assert errors.count("\n") == 1
    assert "no usable keyring" in errors
    assert "--token-file PATH or BOARDROOM_TOKEN" in errors


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("arguments", "typed", "words"),
    [
        (["ws://board.example"], "", "only for this machine"),
        ([URL], "", "needs a terminal"),
        ([URL, "--token-file", "-"], " \n", "standard input holds no token"),
        ([URL, "--token-file", "-"], "two words", "standard input holds something that is not"),
        ([URL, "--token-file", "missing"], "", "cannot read missing"),
    ],
)
def test_a_mistake_is_one_line(
    arguments: list[str],
    typed: str,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))

    assert main(["login", *arguments]) == 1

    errors = capsys.readouterr().err
    assert errors.startswith("boardroom login: ")
    assert errors.count("\n") == 1
    assert words in errors
