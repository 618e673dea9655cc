"""Reading back: what comes in stands before the rest, once, and nothing is left out unseen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from boardroom_tui.protocol.catalogue import EXTENSIONS
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.meeting import ChatHistory, ChatHistoryGet, ChatLine
from boardroom_tui.state.history import question
from boardroom_tui.state.model import Earlier, Meeting, MeetingLine
from boardroom_tui.state.outgoing import posted, settled
from boardroom_tui.state.reduce import reduce
from tests.state.said import after, ready
from tests.ui import board
from tests.ui.scripted_link import NOON

SAID = board.said()
READY = board.ready()


def joined(lines: Sequence[ChatLine], *, earlier: bool, before: Meeting | None = None) -> Meeting:
    """The meeting after its state told these lines."""
    told = board.state(chat=lines)
    told = told.model_copy(update={"data": told.data.model_copy(update={"earlier_chat": earlier})})
    return after(READY, told, meeting=before or Meeting(board.MEETING))


def page(lines: Sequence[ChatLine], before: str, *, earlier: bool) -> ChatHistory:
    return ChatHistory(
        data=ChatHistory.Data(
            meeting_id=board.MEETING, before=before, chat=tuple(lines), earlier=earlier
        )
    )


def asked(meeting: Meeting) -> tuple[Meeting, ChatHistoryGet]:
    """The meeting once it has been asked for what was said before."""
    request = question(meeting)
    assert isinstance(request, ChatHistoryGet)
    request = request.model_copy(update={"id": "req_1"})
    return posted(meeting, request, NOON), request


def ids(meeting: Meeting) -> list[str]:
    return [line.message_id for line in meeting.chat]


ALL = [line.message_id for line in SAID]


def test_one_reads_back_page_by_page_until_the_beginning() -> None:
    meeting, request = asked(joined(SAID[6:], earlier=True))
    assert request.data.before == "msg_7"
    assert question(meeting) is None  # one question at a time
    meeting = reduce(meeting, page(SAID[3:6], "msg_7", earlier=True), NOON)
    assert (ids(meeting), meeting.earlier) == (ALL[3:], Earlier.MORE)
    # Heard again, or of another place: nothing more comes of it.
    assert reduce(meeting, page(SAID[3:6], "msg_7", earlier=True), NOON) is meeting
    meeting, _ = asked(meeting)
    meeting = reduce(meeting, page(SAID[:4], "msg_4", earlier=False), NOON)
    assert (ids(meeting), meeting.earlier) == (ALL, Earlier.READ)
    assert question(meeting) is None


def test_a_conversation_that_is_told_whole_asks_for_nothing() -> None:
    meeting = joined(SAID, earlier=False)
    assert (meeting.earlier, question(meeting)) == (Earlier.NONE, None)


def test_a_server_without_the_extension_is_asked_for_nothing() -> None:
    known = tuple(name for name in EXTENSIONS if "history" not in name)
    meeting = after(ready(extensions=known), meeting=joined(SAID, earlier=True))
    assert (meeting.earlier, question(meeting)) == (Earlier.UNTOLD, None)


def test_what_was_read_back_stays_after_a_reconnect() -> None:
    meeting, _ = asked(joined(SAID[4:7], earlier=True))
    meeting = reduce(meeting, page(SAID[:4], "msg_5", earlier=False), NOON)
    meeting = joined(SAID[5:], earlier=True, before=meeting)
    assert (ids(meeting), meeting.earlier) == (ALL, Earlier.READ)


def test_what_does_not_reach_up_to_what_is_told_now_is_let_go_and_read_back_again() -> None:
    between = SAID[1].timestamp + timedelta(seconds=1)
    opened = MeetingLine("opened decision_1", between, "Put to the vote")
    meeting = joined(SAID[:2], earlier=False)
    meeting = replace(meeting, chat=meeting.chat.adding(opened.message_id, opened))
    meeting = joined(SAID[5:], earlier=True, before=meeting)
    assert ids(meeting) == [opened.message_id, *ALL[5:]]
    meeting, request = asked(meeting)
    assert request.data.before == "msg_6"
    meeting = reduce(meeting, page(SAID[:5], "msg_6", earlier=False), NOON)
    assert ids(meeting) == [*ALL[:2], opened.message_id, *ALL[2:]]


def test_a_refusal_is_the_end_of_it() -> None:
    meeting, request = asked(joined(SAID[6:], earlier=True))
    refused = Refused(data=Refused.Data(code=ErrorCode.SERVER_ERROR, message="No."))
    meeting = settled(meeting, request, refused)
    assert (meeting.earlier, question(meeting)) == (Earlier.UNTOLD, None)
