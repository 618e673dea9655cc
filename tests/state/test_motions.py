"""Motions from the floor as a client knows them, and what is said of them."""

from boardroom_tui.protocol.fields import MotionStatus
from boardroom_tui.protocol.messages.electorate import DecisionRecused
from boardroom_tui.protocol.messages.motion import MotionUpdate
from boardroom_tui.protocol.messages.proxy import ProxyUpdate
from boardroom_tui.state.model import Meeting, MeetingLine
from boardroom_tui.state.motions import givers, own_motion, pending_motions, to_second
from tests.state.said import MEETING, after, at, joined, ready


def moved(number: int, mover: str = "user_2", **changed: object) -> MotionUpdate:
    """Motion `number`, a minute after the one before."""
    data = MotionUpdate.Data(
        meeting_id=MEETING,
        motion_id=f"motion_{number}",
        title="That the hall be painted.",
        text="That the hall be painted.",
        mover=mover,
        status=MotionStatus.MOVED,
        moved_at=at(number),
        amendments=0,
    )
    return MotionUpdate(data=data.model_copy(update=changed))


def seconded(number: int, mover: str = "user_2", seconder: str = "user_3") -> MotionUpdate:
    return moved(number, mover, seconder=seconder, status=MotionStatus.SECONDED)


def known(*messages: MotionUpdate | ProxyUpdate | DecisionRecused) -> Meeting:
    return after(ready(), joined("user_2", "Ana Silva"), joined("user_3", "Bo Lind"), *messages)


def said(meeting: Meeting) -> list[str]:
    return [line.text for line in meeting.chat if isinstance(line, MeetingLine)]


def test_what_becomes_of_a_motion_is_said_once_each() -> None:
    amended = moved(1, text="That it be blue.", amendments=1)
    referred = moved(1, status=MotionStatus.REFERRED, referred_to="the committee", amendments=1)
    updates = (moved(1), seconded(1), seconded(1), amended, referred)
    assert said(known(*updates)) == [
        "Motion 1, moved by Ana Silva: That the hall be painted.",
        "Motion 1 is seconded by Bo Lind.",
        "Motion 1 now reads: That it be blue.",
        "Motion 1 is referred to the committee.",
    ]


def test_a_motion_that_was_put_and_not_decided_is_before_the_meeting_again() -> None:
    meeting = known(seconded(1), moved(1, seconder="user_3", status=MotionStatus.VOTING))
    again = after(seconded(1), meeting=meeting)
    assert said(again)[-1] == "Motion 1 is before the meeting again."
    assert [one.motion_id for one in pending_motions(again)] == ["motion_1"]


def test_a_seconded_motion_comes_before_newer_ones_that_are_not() -> None:
    meeting = known(seconded(1), moved(2), moved(3), moved(4, status=MotionStatus.WITHDRAWN))
    assert [one.motion_id for one in pending_motions(meeting)] == [
        "motion_1",
        "motion_3",
        "motion_2",
    ]


def test_one_seconds_the_newest_motion_of_another() -> None:
    meeting = known(moved(1), moved(2, "user_1"), seconded(3))
    newest = to_second(meeting)
    own = own_motion(meeting)
    assert newest is not None
    assert own is not None
    assert (newest.motion_id, own.motion_id) == ("motion_1", "motion_2")


def test_those_whose_proxy_one_holds_are_known_until_it_is_revoked() -> None:
    given = ProxyUpdate(data=ProxyUpdate.Data(meeting_id=MEETING, giver="user_2", to="user_1"))
    revoked = ProxyUpdate(data=ProxyUpdate.Data(meeting_id=MEETING, giver="user_2"))
    assert givers(known(given)) == ("user_2",)
    assert givers(known(given, revoked)) == ()
