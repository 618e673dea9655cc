"""What is news, to whom, and what of it may be read elsewhere."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.envelope import Metadata
from boardroom_tui.protocol.fields import DecisionStatus, MotionStatus, Role
from boardroom_tui.protocol.messages.meeting import ChatLine, ChatMessage
from boardroom_tui.protocol.messages.motion import MotionUpdate
from boardroom_tui.protocol.messages.notification import Action, NotificationSend
from boardroom_tui.protocol.messages.proxy import ProxyUpdate
from boardroom_tui.state.concern import Concern
from boardroom_tui.state.model import Meeting, SpokenLine
from boardroom_tui.state.reduce import reduce, reduce_said
from boardroom_tui.ui.attention.history import History
from boardroom_tui.ui.attention.notices import AtDecision, AtMessage, News, news, of_whisper
from boardroom_tui.ui.widgets.chat.lines import Reader
from tests.ui import board
from tests.ui.scripted_link import NOON
from tests.ui.test_life import EXECUTIVE, called, meeting
from tests.ui.test_speakers import queue


def told(known: Meeting, *messages: ServerMessage) -> list[News]:
    """The news that these messages are, one after the other."""
    heard: list[News] = []
    for message in messages:
        before, known = known, reduce(known, message, NOON)
        heard += news(before, known)
    return heard


def concerns(known: Meeting, *messages: ServerMessage) -> list[Concern | None]:
    return [one.concern for one in told(known, *messages)]


def says(text: str, who: int = 2, reply_to: str | None = None) -> ChatMessage:
    """Somebody's message."""
    return ChatMessage(
        data=ChatMessage.Data(
            meeting_id=board.MEETING,
            message_id=f"msg_new_{len(text)}",
            user_id=f"user_{who}",
            user_name="Daniel Brandt",
            message=text,
            reply_to=reply_to,
            timestamp=NOON,
        )
    )


def notified(category: str = "decision", decision: str = "2") -> NotificationSend:
    """The server's word of a vote."""
    return NotificationSend(
        data=NotificationSend.Data(
            notification_id=f"notif_{category}",
            priority="high",
            title="Vote open",
            message="The budget for 2027 is put to the vote.",
            category=category,
            actions=(Action(id="vote", label="Vote", url=f"/decisions/{decision}"),),
        )
    )


def motion(mover: str = "user_1", **fields: object) -> MotionUpdate:
    """A motion as it stands."""
    data = MotionUpdate.Data(
        meeting_id=board.MEETING,
        motion_id="motion_1",
        title="Paint the hall",
        text="That the hall be painted.",
        mover=mover,
        status=MotionStatus.MOVED,
        moved_at=NOON,
        amendments=0,
    ).model_copy(update=fields)
    return MotionUpdate(data=data, metadata=Metadata(timestamp=NOON, version="1.0"))


def proxy(to: str | None, minutes: float = 0) -> ProxyUpdate:
    data = ProxyUpdate.Data(meeting_id=board.MEETING, giver="user_3", to=to)
    at = NOON + timedelta(minutes=minutes)
    return ProxyUpdate(data=data, metadata=Metadata(timestamp=at, version="1.0"))


def test_to_be_called_by_name_or_answered_is_news_and_nothing_else_that_is_said() -> None:
    heard = told(
        meeting(),
        says("Nothing in particular."),
        says("@Margaret does it?"),
        says("It does.", reply_to="msg_4"),
        says("Thank you, @Margaret", who=1),
    )
    assert [(one.title, one.concern) for one in heard] == [
        ("@ Daniel Brandt mentions you", Concern.MENTION),
        ("@ Daniel Brandt answers you", Concern.MENTION),
    ]
    assert isinstance(heard[0].place, AtMessage)
    assert heard[0].shown_in == "chat"


def test_in_a_flood_one_is_told_of_each_call_as_if_it_came_alone() -> None:
    flood = [says("So " * number, who=3) for number in range(1, 40)]
    flood[7:7] = [says("Does @Margaret know?")]
    flood[30:30] = [says("She does, she said so.", reply_to="msg_4")]
    before = meeting()
    at_once = list(news(before, reduce_said(before, flood)))
    assert at_once == told(before, *flood)
    assert [one.concern for one in at_once] == [Concern.MENTION, Concern.MENTION]


@given(
    st.sampled_from(["Ana Silva", "Ümit Kaya", "ſam Kay", "K. Ito"]), st.text("@ſSsamAanuUÜüKk. ")
)
def test_who_is_called_is_seen_at_first_sight_or_at_the_second(name: str, text: str) -> None:
    reader = Reader.named("user_1", name)
    line = SpokenLine("m", "user_2", "Ben", text, NOON)
    assert reader.mention is not None
    assert reader.is_called(line) == (reader.mention.search(text) is not None)


def test_what_was_said_before_one_came_calls_nobody_and_what_one_missed_does() -> None:
    known = reduce(Meeting(board.MEETING), board.ready("user_2"), NOON)
    assert told(known, board.state()) == []
    here = reduce(known, board.state(), NOON)
    missed = ChatLine.model_validate(says("@Daniel are you there?", who=3).data.model_dump())
    assert concerns(here, board.state(chat=(*board.said(), missed))) == [Concern.MENTION]
    between = missed.model_copy(update={"timestamp": NOON - timedelta(minutes=9, seconds=30)})
    lines = board.said()
    merged = board.state(chat=(*lines[:3], between, *lines[3:]))
    assert concerns(here, merged) == [Concern.MENTION]


@pytest.mark.parametrize(
    ("role", "category", "concern"),
    [
        (Role.FACILITATOR, "decision", Concern.VOTE),
        (Role.PARTICIPANT, "decision", Concern.VOTE),
        (Role.OBSERVER, "decision", None),
        (Role.PARTICIPANT, "reminder", Concern.REMINDER),
    ],
)
def test_a_vote_concerns_those_who_have_a_part_in_it(
    role: Role, category: str, concern: Concern | None
) -> None:
    permissions = board.ready(role=role)
    known = reduce(meeting(role=role), permissions, NOON)
    [one] = told(known, notified(category))
    assert one.concern is concern
    assert one.place == AtDecision("2")
    assert one.acknowledgement is not None


def test_nothing_of_a_secret_ballot_an_unknown_one_or_an_executive_session_is_for_elsewhere() -> (
    None
):
    [open_to_all] = told(meeting(), notified(decision="2"))
    [secret] = told(meeting(), notified(decision="3"))
    [unknown] = told(meeting(), notified(decision="99"))
    [closed] = told(meeting(EXECUTIVE), notified(decision="2"))
    [said] = told(meeting(EXECUTIVE), says("@Margaret?"))
    flags = [one.discreet for one in (open_to_all, secret, unknown, closed, said)]
    assert flags == [False, True, True, True, True]
    assert of_whisper(("1", "2"), "Ana", "^N").discreet


def test_the_floor_a_proxy_the_meeting_s_life_and_one_s_own_motion_are_news() -> None:
    known = meeting()
    assert concerns(known, queue("user_1"), queue("user_1")) == [Concern.FLOOR]
    assert concerns(known, called(EXECUTIVE)) == [Concern.MEETING]
    assert concerns(known, proxy("user_1"), proxy("user_2", 1)) == [Concern.PROXY, Concern.PROXY]
    assert concerns(known, proxy("user_2"), proxy(None, 1)) == []
    seconded = motion(seconder="user_4")
    postponed = motion(seconder="user_4", status=MotionStatus.POSTPONED)
    assert concerns(known, motion(), seconded, postponed) == [Concern.MOTION] * 2
    assert concerns(known, motion("user_2"), motion("user_2", seconder="user_4")) == []
    assert concerns(known, motion(), motion(status=MotionStatus.WITHDRAWN)) == []


def test_a_result_is_told_with_the_way_to_its_vote() -> None:
    result = board.outcome("decision_2", board.Result.APPROVED, (7, 2, 1), NOON)
    voting = meeting(decisions=(board.MINUTES, board.BUDGET_OPEN, board.LISBON))
    closed = board.decision(
        "decision_2", "The budget for 2027", status=DecisionStatus.APPROVED, outcome=result
    )
    [one] = told(voting, board.state(decisions=(board.MINUTES, closed, board.LISBON)))
    assert (one.concern, one.place) == (Concern.VOTE, AtDecision("decision_2"))
    assert one.shown_in == "vote"


# What is left of it


def test_a_call_to_vote_is_done_with_once_the_vote_is_over_and_its_result_stays() -> None:
    [call] = told(meeting(), notified())
    verdict = News(
        "Carried", "✓ The budget", shown_in="vote", concern=Concern.VOTE, place=call.place
    )
    history = History().adding(call, NOON, seen=False).adding(verdict, NOON, seen=False)
    assert history.after(meeting()).unread == 2
    result = board.outcome("decision_2", board.Result.APPROVED, (7, 2, 1), NOON)
    closed = board.decision(
        "decision_2", "The budget for 2027", status=DecisionStatus.APPROVED, outcome=result
    )
    over = meeting(decisions=(board.MINUTES, closed, board.LISBON))
    assert [one.is_read for one in history.after(over).notices] == [True, False]
    assert history.reading().unread == 0
    assert history.reading().turning(2).unread == 1


def test_what_concerns_nobody_in_particular_is_kept_and_waits_for_nobody() -> None:
    history = History().adding(News("Quorum: 6 here.", "◆ The meeting"), NOON, seen=False)
    assert (len(history.notices), history.unread) == (1, 0)


def test_what_is_said_again_after_a_restart_stands_there_once() -> None:
    [call] = told(meeting(), notified())
    history = History().adding(call, NOON, seen=True).adding(call, NOON, seen=False)
    assert [(one.number, one.is_read) for one in history.notices] == [(2, False)]


def test_the_oldest_go_first_and_numbers_go_on() -> None:
    history = History()
    for number in range(250):
        history = history.adding(News(str(number), ""), NOON, seen=False)
    assert len(history.notices) == 200
    assert history.notices[-1].number == 250
    assert history.find(1) is None
    assert history.reading() is history
