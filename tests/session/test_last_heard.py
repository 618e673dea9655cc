"""A client that keeps what it heard asks, when it comes back, for what came after it."""

from datetime import timedelta
from typing import Any

from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.messages.meeting import LastHeard, MeetingJoin
from boardroom_tui.session.client import ClientSession
from boardroom_tui.session.client_output import ClientOutput
from tests.session.asking import asked, joined, reconnect, said
from tests.session.dialogue import connect, ready
from tests.session.script import NOON, at, frame

HAPPENED = "2027-01-15T12:00:00Z"


def session(*, resumes: bool = True, extended: bool = True) -> ClientSession:
    made = ClientSession("meeting_123", None, "run", at(0), resumes=resumes)
    (join,) = asked(connect(made, 0, ready() if extended else ready(extensions=None)))
    made.received(joined(answering=join.id), at(0))
    return made


def state(sequence: int, **other: Any) -> str:
    data: dict[str, Any] = {
        "meetingId": "meeting_123",
        "title": "Q3",
        "quorum": 1,
        "sequence": sequence,
        "recordedAt": HAPPENED,
        "agenda": [],
        "currentItem": 0,
        "roster": [],
        "decisions": [],
        "chat": [],
    }
    return frame("meeting.state", {**data, **other})


def event(sequence: int, seconds: float) -> str:
    happened = (NOON + timedelta(seconds=seconds)).isoformat()
    metadata = {"sequence": sequence, "timestamp": happened}
    return said().replace('"type"', f'"metadata": {metadata}, "type"'.replace("'", '"'), 1)


def heard(outputs: list[ClientOutput]) -> LastHeard | None:
    """What a client that joins again says that it has heard."""
    (join,) = [one for one in asked(outputs) if isinstance(one, MeetingJoin)]
    return join.data.last_heard


def last(sequence: int, seconds: float = 0) -> LastHeard:
    happened = NOON + timedelta(seconds=seconds)
    return LastHeard(sequence=sequence, at=happened, role=Role.PARTICIPANT)


def test_it_says_which_event_it_heard_of_last_in_its_role() -> None:
    made = session()
    made.received(state(7), at(1))
    assert heard(reconnect(made, 2)) == last(7)


def test_what_is_heard_later_counts_and_an_old_answer_does_not() -> None:
    made = session()
    made.received(state(7), at(1))
    made.received(event(9, 5), at(5))
    made.received(event(8, 4), at(5))
    assert heard(reconnect(made, 6)) == last(9, 5)


def test_what_is_heard_before_it_is_told_how_things_stand_does_not_count() -> None:
    made = session()
    made.received(state(7), at(1))
    reconnect(made, 2)
    made.received(event(12, 3), at(3))
    assert heard(reconnect(made, 6)) == last(7)


def test_nothing_is_said_by_who_keeps_nothing_or_to_a_server_that_would_not_know() -> None:
    forgetful = session(resumes=False)
    forgetful.received(state(7), at(1))
    assert heard(reconnect(forgetful, 2)) is None
    stranger = session()
    stranger.received(state(7), at(1))
    stranger.lost(1006, "", 0.0, at(2))
    assert heard(connect(stranger, 2, ready(extensions=None))) is None
