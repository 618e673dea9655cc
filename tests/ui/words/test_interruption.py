"""What is said while there is no connection."""

from datetime import UTC, timedelta

import pytest

from boardroom_tui.protocol.fields import Vote
from boardroom_tui.protocol.messages.decision import VoteCast
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.protocol.messages.speaker import SpeakerRaise
from boardroom_tui.state.model import Outgoing
from boardroom_tui.ui.link import Connection, Phase
from boardroom_tui.ui.words.interruption import interruption
from tests.ui import board
from tests.ui.scripted_link import NOON

LOST = NOON - timedelta(minutes=3)
WAITING = Connection(Phase.WAITING, NOON, lost_at=LOST, next_attempt=NOON + timedelta(seconds=12.4))


def says(text: str) -> Outgoing:
    return Outgoing(ChatSend(data=ChatSend.Data(meeting_id=board.MEETING, message=text)), NOON)


VOTED = Outgoing(VoteCast(data=VoteCast.Data(decision_id="decision_2", vote=Vote.APPROVE)), NOON)
RAISED = Outgoing(SpeakerRaise(data=SpeakerRaise.Data(meeting_id=board.MEETING)), NOON)


def lines(
    connection: Connection, *waiting: Outgoing, seconds: float = 0, width: int = 58
) -> list[str]:
    said = interruption(connection, waiting, NOON + timedelta(seconds=seconds), UTC, width)
    assert said is not None
    return said.split("\n")


def test_it_says_since_when_and_when_it_is_tried_again() -> None:
    first, second = lines(WAITING)
    assert first == ("✗ No connection since 11:57. Next attempt in 13 s.")
    assert second == "  What you write is kept. /reconnect tries now."


def test_nothing_moves_while_it_counts_down_and_while_it_tries() -> None:
    widths = {len(lines(WAITING, seconds=seconds)[0]) for seconds in range(1, 13)}
    assert len(widths) == 1
    trying = Connection(Phase.CONNECTING, NOON, lost_at=LOST)
    assert lines(trying)[0] == "✗ No connection since 11:57. Connecting…"


@pytest.mark.parametrize(
    ("waiting", "words"),
    [
        (
            (says("I would like\nto see the reserve at six months"),),
            "  1 waits to be sent: “I would like to see the reserve a…”",
        ),
        ((says("Yes."), VOTED), "  2 wait to be sent: “Yes.”, your vote"),
        (
            (RAISED, VOTED, says("Yes."), says("No.")),
            "  4 wait to be sent: a request, your vote, 2 more",
        ),
    ],
)
def test_what_waits_is_counted_and_named_by_its_first_words(
    waiting: tuple[Outgoing, ...], words: str
) -> None:
    assert lines(WAITING, *waiting)[1] == words


@pytest.mark.parametrize(
    ("width", "words"),
    [
        (40, "  2 wait to be sent: “I would lik…”, “No, thank y…”"),
        (58, "  2 wait to be sent: “I would like to…”, “No, thank you.”"),
        (78, "  2 wait to be sent: “I would like to see the reserve at s…”, “No, thank you.”"),
    ],
)
def test_what_waits_is_told_in_as_many_words_as_there_is_room_for(width: int, words: str) -> None:
    waiting = (says("I would like to see the reserve at six months"), says("No, thank you."))
    assert lines(WAITING, *waiting, width=width)[1] == words


@pytest.mark.parametrize(
    "connection",
    [
        Connection(Phase.READY, NOON),
        Connection(Phase.CONNECTING, NOON),
        Connection(Phase.ENDED, NOON, lost_at=LOST),
        Connection(Phase.REPLAY, NOON),
    ],
)
def test_nothing_is_said_where_nothing_was_lost_or_nothing_comes_back(
    connection: Connection,
) -> None:
    assert interruption(connection, (), NOON, UTC, 58) is None
