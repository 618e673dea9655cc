"""What is taken in at once leads to what it leads to one after the other."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.protocol.envelope import Metadata
from boardroom_tui.protocol.messages.meeting import ChatMessage, ChatSend
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.outgoing import posted
from boardroom_tui.state.reduce import reduce_said
from tests.state.said import MEETING, START, after, chat, joined, ready, typing

SENT = [
    ChatSend(id=f"req_{number}", data=ChatSend.Data(meeting_id=MEETING, message=f"Sent {number}"))
    for number in range(3)
]
PEOPLE = ["user_1", "user_2", "2", "user_3"]


@st.composite
def remarks(draw: st.DrawFn) -> ChatMessage:
    """Something said, maybe again, maybe elsewhere, maybe in answer to what one has sent."""
    who = draw(st.sampled_from(PEOPLE))
    name = draw(st.sampled_from([who, "Ana Silva", "Аna Silva"]))
    message = chat(draw(st.integers(0, 8)), who, "Hello", name)
    elsewhere = draw(st.integers(0, 9)) == 0
    metadata = Metadata(
        correlation_id=draw(st.sampled_from([None, None, "req_0", "req_1", "req_2"])),
        sequence=draw(st.sampled_from([None, None, 3, 4, 5])),
    )
    data = message.data.model_copy(update={"meeting_id": "meeting_9"} if elsewhere else {})
    return message.model_copy(update={"metadata": metadata, "data": data})


def known() -> Meeting:
    """A meeting with something on its way, and people who type."""
    meeting = after(ready(), joined("user_2", "user_2"), typing("user_2", "Ana Silva"))
    for request in SENT:
        meeting = posted(meeting, request, START)
    return replace(meeting, sequence=3)


@given(st.lists(remarks(), max_size=12), st.lists(st.integers(0, 12), max_size=3))
def test_a_batch_gives_the_meeting_that_its_messages_give_one_by_one(
    messages: list[ChatMessage], cuts: list[int]
) -> None:
    one_by_one = after(*messages, meeting=known())
    in_batches = known()
    for start, end in pairwise(sorted({0, *cuts, len(messages)})):
        in_batches = reduce_said(in_batches, messages[start:end])
    assert in_batches == one_by_one
    assert list(in_batches.people) == list(one_by_one.people)
    assert reduce_said(in_batches, ()) is in_batches
