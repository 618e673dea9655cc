"""A meeting that wants leading: votes missing, hands raised, motions, time that runs over."""

from datetime import timedelta

from boardroom_tui.protocol.fields import MotionStatus
from boardroom_tui.protocol.messages.meeting import MeetingState
from boardroom_tui.protocol.messages.motion import Motion
from boardroom_tui.protocol.messages.speaker import Speakers, Turn
from tests.ui import board
from tests.ui.scripted_link import NOON


def motion(number: int, seconder: str | None, title: str = "That the hall be painted") -> Motion:
    """A pending motion of user_2's."""
    return Motion(
        meeting_id=board.MEETING,
        motion_id=f"motion_{number}",
        title=title,
        text=f"{title}.",
        mover="user_2",
        seconder=seconder,
        status=MotionStatus.MOVED if seconder is None else MotionStatus.SECONDED,
        moved_at=NOON - timedelta(minutes=3),
        amendments=0,
    )


def turn(number: int, minutes: float) -> Turn:
    """Somebody who has the floor, or has asked for it, for so long."""
    return Turn(user_id=f"user_{number}", since=NOON - timedelta(minutes=minutes))


VOTE = board.BUDGET_OPEN.model_copy(
    update={"not_voted": ("user_4", "user_7", "user_11", "user_12"), "voters": 6}
)


def busy(vote: object = VOTE) -> MeetingState:
    """All of it at once."""
    told = board.state(decisions=(board.MINUTES, board.LISBON)).data
    more = {
        "decisions": (*told.decisions, vote),
        "motions": (motion(1, "user_3"), motion(2, None, "That we meet in Lisbon in spring")),
        "speakers": Speakers(speaking=turn(5, 4), queue=(turn(8, 3), turn(9, 1)), seconds_each=180),
    }
    return MeetingState(data=told.model_copy(update=more))
