"""What is said of what has not reached the server, before one leaves."""

import pytest

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.fields import Vote
from boardroom_tui.protocol.messages.decision import VoteCast
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.protocol.messages.speaker import SpeakerRaise
from boardroom_tui.ui.words.leaving import unsent

VOTE = VoteCast(data=VoteCast.Data(decision_id="decision_1", vote=Vote.APPROVE))
MESSAGE = ChatSend(data=ChatSend.Data(meeting_id="meeting_1", message="Hello"))
HAND = SpeakerRaise(data=SpeakerRaise.Data(meeting_id="meeting_1"))


@pytest.mark.parametrize(
    ("requests", "what"),
    [
        ([VOTE], "Your vote has"),
        ([MESSAGE], "One message has"),
        ([MESSAGE, VOTE, MESSAGE], "Your vote and 2 messages have"),
        ([HAND, MESSAGE, VOTE], "Your vote, one message and one request have"),
    ],
)
def test_a_vote_that_may_be_lost_is_called_one(requests: list[ClientMessage], what: str) -> None:
    assert unsent(requests) == f"{what} not reached the server yet and may be lost."
