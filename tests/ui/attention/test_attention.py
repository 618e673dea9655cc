"""When somebody is called, in which way, and what is left to be read."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from boardroom_tui.state.concern import Concern
from boardroom_tui.ui.attention.attention import Attention
from boardroom_tui.ui.attention.notices import AtMessage, News
from boardroom_tui.ui.attention.notify import Notify
from boardroom_tui.ui.attention.quiet import QuietHours
from tests.ui.scripted_link import NOON

FOOT = {"TERM": "foot"}
SOON = NOON + timedelta(seconds=1)
LATER = NOON + timedelta(minutes=2)
MENTION = News("Does that answer it?", "@ Ana mentions you", concern=Concern.MENTION)
SECRET = News("The lease: 9 for", "✓ The lease", concern=Concern.VOTE, discreet=True)
CALL = "\x1b]777;notify;Q3;@ Ana mentions you: Does that answer it?\x1b\\"


def attention(written: list[str], notify: Notify | None = None) -> Attention:
    return Attention(notify or Notify(), NOON, written.append, environment=FOOT, zone=UTC)


def test_whoever_looks_elsewhere_hears_a_bell_and_sees_a_notification() -> None:
    written: list[str] = []
    one = attention(written)
    one.focus(False)
    one.note(MENTION, "Q3", SOON)
    assert written == ["\a", CALL]
    assert one.history.unread == 1


def test_whoever_looks_is_not_called_and_has_seen_it() -> None:
    written: list[str] = []
    one = attention(written)
    one.focus(True)
    one.note(MENTION, "Q3", LATER)
    assert written == []
    assert [notice.is_read for notice in one.history.notices] == [True]


def test_a_terminal_that_tells_nothing_of_its_focus_is_looked_at_while_keys_are_pressed() -> None:
    one = attention([])
    assert one.is_here(SOON)
    assert not one.is_here(LATER)
    one.touch(LATER)
    assert one.is_here(LATER + timedelta(seconds=59))


@pytest.mark.parametrize(
    ("notify", "expected"),
    [
        (Notify(bell=False), [CALL]),
        (Notify(desktop=False), ["\a"]),
        (Notify(about=frozenset({Concern.VOTE})), []),
        (Notify(quiet=QuietHours.read("11:00-13:00")), []),
        (Notify(quiet=QuietHours.read("22:00-07:00")), ["\a", CALL]),
    ],
)
def test_each_way_each_reason_and_the_hours_can_be_chosen(
    notify: Notify, expected: list[str]
) -> None:
    written: list[str] = []
    one = attention(written, notify)
    one.focus(False)
    one.note(MENTION, "Q3", SOON)
    assert written == expected
    assert len(one.history.notices) == 1


def test_quiet_for_now_can_be_switched_whatever_the_hour() -> None:
    one = attention([], Notify(quiet=QuietHours.read("11:00-13:00")))
    assert one.is_quiet(NOON)
    assert one.switch_quiet(NOON) is False
    assert one.switch_quiet(NOON) is True


def test_a_flood_rings_once_and_counts_all_of_it() -> None:
    written: list[str] = []
    one = attention(written)
    one.focus(False)
    for number in range(50):
        one.note(replace(MENTION, message=str(number)), "Q3", SOON)
    assert written.count("\a") == 1
    assert one.history.unread == 50


@pytest.mark.parametrize(
    "news",
    [
        SECRET,
        News("^N goes there.", "◈ Ana wrote in private", concern=Concern.PRIVATE, discreet=True),
    ],
)
def test_nothing_of_a_secret_ballot_or_of_a_private_message_leaves_the_program(news: News) -> None:
    written: list[str] = []
    one = attention(written, Notify(bell=False))
    one.focus(False)
    one.note(news, "Q3", SOON)
    sent = "".join(written)
    assert sent
    assert "Ana" not in sent
    assert "lease" not in sent


def test_a_private_message_is_not_seen_with_its_toast() -> None:
    one = attention([])
    one.focus(True)
    one.note(News("", "", concern=Concern.PRIVATE), "Q3", SOON)
    assert one.history.unread == 1


def test_the_title_is_written_where_it_changes_and_given_back_once() -> None:
    written: list[str] = []
    one = attention(written, Notify(bell=False, desktop=False))
    one.show_title("")
    one.show_title("Q3")
    one.show_title("Q3")
    one.focus(False)
    one.note(MENTION, "Q3", SOON)
    one.show_title("Q3")
    one.restore_title()
    one.restore_title()
    assert written == [
        "\x1b[22;0t\x1b]0;Q3\x1b\\",
        "\x1b]0;(1) Q3\x1b\\",
        "\x1b]0;\x1b\\\x1b[23;0t",
    ]


def test_what_was_said_is_read_once_it_was_seen_unless_it_is_kept_for_later() -> None:
    one = attention([])
    one.focus(False)
    one.note(replace(MENTION, place=AtMessage("msg_1")), "Q3", SOON)
    one.read_seen(lambda _: True, LATER)
    assert one.history.unread == 1
    one.focus(True)
    one.read_seen(lambda message_id: message_id == "msg_2", LATER)
    assert one.history.unread == 1
    one.read_seen(lambda message_id: message_id == "msg_1", LATER)
    assert one.history.unread == 0
    one.turn(1)
    one.read_seen(lambda _: True, LATER)
    assert one.history.unread == 1
    one.turn(None)
    assert one.history.unread == 0
