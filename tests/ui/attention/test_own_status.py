"""Away by itself, back with the next key, and never against what was set by hand."""

from datetime import timedelta

import pytest

from boardroom_tui.protocol.fields import Status
from boardroom_tui.protocol.messages.presence import PresenceChanged
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.reduce import reduce
from boardroom_tui.ui.attention.own_status import OwnStatus, Presence
from tests.ui.scripted_link import NOON
from tests.ui.test_life import meeting

SHORT, LONG = timedelta(minutes=9, seconds=59), timedelta(minutes=10)
HERE = timedelta()


def as_told(status: Status, known: Meeting | None = None) -> Meeting:
    """The meeting once the server has said so of oneself."""
    data = PresenceChanged.Data(user_id="user_1", status=status, last_seen=NOON)
    return reduce(known or meeting(), PresenceChanged(data=data), NOON)


def test_one_is_away_after_ten_minutes_without_a_key_and_back_with_the_next() -> None:
    own, online = OwnStatus(Presence()), meeting()
    assert own.due(online, SHORT) is None
    assert own.due(online, LONG) is Status.AWAY
    assert own.due(online, LONG) is None
    own.answered(Status.AWAY)
    away = as_told(Status.AWAY)
    assert own.due(away, LONG) is None
    assert own.due(away, HERE) is Status.ONLINE
    assert own.due(away, HERE) is None


def test_a_key_before_the_answer_takes_it_back_all_the_same() -> None:
    own, online = OwnStatus(Presence()), meeting()
    assert own.due(online, LONG) is Status.AWAY
    assert own.due(online, HERE) is Status.ONLINE


@pytest.mark.parametrize("status", [Status.AWAY, Status.BUSY])
def test_what_was_set_by_hand_stays_whatever_keys_are_pressed(status: Status) -> None:
    own = OwnStatus(Presence())
    own.set_by_hand(status)
    own.answered(status)
    known = as_told(status)
    assert [own.due(known, idle) for idle in (HERE, LONG, HERE)] == [None, None, None]


def test_to_say_by_hand_what_came_by_itself_keeps_it() -> None:
    own = OwnStatus(Presence())
    own.due(meeting(), LONG)
    own.set_by_hand(Status.BUSY)
    own.answered(Status.BUSY)
    assert own.due(as_told(Status.BUSY), HERE) is None


def test_never_is_never_and_before_one_is_known_nothing_is_said() -> None:
    assert OwnStatus(Presence(away_after=0)).due(meeting(), timedelta(hours=9)) is None
    assert OwnStatus(Presence()).due(Meeting("meeting_q3"), LONG) is None


def test_the_status_is_what_was_told_last_until_the_server_has_answered() -> None:
    own, online = OwnStatus(Presence()), meeting()
    own.set_by_hand(Status.AWAY)
    own.set_by_hand(Status.BUSY)
    assert own.now(online) is Status.BUSY
    own.answered(Status.AWAY)
    assert own.now(online) is Status.BUSY
    own.answered(Status.BUSY)
    assert own.now(online) is Status.ONLINE
