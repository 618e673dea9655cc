"""Who has the floor, and who asks for it: a queue in the order of raised hands."""

from boardroom_tui.meeting.commands import (
    CallSpeaker,
    LowerHand,
    RaiseHand,
    Refusal,
    YieldFloor,
)
from boardroom_tui.meeting.deed import Deed, Deeds
from boardroom_tui.meeting.events import FloorYielded, HandLowered, HandRaised, SpeakerCalled
from boardroom_tui.meeting.standing import facilitator, member, on_behalf_of
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.errors import ErrorCode


def raise_hand(state: MeetingState, command: RaiseHand) -> Deeds | Refusal:
    """Ask for the floor: it takes presence, for leaving lowers the hand."""
    asking = member(state, command.user_id)
    if isinstance(asking, Refusal):
        return asking
    if asking.id not in state.present:
        return _invalid("Join the meeting to ask for the floor.", "not_present")
    if asking.id in state.hands:
        return _invalid("Your hand is raised already.", "raised")
    return (Deed(asking.id, HandRaised()),)


def lower_hand(state: MeetingState, command: LowerHand) -> Deeds | Refusal:
    """Ask for the floor no longer."""
    acting = on_behalf_of(state, command.user_id, command.role, command.member_id)
    if isinstance(acting, Refusal):
        return acting
    actor, whose = acting
    if whose.id not in state.hands:
        return _invalid(f"The hand of {whose.name} is not raised.", "not_raised")
    return (Deed(actor.id, HandLowered(user_id=whose.id)),)


def call_speaker(state: MeetingState, command: CallSpeaker) -> Deeds | Refusal:
    """Give the floor to whoever is named and present, or to the first who asks for it."""
    chair = facilitator(state, command.user_id, command.role)
    if isinstance(chair, Refusal):
        return chair
    if command.member_id is None:
        first = next(iter(state.hands), None)
        if first is None:
            return _invalid("Nobody asks for the floor.", "nobody")
        return (Deed(chair.id, SpeakerCalled(user_id=first)),)
    called = state.member(command.member_id)
    if called is None or called.id not in state.present:
        return _invalid("Only somebody who is present can have the floor.", "not_present")
    return (Deed(chair.id, SpeakerCalled(user_id=called.id)),)


def yield_floor(state: MeetingState, command: YieldFloor) -> Deeds | Refusal:
    """Give the floor back; whoever has it may, and a facilitator."""
    holder = None if state.speaking is None else state.speaking.user_id
    acting = on_behalf_of(state, command.user_id, command.role, holder)
    if isinstance(acting, Refusal):
        return acting
    if holder is None:
        return _invalid("Nobody has the floor.", "nobody")
    return (Deed(acting[0].id, FloorYielded()),)


def _invalid(message: str, reason: str) -> Refusal:
    return Refusal(ErrorCode.INVALID_MESSAGE, message, reason)
