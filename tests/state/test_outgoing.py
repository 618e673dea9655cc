"""What one has sent: waiting, settled, refused."""

from typing import Any

import pytest

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.envelope import Metadata
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import ItemStatus, Vote
from boardroom_tui.protocol.messages.collaboration import Typing
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.decision import OwnVoteUpdate, VoteCast, VoteReceived
from boardroom_tui.protocol.messages.meeting import AgendaSet, ChatSend
from boardroom_tui.state.model import Meeting, Progress
from boardroom_tui.state.outgoing import dismissed, posted, settled
from boardroom_tui.state.reduce import reduce
from boardroom_tui.state.refusals import refusal_in_words
from boardroom_tui.state.select import waiting_vote
from tests.state.said import MEETING, START, after, at, chat, ready
from tests.ui import board

SAY = ChatSend(id="req_1", data=ChatSend.Data(meeting_id=MEETING, message="Hello"))
CAST = VoteCast(
    id="req_2", data=VoteCast.Data(decision_id="decision_2", vote=Vote.APPROVE, comment="Yes")
)
MOVE = AgendaSet(
    id="req_3",
    data=AgendaSet.Data(meeting_id=MEETING, item_id="item_2", status=ItemStatus.IN_PROGRESS),
)


def refused(
    code: ErrorCode = ErrorCode.PERMISSION_DENIED, message: str = "you have no vote", **rest: Any
) -> Refused:
    return Refused(data=Refused.Data(code=code, message=message, **rest))


def received(vote_id: str = "vote_1", correlation: str | None = None) -> VoteReceived:
    return VoteReceived(
        metadata=Metadata(correlation_id=correlation),
        data=VoteReceived.Data(
            decision_id="decision_2", vote_id=vote_id, status="recorded", timestamp=at(1)
        ),
    )


def test_what_lasts_waits_until_it_is_answered() -> None:
    meeting = posted(after(ready()), SAY, START)
    assert meeting.outgoing["req_1"].progress is Progress.WAITING
    assert settled(meeting, SAY, chat(1, "user_1", "Hello")).outgoing == {}


def test_what_leaves_no_trace_in_the_record_is_not_kept() -> None:
    typing = Typing(id="req_9", data=Typing.Data(room_id=MEETING, is_typing=True))
    meeting = after(ready())
    assert posted(meeting, typing, START) is meeting


def test_ones_own_line_that_correlates_settles_what_was_sent() -> None:
    meeting = posted(after(ready()), SAY, START)
    heard = after(chat(1, "user_1", "Hello", correlation="req_1"), meeting=meeting)
    assert heard.outgoing == {}
    assert len(heard.chat) == 1


def test_anothers_line_settles_nothing() -> None:
    meeting = posted(after(ready()), SAY, START)
    assert "req_1" in after(chat(1, "user_2", "Hello"), meeting=meeting).outgoing


def test_a_refused_line_stays_with_its_reason_until_it_is_dismissed() -> None:
    meeting = settled(posted(after(ready()), SAY, START), SAY, refused(message="too long"))
    assert meeting.outgoing["req_1"].progress is Progress.REFUSED
    assert meeting.outgoing["req_1"].reason == "Not sent: too long."
    assert dismissed(meeting, "req_1").outgoing == {}


def test_a_refusal_that_is_only_heard_leaves_what_the_session_sends_again() -> None:
    meeting = posted(after(ready()), SAY, START)
    over = refused(ErrorCode.RATE_LIMITED, "Rate limit exceeded", correlation_id="req_1")
    assert after(over, meeting=meeting).outgoing["req_1"].progress is Progress.WAITING


def test_a_refused_vote_is_gone() -> None:
    meeting = settled(posted(after(ready()), CAST, START), CAST, refused())
    assert meeting.outgoing == {}
    assert waiting_vote(meeting, "decision_2") is None


@pytest.mark.parametrize("correlation", [None, "req_2"])
def test_a_recorded_vote_becomes_ones_own(correlation: str | None) -> None:
    meeting = posted(reduce(Meeting(board.MEETING), board.state(), START), CAST, START)
    assert waiting_vote(meeting, "decision_2") == CAST
    heard = after(received(correlation=correlation), meeting=meeting)
    own = settled(heard, CAST, received()).decisions["decision_2"].own_vote
    assert own is not None
    assert (own.vote_id, own.vote, own.at) == ("vote_1", Vote.APPROVE, at(1))


def test_voting_again_replaces_ones_own_vote() -> None:
    meeting = settled(after(ready()), CAST, received("vote_1"))
    other = CAST.model_copy(update={"data": CAST.data.model_copy(update={"vote": Vote.REJECT})})
    own = settled(meeting, other, received("vote_2")).decisions["decision_2"].own_vote
    assert own is not None
    assert (own.vote_id, own.vote) == ("vote_2", Vote.REJECT)


def test_in_a_secret_ballot_not_even_the_voters_screen_knows_how() -> None:
    secret = board.decision("decision_2", "The lease in Lisbon", secret=True)
    meeting = reduce(Meeting(board.MEETING), board.state(decisions=(secret,)), START)
    own = settled(meeting, CAST, received()).decisions["decision_2"].own_vote
    assert own is not None
    assert own.vote is None


@pytest.mark.parametrize(
    ("request_", "answer", "words"),
    [
        (
            CAST,
            refused(ErrorCode.INVALID_MESSAGE, "no", details={"reason": "closed"}),
            "Your vote was not recorded: the decision is closed.",
        ),
        (
            CAST,
            refused(ErrorCode.INVALID_MESSAGE, "no", details={"reason": "not_open"}),
            "Your vote was not recorded: the decision is not open yet.",
        ),
        (MOVE, refused(message="not yours"), "The agenda was not changed: not yours."),
        (
            SAY,
            refused(ErrorCode.RATE_LIMITED, "slow", details={"retryAfter": 45}),
            "Not sent: too many at once; wait 45 seconds and try again.",
        ),
        (
            SAY,
            refused(ErrorCode.RATE_LIMITED, "slow", retry_after=900),
            "Not sent: too many at once; wait a second and try again.",
        ),
        (
            SAY,
            refused(ErrorCode.RATE_LIMITED, "slow"),
            "Not sent: too many at once; wait a moment and try again.",
        ),
        (None, refused(message=" "), "Insufficient permissions."),
    ],
)
def test_a_refusal_says_what_had_no_effect_and_why(
    request_: ClientMessage | None, answer: Refused, words: str
) -> None:
    assert refusal_in_words(request_, answer) == words


def own(vote_id: str, vote: Vote, **rest: Any) -> OwnVoteUpdate:
    return OwnVoteUpdate(
        data=OwnVoteUpdate.Data(
            meeting_id=rest.pop("meeting_id", MEETING),
            decision_id="decision_2",
            vote_id=vote_id,
            vote=vote,
            timestamp=at(2),
            **rest,
        )
    )


def test_a_vote_on_another_device_stands_here_too_and_the_same_again_changes_nothing() -> None:
    meeting = after(ready(), own("vote_1", Vote.REJECT))
    view = meeting.decisions["decision_2"]
    assert view.own_vote is not None
    assert (view.own_vote.vote, view.own_vote.vote_id) == (Vote.REJECT, "vote_1")
    assert reduce(meeting, own("vote_1", Vote.REJECT), at(3)).decisions["decision_2"] is view


def test_a_vote_for_another_on_another_device_is_not_ones_own() -> None:
    view = after(ready(), own("vote_1", Vote.REJECT, on_behalf_of="user_9")).decisions["decision_2"]
    assert view.own_vote is None
    assert view.proxy_votes["user_9"].vote is Vote.REJECT


def test_ones_vote_in_another_meeting_is_not_in_this_one() -> None:
    meeting = after(ready(), own("vote_1", Vote.REJECT, meeting_id="meeting_9"))
    assert "decision_2" not in meeting.decisions
