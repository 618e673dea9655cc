"""`[notify]` and `[presence]` of the settings."""

import pytest

from boardroom_tui.state.concern import Concern
from boardroom_tui.ui.attention.notify import Notify
from boardroom_tui.ui.settings import Settings, read_settings


def test_all_is_on_by_day_and_night_unless_a_file_says_otherwise() -> None:
    assert Settings().notify == Notify(
        bell=True, desktop=True, title=True, quiet=None, about=frozenset(Concern)
    )
    assert Settings().presence.away_after == 10


def test_each_way_the_hours_and_the_reasons_are_read() -> None:
    text = (
        '[notify]\nbell = false\nquiet = "22:00-07:00"\nabout = ["mention", "vote"]\n'
        "[presence]\naway_after = 0\n"
    )
    read = read_settings(text, "config.toml")
    assert read.mistakes == ()
    assert (read.notify.bell, read.notify.desktop) == (False, True)
    assert str(read.notify.quiet) == "22:00-07:00"
    assert read.notify.about == {Concern.MENTION, Concern.VOTE}
    assert read.presence.away_after == 0


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("[notify]\nbell = 1\n", "config.toml:2: bell: expected true or false, not 1"),
        (
            '[notify]\nquiet = "22-7"\n',
            'config.toml:2: quiet: expected hours like "22:00-07:00", not "22-7"',
        ),
        (
            '[notify]\nabout = ["mail"]\n',
            'config.toml:2: about: "mail" is not known here; expected one of mention, private, '
            "vote, reminder, floor, proxy, motion, meeting",
        ),
        ('[notify]\nabel = "x"\n', 'config.toml:2: [notify] has no key "abel"'),
        (
            "[presence]\naway_after = -1\n",
            "config.toml:2: away_after: expected minutes from 0 (never) to 1440, not -1",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_was_expected(text: str, mistake: str) -> None:
    read = read_settings(text, "config.toml")
    assert read.mistakes[0].startswith(mistake)
