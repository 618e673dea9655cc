"""The meeting as it follows from what a server says."""

import json
from dataclasses import replace

import pytest

from boardroom_tui.protocol.catalogue import EXTENSIONS, ServerMessage
from boardroom_tui.protocol.codec import Undecodable, UnknownType, decode_server
from boardroom_tui.protocol.envelope import Metadata
from boardroom_tui.protocol.fields import ItemStatus, Result, Role, Status
from boardroom_tui.protocol.messages.connection import AuthRefreshed, Pong
from boardroom_tui.protocol.messages.decision import DecisionOpened, DecisionResult, FinalVotes
from boardroom_tui.protocol.messages.notification import NotificationSend
from boardroom_tui.protocol.messages.presence import PresenceList, UserPresence
from boardroom_tui.state.conversation import without_stale_typing
from boardroom_tui.state.model import Meeting, SpokenLine
from boardroom_tui.state.reduce import NOTIFICATIONS_KEPT, reduce
from boardroom_tui.state.select import current_item, has_vote, open_decisions, typing_names
from tests.spec.reference import Example, examples
from tests.state.said import (
    MEETING,
    START,
    after,
    agenda,
    at,
    changed,
    chat,
    joined,
    left,
    ready,
    tally,
    typing,
)
from tests.ui import board


def test_ready_says_who_one_is_and_what_one_may_do() -> None:
    meeting = after(ready("read", "write", extensions=("meeting.state",)))
    assert meeting.own_id == "user_1"
    assert meeting.permissions == {"read", "write"}
    assert meeting.extensions == {"meeting.state"}


def pong(minutes: float) -> Pong:
    """A heartbeat's answer, at this time by the server's clock."""
    metadata = Metadata(timestamp=at(minutes))
    return Pong(data=Pong.Data(timestamp="x", latency=1), metadata=metadata)


def test_the_time_in_the_meeting_is_the_server_s_however_wrong_one_s_own_clock_is() -> None:
    slow = at(-7)
    meeting = reduce(Meeting(MEETING), ready(), slow)
    assert meeting.time(slow) == START
    # What took a second on its way sets no clock, and one that was set is followed.
    assert reduce(meeting, pong(0), at(-7 + 1 / 60)) is meeting
    assert reduce(meeting, pong(1), at(1)).time(at(2)) == at(2)
    assert reduce(meeting, Pong(data=pong(0).data), at(1)) is meeting


def test_a_server_of_the_reference_has_no_extensions() -> None:
    assert after(ready()).extensions == frozenset()


def test_a_renewed_token_may_change_what_one_may_do() -> None:
    refreshed = AuthRefreshed(
        data=AuthRefreshed.Data(expires_at=at(60), permissions=("read", "vote"))
    )
    assert after(ready(), refreshed).permissions == {"read", "vote"}


def test_the_whole_state_draws_the_whole_meeting() -> None:
    meeting = reduce(Meeting(board.MEETING), board.state(), START)
    assert meeting.title == "Q3 board meeting"
    assert meeting.quorum == 6
    assert [item.id for item in meeting.agenda] == [item.id for item in board.AGENDA]
    assert len(meeting.people) == len(board.ROSTER)
    assert list(meeting.decisions) == ["decision_1", "decision_2", "decision_3"]
    assert [line.message_id for line in meeting.chat] == [f"msg_{n}" for n in range(1, 10)]


def test_the_whole_state_twice_is_the_whole_state() -> None:
    once = reduce(Meeting(board.MEETING), board.state(), START)
    assert reduce(once, board.state(), START) == once


def test_a_later_state_keeps_what_was_said_before_and_adds_what_was_missed() -> None:
    everything = board.said()
    early = reduce(Meeting(board.MEETING), board.state(chat=everything[:4]), START)
    late = reduce(early, board.state(chat=everything), START)
    assert tuple(late.chat) == tuple(map(SpokenLine.of, everything))


def test_a_state_that_tells_of_the_middle_puts_every_line_in_its_place() -> None:
    everything = board.said()
    heard_live = reduce(Meeting(board.MEETING), board.state(chat=everything[-2:]), START)
    late = reduce(heard_live, board.state(chat=everything), START)
    assert tuple(late.chat) == tuple(map(SpokenLine.of, everything))


def test_lines_that_the_state_no_longer_tells_of_stay_before_it() -> None:
    everything = board.said()
    known = reduce(Meeting(board.MEETING), board.state(chat=(everything[0], everything[3])), START)
    late = reduce(known, board.state(chat=everything[2:5]), START)
    assert [line.message_id for line in late.chat] == ["msg_1", "msg_3", "msg_4", "msg_5"]


@pytest.mark.parametrize(
    "message",
    [
        joined("user_9", "Somebody Else", meeting_id="meeting_999"),
        board.state(),
    ],
)
def test_what_is_said_of_another_meeting_is_nothing_to_this_one(message: ServerMessage) -> None:
    meeting = after(ready())
    assert after(message, meeting=meeting) is meeting


def test_a_meeting_may_be_named_in_either_way() -> None:
    meeting = reduce(Meeting("123"), joined("user_2", "Ana Silva"), START)
    assert meeting.people["user_2"].present


# People


def test_people_become_known_by_joining() -> None:
    ana = after(ready(), joined("user_2", "Ana Silva", Role.OBSERVER)).people["user_2"]
    assert (ana.name, ana.role, ana.present, ana.status) == (
        "Ana Silva",
        Role.OBSERVER,
        True,
        Status.ONLINE,
    )
    assert not has_vote(ana)


def test_who_listened_and_joins_again_as_a_participant_has_a_vote() -> None:
    listening = after(ready(), joined("user_2", "Ana Silva", Role.OBSERVER))
    speaking = after(joined("user_2", "Ana Silva"), meeting=listening)
    assert has_vote(speaking.people["user_2"])


def test_who_leaves_is_absent_and_types_no_longer() -> None:
    meeting = after(
        ready(),
        joined("user_2", "Ana Silva"),
        typing("user_2", "Ana Silva"),
        left("user_2", "Ana Silva", minutes=7),
    )
    ana = meeting.people["user_2"]
    assert (ana.present, ana.status, ana.last_seen) == (False, Status.OFFLINE, at(7))
    assert not meeting.typing


def test_joining_again_on_a_second_connection_keeps_the_status() -> None:
    meeting = after(
        joined("user_2", "Ana Silva"),
        changed("user_2", Status.BUSY),
        joined("user_2", "Ana Silva"),
    )
    assert meeting.people["user_2"].status is Status.BUSY


def test_one_user_written_in_two_ways_is_one_person() -> None:
    meeting = after(joined("user_2", "Ana Silva"), changed("2", Status.AWAY))
    assert list(meeting.people) == ["user_2"]
    assert meeting.people["user_2"].status is Status.AWAY


def test_a_server_of_the_reference_tells_who_is_here_by_presence() -> None:
    users = (
        UserPresence(user_id="user_2", status=Status.ONLINE, last_seen=START),
        UserPresence(user_id="user_3", status=Status.OFFLINE, last_seen=START),
    )
    listed = PresenceList(data=PresenceList.Data(room_id=MEETING, users=users))
    meeting = after(ready(), listed)
    assert meeting.people["user_2"].present
    assert not meeting.people["user_3"].present


def test_presence_alone_makes_nobody_join_where_the_server_says_who_has() -> None:
    meeting = after(ready(extensions=EXTENSIONS), changed("user_2", Status.ONLINE))
    assert not meeting.people["user_2"].present


def test_a_name_becomes_known_when_its_user_speaks() -> None:
    meeting = after(ready(), changed("user_2", Status.ONLINE), chat(1, "user_2", "Hello", "Ana"))
    assert meeting.people["user_2"].name == "Ana"


# Conversation


def test_a_line_that_is_heard_twice_stands_once() -> None:
    once = after(ready(), chat(1, "user_2", "Hello"))
    twice = after(chat(1, "user_2", "Hello"), meeting=once)
    assert twice == once
    assert isinstance(twice.chat[0], SpokenLine)


def test_who_has_spoken_types_no_longer() -> None:
    meeting = after(ready(), typing("user_2", "Ana"), chat(1, "user_2", "Hello", "Ana"))
    assert not meeting.typing


def test_typing_ends_when_it_is_said_or_after_a_while() -> None:
    meeting = after(ready(), typing("user_2", "Ana"), typing("user_3", "Ben"))
    assert typing_names(meeting) == ("Ana", "Ben")
    stopped = after(typing("user_2", "Ana", is_typing=False), meeting=meeting)
    assert typing_names(stopped) == ("Ben",)
    assert typing_names(without_stale_typing(meeting, at(1))) == ()
    assert without_stale_typing(meeting, START) is meeting


def test_ones_own_typing_is_not_told() -> None:
    assert typing_names(after(ready(), typing("user_1", "John Doe"))) == ()


# Agenda


def test_an_agenda_is_learnt_item_by_item() -> None:
    meeting = after(
        agenda("item_1", ItemStatus.IN_PROGRESS, 1, minutes=0),
        agenda("item_1", ItemStatus.COMPLETED, 1),
        agenda("item_2", ItemStatus.IN_PROGRESS, 2, minutes=9),
    )
    assert [(item.id, item.status) for item in meeting.agenda] == [
        ("item_1", ItemStatus.COMPLETED),
        ("item_2", ItemStatus.IN_PROGRESS),
    ]
    assert (meeting.current_item, meeting.total_items) == (2, 5)
    assert meeting.started_at == START


def test_the_next_item_completes_the_one_before_where_nothing_else_says_so() -> None:
    meeting = after(
        agenda("item_1", ItemStatus.IN_PROGRESS, 1, minutes=0),
        agenda("item_2", ItemStatus.IN_PROGRESS, 2, minutes=9),
    )
    first, second = meeting.agenda
    assert (first.status, first.completed_at) == (ItemStatus.COMPLETED, at(9))
    assert current_item(meeting) == second


def test_an_update_keeps_the_planned_length_that_only_the_state_tells() -> None:
    meeting = reduce(Meeting(board.MEETING), board.state(), START)
    update = agenda("item_3", ItemStatus.COMPLETED, 3)
    of_this = update.model_copy(
        update={"data": update.data.model_copy(update={"meeting_id": board.MEETING})}
    )
    item = reduce(meeting, of_this, START).agenda[2]
    assert (item.minutes, item.started_at) == (20, board.AGENDA[2].started_at)
    assert item.completed_at == START


def test_an_item_that_is_put_back_has_not_begun() -> None:
    meeting = after(
        agenda("item_1", ItemStatus.IN_PROGRESS, 1, minutes=0),
        agenda("item_1", ItemStatus.PENDING, 0),
    )
    assert meeting.agenda[0].started_at is None
    assert current_item(meeting) is None


# Decisions


def result(decision_id: str = "decision_123", result: Result = Result.APPROVED) -> DecisionResult:
    return DecisionResult(
        data=DecisionResult.Data(
            decision_id=decision_id,
            result=result,
            final_votes=FinalVotes(approve=12, reject=2, abstain=1),
            completed_at=at(20),
        )
    )


def test_a_vote_is_learnt_from_its_tally_alone() -> None:
    meeting = after(ready(), tally(8, 2))
    (view,) = open_decisions(meeting)
    assert view.question is None
    assert view.tally is not None
    assert (view.tally.approve, view.tally.total) == (8, 10)
    assert view.deadline == at(30)


def test_a_result_ends_a_vote_and_a_late_tally_opens_nothing() -> None:
    ended = after(ready(), tally(8, 2), result())
    assert open_decisions(ended) == ()
    assert after(tally(9, 2), meeting=ended) is ended


def test_a_tally_that_says_it_is_over_ends_the_vote_before_its_result() -> None:
    assert open_decisions(after(ready(), tally(12, 3, status="approved"))) == ()


def test_an_opened_decision_has_its_wording_and_its_rule() -> None:
    opened = DecisionOpened(data=DecisionOpened.Data(**dict(board.BUDGET_OPEN)))
    meeting = reduce(Meeting(board.MEETING), opened, START)
    (view,) = open_decisions(meeting)
    assert view.question is not None
    assert view.question.title == "The budget for 2027"
    assert view.deadline == board.BUDGET_OPEN.deadline


def test_a_result_is_the_motions_status_too() -> None:
    meeting = reduce(Meeting(board.MEETING), board.state(decisions=(board.BUDGET_OPEN,)), START)
    ended = reduce(meeting, result("decision_2", Result.NO_QUORUM), START).decisions["decision_2"]
    assert ended.question is not None
    assert ended.question.status == "no_quorum"
    assert not ended.is_open


# Everything


def test_notifications_are_kept_once_each_and_not_for_ever() -> None:
    def notification(number: int) -> NotificationSend:
        data = NotificationSend.Data(
            notification_id=f"notif_{number}",
            priority="high",
            title="Meeting Starting Soon",
            message="Board meeting starts in 5 minutes",
            category="meeting",
        )
        return NotificationSend(data=data)

    meeting = after(ready(), notification(0), notification(0))
    assert len(meeting.notifications) == 1
    many = after(*(notification(n) for n in range(NOTIFICATIONS_KEPT + 5)), meeting=meeting)
    assert len(many.notifications) == NOTIFICATIONS_KEPT


def test_a_meeting_never_changes_in_place() -> None:
    before = after(ready(), joined("user_2", "Ana Silva"), chat(1, "user_2", "Hello"), tally(1, 0))
    copy = replace(before)
    after(left("user_2", "Ana Silva"), chat(2, "user_2", "Bye"), tally(2, 0), meeting=before)
    assert before == copy
    assert len(before.chat) == 1


SERVER_EXAMPLES = [
    one for one in examples() if one.direction == "server" and one.type != "message.type"
]


@pytest.mark.parametrize("example", SERVER_EXAMPLES, ids=lambda e: f"{e.line}-{e.type}")
def test_every_example_of_the_reference_heard_twice_is_as_heard_once(example: Example) -> None:
    message = decode_server(json.dumps(example.value))
    assert not isinstance(message, Undecodable | UnknownType)
    once = reduce(Meeting(MEETING), message, START)
    assert reduce(once, message, START) == once


def test_what_one_person_says_shares_their_name() -> None:
    meeting = after(ready(), chat(1, "user_2", "One", "Ana"), chat(2, "user_2", "Two", "Ana"))
    first, second = meeting.chat
    assert isinstance(first, SpokenLine)
    assert isinstance(second, SpokenLine)
    assert (first.user_id is second.user_id, first.user_name is second.user_name) == (True, True)
