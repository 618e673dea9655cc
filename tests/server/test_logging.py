"""What is logged: no tokens, and nothing that moves a terminal."""

import io
import json
import logging
import re
import threading
import time
from typing import Any

import pytest

from boardroom_tui.server.logging import (
    Field,
    Harmless,
    harmless,
    logging_to_standard_error,
    note,
    server_log,
    socket_log,
)

TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c2VyXzEifQ.c2lnbmF0dXJl"


def logged(
    level: int, text: str, *arguments: object, exc_info: bool = False, as_json: bool = False
) -> str:
    """What the one formatter makes of it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Harmless(as_json=as_json))
    log = logging.Logger("test")  # one that nothing else listens to
    log.addHandler(handler)
    log.log(level, text, *arguments, exc_info=exc_info)
    return stream.getvalue()


def noted(*, as_json: bool = False, **fields: Field) -> str:
    """The line of something that happened."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Harmless(as_json=as_json))
    server_log.addHandler(handler)
    try:
        note("refused", logging.WARNING, **fields)
    finally:
        server_log.removeHandler(handler)
    return stream.getvalue()


def test_a_token_in_an_address_is_not_logged() -> None:
    line = logged(logging.INFO, "GET %s", f"/ws?clientId=desk&token={TOKEN}&version=1.0")
    assert TOKEN not in line
    assert "clientId=desk&token=[redacted]&version=1.0" in line


def test_a_token_anywhere_else_is_not_logged() -> None:
    assert harmless(f'{{"token":"{TOKEN}"}}') == '{"token":"[redacted]"}'
    assert "eyJ" not in harmless(f"before {TOKEN[:40]} after")


def test_one_message_is_one_line_without_control_characters() -> None:
    line = logged(logging.WARNING, "said %s", "hi\r\n2026 INFO forged \x1b[2J\u202e")
    assert line.count("\n") == 1
    assert "\\r\\n2026 INFO forged \\x1b[2J\\u202e" in line


def test_a_traceback_keeps_its_lines_and_loses_its_tokens() -> None:
    try:
        raise ValueError(f"bad token={TOKEN}\x1b[31m")
    except ValueError:
        text = logged(logging.ERROR, "failed", exc_info=True)
    assert "ValueError: bad token=[redacted]" in text
    assert "Traceback" in text
    assert TOKEN not in text
    assert "\x1b" not in text


def test_frames_are_never_logged_whatever_the_level() -> None:
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.DEBUG)
    try:
        assert not socket_log.isEnabledFor(logging.DEBUG)
    finally:
        root.setLevel(before)


TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
NASTY = f'a "b"=c\n\x1b[2J\x7f\u202e\ud800 {{"token":"{TOKEN}"}}'


def test_what_happened_is_a_word_and_its_fields() -> None:
    line = noted(address="10.0.0.7", why="The token has expired.", code=4401, user=None)
    assert re.fullmatch(
        rf'{TIME} WARNING refused address=10.0.0.7 why="The token has expired." code=4401\n', line
    )


def test_what_a_client_calls_itself_cannot_be_taken_for_another_field() -> None:
    line = noted(client='x user=user_ada why="left"\nINFO', address="")
    assert line.endswith('client="x user=user_ada why=\\"left\\"\\nINFO" address=""\n')
    assert line.count("\n") == 1


def test_json_is_one_object_a_line_in_ascii_without_control_characters_or_tokens() -> None:
    line = noted(as_json=True, client=NASTY, code=4401, secret=True)
    assert line.isascii()
    assert [character for character in line if not character.isprintable()] == ["\n"]
    told: dict[str, Any] = json.loads(line)
    assert re.fullmatch(TIME, told.pop("time"))
    assert told == {
        "level": "warning",
        "event": "refused",
        "client": NASTY.replace(TOKEN, "[redacted]"),
        "code": 4401,
        "secret": True,
    }


def test_what_others_log_is_json_too_with_its_traceback_in_a_field() -> None:
    try:
        raise ValueError(f"bad token={TOKEN} \x1b[31m")
    except ValueError:
        line = logged(logging.ERROR, "failed %s", "twice", exc_info=True, as_json=True)
    told = json.loads(line)
    assert (told["event"], told["message"], told["level"]) == ("message", "failed twice", "error")
    assert told["traceback"].endswith("ValueError: bad token=[redacted] \x1b[31m")
    assert line.count("\n") == 1


class HeldTerminal(io.StringIO):
    """Takes nothing until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()

    def write(self, text: str) -> int:
        self.let_go.wait(10)
        return super().write(text)


def test_a_held_terminal_holds_up_nothing_and_loses_nothing_that_was_not_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = HeldTerminal()
    monkeypatch.setattr("sys.stderr", terminal)
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    try:
        with logging_to_standard_error():
            for number in range(10_100):
                note("connected", number=number)
            assert terminal.getvalue() == ""
            terminal.let_go.set()
            deadline = time.monotonic() + 30
            while terminal.getvalue().count("\n") < 10_000:
                assert time.monotonic() < deadline
                time.sleep(0.01)
    finally:
        root.setLevel(level)
        root.handlers[:] = handlers
    lines = terminal.getvalue().splitlines()
    assert len(lines) <= 10_001  # one of them was on its way already
    assert [line.split()[-1] for line in lines[:2]] == ["number=0", "number=1"]
