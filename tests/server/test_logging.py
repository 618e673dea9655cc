"""What is logged: no tokens, and nothing that moves a terminal."""

import io
import logging

from boardroom_tui.server.logging import Harmless, harmless, socket_log

TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c2VyXzEifQ.c2lnbmF0dXJl"


def logged(level: int, text: str, *arguments: object, exc_info: bool = False) -> str:
    """What the one formatter makes of it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Harmless())
    log = logging.Logger("test")  # one that nothing else listens to
    log.addHandler(handler)
    log.log(level, text, *arguments, exc_info=exc_info)
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
