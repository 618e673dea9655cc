"""Where a token is taken from, and what is said where there is none."""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from boardroom_tui.client.address import Address
from boardroom_tui.client.problem import Problem
from boardroom_tui.client.stored_tokens import forget_token, store_token
from boardroom_tui.client.tokens import KeyringToken, TokenFile, choose_source
from tests.client.keyrings import MemoryKeyring, no_keyring, using

PLAIN = Address("board.example")
WITH_TOKEN = Address("board.example", token="from_url")
ENVIRONMENT = {"BOARDROOM_TOKEN": "from_environment"}


@pytest.fixture
def kept() -> Iterator[MemoryKeyring]:
    backend = MemoryKeyring()
    with using(backend):
        yield backend


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    path = tmp_path / "token"
    path.write_text("from_file\n")
    path.chmod(0o600)
    return path


def chosen(address: Address, file: str | None, environment: dict[str, str]) -> str | Problem:
    source = choose_source(address, file, environment, io.StringIO("from_input\n"))
    return source if isinstance(source, Problem) else source.read()


def test_the_sources_have_their_order(token_file: Path, kept: MemoryKeyring) -> None:
    store_token(PLAIN, "from_keyring")

    assert chosen(WITH_TOKEN, str(token_file), ENVIRONMENT) == "from_file"
    assert chosen(WITH_TOKEN, "-", ENVIRONMENT) == "from_input"
    assert chosen(WITH_TOKEN, None, ENVIRONMENT) == "from_url"
    assert chosen(PLAIN, None, ENVIRONMENT) == "from_environment"
    assert chosen(PLAIN, None, {}) == "from_keyring"


def test_a_source_that_fails_does_not_fall_through_to_the_next(tmp_path: Path) -> None:
    problem = chosen(WITH_TOKEN, str(tmp_path / "missing"), ENVIRONMENT)

    assert isinstance(problem, Problem)
    assert "cannot read" in str(problem)


def test_a_token_file_is_read_anew_each_time(token_file: Path) -> None:
    source = TokenFile(token_file)
    assert source.read() == "from_file"

    token_file.write_text("newer")

    assert source.read() == "newer"
    assert source.renewable


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_token_file_open_to_others_is_refused(token_file: Path, mode: int) -> None:
    token_file.chmod(mode)

    assert str(TokenFile(token_file).read()) == (
        f"{token_file} is open to others: run chmod 600 {token_file}"
    )


@pytest.mark.skipif(os.name != "posix", reason="Windows has no /dev/fd")
def test_a_pipe_is_read_once_and_remembered() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"from_pipe\n")
    os.close(writing)
    source = TokenFile(Path(f"/dev/fd/{reading}"))

    assert source.read() == "from_pipe"
    os.close(reading)

    assert source.read() == "from_pipe"
    assert not source.renewable


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "holds no token"),
        (b"two words", "is not a token"),
        (b"tok\x00en", "is not a token"),
        (b"\xff\xfe", "is not text"),
        (b"a" * 9_000, "is not a token"),
        (b"a" * 20_000, "too large"),
    ],
)
def test_what_is_no_token_is_not_sent(token_file: Path, content: bytes, words: str) -> None:
    token_file.write_bytes(content)

    problem = TokenFile(token_file).read()

    assert isinstance(problem, Problem)
    assert words in str(problem)


def test_without_any_token_it_says_how_to_give_one(kept: MemoryKeyring) -> None:
    problem = chosen(PLAIN, None, {})

    assert isinstance(problem, Problem)
    for way in ("boardroom login wss://board.example:8765/ws", "--token-file", "BOARDROOM_TOKEN"):
        assert way in str(problem)


def test_without_a_keyring_it_says_so_and_what_to_do() -> None:
    with using(no_keyring()):
        answers = [chosen(PLAIN, None, {}), store_token(PLAIN, "T"), forget_token(PLAIN)]

    for problem in answers:
        assert isinstance(problem, Problem)
        assert "no usable keyring" in str(problem)
        assert "--token-file" in str(problem)


def test_a_token_is_kept_for_one_server_until_it_is_taken_out(kept: MemoryKeyring) -> None:
    other = Address("other.example")
    store_token(PLAIN, "first")
    store_token(PLAIN, "second")

    assert kept.kept == {("boardroom", "board.example:8765"): "second"}
    assert isinstance(KeyringToken(other).read(), Problem)
    assert forget_token(PLAIN) is True
    assert forget_token(PLAIN) is False
    assert kept.kept == {}


def test_a_token_is_not_in_the_words_for_its_source() -> None:
    for source in (
        choose_source(WITH_TOKEN, None, {}, io.StringIO()),
        choose_source(PLAIN, None, ENVIRONMENT, io.StringIO()),
        choose_source(PLAIN, "-", {}, io.StringIO("from_input")),
    ):
        assert "from_" not in repr(source)
