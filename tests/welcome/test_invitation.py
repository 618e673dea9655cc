"""An invitation is read however it came through: mail, terminals, lost quote marks."""

import shlex
from collections.abc import Sequence

import pytest

from boardroom_tui.cli.welcome import fit
from boardroom_tui.welcome.choice import HIDDEN, hidden, rejoin, revealed
from boardroom_tui.welcome.invitation import words_of
from boardroom_tui.welcome.paste_dialog import in_words
from tests.client.test_recent_meetings import meeting

WORDS = (
    *("wss://127.0.0.1:8765/ws", "--meeting", "meeting_q3"),
    *("--token-file", "/home/ana/boardroom data/invitations/meeting_q3-user_ana.token"),
    *("--ca", "/home/ana/boardroom data/certificate.pem"),
)
LINE = shlex.join(["boardroom", "join", *WORDS])
FILES = {WORDS[4], WORDS[6]}


def fits(words: Sequence[str]) -> int | None:
    """As `join` reads them, on a machine where the files of the invitation are."""
    return None if fit(words) is None else len(FILES.intersection(words))


@pytest.mark.parametrize(
    "pasted",
    [
        LINE,
        LINE.replace("'", ""),
        LINE.replace("'", "’"),
        LINE.replace("'", '"'),
        LINE.replace("--", "—"),
        f"$ {LINE}",
        f"uv run {LINE}\n",
        f"# Ana Duarte (user_ana), facilitator\r{LINE}",
        f"  .venv/bin/{LINE}",
        LINE.removeprefix("boardroom join "),
        LINE.replace(" --", " \\\n  --"),
    ],
)
def test_it_is_read_with_quote_marks_or_without_and_with_what_stands_before(pasted: str) -> None:
    assert words_of(pasted, fits) == WORDS


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("width", [33, 40, 58, 60, 76, 80, 100])
def test_lines_broken_at_a_terminal_s_edge_are_put_together(width: int, end: str) -> None:
    pieces = [LINE[at : at + width] for at in range(0, len(LINE), width)]
    assert words_of(end.join(pieces), fits) == WORDS


def test_lines_broken_at_blanks_are_put_together() -> None:
    assert words_of(LINE.replace(" ", "\n"), fits) == WORDS
    assert words_of(LINE.replace(" --", "\n> --").replace("> ", ""), fits) == WORDS


def test_an_address_that_names_its_meeting_is_one() -> None:
    url = "wss://board.example/ws?meeting=meeting_q3&token=eyJhbGciOi.eyJzdWIi.c2ln"
    assert words_of(url, fits) == (url,)


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "hello",
        "boardroom join",
        "boardroom demo",
        "wss://board.example/ws",
        "boardroom join wss://board.example --meeting m --colour red",
        "boardroom join --meeting m",
        "eyJhbGciOi.eyJzdWIi.c2ln",
        "wss://board.example/ws?meeting=m " * 2,
        LINE + " " * 20_000,
    ],
)
def test_what_is_no_invitation_is_not_taken_for_one(pasted: str) -> None:
    assert words_of(pasted, fits) is None


def test_what_it_says_is_shown_without_its_token() -> None:
    said = in_words(("wss://board.example/ws?token=SECRET", "--meeting", "meeting_q3"))
    assert said.split() == [
        *("Server", "board.example", "Meeting", "meeting_q3"),
        *("Token", "in", "the", "address,", "not", "shown"),
    ]


def test_a_token_is_hidden_and_put_back() -> None:
    text = "join 'wss://board.example/ws?token=SECRET&x=1'"
    shown, token = hidden(text)
    assert (shown, token) == (f"join 'wss://board.example/ws?token={HIDDEN}&x=1'", "SECRET")
    assert hidden(shown) == (shown, "")
    assert revealed(shown, token) == text
    assert "SECRET" not in repr(rejoin(meeting("q3"), "SECRET"))


def test_a_recent_meeting_is_joined_as_before_or_with_another_token() -> None:
    assert rejoin(meeting("q3")).words == (
        *("--meeting", "q3", "--token-file", "/home/ana/q3.token"),
        *("--", "wss://board.example:8765/ws"),
    )
    words = rejoin(meeting("q3"), "a&b").words
    assert words == ("--meeting", "q3", "--", "wss://board.example:8765/ws?token=a%26b")
