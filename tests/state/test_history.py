"""Reading back: what comes in stands before the rest, once, and nothing is left out unseen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from boardroom_tui.protocol.catalogue import EXTENSIONS
from boardroom_tui.protocol.envelope import Metadata
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.history import ChatHistory, ChatHistoryGet
from boardroom_tui.protocol.messages.life import PhaseUpdate
from boardroom_tui.protocol.messages.meeting import ChatLine, Proceeding
from boardroom_tui.state.history import question
from boardroom_tui.state.model import Earlier, Meeting, MeetingLine
from boardroom_tui.state.outgoing import posted, settled
from boardroom_tui.state.reduce import reduce
from tests.state.said import after, ready
from tests.ui import board
from tests.ui.scripted_link import NOON

SAID = board.said()
READY = board.ready()


def joined(
    lines: Sequence[ChatLine], *, earlier: str | None, before: Meeting | None = None
) -> Meeting:
    """The meeting after its state told these lines, and what comes before them is called."""
    told = board.state(chat=lines)
    page_before = {"earlier_chat": earlier is not None, "earlier_page": earlier}
    told = told.model_copy(update={"data": told.data.model_copy(update=page_before)})
    return after(READY, told, meeting=before or Meeting(board.MEETING))


def page(
    lines: Sequence[ChatLine], name: str, *done: Proceeding, earlier: str | None
) -> ChatHistory:
    return ChatHistory(
        data=ChatHistory.Data(
            meeting_id=board.MEETING,
            page=name,
            chat=tuple(lines),
            proceedings=done,
            earlier=earlier is not None,
            earlier_page=earlier,
        )
    )


def called(phase: MeetingPhase, lines: int, before: MeetingPhase) -> Proceeding:
    """That the meeting was called to this after so many lines, a second after the last."""
    at = SAID[lines - 1].timestamp + timedelta(seconds=1)
    data = PhaseUpdate.Data(meeting_id=board.MEETING, phase=phase, since=at, by="user_1")
    message = PhaseUpdate(data=data, metadata=Metadata(timestamp=at))
    return Proceeding(after_lines=lines, message=message, phase_before=before)


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
    meeting, request = asked(joined(SAID[6:], earlier="6.2"))
    assert request.data.page == "6.2"
    assert question(meeting) is None  # one question at a time
    order = called(MeetingPhase.IN_SESSION, 2, MeetingPhase.RECESS)
    newer = page(SAID[3:6], "6.2", order.model_copy(update={"after_lines": 1}), earlier="3.1")
    meeting = reduce(meeting, newer, NOON)
    assert ids(meeting)[:1] + ids(meeting)[2:] == ALL[3:]
    assert "The recess is over" in str(meeting.chat[1])
    assert meeting.earlier is Earlier.MORE
    # Heard again, or another page: nothing more comes of it.
    assert reduce(meeting, newer, NOON) is meeting
    meeting, _ = asked(meeting)
    meeting = reduce(meeting, page(SAID[:3], "3.1", earlier=None), NOON)
    assert (ids(meeting)[:4], meeting.earlier) == (ALL[:4], Earlier.READ)
    assert question(meeting) is None


def test_a_conversation_that_is_told_whole_asks_for_nothing() -> None:
    meeting = joined(SAID, earlier=None)
    assert (meeting.earlier, question(meeting)) == (Earlier.NONE, None)


def test_a_server_without_the_extension_is_asked_for_nothing() -> None:
    known = tuple(name for name in EXTENSIONS if "history" not in name)
    meeting = after(ready(extensions=known), meeting=joined(SAID, earlier="1.1"))
    assert (meeting.earlier, question(meeting)) == (Earlier.UNTOLD, None)


def test_what_was_read_back_stays_after_a_reconnect() -> None:
    meeting, _ = asked(joined(SAID[4:7], earlier="4.0"))
    meeting = reduce(meeting, page(SAID[:4], "4.0", earlier=None), NOON)
    meeting = joined(SAID[5:], earlier="5.0", before=meeting)
    assert (ids(meeting), meeting.earlier) == (ALL, Earlier.READ)
    # Also what is still to be read.
    begun = joined(SAID[4:7], earlier="4.0")
    assert joined(SAID[5:], earlier="5.0", before=begun).earlier_page == "4.0"


def test_what_does_not_reach_up_to_what_is_told_now_is_let_go_and_read_back_again() -> None:
    between = SAID[1].timestamp + timedelta(seconds=1)
    opened = MeetingLine("opened decision_1", between, "Put to the vote")
    meeting = joined(SAID[:2], earlier=None)
    meeting = replace(meeting, chat=meeting.chat.adding(opened.message_id, opened))
    meeting = joined(SAID[5:], earlier="5.1", before=meeting)
    assert ids(meeting) == ALL[5:]
    meeting, request = asked(meeting)
    assert request.data.page == "5.1"
    order = called(MeetingPhase.IN_SESSION, 2, MeetingPhase.GATHERING)
    meeting = reduce(meeting, page(SAID[:5], "5.1", order, earlier=None), NOON)
    assert [*ids(meeting)[:2], *ids(meeting)[3:]] == ALL
    assert "Called to order" in str(meeting.chat[2])


def test_a_refusal_is_the_end_of_it() -> None:
    meeting, request = asked(joined(SAID[6:], earlier="6.0"))
    refused = Refused(data=Refused.Data(code=ErrorCode.SERVER_ERROR, message="No."))
    meeting = settled(meeting, request, refused)
    assert (meeting.earlier, question(meeting)) == (Earlier.UNTOLD, None)
