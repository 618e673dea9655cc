"""Keys with Alt, as terminals send them."""

import pytest
from textual import events

from boardroom_tui.ui.terminal.alt_keys import letter_with_alt
from boardroom_tui.ui.terminal.pasting import PasteParser


@pytest.mark.parametrize(
    ("sent", "keys", "letter"),
    [
        ("\x1b1", ["alt+1"], "1"),
        ("\x1b[49;3u", ["alt+1"], "1"),
        ("\x1ba", ["alt+a"], "a"),
        ("\x1bH", ["alt+shift+h"], "H"),
        ("\x1b[104;4u", ["alt+shift+h"], "H"),
        ("\x1b.", ["alt+full_stop"], "."),
        ("\x1b ", ["alt+space"], " "),
        ("\x1b\r", ["alt+enter"], None),
        ("\x1b\x15", ["ctrl+u"], None),
        ("\x1b", ["escape"], None),
        ("\x1b\x7f", ["ctrl+w"], None),
        ("\x1bay", ["alt+a", "y"], None),
        ("é", ["é"], None),
    ],
)
def test_a_key_with_alt_writes_nothing(sent: str, keys: list[str], letter: str | None) -> None:
    parser = PasteParser()
    heard = [*parser.feed(sent), *parser.settle()]
    found = [one for one in heard if isinstance(one, events.Key)]
    assert [one.key for one in found] == keys
    assert not any(one.is_printable for one in found if one.key.startswith("alt+"))
    assert letter_with_alt(keys[-1]) == letter
