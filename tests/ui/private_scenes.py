"""A board whose members can write to each other in private, as a client tells of it."""

from datetime import timedelta

from boardroom_tui.client.private.updates import LetterHeard, PrivateStands
from boardroom_tui.protocol.correspondents import (
    Conversation,
    Correspondent,
    DeviceView,
    Obstacle,
    Readiness,
)
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.protocol.messages.meeting import ChatLine
from tests.ui import board
from tests.ui.scripted_link import NOON

MARGARET_AND_PRIYA: Conversation = ("1", "3")
"""Oneself and Priya Natarajan."""

CODE = "01234 56789 01234 56789 01234 56789"


def device(user: str, number: int = 1, *, accepted: bool = True) -> DeviceView:
    """A device of somebody; of the first user, the one in use."""
    own = user == "1"
    code = "" if own else CODE
    return DeviceView(
        f"device_{user}_{number}",
        f"keys_{user}_{number}",
        f"a{number}b2 c3d4",
        code,
        accepted,
        False,
        own,
    )


def stands(readiness: Readiness = Readiness.READY, **obstacles: Obstacle) -> PrivateStands:
    """Everybody has a device and may be written to, but for these, as `user_4=NEW_DEVICE`."""
    known: dict[str, Correspondent] = {}
    for entry in board.ROSTER:
        user = bare(Kind.USER, entry.user_id)
        obstacle = obstacles.get(entry.user_id)
        devices = () if obstacle is Obstacle.NO_DEVICE else (device(user),)
        if obstacle in (Obstacle.NEW_DEVICE, Obstacle.CHANGED_DEVICE):
            devices = (*devices, device(user, 2, accepted=False))
        known[user] = Correspondent(user, devices, obstacle)
    return PrivateStands(readiness, None, known)


def letter(number: int, author: str, text: str, *others: str, accepted: bool = True) -> LetterHeard:
    """What somebody wrote to oneself, and to others where there are any."""
    line = ChatLine(
        meeting_id=board.MEETING,
        message_id=f"letter_{number}",
        user_id=author,
        user_name=author,
        message=text,
        timestamp=NOON - timedelta(minutes=10 - number),
    )
    conversation = tuple(sorted({"1", author, *others}))
    return LetterHeard(conversation, line, accepted=accepted)
