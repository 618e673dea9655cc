"""A private conversation as both of those in it read it."""

from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.state.model import SpokenLine
from boardroom_tui.state.private import Privacy, heard, sent, written
from tests.state.said import MEETING, at, chat

BOTH = ("1", "2")


def line(number: int, minutes: float, who: str) -> SpokenLine:
    return SpokenLine.of(
        chat(number, who, "Tea?").data.model_copy(update={"timestamp": at(minutes)})
    )


def test_both_read_the_same_order_though_one_s_own_is_answered_after_what_the_other_wrote() -> None:
    mine, theirs = line(1, 1, "1"), line(2, 2, "2")
    request = ChatSend(data=ChatSend.Data(meeting_id=MEETING, message="Tea?"))
    writing = written(Privacy(), BOTH, "private_1", request, at(0))
    writer = heard(writing, BOTH, theirs, accepted=True, seen=True)
    writer = sent(writer, BOTH, "private_1", mine)
    reader = sent(Privacy(), BOTH, "private_1", theirs)
    reader = heard(reader, BOTH, mine, accepted=True, seen=True)
    assert list(writer.rooms[BOTH].lines) == list(reader.rooms[BOTH].lines) == [mine, theirs]
    assert heard(reader, BOTH, mine, accepted=True, seen=True) is reader
